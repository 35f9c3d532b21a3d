"""The timekeeper: turns the day at midnight, tells when doors open and close, notices who has vanished."""

from __future__ import annotations

from ..core import calendar
from ..core.decisions.day import needs_turning
from ..core.events import DoorsChanged
from ..core.model import SYSTEM, Hall
from .centre import Centre
from .ports import Clock, Store, Writing
from .write_path import record_event, turn_day

TICK_SECONDS = 5.0


class Timekeeper:
    """Looks at the clock when it is told to, every few seconds; writes only when something has changed."""

    def __init__(self, store: Store, centre: Centre, clock: Clock) -> None:
        self._store = store
        self._centre = centre
        self._clock = clock
        self._doors: tuple[bool, str | None] | None = None

    def tick(self) -> None:
        """Turn the day if midnight has passed; tell if the doors opened or closed since the last look, and
        which officers are no longer, or again, heard of."""
        now = self._clock()
        with self._store.reading(self._centre.site_id) as reading:
            described, day, desks = reading.site(), reading.day(), reading.desks()
        if described is None:
            return
        site = described[1]
        if needs_turning(Hall(site, day), now):
            self._centre.write(lambda transaction, at: turn_day(transaction, site.id, site, at))
        doors = calendar.doors(site, now)
        seen, self._doors = self._doors, (doors.is_open, doors.notice)
        if seen is not None and seen != self._doors:
            event = DoorsChanged(doors.is_open, doors.notice)

            def tell(transaction: Writing, at: int) -> None:
                record_event(transaction, site.id, site, event, SYSTEM, at)

            self._centre.write(tell)
        self._centre.miss_kiosks()
        for notice in self._centre.attendance.notices(desks, site.rule.vanish_seconds):
            self._centre.do(notice, SYSTEM)
