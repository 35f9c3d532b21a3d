"""Prints one slip and says truthfully what became of it; it never prints twice by itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from drivers.fault import DeviceFault, FaultKind
from drivers.printer import CAN_PRINT, Printer, PrinterStatus
from kiosk.slip import layout
from queue_server.protocol import Slip

State = Literal["printed", "failed", "uncertain"]
_NOTHING_CAME_OUT: frozenset[FaultKind] = frozenset({"address", "unreachable", "not_ready", "unprintable"})
_NOBODYS = Slip(
    ticket="",
    language="vi",
    centre="Một Cửa",
    agency="Một Cửa",
    label="A000",
    issued_at="00:00",
    ahead=0,
    area="A",
    direction="",
    arrow="ahead",
    counters="0",
    track_url="http://127.0.0.1/",
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a slip.

    `printed`: handed over whole, and the printer reports no trouble (one that never answers is believed).
    `failed`: nothing came out, trying again is safe. `uncertain`: some of it may have come out, so only a
    marked copy may follow. `status` is the printer's last known state, `reason` the fault behind `failed`
    and `uncertain`, `missing` the letters that came out as boxes, `ms` the time from the call to the answer.
    """

    state: State
    status: PrinterStatus
    bytes: int = 0
    ms: float = 0.0
    reason: FaultKind | None = None
    permanent: bool = False
    detail: str = ""
    missing: str = ""


class SlipPrinter:
    """A kiosk's printer with the slip's layout. Blocks while it prints; one thread uses it at a time.

    Many a printer never answers, and is believed. One that has answered before and falls silent is OFFLINE:
    its silence would otherwise pass for a confirmation of everything that follows.
    """

    def __init__(self, printer: Printer, clock: Callable[[], float] = time.perf_counter) -> None:
        self._printer = printer
        self._clock = clock
        self._answers = False

    def prepare(self) -> None:
        """Draw a slip that nobody gets: the first citizen's shall not wait for typefaces to be loaded."""
        with suppress(DeviceFault):
            self._printer.encode(layout(_NOBODYS, self._printer.width, self._printer.logo))

    def status(self) -> PrinterStatus:
        seen = self._look()
        if seen is PrinterStatus.UNKNOWN and self._answers:
            seen = self._look()  # one lost byte is no reason to stop
        return PrinterStatus.OFFLINE if seen is PrinterStatus.UNKNOWN and self._answers else seen

    def print(self, slip: Slip) -> Outcome:
        """Print `slip` once at most. Raises nothing that a device can cause."""
        started = self._clock()

        def outcome(
            state: State,
            status: PrinterStatus,
            fault: DeviceFault | None = None,
            sent: int = 0,
            missing: str = "",
        ) -> Outcome:
            ms = (self._clock() - started) * 1000
            if fault is None:
                return Outcome(state, status, sent, ms, missing=missing)
            return Outcome(state, status, sent, ms, fault.kind, fault.permanent, fault.detail, missing)

        before = self.status()
        if before not in CAN_PRINT:
            return outcome("failed", before, DeviceFault("not_ready", f"the printer is {before.value}"))
        try:
            page = self._printer.encode(layout(slip, self._printer.width, self._printer.logo))
            self._printer.send(page.data)
        except DeviceFault as fault:
            state: State = "failed" if fault.kind in _NOTHING_CAME_OUT else "uncertain"
            return outcome(state, self._look(), fault)
        after = self._look()
        if _is_confirmed(before, after):
            return outcome("printed", after, sent=len(page.data), missing=page.missing)
        doubt = DeviceFault("broken_off", f"the printer was {before.value} and then {after.value}")
        return outcome("uncertain", after, doubt, len(page.data), page.missing)

    def _look(self) -> PrinterStatus:
        seen = self._printer.status()
        # OFFLINE may be the line's word alone: nobody there.
        self._answers |= seen not in (PrinterStatus.UNKNOWN, PrinterStatus.OFFLINE)
        return seen


def _is_confirmed(before: PrinterStatus, after: PrinterStatus) -> bool:
    """Silence confirms nothing, except from a printer that was silent all along."""
    if after is PrinterStatus.UNKNOWN:
        return before is PrinterStatus.UNKNOWN
    return after in CAN_PRINT
