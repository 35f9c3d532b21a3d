"""One native thread for work that is slow and blocking, such as checking a password."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from .credentials import Passwords
from .ports import Threads

PATIENCE_SECONDS = 20.0
"""How long a caller waits, its turn included."""

_T = TypeVar("_T")
_log = logging.getLogger("motcua.side")


class SideThread:
    """Does jobs one at a time in a native thread; the caller waits without holding up other requests.

    One at a time also bounds what a burst of sign-ins may take of the machine's memory and cores.
    """

    def __init__(self, threads: Threads, name: str = "side", patience: float = PATIENCE_SECONDS) -> None:
        self._threads = threads
        self._name = name
        self._patience = patience
        self._jobs: Any = None

    def __call__(self, job: Callable[[], _T], /) -> _T:
        """The job's result, or its exception; TimeoutError where it does not come in time."""
        completion = self._threads.completion()
        self._take(job, completion)
        result, error = completion.wait(self._patience)
        if error is not None:
            raise error
        done: _T = result
        return done

    def later(self, job: Callable[[], object], /) -> None:
        """Do a job in its turn without anyone waiting for it; its failure is only logged."""
        self._take(job, None)

    def _take(self, job: Callable[[], object], completion: Any) -> None:
        jobs = self._jobs
        if jobs is None:  # two who come at once may start two threads, each with a queue of its own
            jobs = self._jobs = self._threads.queue()
            self._threads.start(lambda: self._work(jobs), self._name)
        jobs.put((job, completion))

    def stop(self) -> None:
        """Let the thread end after the jobs that wait now."""
        if self._jobs is not None:
            self._jobs.put(None)
            self._jobs = None

    def _work(self, jobs: Any) -> None:
        while (task := jobs.get()) is not None:
            job, completion = task
            try:
                outcome: tuple[Any, BaseException | None] = (job(), None)
            except BaseException as error:  # whatever it was, its caller must not wait for it
                outcome = (None, error)
            if completion is not None:
                completion.set(outcome)
            elif outcome[1] is not None:
                _log.error("%s: %s", self._name, outcome[1])


class HashedAside:
    """See credentials.Passwords: the same, in a thread of its own."""

    def __init__(self, passwords: Passwords, aside: SideThread) -> None:
        self._passwords = passwords
        self._aside = aside

    def hash(self, password: str) -> str:
        return self._aside(lambda: self._passwords.hash(password))

    def matches(self, hashed: str, password: str) -> bool:
        return self._aside(lambda: self._passwords.matches(hashed, password))


class GreenWork:
    """See access.OffHub, for work that yields by itself while it waits."""

    def __init__(self, spawn: Callable[[Callable[[], None]], None]) -> None:
        self._spawn = spawn

    def __call__(self, job: Callable[[], _T], /) -> _T:
        return job()

    def later(self, job: Callable[[], object], /) -> None:
        def quietly() -> None:
            try:
                job()
            except Exception as error:
                _log.error("later: %s", error)

        self._spawn(quietly)
