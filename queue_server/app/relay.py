"""The relay: after each commit, tells the listeners what changed, straight from the journal.

It reads on from where it stood, so a wake-up that is lost or doubled changes nothing; whoever was away
asks for what it missed by seq (`Centre.changes_since`).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from ..core.events import Entry
from .journal import read_back
from .ports import Clock, Reading, Store, Threads
from .views import topics
from .views.touched import Touched, touched_by

PAGE = 500
IDLE_SECONDS = 1.0
"""How long it sleeps at most: entries written by another process are seen at the latest then."""


class Batch:
    """What happened between two looks at the journal: entries `floor` + 1 to `seq`."""

    def __init__(self, store: Store, site_id: str, clock: Clock, floor: int, entries: list[Entry]) -> None:
        self._store = store
        self._site_id = site_id
        self._clock = clock
        self.floor = floor
        self.entries = entries
        self.seq = entries[-1].seq
        with store.reading(site_id) as reading:
            self._touched: Touched = touched_by(reading, entries)

    @property
    def resets(self) -> bool:
        """Whether the page has turned: every topic needs a new snapshot instead of a change."""
        return self._touched.everything

    def for_topic(self, topic: str) -> topics.Change | None:
        """(put, drop) for `topic`, None where this batch does not touch it."""
        with self._store.reading(self._site_id) as reading:
            described = reading.site()
            if described is None:
                return None
            return topics.change(reading, described[1], topic, self._touched, self._clock())


Listener = Callable[[Batch], None]


class Relay:
    """One reader of the journal for one site; `run` is a green loop."""

    def __init__(self, store: Store, site_id: str, clock: Clock, threads: Threads) -> None:
        self._store = store
        self._site_id = site_id
        self._clock = clock
        self._threads = threads
        self._wake = threads.completion()
        self._listeners: list[Listener] = []
        self._running = True
        self.failures = 0
        with store.reading(site_id) as reading:
            self.seq = reading.head()[0]

    def subscribe(self, listener: Listener) -> None:
        self._listeners.append(listener)

    def wake(self, site: str, seq: int) -> None:
        """Called by the writer after a commit, from its own thread."""
        if site == self._site_id:
            self._wake.set(None)

    def stop(self) -> None:
        self._running = False
        self._wake.set(None)

    def run(self, report: Callable[[BaseException], Any]) -> None:
        """Relay until stopped. A listener that fails is reported and does not keep the others waiting.

        While the store is in trouble it tries again each second, and reports the same trouble once.
        """
        said = ""
        while self._running:
            with suppress(TimeoutError):
                self._wake.wait(IDLE_SECONDS)
            self._wake = self._threads.completion()
            try:
                self.catch_up(report)
                said = ""
            except Exception as trouble:
                self.failures += 1
                if repr(trouble) != said and self._running:
                    report(trouble)
                said = repr(trouble)

    def catch_up(self, report: Callable[[BaseException], Any]) -> None:
        """Tell the listeners everything up to the end of the journal."""
        while self._running and (entries := self._read()):
            batch = Batch(self._store, self._site_id, self._clock, self.seq, entries)
            self.seq = batch.seq
            for listener in self._listeners:
                try:
                    listener(batch)
                except Exception as trouble:
                    self.failures += 1
                    report(trouble)

    def _read(self) -> list[Entry]:
        with self._store.reading(self._site_id) as reading:
            return entries_after(reading, self.seq, PAGE)


def entries_after(reading: Reading, seq: int, limit: int) -> list[Entry]:
    return [read_back(record) for record in reading.journal(seq, limit)]
