"""A printer's twin for the end of a cable: prints what arrives, answers DLE EOT, and fails by its script."""

from __future__ import annotations

from threading import Lock
from typing import Final

from drivers.printer.status import PrinterStatus
from drivers.virtual.commands import Command, Mistake, take_command
from drivers.virtual.printer import VirtualPrinter
from drivers.virtual.script import Script

_REAL_TIME, _IN_ORDER, _CUT, _INIT = b"\x10\x04", b"\x1dr", b"\x1dV", b"\x1b@"
_FINE: Final = (0x12, 0x12, 0x12, 0x12)
_ANSWERS: Final = {
    PrinterStatus.READY: _FINE,
    PrinterStatus.PAPER_LOW: (0x12, 0x12, 0x12, 0x1E),
    PrinterStatus.PAPER_OUT: (0x1A, 0x32, 0x12, 0x7E),
    PrinterStatus.COVER_OPEN: (0x1A, 0x16, 0x12, 0x12),
    PrinterStatus.CUTTER_ERROR: (0x1A, 0x52, 0x1A, 0x12),
    PrinterStatus.OFFLINE: (0x1A, 0x12, 0x12, 0x12),
}
"""The four answers to DLE EOT 1 to 4 in each state (Epson's ESC/POS reference)."""

_GARBAGE: Final = b"\xff\x00?"
_WITHIN: Final = 400
"""Bytes of a page after which a fault "within" it strikes."""
_WORST_FIRST: Final = ("cover_open", "paper_out", "cutter_error", "offline", "paper_low")
_STUCK: Final = {"half_slip"}


class PrinterTwin:
    """`printer` keeps the pages. Faults come from `script`, and from `fail` and `mend` while it runs."""

    def __init__(self, printer: VirtualPrinter, script: Script | None = None) -> None:
        self.printer = printer
        self.script = script or Script()
        self.printed = 0
        self._lock = Lock()
        self._failing: set[str] = set(self.script.due(0))
        self._arrived = b""
        self._page = b""
        self._is_cut_off = False  # some of the page never came out, so its end is never confirmed
        self._is_lost = False  # the reading ended at a mistake: the rest of the page is kept as it comes

    # ---- from outside -------------------------------------------------------------------------------------

    def fail(self, name: str) -> None:
        """Something goes wrong now: a word of `AFTER` or `ALWAYS`."""
        with self._lock:
            self._failing.add(name)

    def mend(self) -> None:
        """Somebody puts everything right: new roll, cover closed, cable in; what waited inside is gone."""
        with self._lock:
            self._failing.clear()
            self.script = Script()
            self._forget()

    @property
    def status(self) -> PrinterStatus:
        """The state that it would report."""
        for name in _WORST_FIRST:
            if name in self._failing:
                return PrinterStatus(name)
        return PrinterStatus.READY

    # ---- the cable's side ---------------------------------------------------------------------------------

    @property
    def is_stuck(self) -> bool:
        return "stuck" in self._failing

    @property
    def is_unplugged(self) -> bool:
        return "unplugged" in self._failing

    @property
    def bytes_per_second(self) -> int | None:
        return self.script.slow

    def speak(self) -> bytes:
        return b""

    def hang_up(self) -> None:
        with self._lock:
            self._forget()

    def take(self, data: bytes) -> bytes:
        with self._lock:
            self._arrived += data
            said = b""
            while not self.is_stuck and (next_one := take_command(self._arrived)) is not None:
                command, end = next_one
                if self._is_lost or isinstance(command, Mistake):
                    said += self._swallow()
                    break
                raw, self._arrived = self._arrived[:end], self._arrived[end:]
                said += self._work(command, raw)
            return said

    # ---- inside -------------------------------------------------------------------------------------------

    def _work(self, command: Command, raw: bytes) -> bytes:
        if command.name == _REAL_TIME:
            return self._answer(command.args[0])
        if command.name == _IN_ORDER:
            is_low = self.status in (PrinterStatus.PAPER_LOW, PrinterStatus.PAPER_OUT)
            return b"" if self._is_cut_off else self._say(b"\x0f" if is_low else b"\x00")
        if self.status not in (PrinterStatus.READY, PrinterStatus.PAPER_LOW):
            self._is_cut_off = True  # a printer that cannot print lets a page run into nothing
            return b""
        if command.name == _INIT:
            self._is_cut_off = False
        self._page += raw
        if command.name == _CUT:
            self._finish()
        elif len(self._page) > _WITHIN:
            self._strike()
        return b""

    def _finish(self) -> None:
        self.printer.send(self._page)
        self._page = b""
        self.printed += 1
        self._failing |= self.script.due(self.printed)

    def _strike(self) -> None:
        """What happens in the midst of a page."""
        if "paper_out_within" in self._failing:
            self._failing -= {"paper_out_within"}
            self._failing |= {"paper_out"}
        elif _STUCK & self._failing:
            self._failing |= {"stuck", "silent"}
        else:
            return
        self._is_cut_off = True
        self._tear()

    def _answer(self, part: int) -> bytes:
        answers = _ANSWERS[self.status]
        return self._say(bytes([answers[part - 1]]) if 1 <= part <= len(answers) else b"")

    def _say(self, answer: bytes) -> bytes:
        if "silent" in self._failing:
            return b""
        return _GARBAGE if "garbage" in self._failing else answer

    def _swallow(self) -> bytes:
        """Bytes that cannot be read: keep them, so that the picture of the page can say where it ended."""
        self._is_lost = True
        self._page += self._arrived
        self._arrived = b""
        return b""

    def _tear(self) -> None:
        """The page ends here: keep what came out of it."""
        if self._page and self._page != _INIT:
            self.printer.keep_torn(self._page)
        self._page = b""

    def _forget(self) -> None:
        """Nothing of what was under way will still come out."""
        self._tear()
        self._arrived = b""
        self._is_lost = False
