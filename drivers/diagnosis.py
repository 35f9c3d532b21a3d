"""What a technician has to know, as a code: the words and the remedies for it stand in the texts."""

from __future__ import annotations

from typing import Final

from drivers.fault import DeviceFault
from drivers.led.showing import SignState
from drivers.printer.status import PrinterStatus
from drivers.scanner.service import ScannerState

_HINTS: Final = ("missing_library", "no_permission", "busy", "not_found", "refused", "no_route")
_KINDS: Final = ("address", "unreachable", "broken_off", "not_ready", "storage", "unprintable")

DIAGNOSES: Final = (
    *(f"printer-{status.value}" for status in PrinterStatus),
    *(f"sign-{state.value}" for state in SignState),
    *(f"scanner-{state.value}" for state in ScannerState),
    *(f"fault-{word}" for word in (*_KINDS, *_HINTS)),
)
"""Every code there is: each has a sentence, and a remedy where there is something to do."""


def of_fault(fault: DeviceFault) -> str:
    """The code for a fault: its hint says more than its kind, where there is one."""
    return f"fault-{fault.hint or fault.kind}"


def of_printer(status: PrinterStatus) -> str:
    return f"printer-{status.value}"


def of_sign(state: SignState) -> str:
    return f"sign-{state.value}"


def of_scanner(state: ScannerState) -> str:
    return f"scanner-{state.value}"
