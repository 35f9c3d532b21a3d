"""The courier of a process: hears of commits from any thread, and sets the relays of its sites going."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from .ports import Store, Threads
from .relay import Relay, Report
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
        self._woken: deque[str] = deque()
        self._wake = threads.completion()
        self._running = True
        self._trouble = ""
        self.looks: Callable[[], bool] = lambda: True
        self.looked_at = 0.0
        self.on_commit: Callable[[str, int], None] = self.wake

    def committed(self, site: str, seq: int) -> None:
        """This process has written up to `seq` at `site`. From any thread."""
        self.on_commit(site, seq)

    def wake(self, site: str, _seq: int = 0) -> None:
        """There are news at `site`. From any thread."""
        self._woken.append(site)
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
        woken = {self._woken.popleft() for _ in range(len(self._woken))}
        for house in sites:
            if house.id in woken:
                self._set_going(house.centre.relay)
        now = time.monotonic()
        if now - self.looked_at >= IDLE_SECONDS and self.looks():
            self.looked_at = now
            heads = self._store.heads()
            for house in sites:
                if heads.get(house.id, 0) > house.centre.relay.seq:
                    self._set_going(house.centre.relay)

    def _set_going(self, relay: Relay) -> None:
        self._spawn(partial(relay.catch_up, self._report))
