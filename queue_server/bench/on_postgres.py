"""The same orders on PostgreSQL: one and several workers, one centre and fifty, who waits for a lock."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .hall import BenchHall
from .measure import Measure, paired, percentile
from .orders import Findings, take_turns
from .processes import Server

SITES, DESKS_EACH = 50, 2
WORKERS = 4
_LOOK_SECONDS = 0.02
_WAITERS = "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'advisory'"


def measure_on_postgres(
    database: str,
    message_queue: str,
    folder: Path,
    rounds: int,
    seconds: float,
    waiting: int,
    tell: Callable[[str], None],
) -> Iterator[Measure]:
    """With one worker, and with four where a message queue joins them; the centres stay in the database."""
    tell(f"preparing {SITES + 1} centres in PostgreSQL")
    one = [BenchHall(folder, waiting=waiting, database=database)]
    many = [
        BenchHall(folder, waiting=10, site_id=f"bench-{n}", desks=DESKS_EACH, database=database)
        for n in range(SITES)
    ]
    for workers in (1, WORKERS) if message_queue else (1,):
        arguments = ["--database", database, "--data", str(folder), "--port", "0"]
        if message_queue:
            arguments += ["--message-queue", message_queue, "--workers", str(workers)]
        for halls in (one, many):
            tell(f"PostgreSQL, {workers} worker(s), {len(halls)} centre(s)")
            name = f"postgresql.{workers}-workers.{len(halls)}-sites"
            with (
                Server("queue_server", "serve", *arguments) as ours,
                Server("queue_server.bench.bare", "gevent", database) as bare,
                _watched(database) as waiters,
            ):
                for level, found in take_turns(halls, ours, bare, rounds, seconds):
                    yield from _measures(f"{name}.{{order}}.{level}", found)
            how = "waits for the lock of a centre seen in looks every 20 ms, per look; floor: 1"
            yield Measure(f"{name}.lock-waits", sum(waiters) / max(len(waiters), 1), 1.0, "waits", how)


def _measures(name: str, found: Findings) -> Iterator[Measure]:
    how = "as on SQLite; floor: bare Flask under gevent, one INSERT per request through psycopg"
    for order, pairs in (("issue", found.issue), ("call", found.call)):
        of = name.format(order=order)
        yield paired(f"{of}.rate", pairs, "requests/s", how, None)
        for share in (0.5, 0.99):
            pair = [1000 * percentile(found.times[which], share) for which in (order, "floor")]
            yield Measure(f"{of}.p{share * 100:.0f}", pair[0], pair[1], "ms", how)


@contextmanager
def _watched(database: str) -> Iterator[list[int]]:
    """How many wait for an advisory lock, looked at again and again in a thread of its own."""
    import psycopg

    seen: list[int] = []
    over = threading.Event()

    def watch() -> None:
        with psycopg.connect(database, autocommit=True) as db:
            while not over.wait(_LOOK_SECONDS):
                row: Any = db.execute(_WAITERS).fetchone()
                seen.append(int(row[0]))

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield seen
    finally:
        over.set()
        watching.join()
