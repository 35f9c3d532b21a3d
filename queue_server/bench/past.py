"""A centre with a long past: millions of tickets of earlier days with their journal, made by bulk SQL."""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path

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
_ENTRIES = f"""{_NUMBERS}
INSERT INTO journal (site, seq, at, actor, type, version, data, prev_hash, hash, ticket)
SELECT :site, value + 1, :began + value, 'kiosk:k1',
    CASE value % 4 WHEN 0 THEN 'TicketIssued' WHEN 1 THEN 'TicketCalled' WHEN 2 THEN 'ServiceStarted'
        ELSE 'ServiceFinished' END,
    1, :data, lower(hex(randomblob(32))), lower(hex(randomblob(32))),
    printf('%010x', value / 4) || '0000000000000000000000'
FROM n
"""
_DATA = '{"ahead":12,"counter":"c1","label":"A001","number":1,"outcome":"done","queue":"dat","reason":null}'


def make_past(folder: Path, site: str, tickets: int) -> None:
    """Put `tickets` finished ones, with four journal entries each, into a new database in `folder`.

    They are as many and as long as real ones. The hashes are random: what issues and calls reads no old
    entry, and a true chain would take an hour to make. A folder that has them already is left as it is.
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
    values = {"site": site, "began": began, "per_day": PER_DAY, "data": _DATA}
    db.execute(_DAYS, {**values, "low": 0, "high": days})
    for low in range(0, tickets, _CHUNK):
        high = min(low + _CHUNK, tickets)
        db.execute(_TICKETS, {**values, "low": low, "high": high})
        db.execute(_ENTRIES, {**values, "low": 4 * low, "high": 4 * high})
    db.execute("PRAGMA journal_mode=WAL")
    db.close()
    os.sync()
    done.touch()
