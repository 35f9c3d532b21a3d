"""Reading one site's rows: the statements that SQLite and PostgreSQL have in common."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from ..app.importing import site_from_json
from ..app.ports import Delivery, Record, StoredAnswer
from ..core.model import Day, Desk, Device, Line, LineKey, Tally, Ticket
from ..core.site import Site
from .columns import (
    DESK_COLUMNS,
    RECORD_COLUMNS,
    TALLY_COLUMNS,
    TICKET,
    TICKET_COLUMNS,
    to_desk,
    to_device,
    to_tally,
    to_ticket,
)

_T_COLUMNS = ", ".join(f"t.{name}" for name in TICKET)


class SqlReading:
    """See app.ports.Reading. A subclass knows the connection: values stand for `?`, the first is the site.

    `descriptions` caches each site's newest description by version.
    """

    def __init__(self, site: str, descriptions: dict[str, tuple[int, Site]]) -> None:
        self._site = site
        self._descriptions = descriptions

    def site(self) -> tuple[int, Site] | None:
        version = self._version()
        if version is None:
            return None
        known = self._descriptions.get(self._site)
        if known is None or known[0] != version:
            known = (version, site_from_json(self.description(version) or {}))
            self._descriptions[self._site] = known
        return known

    def _version(self) -> int | None:
        version: int | None = self._value("SELECT max(version) FROM site WHERE site = ?")
        return version

    def description(self, version: int) -> dict[str, Any] | None:
        text = self._value("SELECT description FROM site WHERE site = ? AND version = ?", version)
        return None if text is None else dict(json.loads(text))

    def day(self) -> Day | None:
        row = self._row("SELECT date, is_open FROM day WHERE site = ? ORDER BY date DESC LIMIT 1")
        return Day(row[0], bool(row[1])) if row else None

    def days(self) -> list[Day]:
        rows = self._rows("SELECT date, is_open FROM day WHERE site = ? ORDER BY date")
        return [Day(date, bool(is_open)) for date, is_open in rows]

    def ticket(self, ticket_id: str) -> Ticket | None:
        return self._ticket("WHERE site = ? AND id = ?", ticket_id)

    def ticket_by_secret(self, secret: str) -> Ticket | None:
        return self._ticket("WHERE site = ? AND secret = ?", secret)

    def desks(self, counters: Iterable[str] | None = None) -> list[Desk]:
        where, values = self._among("id", counters)
        return [
            to_desk(row)
            for row in self._rows(f"SELECT {DESK_COLUMNS} FROM desk WHERE site = ?{where}", *values)
        ]

    def lines(self, queues: Iterable[str] | None = None) -> list[Line]:
        where, values = self._among("queue", queues)
        rows = self._rows(
            f"SELECT queue, priority, only_counter, waiting FROM line WHERE site = ?{where}", *values
        )
        return [Line(LineKey(*row[:3]), row[3]) for row in rows]

    def heads(self, queues: Iterable[str]) -> list[Ticket]:
        where, values = self._among("l.queue", queues)
        rows = self._rows(
            f"SELECT {_T_COLUMNS} FROM line l JOIN ticket t ON t.site = l.site AND t.id = ("
            " SELECT id FROM ticket WHERE site = l.site AND queue = l.queue AND priority = l.priority"
            " AND only_counter = l.only_counter AND state = 'waiting' ORDER BY since, seq LIMIT 1)"
            f" WHERE l.site = ? AND l.waiting > 0{where}",
            *values,
        )
        return [to_ticket(row) for row in rows]

    def next_in_line(self, ticket: Ticket) -> Ticket | None:
        return self._ticket(
            "WHERE site = ? AND queue = ? AND priority = ? AND only_counter = ? AND state = 'waiting'"
            " AND (since, seq) > (?, ?) ORDER BY since, seq LIMIT 1",
            *(ticket.queue, ticket.priority, ticket.only_counter, ticket.since, ticket.seq),
        )

    def devices(self) -> list[Device]:
        rows = self._rows("SELECT id, state, since, facts FROM device WHERE site = ?")
        return [to_device(row) for row in rows]

    def tallies(self, queues: Iterable[str] | None = None) -> list[Tally]:
        where, values = self._among("queue", queues)
        return [
            to_tally(row)
            for row in self._rows(f"SELECT {TALLY_COLUMNS} FROM tally WHERE site = ?{where}", *values)
        ]

    def open_tickets(self) -> list[Ticket]:
        at_desks = self._tickets("WHERE site = ? AND counter IS NOT NULL AND state IN ('called', 'serving')")
        return self.waiting_tickets() + self.parked_tickets() + at_desks

    def waiting_tickets(self) -> list[Ticket]:
        return self._tickets("WHERE site = ? AND state = 'waiting'")

    def parked_tickets(self, counter: str | None = None) -> list[Ticket]:
        where, values = self._among("parked_by", None if counter is None else [counter])
        order = "parked_by, parked_at, seq"  # that of their index
        return self._tickets(f"WHERE site = ? AND state = 'parked'{where} ORDER BY {order}", *values)

    def note(self, ticket_id: str) -> str | None:
        text: str | None = self._value("SELECT text FROM note WHERE site = ? AND ticket = ?", ticket_id)
        return text

    def person_name(self, actor: str) -> str | None:
        kind, _, person = actor.partition(":")
        if kind != "person":
            return None
        name: str | None = self._value("SELECT name FROM person WHERE site = ? AND id = ?", person)
        return name

    def tickets_of_day(self, day: str) -> list[Ticket]:
        return self._tickets("WHERE site = ? AND day = ? ORDER BY seq", day)

    def journal(self, after: int, limit: int) -> list[Record]:
        rows = self._rows(
            f"SELECT {RECORD_COLUMNS} FROM journal WHERE site = ? AND seq > ? ORDER BY seq LIMIT ?",
            after,
            limit,
        )
        return [Record(*row) for row in rows]

    def journal_of(self, ticket_id: str) -> list[Record]:
        rows = self._rows(
            f"SELECT {RECORD_COLUMNS} FROM journal WHERE site = ? AND ticket = ? ORDER BY seq", ticket_id
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

    def due(self, channel: str, target: str, now: int, limit: int) -> list[Delivery]:
        rows = self._rows(
            "SELECT id, channel, target, seq, body, attempts FROM delivery WHERE site = ? AND channel = ?"
            " AND target = ? AND state IN ('owed', 'claimed') AND due_at <= ? ORDER BY id LIMIT ?",
            *(channel, target, now, limit),
        )
        return [Delivery(*row) for row in rows]

    def deliveries(self, channel: str, target: str, limit: int) -> list[tuple[str, str]]:
        rows = self._rows(
            "SELECT body, state FROM delivery WHERE site = ? AND channel = ? AND target = ?"
            " ORDER BY id DESC LIMIT ?",
            *(channel, target, limit),
        )
        return [(row[0], row[1]) for row in rows]

    def _rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        raise NotImplementedError

    def _row(self, sql: str, *values: Any) -> tuple[Any, ...] | None:
        rows = self._rows(sql, *values)
        return rows[0] if rows else None

    def _among(self, column: str, wanted: Iterable[str] | None) -> tuple[str, tuple[Any, ...]]:
        """An SQL condition that keeps rows whose `column` is among `wanted` (None: all)."""
        raise NotImplementedError

    def _value(self, sql: str, *values: Any) -> Any:
        row = self._row(sql, *values)
        return row[0] if row else None

    def _tickets(self, clause: str, *values: Any) -> list[Ticket]:
        return [
            to_ticket(row) for row in self._rows(f"SELECT {TICKET_COLUMNS} FROM ticket {clause}", *values)
        ]

    def _ticket(self, clause: str, *values: Any) -> Ticket | None:
        row = self._row(f"SELECT {TICKET_COLUMNS} FROM ticket {clause}", *values)
        return to_ticket(row) if row else None
