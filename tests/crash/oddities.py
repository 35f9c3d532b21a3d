"""Odd circumstances for a server under test: a clock that is set, a slow disk, little patience.

Each replaces one value or one function of the running program from outside; the program itself has no switch
for any of it.
"""

from __future__ import annotations

import mmap
import struct
import time
from _queue import Empty, SimpleQueue
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

_OFFSET = struct.Struct("<q")


class SetClock:
    """A wall clock that a test sets while the server runs: a file holds by how much it is off, in ms."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.write_bytes(_OFFSET.pack(0))
        with path.open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), _OFFSET.size)

    def set(self, offset_ms: int) -> None:
        self._shared[:] = _OFFSET.pack(offset_ms)

    def show(self, at_ms: int) -> None:
        """Set it to this time; it goes on from there."""
        self.set(at_ms - time.time_ns() // 1_000_000)

    @property
    def now(self) -> int:
        return time.time_ns() // 1_000_000 + int(_OFFSET.unpack(self._shared[:])[0])

    def close(self) -> None:
        self._shared.close()


def apply(odd: dict[str, Any]) -> None:
    """`clock`: a SetClock's file; `busy`: seconds a locked database is waited for; `commit_delay`: seconds
    that each commit takes longer; `patience`: seconds a request waits for its answer."""
    from queue_server import main
    from queue_server.app import writer
    from queue_server.store import sqlite

    if "clock" in odd:
        main.clock = _read_clock(odd["clock"])
    if "busy" in odd:
        sqlite.BUSY_SECONDS = odd["busy"]
    if "patience" in odd:
        writer.PATIENCE = odd["patience"]
    if "commit_delay" in odd:
        _slow_down(sqlite.SqliteStore, odd["commit_delay"])


def _read_clock(path: str) -> Any:
    with open(path, "r+b") as file:
        shared = mmap.mmap(file.fileno(), _OFFSET.size, access=mmap.ACCESS_READ)
    return lambda: time.time_ns() // 1_000_000 + _OFFSET.unpack(shared[:])[0]


def _slow_down(store: Any, seconds: float) -> None:
    """A disk that takes `seconds` for each commit; only the writer's own native thread waits for it."""
    genuine = store.writing
    nothing: SimpleQueue[None] = SimpleQueue()  # of C: a wait that no green hub knows of

    @contextmanager
    def slow(self: Any, site: str) -> Iterator[Any]:
        with genuine(self, site) as transaction:
            yield transaction
            with suppress(Empty):
                nothing.get(True, seconds)

    store.writing = slow
