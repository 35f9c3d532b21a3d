"""The courier of a process: hears of commits from any thread, and sets the relays of its sites going.

What a commit added to the journal it hands on as it was written, so that nobody need read it again.
"""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from .ports import Record, Store, Threads
from .relay import Report
from .sites import Sites

IDLE_SECONDS = 1.0
"""How long it sleeps at most: entries written by another process are seen at the latest then."""


class Courier:
    """`run` is a green loop; each relay tells in a green thread of its own, so no site waits for another.

    `looks` says whether to compare with the store once a second: not while somebody else tells what is new.
    """

    def __init__(
        self, store: Store, threads: Threads, spawn: Callable[[Callable[[], None]], Any], report: Report
    ) -> None:
        self._store = store
        self._threads = threads
        self._spawn = spawn
        self._report = report
        self._woken: deque[tuple[str, Sequence[Record]]] = deque()
        self._wake = threads.completion()
        self._running = True
        self._trouble = ""
        self.looks: Callable[[], bool] = lambda: True
        self.looked_at = 0.0
        self.on_commit: Callable[[str, Sequence[Record]], None] = self.wake

    def committed(self, site: str, records: Sequence[Record]) -> None:
        """This process has written `records` into the journal of `site`. From any thread."""
        self.on_commit(site, records)

    def wake(self, site: str, records: Sequence[Record] = ()) -> None:
        """There are news at `site`: these, or what is to be read. From any thread."""
        self._woken.append((site, records))
        self._wake.set(None)

    def stop(self) -> None:
        self._running = False
        self._wake.set(None)

    def run(self, sites: Sites) -> None:
        """Until stopped. While the store is in trouble it tries each second, and tells of it once."""
        while self._running:
            with suppress(TimeoutError):
                self._wake.wait(IDLE_SECONDS)
            self._wake = self._threads.completion()
            if not self._running:
                return
            try:
                self._round(sites)
                self._trouble = ""
            except Exception as trouble:
                if repr(trouble) != self._trouble:
                    self._report(trouble)
                self._trouble = repr(trouble)

    def _round(self, sites: Sites) -> None:
        news: dict[str, list[Record]] = defaultdict(list)
        to_read: set[str] = set()
        for _ in range(len(self._woken)):
            site, records = self._woken.popleft()
            news[site].extend(records)
            if not records:
                to_read.add(site)
        for site, records in news.items():
            house = sites.opened(site)
            if house is None:
                continue
            if site in to_read:
                self._spawn(partial(house.centre.relay.catch_up, self._report))
            else:
                self._spawn(partial(house.centre.relay.bring, records, self._report))
        now = time.monotonic()
        if now - self.looked_at >= IDLE_SECONDS and self.looks():
            self.looked_at = now
            heads = self._store.heads()
            for house in sites:
                relay = house.centre.relay
                if heads.get(house.id, 0) > relay.seq:
                    self._spawn(partial(relay.catch_up, self._report))
