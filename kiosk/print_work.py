"""Takes slips from the spool to paper: one at a time, to the first printer that can, and says how it went."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import Event, Thread, current_thread
from typing import Any, Final, Protocol

from drivers.printer import CAN_PRINT, PrinterStatus
from kiosk.spool import Spool
from kiosk.spool_rows import Job

STATUS_SECONDS: Final = 5.0
"""How often printers are asked how they are while nothing is to be printed."""
TROUBLE_SECONDS: Final = 2.0
"""The same while none can print: whoever has put in paper looks at the screen."""
FIRST_HOLD_SECONDS: Final = 1.0
LONGEST_HOLD_SECONDS: Final = 60.0
PATIENCE_MS: Final = 10 * 60_000
"""How long somebody may still stand at the kiosk for a slip that could not be printed at once."""

_ABLE: Final = frozenset(status.value for status in CAN_PRINT)
_OFFLINE: Final = PrinterStatus.OFFLINE.value
_UNKNOWN: Final = PrinterStatus.UNKNOWN.value


class SlipDevice(Protocol):
    """A printer as `print_process.PrinterProcess` is one; its calls block."""

    def print(self, facts: dict[str, Any]) -> Mapping[str, Any]: ...
    def status(self) -> str: ...
    def close(self) -> None: ...


@dataclass(slots=True)
class _Place:
    """A printer and what is known of it. It is held back until `held_until` after it refused a slip."""

    name: str
    device: SlipDevice
    state: str = _UNKNOWN
    refusals: int = 0
    held_until: float = 0.0


class PrintWork:
    """The printing of one kiosk, in a native thread of its own.

    `printers` are (name, device) in the order of preference: the next one takes over while those before it
    cannot print. A slip that may have begun to come out is never given to another, nor printed again by
    itself. One of which nothing came out stays queued; after `patience_ms` nobody waits for it any more, and
    it fails. `on_state` hears the kiosk's printer state (see `state`) whenever it changes, `report` what went
    wrong in the spool.
    """

    def __init__(
        self,
        spool: Spool,
        printers: Sequence[tuple[str, SlipDevice]],
        *,
        on_state: Callable[[str], None] = lambda state: None,
        report: Callable[[BaseException], None] = lambda trouble: None,
        patience_ms: int = PATIENCE_MS,
        clock: Callable[[], int] = lambda: time.time_ns() // 1_000_000,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._spool = spool
        self._places = [_Place(name, device) for name, device in printers]
        self._on_state = on_state
        self._report = report
        self._patience_ms = patience_ms
        self._clock = clock
        self._steady = steady
        self._wake = Event()
        self._running = True
        self._told = ""
        self._thread: Thread | None = None
        spool.subscribe(self._on_job)

    @property
    def state(self) -> str:
        """The state of the printer that would get the next slip, else of the first; "none" without any."""
        if not self._places:
            return "none"
        return (self._able() or self._places[0]).state

    @property
    def states(self) -> dict[str, str]:
        """The last known state of each printer by name."""
        return {place.name: place.state for place in self._places}

    def start(self) -> None:
        """Settle what an earlier run left in doubt, and print from now on."""
        self._spool.recover()
        self._thread = Thread(target=self._run, name="slips", daemon=True)
        self._thread.start()

    def stop(self, seconds: float = 8.0) -> None:
        """End after the slip that is being printed, or after `seconds`: then that slip is uncertain."""
        self._running = False
        self._wake.set()
        if self._thread is not None:
            self._thread.join(seconds)
        if self._thread is None or not self._thread.is_alive():
            for place in self._places:
                place.device.close()

    def look(self) -> None:
        """Ask every printer how it is."""
        for place in self._places:
            place.state = _status(place.device)
        self._tell()

    def print_due(self) -> None:
        """Print what is queued, oldest first, as long as some printer can."""
        self._spool.give_up(self._clock() - self._patience_ms, "nobody waited for this slip any more")
        while self._running and (place := self._able()) is not None:
            job = self._spool.take(place.name)
            if job is None:
                return
            self._print(job, place)
            self._tell()

    def _run(self) -> None:
        while self._running:
            self._wake.clear()
            try:
                self.look()
                self.print_due()
            except Exception as trouble:
                self._report(trouble)
            self._wake.wait(self._rest())

    def _rest(self) -> float:
        return TROUBLE_SECONDS if self._able() is None and self._places else STATUS_SECONDS

    def _print(self, job: Job, place: _Place) -> None:
        answer = _printed(place.device, job)
        place.state = str(answer["status"])
        outcome, detail = answer["state"], str(answer["detail"])
        if outcome == "failed" and answer.get("reason") != "unprintable":
            self._hold(place)
            self._spool.settle(job, "queued", detail)
            return
        place.refusals = 0
        self._spool.settle(job, outcome, detail)

    def _hold(self, place: _Place) -> None:
        """Twice as long after each refusal in a row: a printer that says it is ready and is not."""
        seconds = min(FIRST_HOLD_SECONDS * 2**place.refusals, LONGEST_HOLD_SECONDS)
        place.refusals += 1
        place.held_until = self._steady() + seconds

    def _able(self) -> _Place | None:
        """The first printer that can take a slip now."""
        now = self._steady()
        able = (place for place in self._places if place.state in _ABLE and place.held_until <= now)
        return next(able, None)

    def _tell(self) -> None:
        state = self.state
        if state != self._told:
            self._told = state
            self._on_state(state)

    def _on_job(self, job: Job) -> None:
        """Somebody has put a slip; what this thread itself puts back can wait."""
        if job.state == "queued" and current_thread() is not self._thread:
            self._wake.set()


def _status(device: SlipDevice) -> str:
    try:
        return device.status()
    except Exception:  # the child cannot be started, or answered nonsense
        return _OFFLINE


def _printed(device: SlipDevice, job: Job) -> Mapping[str, Any]:
    """What became of the slip, whatever happens over it."""
    try:
        return device.print(job.slip.to_wire())
    except Exception as error:  # it may have got as far as the paper
        return {"state": "uncertain", "detail": f"{type(error).__name__}: {error}", "status": _UNKNOWN}
