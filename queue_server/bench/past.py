"""A centre with a long past: millions of tickets of earlier days with their journal, made by bulk SQL."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from queue_server.app.journal import digest
from queue_server.store.sqlite import SqliteStore

PER_DAY = 2_000
_DAY_MS = 86_400_000
_CHUNK = 100 * PER_DAY

_NUMBERS = (
    "WITH RECURSIVE n(value) AS (SELECT :low UNION ALL SELECT value + 1 FROM n WHERE value < :high - 1)"
)
_DAYS = f"""{_NUMBERS}
INSERT INTO day (site, date, is_open)
SELECT :site, date(:began / 1000 + value * 86400, 'unixepoch'), 0 FROM n
"""
_TICKETS = f"""{_NUMBERS}
INSERT INTO ticket (site, id, day, queue, series, number, label, secret, priority, language, origin, seq,
    issued_at, since, state, only_counter, counter, calls, called_at, started_at, ended_at, outcome)
SELECT :site, printf('%010x', value) || lower(hex(randomblob(11))),
    date(:began / 1000 + value / :per_day * 86400, 'unixepoch'), 'dat', 'dat', value % :per_day + 1,
    printf('A%03d', value % :per_day + 1), printf('%010x', value) || lower(hex(randomblob(6))), 'ordinary',
    'vi', 'k1', value * 4 + 1, at, at, 'finished', '', 'c' || (value % 32 + 1), 1, at + 600000, at + 630000,
    at + 1200000, 'done'
FROM (SELECT value, :began + value / :per_day * 86400000 + value % :per_day * 14000 AS at FROM n)
"""
_ENTRY = (
    "INSERT INTO journal (site, seq, at, actor, type, version, data, prev_hash, hash, ticket)"
    " VALUES (?, ?, ?, 'kiosk:k1', ?, 1, ?, ?, ?, ?)"
)
_KINDS = ("TicketIssued", "TicketCalled", "ServiceStarted", "ServiceFinished")
_DATA = '{"ahead":12,"counter":"c1","label":"A001","number":1,"outcome":"done","queue":"dat","reason":null}'


def _entries(site: str, began: int, tickets: int) -> Iterator[tuple[Any, ...]]:
    """The rows of the journal, four for each ticket, in a chain that is whole."""
    seal = ""
    for number in range(4 * tickets):
        kind, before = _KINDS[number % 4], seal
        seal = digest(site, number + 1, began + number, "kiosk:k1", kind, 1, _DATA, before)
        ticket = f"{number // 4:010x}0000000000000000000000"
        yield (site, number + 1, began + number, kind, _DATA, before, seal, ticket)


def make_past(folder: Path, site: str, tickets: int) -> None:
    """Put `tickets` finished ones, with four journal entries each, into a new database in `folder`.

    They are as many and about as long as real ones, and chained. A folder that has them is left as it is.
    """
    done = folder / "past-is-made"
    if done.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "motcua.db"
    for left in (file, folder / "motcua.db-wal", folder / "motcua.db-shm"):
        left.unlink(missing_ok=True)
    SqliteStore(file).close()
    db = sqlite3.connect(file, isolation_level=None)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-1000000"):
        db.execute(f"PRAGMA {pragma}")
    days = -(-tickets // PER_DAY)
    began = (time.time_ns() // 1_000_000 // _DAY_MS - days - 2) * _DAY_MS
    values = {"site": site, "began": began, "per_day": PER_DAY}
    db.execute(_DAYS, {**values, "low": 0, "high": days})
    for low in range(0, tickets, _CHUNK):
        db.execute(_TICKETS, {**values, "low": low, "high": min(low + _CHUNK, tickets)})
    db.execute("BEGIN")
    db.executemany(_ENTRY, _entries(site, began, tickets))
    db.execute("COMMIT")
    db.execute("PRAGMA journal_mode=WAL")
    db.close()
    os.sync()
    done.touch()
