"""The writer: one thread that decides what has gathered and commits it in one go.

Requests from many green threads meet here, so one fsync serves them all (group commit) and no request waits
for a lock. Where there are green threads it is one itself: on SQLite it yields only while a native thread
waits for the disk or the file's lock, on PostgreSQL whenever it waits for the server.
"""

from __future__ import annotations

import logging
from _queue import Empty
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol

from ..core.refusals import Refused
from .memory import Memory, Spoiled, remembering
from .ports import Clock, Completion, Conflict, Record, Store, StoreTrouble, Threads, Writing
from .write_path import Answering, Done, Order, carry_out

BATCH = 256
"""The most orders in one commit: bounds how long the first of them waits for the last."""

PATIENCE = 30.0
"""Seconds a request waits for its answer before it says that it does not know."""

SET_BACK_MS = 60_000
"""A clock that is set back by less is a correction; by more, it was wrong before and is believed now."""

ENDED = "the writer has stopped"
_log = logging.getLogger("motcua.writer")

Task = Callable[[Writing, int], Any]
"""Anything else that must be written in a transaction of a site: (transaction, now) -> result."""


class Writes(Protocol):
    """Whoever carries out orders and tasks, each durable before it is answered."""

    @property
    def commits(self) -> int: ...
    @property
    def orders(self) -> int: ...
    @property
    def alive(self) -> bool: ...
    def submit(self, site: str, order: Order) -> Done: ...
    def run(self, site: str, task: Task) -> Any: ...


@dataclass(frozen=True, slots=True)
class _Job:
    site: str
    work: Order | Task
    done: Completion


class Writer:
    """Takes orders from any thread of the kind of `threads`, and answers each once it is durable.

    What it has seen of a site is remembered while the site's journal has not moved (memory.py).
    `on_commit(site, records)` is called from the writer's thread after every commit that added these records
    to the journal.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        threads: Threads,
        answering: Answering,
        on_commit: Callable[[str, Sequence[Record]], None],
    ) -> None:
        self._store = store
        self._clock = clock
        self._threads = threads
        self._answering = answering
        self._on_commit = on_commit
        self._jobs = threads.queue()
        self._stopped = threads.completion()
        self._memories: dict[str, Memory] = defaultdict(Memory)
        self._latest = 0
        self.commits = 0
        self.orders = 0
        self.alive = False

    def start(self) -> None:
        self.alive = True
        self._threads.start(self._run, "writer")

    def stop(self) -> None:
        """Finish what has been taken in, then end the thread; who comes later is refused."""
        if self.alive:
            self._jobs.put(None)
            with suppress(TimeoutError):
                self._stopped.wait(PATIENCE)

    def submit(self, site: str, order: Order) -> Done:
        """Carry out an order; returns once it is durable. Raises Refused, Conflict, StoreTrouble."""
        done: Done = self._ask(site, order)
        return done

    def run(self, site: str, task: Task) -> Any:
        """Run `task` in a transaction of `site`; returns its result once committed."""
        return self._ask(site, task)

    def _ask(self, site: str, work: Order | Task) -> Any:
        if not self.alive:
            raise StoreTrouble(ENDED)
        job = _Job(site, work, self._threads.completion())
        self._jobs.put(job)
        if not self.alive:  # it ended between the two lines above, and may have looked for the last time
            self._turn_away()
        result = job.done.wait(PATIENCE)
        if isinstance(result, BaseException):
            raise result
        return result

    def _run(self) -> None:
        try:
            while (first := self._jobs.get()) is not None:
                batch, more = self._gather(first)
                for site, jobs in _by_site(batch).items():
                    self._commit(site, jobs)
                if not more:
                    break
        finally:
            self.alive = False
            self._turn_away()
            self._stopped.set(None)

    def _turn_away(self) -> None:
        """Tell everybody who still stands in line: nobody may wait for a writer that is gone."""
        with suppress(Empty):
            while True:
                job = self._jobs.get(False)
                if job is not None:
                    job.done.set(StoreTrouble(ENDED))

    def _gather(self, first: _Job) -> tuple[list[_Job], bool]:
        """`first` and what else waits by now; False beside it once the end was asked for."""
        batch = [first]
        while len(batch) < BATCH and not self._jobs.empty():
            job = self._jobs.get()
            if job is None:
                return batch, False
            batch.append(job)
        return batch, True

    def _commit(self, site: str, jobs: list[_Job]) -> None:
        try:
            results, news = self._write(site, jobs)
        except BaseException as trouble:  # the commit itself failed: nobody may be told otherwise
            self._memories[site].forget()
            is_mortal = not isinstance(trouble, Exception)
            for job in jobs:
                job.done.set(StoreTrouble(ENDED) if is_mortal else trouble)
            if is_mortal:
                raise
            return
        self.commits += 1
        self.orders += len(jobs)
        for job, result in zip(jobs, results, strict=True):
            job.done.set(result)
        if news:
            try:
                self._on_commit(site, news)
            except Exception:  # what was committed is committed; listeners look at the journal by themselves
                _log.exception("a listener failed after entry %s", news[-1].seq)

    def _write(self, site: str, jobs: list[_Job]) -> tuple[list[Any], Sequence[Record]]:
        """The results of one transaction, and what it added to the journal.

        Orders that fail do so before they have written, but for the rarest: so first without savepoints. What
        one of them breaks may show at the next one or at the commit: then all are done again, each by itself.
        """
        if all(isinstance(job.work, Order) for job in jobs):
            with suppress(Spoiled, Conflict):
                return self._attempt(site, jobs, is_bold=True)
            self._memories[site].forget()
        return self._attempt(site, jobs, is_bold=False)

    def _attempt(self, site: str, jobs: list[_Job], *, is_bold: bool) -> tuple[list[Any], Sequence[Record]]:
        with self._store.writing(site) as opened:
            orders = [job.work for job in jobs if isinstance(job.work, Order)]
            transaction = remembering(opened, self._memories[site], is_bold=is_bold, orders=orders)
            results = []
            for job in jobs:
                results.append(result := self._carry_out(transaction, site, job))
                if is_bold and isinstance(result, Exception) and not isinstance(result, Refused):
                    raise Spoiled from result
        return results, transaction.news

    def _carry_out(self, transaction: Writing, site: str, job: _Job) -> Any:
        """The result of one job, or the exception it ended with. A failing store ends the whole batch."""
        try:
            now = self._now()
            if isinstance(job.work, Order):
                return carry_out(transaction, site, job.work, now, self._answering)
            with transaction.savepoint():
                return job.work(transaction, now)
        except (Refused, Conflict) as refused:
            return refused
        except (StoreTrouble, Spoiled):
            raise
        except Exception as bug:
            return bug

    def _now(self) -> int:
        """The clock, that stands still where it was set back a little: who comes later stays junior."""
        now = self._clock()
        self._latest = max(now, self._latest) if self._latest - now < SET_BACK_MS else now
        return self._latest


def _by_site(batch: list[_Job]) -> dict[str, list[_Job]]:
    by_site: dict[str, list[_Job]] = defaultdict(list)
    for job in batch:
        by_site[job.site].append(job)
    return by_site
