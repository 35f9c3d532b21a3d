"""A printer's state, and how to read it from the real-time status answers of ESC/POS."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum


class PrinterStatus(Enum):
    """What a printer says of itself; UNKNOWN when it said nothing or nothing sensible."""

    READY = "ready"
    PAPER_LOW = "paper_low"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    CUTTER_ERROR = "cutter_error"
    OFFLINE = "offline"
    UNKNOWN = "unknown"


CAN_PRINT = frozenset({PrinterStatus.READY, PrinterStatus.PAPER_LOW, PrinterStatus.UNKNOWN})
"""States in which sending a page is sensible: many a printer on a bare cable never answers."""

DLE_EOT = b"\x10\x04"

# DLE EOT 1..4 (Epson's ESC/POS reference, "Transmit real-time status").
_FIXED_MASK, _FIXED = 0b1001_0011, 0b0001_0010
_OFFLINE = 0b0000_1000
_COVER_OPEN, _PAPER_STOP, _ERROR = 0b0000_0100, 0b0010_0000, 0b0100_0000
_CUTTER = 0b0000_1000
_PAPER_LOW, _PAPER_OUT = 0b0000_1100, 0b0110_0000


IN_ORDER = b"\x1dr\x01"
"""GS r 1, "Transmit status": answered only when everything that was sent before has been worked off."""


def is_confirmation(byte: int) -> bool:
    """Whether a byte is an answer to `IN_ORDER`: its fixed bits tell it from every real-time answer."""
    return byte & 0b1001_0000 == 0


def read_status(ask: Callable[[bytes], bytes]) -> PrinterStatus:
    """The state of a printer that answers `ask(request)` with one status byte (nothing: b"").

    Nothing, more than one byte, or a byte without the fixed bits of a status is UNKNOWN.
    """
    answers: list[int] = []
    for part in (1, 2, 3, 4):
        answer = ask(DLE_EOT + bytes([part]))
        if len(answer) != 1 or answer[0] & _FIXED_MASK != _FIXED:
            return PrinterStatus.UNKNOWN
        answers.append(answer[0])
    return _worst(*answers)


def _worst(printer: int, cause: int, error: int, paper: int) -> PrinterStatus:
    if cause & _COVER_OPEN:
        return PrinterStatus.COVER_OPEN
    if paper & _PAPER_OUT or cause & _PAPER_STOP:
        return PrinterStatus.PAPER_OUT
    if error & _CUTTER:
        return PrinterStatus.CUTTER_ERROR
    if printer & _OFFLINE or cause & _ERROR:
        return PrinterStatus.OFFLINE
    return PrinterStatus.PAPER_LOW if paper & _PAPER_LOW else PrinterStatus.READY
