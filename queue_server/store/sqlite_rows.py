"""One site's rows in an open SQLite transaction: reading them, and writing them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from typing import Any

from sqlite_utils import Database

from ..app.importing import site_from_json, site_to_json
from ..app.ports import Conflict, Delivery, Record, StoredAnswer
from ..core.model import Changes, Day, Desk, DeskState, Device, Line, LineKey, Tally, Ticket, TicketState
from ..core.site import Site
from ..core.waiting import Pace

_TICKET = tuple(field.name for field in fields(Ticket))
_TICKET_COLUMNS = ", ".join(_TICKET)
_TICKET_T_COLUMNS = ", ".join(f"t.{name}" for name in _TICKET)
_STATE, _MEMO, _REASON = _TICKET.index("state"), _TICKET.index("memo"), _TICKET.index("reason")
_RECORD = "seq, at, actor, type, version, data, prev_hash, hash"
_SAVE_TICKET = (
    f"INSERT INTO ticket (site, {_TICKET_COLUMNS}) VALUES (?{', ?' * len(_TICKET)})"
    " ON CONFLICT (site, id) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in _TICKET if name != "id")
)


def _upsert(table: str, key: str, *values: str) -> str:
    """Replace one row by its key. Any other broken constraint must raise, so OR REPLACE will not do."""
    columns = [*key.split(", "), *values]
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        f" ON CONFLICT ({key}) DO UPDATE SET " + ", ".join(f"{name} = excluded.{name}" for name in values)
    )


_PUT = {
    "line": _upsert("line", "site, queue, priority, only_counter", "waiting"),
    "tally": _upsert("tally", "site, queue", "day", "last_number", "pace"),
    "desk": _upsert("desk", "site, id", "state", "officer", "since", "reason", "ticket"),
    "day": _upsert("day", "site, date", "is_open"),
    "device": _upsert("device", "site, id", "state", "since"),
    "cursor": _upsert("cursor", "site, name", "seq"),
}


class SqliteReading:
    """See app.ports.Reading. `descriptions` caches each site's newest description by version."""

    def __init__(self, db: Database, site: str, descriptions: dict[str, tuple[int, Site]]) -> None:
        self._db = db
        self._site = site
        self._descriptions = descriptions

    def site(self) -> tuple[int, Site] | None:
        version = self._value("SELECT max(version) FROM site WHERE site = ?")
        if version is None:
            return None
        known = self._descriptions.get(self._site)
        if known is None or known[0] != version:
            text = self._value("SELECT description FROM site WHERE site = ? AND version = ?", version)
            known = (version, site_from_json(json.loads(text)))
            self._descriptions[self._site] = known
        return known

    def head(self) -> tuple[int, str]:
        row = self._row("SELECT seq, hash FROM journal WHERE site = ? ORDER BY seq DESC LIMIT 1")
        return (row[0], row[1]) if row else (0, "")

    def day(self) -> Day | None:
        row = self._row("SELECT date, is_open FROM day WHERE site = ? ORDER BY date DESC LIMIT 1")
        return Day(row[0], bool(row[1])) if row else None

    def ticket(self, ticket_id: str) -> Ticket | None:
        return self._ticket("WHERE site = ? AND id = ?", ticket_id)

    def ticket_by_secret(self, secret: str) -> Ticket | None:
        return self._ticket("WHERE site = ? AND secret = ?", secret)

    def desks(self, counters: Iterable[str] | None = None) -> list[Desk]:
        where, values = _among("id", counters)
        rows = self._rows(
            f"SELECT id, state, officer, since, reason, ticket FROM desk WHERE site = ?{where}", *values
        )
        return [Desk(row[0], DeskState(row[1]), *row[2:]) for row in rows]

    def lines(self, queues: Iterable[str] | None = None) -> list[Line]:
        where, values = _among("queue", queues)
        rows = self._rows(
            f"SELECT queue, priority, only_counter, waiting FROM line WHERE site = ?{where}", *values
        )
        return [Line(LineKey(*row[:3]), row[3]) for row in rows]

    def heads(self, queues: Iterable[str]) -> list[Ticket]:
        where, values = _among("l.queue", queues)
        rows = self._rows(
            f"SELECT {_TICKET_T_COLUMNS} FROM line l JOIN ticket t ON t.site = l.site AND t.id = ("
            " SELECT id FROM ticket WHERE site = l.site AND queue = l.queue AND priority = l.priority"
            " AND only_counter = l.only_counter AND state = 'waiting' ORDER BY since, seq LIMIT 1)"
            f" WHERE l.site = ? AND l.waiting > 0{where}",
            *values,
        )
        return [_to_ticket(row) for row in rows]

    def next_in_line(self, ticket: Ticket) -> Ticket | None:
        return self._ticket(
            "WHERE site = ? AND queue = ? AND priority = ? AND only_counter = ? AND state = 'waiting'"
            " AND (since, seq) > (?, ?) ORDER BY since, seq LIMIT 1",
            *(ticket.queue, ticket.priority, ticket.only_counter, ticket.since, ticket.seq),
        )

    def devices(self) -> list[Device]:
        return [Device(*row) for row in self._rows("SELECT id, state, since FROM device WHERE site = ?")]

    def tallies(self, queues: Iterable[str] | None = None) -> list[Tally]:
        where, values = _among("queue", queues)
        rows = self._rows(f"SELECT queue, day, last_number, pace FROM tally WHERE site = ?{where}", *values)
        return [Tally(row[0], row[1], row[2], Pace.from_row(json.loads(row[3]))) for row in rows]

    def ahead_of(self, ticket: Ticket) -> int:
        sql = (
            "SELECT count(*) FROM ticket WHERE site = ? AND queue = ? AND state = 'waiting'"
            " AND (since, seq) < (?, ?)"
        )
        count: int = self._value(sql, ticket.queue, ticket.since, ticket.seq)
        return count

    def open_tickets(self) -> list[Ticket]:
        waiting = self._tickets("WHERE site = ? AND state = 'waiting'")
        return waiting + self._tickets(
            "WHERE site = ? AND counter IS NOT NULL AND state IN ('called', 'serving')"
        )

    def tickets_of_day(self, day: str) -> list[Ticket]:
        return self._tickets("WHERE site = ? AND day = ? ORDER BY seq", day)

    def last_called(self, limit: int, counters: Sequence[str] | None = None) -> list[Ticket]:
        day = self.day()
        if day is None:
            return []
        where, values = _among("counter", counters)
        order = "ORDER BY called_at DESC, seq DESC LIMIT ?"
        if counters is not None and len(counters) == 1:
            clause = (
                f"INDEXED BY ticket_at_counter WHERE site = ?{where} AND day = ? AND called_at > 0 {order}"
            )
            return self._tickets(clause, *values, day.date, limit)
        clause = (
            f"WHERE site = ? AND day = ? AND called_at IS NOT NULL AND counter IS NOT NULL{where} {order}"
        )
        return self._tickets(clause, day.date, *values, limit)

    def journal(self, after: int, limit: int) -> list[Record]:
        rows = self._rows(
            f"SELECT {_RECORD} FROM journal WHERE site = ? AND seq > ? ORDER BY seq LIMIT ?", after, limit
        )
        return [Record(*row) for row in rows]

    def journal_of(self, ticket_id: str) -> list[Record]:
        rows = self._rows(
            f"SELECT {_RECORD} FROM journal WHERE site = ? AND ticket = ? ORDER BY seq", ticket_id
        )
        return [Record(*row) for row in rows]

    def answer(self, scope: str, key: str) -> StoredAnswer | None:
        row = self._row(
            "SELECT fingerprint, body FROM answer WHERE site = ? AND scope = ? AND key = ?", scope, key
        )
        return StoredAnswer(*row) if row else None

    def cursor(self, name: str) -> int:
        value: int | None = self._value("SELECT seq FROM cursor WHERE site = ? AND name = ?", name)
        return value or 0

    def due(self, channel: str, now: int, limit: int) -> list[Delivery]:
        rows = self._rows(
            "SELECT id, channel, target, seq, body, attempts FROM delivery WHERE site = ? AND channel = ?"
            " AND state IN ('owed', 'claimed') AND due_at <= ? ORDER BY id LIMIT ?",
            channel,
            now,
            limit,
        )
        return [Delivery(*row) for row in rows]

    def deliveries(self, channel: str, limit: int) -> list[tuple[str, str, str]]:
        newest = "WHERE site = ? AND channel = ? ORDER BY id DESC LIMIT ?"
        rows = self._rows(f"SELECT target, body, state FROM delivery {newest}", channel, limit)
        return [(row[0], row[1], row[2]) for row in rows]

    def _rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self._db.execute(sql, (self._site, *values)).fetchall()
        return rows

    def _row(self, sql: str, *values: Any) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = self._db.execute(sql, (self._site, *values)).fetchone()
        return row

    def _value(self, sql: str, *values: Any) -> Any:
        row = self._row(sql, *values)
        return row[0] if row else None

    def _tickets(self, clause: str, *values: Any) -> list[Ticket]:
        return [
            _to_ticket(row) for row in self._rows(f"SELECT {_TICKET_COLUMNS} FROM ticket {clause}", *values)
        ]

    def _ticket(self, clause: str, *values: Any) -> Ticket | None:
        row = self._row(f"SELECT {_TICKET_COLUMNS} FROM ticket {clause}", *values)
        return _to_ticket(row) if row else None


