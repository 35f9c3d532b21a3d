"""Reading one site's rows in an open SQLite transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlite_utils import Database

from ..core.model import Ticket
from ..core.site import Site
from . import places
from .sql_reading import SqlReading


class SqliteReading(SqlReading):
    """See app.ports.Reading."""

    def __init__(self, db: Database, site: str, descriptions: dict[str, tuple[int, Site]]) -> None:
        super().__init__(site, descriptions)
        self._db = db

    def head(self) -> tuple[int, str]:
        row = self._row("SELECT seq, hash FROM journal WHERE site = ? ORDER BY seq DESC LIMIT 1")
        return (row[0], row[1]) if row else (0, "")

    def ahead_of(self, ticket: Ticket) -> int:
        sql, values = places.ahead_of(self._site, ticket.queue, ticket.since, ticket.seq)
        count: int = self._db.execute(sql, values).fetchone()[0]
        return count

    def last_called(self, limit: int, counters: Sequence[str] | None = None) -> list[Ticket]:
        day = self.day()
        if day is None or (counters is not None and not counters):  # no index serves "of none at all"
            return []
        where, values = self._among("counter", counters)
        # Named, so that no planner ever walks a counter's whole history or sorts a whole day.
        index = "ticket_called" if counters is None or len(counters) > 1 else "ticket_at_counter"
        return self._tickets(
            f"INDEXED BY {index} WHERE site = ? AND day = ? AND called_at IS NOT NULL"
            f" AND counter IS NOT NULL{where} ORDER BY called_at DESC, seq DESC LIMIT ?",
            *(day.date, *values, limit),
        )

    def _rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self._db.execute(sql, (self._site, *values)).fetchall()
        return rows

    def _row(self, sql: str, *values: Any) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = self._db.execute(sql, (self._site, *values)).fetchone()
        return row

    def _among(self, column: str, wanted: Iterable[str] | None) -> tuple[str, tuple[Any, ...]]:
        if wanted is None:
            return "", ()
        values = tuple(wanted)
        return f" AND {column} IN ({', '.join('?' * len(values))})", values
