"""Writing one site's rows: the statements that SQLite and PostgreSQL have in common."""

from __future__ import annotations

import json
from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from ..app.importing import site_to_json
from ..app.ports import Record, StoredAnswer
from ..core.model import Changes
from ..core.site import Site
from .columns import (
    DESK,
    RECORD_COLUMNS,
    TALLY,
    TICKET,
    TICKET_COLUMNS,
    from_desk,
    from_tally,
    from_ticket,
)
from .sql_reading import SqlReading

_SAVE_TICKET = (
    f"INSERT INTO ticket (site, {TICKET_COLUMNS}) VALUES (?{', ?' * len(TICKET)})"
    " ON CONFLICT (site, id) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in TICKET if name != "id")
)
_RECORD_VALUES = attrgetter(*RECORD_COLUMNS.split(", "))
_APPEND = f"INSERT INTO journal (site, {RECORD_COLUMNS}, ticket) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def _upsert(table: str, key: str, *values: str) -> str:
    """Replace one row by its key. Any other broken constraint must raise, so OR REPLACE will not do."""
    columns = [*key.split(", "), *values]
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        f" ON CONFLICT ({key}) DO UPDATE SET " + ", ".join(f"{name} = excluded.{name}" for name in values)
    )


_PUT = {
    "line": _upsert("line", "site, queue, priority, only_counter", "waiting"),
    "tally": _upsert("tally", "site, queue", *TALLY[1:]),
    "desk": _upsert("desk", "site, id", *DESK[1:]),
    "day": _upsert("day", "site, date", "is_open"),
    "device": _upsert("device", "site, id", "state", "since", "facts"),
    "cursor": _upsert("cursor", "site, name", "seq"),
    "note": _upsert("note", "site, ticket", "text", "author", "at"),
}


class SqlWriting(SqlReading):
    """See app.ports.Writing. A subclass knows the connection and its savepoints."""

    def save(self, changes: Changes) -> None:
        for ticket in changes.tickets.values():
            self._run(_SAVE_TICKET, *from_ticket(ticket))
        for line in changes.lines.values():
            key = line.key
            self._put("line", key.queue, key.priority, key.only_counter, line.waiting)
        for tally in changes.tallies.values():
            self._put("tally", *from_tally(tally))
        for desk in changes.desks.values():
            self._put("desk", *from_desk(desk))
        for device in changes.devices.values():
            facts = json.dumps(device.facts, ensure_ascii=False)
            self._put("device", device.id, device.state, device.since, facts)
        for day in changes.days.values():
            self._put("day", day.date, int(day.is_open))

    def append(self, records: Sequence[Record], tickets: Sequence[str | None]) -> None:
        for record, ticket in zip(records, tickets, strict=True):
            self._run(_APPEND, *_RECORD_VALUES(record), ticket)

    def remember(self, scope: str, key: str, answer: StoredAnswer, at: int) -> None:
        self._run(
            "INSERT INTO answer (site, scope, key, fingerprint, body, at) VALUES (?, ?, ?, ?, ?, ?)",
            *(scope, key, answer.fingerprint, answer.body, at),
        )

    def forget_answers(self, before: int) -> None:
        self._run("DELETE FROM answer WHERE site = ? AND at < ?", before)

    def keep_note(self, ticket_id: str, text: str, author: str, at: int) -> None:
        if text:
            self._put("note", ticket_id, text, author, at)
        else:
            self._run("DELETE FROM note WHERE site = ? AND ticket = ?", ticket_id)

    def forget_notes(self, before: int) -> None:
        self._run("DELETE FROM note WHERE site = ? AND at < ?", before)

    def describe(self, version: int, site: Site, at: int) -> None:
        # What this transaction describes may be undone: it must not reach the others' cache.
        self._descriptions = dict(self._descriptions)
        text = json.dumps(site_to_json(site), ensure_ascii=False, separators=(",", ":"))
        self._run("INSERT INTO site (site, version, at, description) VALUES (?, ?, ?, ?)", version, at, text)

    def set_cursor(self, name: str, seq: int) -> None:
        self._put("cursor", name, seq)

    def owe(self, channel: str, target: str, seq: int, body: str, at: int) -> None:
        self._run(
            "INSERT INTO delivery (site, channel, target, seq, body, state, due_at, attempts, at)"
            " VALUES (?, ?, ?, ?, ?, 'owed', ?, 0, ?)",
            *(channel, target, seq, body, at, at),
        )

    def claim(self, delivery: int, now: int, until: int) -> bool:
        claimed = self._row(
            "UPDATE delivery SET state = 'claimed', due_at = ?2, attempts = attempts + 1 WHERE site = ?1"
            " AND id = ?3 AND state IN ('owed', 'claimed') AND due_at <= ?4 RETURNING id",
            *(until, delivery, now),
        )
        return claimed is not None

    def settle(self, delivery: int, state: str, at: int) -> None:
        self._run("UPDATE delivery SET state = ?2, at = ?3 WHERE site = ?1 AND id = ?4", state, at, delivery)

    def _put(self, table: str, *values: Any) -> None:
        self._run(_PUT[table], *values)

    def _run(self, sql: str, *values: Any) -> None:
        """Execute a statement that gives no rows; the first value is the site."""
        raise NotImplementedError
