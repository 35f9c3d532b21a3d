"""A writer for each site: where a database locks site by site, no site stands in line behind another."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

from .ports import Clock, Record, Store, StoreTrouble, Threads
from .write_path import Answering, Done, Order
from .writer import ENDED, Task, Writer


class Lanes:
    """See writer.Writes. A site's writer is started with its first order and lasts as long as the process."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        threads: Threads,
        answering: Answering,
        on_commit: Callable[[str, Sequence[Record]], None],
    ) -> None:
        self._making_of = (store, clock, threads, answering, on_commit)
        self._writers: dict[str, Writer] = {}
        self._making = threading.Lock()
        self._running = False

    @property
    def alive(self) -> bool:
        return self._running

    @property
    def commits(self) -> int:
        return sum(writer.commits for writer in list(self._writers.values()))

    @property
    def orders(self) -> int:
        return sum(writer.orders for writer in list(self._writers.values()))

    def start(self) -> None:
        self._running = True

    def stop(self) -> None:
        """Finish what has been taken in; who comes later is refused."""
        self._running = False
        for writer in list(self._writers.values()):
            writer.stop()

    def submit(self, site: str, order: Order) -> Done:
        return self._lane(site).submit(site, order)

    def run(self, site: str, task: Task) -> Any:
        return self._lane(site).run(site, task)

    def _lane(self, site: str) -> Writer:
        writer = self._writers.get(site)
        if writer is not None and writer.alive:
            return writer
        with self._making:
            if not self._running:
                raise StoreTrouble(ENDED)
            writer = self._writers.get(site)
            if writer is None or not writer.alive:
                writer = self._writers[site] = Writer(*self._making_of)
                writer.start()
        return writer
