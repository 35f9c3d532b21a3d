"""Writing one site's rows in an open SQLite transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import astuple
from typing import Any

from sqlite_utils import Database

from ..app.importing import site_to_json
from ..app.ports import Record, StoredAnswer, StoreTrouble
from ..core.model import Changes
from ..core.site import Site
from .sqlite_columns import (
    DESK,
    RECORD_COLUMNS,
    TALLY,
    TICKET,
    TICKET_COLUMNS,
    from_desk,
    from_tally,
    from_ticket,
)
from .sqlite_errors import told
from .sqlite_reading import SqliteReading

_SAVE_TICKET = (
    f"INSERT INTO ticket (site, {TICKET_COLUMNS}) VALUES (?{', ?' * len(TICKET)})"
    " ON CONFLICT (site, id) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in TICKET if name != "id")
)
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


class SqliteWriting(SqliteReading):
    """See app.ports.Writing. `where` names the file in what is said of trouble."""

    def __init__(
        self, db: Database, site: str, descriptions: dict[str, tuple[int, Site]], where: str
    ) -> None:
        super().__init__(db, site, descriptions)
        self._where = where

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        with told(self._where):
            self._db.execute("SAVEPOINT one_order")
            try:
                yield
            except BaseException as error:
                self._undo(error)
                raise
            self._db.execute("RELEASE one_order")

    def _undo(self, error: BaseException) -> None:
        """A full or failing disk may have undone the whole transaction already: nothing in it may go on."""
        with suppress(sqlite3.Error):
            self._db.execute("ROLLBACK TO one_order")
            self._db.execute("RELEASE one_order")
        if not self._db.conn.in_transaction:
            raise StoreTrouble(f"{self._where}: the transaction was undone: {error}") from error

    def save(self, changes: Changes) -> None:
        for ticket in changes.tickets.values():
            self._db.execute(_SAVE_TICKET, (self._site, *from_ticket(ticket)))
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
            self._db.execute(_APPEND, (self._site, *astuple(record), ticket))

    def remember(self, scope: str, key: str, answer: StoredAnswer, at: int) -> None:
        self._db.execute(
            "INSERT INTO answer (site, scope, key, fingerprint, body, at) VALUES (?, ?, ?, ?, ?, ?)",
            (self._site, scope, key, answer.fingerprint, answer.body, at),
        )

    def forget_answers(self, before: int) -> None:
        self._db.execute("DELETE FROM answer WHERE site = ? AND at < ?", (self._site, before))

    def keep_note(self, ticket_id: str, text: str, author: str, at: int) -> None:
        if text:
            self._put("note", ticket_id, text, author, at)
        else:
            self._db.execute("DELETE FROM note WHERE site = ? AND ticket = ?", (self._site, ticket_id))

    def forget_notes(self, before: int) -> None:
        self._db.execute("DELETE FROM note WHERE site = ? AND at < ?", (self._site, before))

    def describe(self, version: int, site: Site, at: int) -> None:
        # What this transaction describes may be undone: it must not reach the others' cache.
        self._descriptions = dict(self._descriptions)
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
