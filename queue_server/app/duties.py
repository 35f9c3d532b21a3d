"""What one process does for all: days that turn, silence that is noticed, slips of kiosks that browse."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from .ports import Clock, Leadership, Store
from .relay import Report
from .sites import House, Sites
from .timekeeper import TICK_SECONDS, Timekeeper

LOOK_SECONDS = 0.5
"""How often it is asked who leads: so long a duty lies idle at most when its process has died."""


class Work(Protocol):
    """Something that goes on by itself for one house while this process leads."""

    def run(self, report: Report) -> None: ...
    def stop(self) -> None: ...
    def wait(self) -> None: ...


class Duties:
    """`leads` says whether they are ours just now. `works_of` a house makes what goes on beside the clock."""

    def __init__(
        self,
        store: Store,
        sites: Sites,
        clock: Clock,
        leadership: Leadership,
        works_of: Callable[[House], Sequence[Work]],
        spawn: Callable[[Callable[[], None]], Any],
        report: Report,
    ) -> None:
        self._store = store
        self._sites = sites
        self._clock = clock
        self._leadership = leadership
        self._works_of = works_of
        self._spawn = spawn
        self._report = report
        self._keepers: dict[str, Timekeeper] = {}
        self._works: list[Work] = []
        self._ending: list[Work] = []
        self._ticked_at: float | None = None
        self._running = True
        self.leads = False

    def run(self, sleep: Callable[[float], Any]) -> None:
        """Until stopped; trouble is reported, and the next look comes all the same."""
        while self._running:
            try:
                self.look()
            except Exception as trouble:
                self._report(trouble)
            sleep(LOOK_SECONDS)

    def look(self) -> None:
        """Take the duties up or lay them down, and do what is due."""
        self.leads = self._leadership.held()
        if not self.leads:
            self._lay_down()
            return
        self._wait_for_ending()  # led before, a moment ago: no printer may get two slips at once
        now = time.monotonic()
        if self._ticked_at is None or now - self._ticked_at >= TICK_SECONDS:
            self._ticked_at = now
            self._tick()

    def stop(self) -> None:
        """Lay everything down, and wait until what is being printed is written down."""
        self._running = False
        self._lay_down()
        self._wait_for_ending()
        self._leadership.release()

    def _tick(self) -> None:
        self._sites.refresh()
        for site in self._sites.ids:
            if not self._running:
                return
            house = self._sites.get(site)
            if house is None:
                continue
            try:
                self._keeper(house).tick()
            except Exception as trouble:  # one centre's trouble is not another's
                self._report(trouble)

    def _keeper(self, house: House) -> Timekeeper:
        """The house's timekeeper; with it begins what else goes on there."""
        if house.id not in self._keepers:
            for work in self._works_of(house):
                self._works.append(work)
                self._begin(work)
            self._keepers[house.id] = Timekeeper(self._store, house.centre, self._clock)
        return self._keepers[house.id]

    def _begin(self, work: Work) -> None:
        self._spawn(lambda: work.run(self._report))

    def _lay_down(self) -> None:
        for work in self._works:
            work.stop()
        self._ending += self._works
        self._works, self._keepers, self._ticked_at = [], {}, None

    def _wait_for_ending(self) -> None:
        while self._ending:
            self._ending.pop().wait()
