"""Several processes that serve the same sockets: started together, kept running, ended together."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import click

AT_ONCE_SECONDS = 5.0
"""A process that ends sooner after its start is started again only after a while: something is wrong."""

PAUSE_SECONDS = 2.0

BEGINNING_SECONDS = 30.0
"""Where the very first process ends in trouble so soon, no other will fare better."""

_ENDINGS = (signal.SIGINT, signal.SIGTERM)
_DIES_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of prctl(2)."""


Work = Callable[[bool], None]
"""What a process does; given whether it is the very first, which speaks for all."""


def keep_running(count: int, work: Work) -> None:
    """Run `work` in `count` processes until SIGINT or SIGTERM; one that dies is replaced.

    Returns once all have ended. Where the first of them cannot even begin, all end, and SystemExit has its
    status. This process does nothing else: it never enters an async mode, so that forking stays plain.
    """
    company = _Company(work)
    for number in _ENDINGS:
        signal.signal(number, lambda *_: company.end())
    for place in range(count):
        company.start_one(is_first=place == 0)
    company.watch()
    if company.status:
        raise SystemExit(company.status)


@contextmanager
def _deaf() -> Iterator[None]:
    """No signal is heard within: it would miss a process that was made but not yet written down."""
    signal.pthread_sigmask(signal.SIG_BLOCK, _ENDINGS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDINGS)


class _Company:
    def __init__(self, work: Work) -> None:
        self._work = work
        self._began: dict[int, float] = {}
        self._first: int | None = None
        self._ending = False
        self.status = 0

    def start_one(self, *, is_first: bool = False) -> None:
        parent = os.getpid()
        with _deaf():
            if self._ending:
                return
            child = os.fork()
            if child == 0:
                _live_as_child(parent, lambda: self._work(is_first))
            self._began[child] = time.monotonic()
        if is_first:
            self._first = child

    def end(self) -> None:
        self._ending = True
        for child in list(self._began):
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGTERM)

    def watch(self) -> None:
        """Until the last has ended."""
        while self._began:
            child, status = os.wait()
            began = self._began.pop(child, None)
            if began is None or self._ending:
                continue
            code, lasted = os.waitstatus_to_exitcode(status), time.monotonic() - began
            if child == self._first and code > 0 and lasted < BEGINNING_SECONDS:
                self.status = code
                self.end()
                continue
            click.echo(f"motcua: a worker ended with {code}; another takes its place", err=True)
            if lasted < AT_ONCE_SECONDS:
                time.sleep(PAUSE_SECONDS)
            self.start_one()


def _live_as_child(parent: int, work: Callable[[], None]) -> None:
    """Never returns: whatever `work` ends with is this process' end."""
    from queue_server.__main__ import said

    status = 1
    try:
        for number in _ENDINGS:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDINGS)
        ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)
        if os.getppid() == parent:  # it may have died before the line above
            with said():
                work()
            status = 0
    except SystemExit as ending:
        status = ending.code if isinstance(ending.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
