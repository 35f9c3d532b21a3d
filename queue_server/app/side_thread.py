"""One native thread for work that is slow and blocking, such as checking a password."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from .ports import Threads

PATIENCE_SECONDS = 20.0
"""How long a caller waits, its turn included."""

_T = TypeVar("_T")


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
        if self._jobs is None:
            self._jobs = self._threads.queue()
            self._threads.start(self._work, self._name)
        completion = self._threads.completion()
        self._jobs.put((job, completion))
        result, error = completion.wait(self._patience)
        if error is not None:
            raise error
        done: _T = result
        return done

    def stop(self) -> None:
        """Let the thread end after the jobs that wait now."""
        if self._jobs is not None:
            self._jobs.put(None)
            self._jobs = None

    def _work(self) -> None:
        jobs = self._jobs
        while (task := jobs.get()) is not None:
            job, completion = task
            try:
                outcome: tuple[Any, BaseException | None] = (job(), None)
            except BaseException as error:  # whatever it was, its caller must not wait for it
                outcome = (None, error)
            completion.set(outcome)