class SqliteWriting(SqliteReading):
    """See app.ports.Writing."""

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        self._db.execute("SAVEPOINT one_order")
        try:
            yield
        except BaseException as error:
            self._db.execute("ROLLBACK TO one_order")
            self._db.execute("RELEASE one_order")
            if isinstance(error, sqlite3.IntegrityError):
                raise Conflict(str(error)) from error
            raise
        self._db.execute("RELEASE one_order")

    def save(self, changes: Changes) -> None:
        for ticket in changes.tickets.values():
            self._db.execute(_SAVE_TICKET, (self._site, *_from_ticket(ticket)))
        for line in changes.lines.values():
            key = line.key
            self._put("line", key.queue, key.priority, key.only_counter, line.waiting)
        for tally in changes.tallies.values():
            self._put("tally", tally.queue, tally.day, tally.last_number, json.dumps(tally.pace.to_row()))
        for desk in changes.desks.values():
            self._put("desk", desk.id, desk.state.value, desk.officer, desk.since, desk.reason, desk.ticket)
        for device in changes.devices.values():
            self._put("device", device.id, device.state, device.since)
        if changes.day:
            self._put("day", changes.day.date, int(changes.day.is_open))

    def append(self, records: Sequence[Record], tickets: Sequence[str | None]) -> None:
        for record, ticket in zip(records, tickets, strict=True):
            self._db.execute(
                f"INSERT INTO journal (site, {_RECORD}, ticket) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    self._site,
                    record.seq,
                    record.at,
                    record.actor,
                    record.type,
                    record.version,
                    record.data,
                    record.prev_hash,
                    record.hash,
                    ticket,
                ),
            )

    def remember(self, scope: str, key: str, answer: StoredAnswer, at: int) -> None:
        self._db.execute(
            "INSERT INTO answer (site, scope, key, fingerprint, body, at) VALUES (?, ?, ?, ?, ?, ?)",
            (self._site, scope, key, answer.fingerprint, answer.body, at),
        )

    def forget_answers(self, before: int) -> None:
        self._db.execute("DELETE FROM answer WHERE site = ? AND at < ?", (self._site, before))

    def describe(self, version: int, site: Site, at: int) -> None:
        text = json.dumps(site_to_json(site), ensure_ascii=False, separators=(",", ":"))
        self._db.table("site").insert({"site": self._site, "version": version, "at": at, "description": text})

    def set_cursor(self, name: str, seq: int) -> None:
        self._put("cursor", name, seq)

    def owe(self, channel: str, target: str, seq: int, body: str, at: int) -> None:
        self._db.execute(
            "INSERT INTO delivery (site, channel, target, seq, body, state, due_at, attempts, at)"
            " VALUES (?, ?, ?, ?, ?, 'owed', ?, 0, ?)",
            (self._site, channel, target, seq, body, at, at),
        )

    def claim(self, delivery: int, now: int, until: int) -> bool:
        cursor = self._db.execute(
            "UPDATE delivery SET state = 'claimed', due_at = ?, attempts = attempts + 1"
            " WHERE site = ? AND id = ? AND state IN ('owed', 'claimed') AND due_at <= ?",
            (until, self._site, delivery, now),
        )
        return bool(cursor.rowcount == 1)

    def settle(self, delivery: int, state: str, at: int) -> None:
        self._db.execute(
            "UPDATE delivery SET state = ?, at = ? WHERE site = ? AND id = ?",
            (state, at, self._site, delivery),
        )

    def _put(self, table: str, *values: Any) -> None:
        self._db.execute(_PUT[table], (self._site, *values))


def _among(column: str, wanted: Iterable[str] | None) -> tuple[str, tuple[str, ...]]:
    """An SQL condition that keeps rows whose `column` is among `wanted` (None: all)."""
    if wanted is None:
        return "", ()
    values = tuple(wanted)
    return f" AND {column} IN ({', '.join('?' * len(values))})", values


def _to_ticket(row: Sequence[Any]) -> Ticket:
    values = list(row)
    values[_STATE] = TicketState(values[_STATE])
    values[_MEMO] = None if values[_MEMO] is None else tuple(json.loads(values[_MEMO]))
    values[_REASON] = None if values[_REASON] is None else json.loads(values[_REASON])
    return Ticket(*values)


def _from_ticket(ticket: Ticket) -> list[Any]:
    values = [getattr(ticket, name) for name in _TICKET]
    values[_STATE] = ticket.state.value
    values[_MEMO] = None if ticket.memo is None else json.dumps(ticket.memo)
    values[_REASON] = None if ticket.reason is None else json.dumps(ticket.reason, ensure_ascii=False)
    return values
