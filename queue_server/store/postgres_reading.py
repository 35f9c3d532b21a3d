"""Reading one site's rows in an open PostgreSQL transaction."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from ..core.model import Ticket
from ..core.site import Site
from . import places
from .columns import TICKET_COLUMNS, to_ticket
from .postgres_session import Session, without_nul
from .sql_reading import SqlReading


def _numbered(name: re.Match[str]) -> str:
    number = places.NAMES.index(name[1]) + 1
    return f"?{number}" if number <= 2 else f"?{number}::bigint"


_AHEAD = re.sub(r":(\w+)", _numbered, places.AHEAD)
_HEADS = (
    f"SELECT {', '.join(f't.{name}' for name in TICKET_COLUMNS.split(', '))} FROM line l CROSS JOIN LATERAL ("
    f" SELECT {TICKET_COLUMNS} FROM ticket WHERE site = l.site AND queue = l.queue AND priority = l.priority"
    " AND only_counter = l.only_counter AND state = 'waiting' ORDER BY since, seq LIMIT 1) t"
    " WHERE l.site = ? AND l.waiting > 0 AND l.queue = ANY(?)"
)


class PostgresReading(SqlReading):
    """See app.ports.Reading."""

    def __init__(self, session: Session, site: str, descriptions: dict[str, tuple[int, Site]]) -> None:
        super().__init__(site, descriptions)
        self._session = session

    def head(self) -> tuple[int, str]:
        row = self._row("SELECT seq, hash FROM head WHERE site = ?")
        return (row[0], row[1]) if row else (0, "")

    def heads(self, queues: Iterable[str]) -> list[Ticket]:
        return [to_ticket(row) for row in self._rows(_HEADS, list(queues))]

    def ahead_of(self, ticket: Ticket) -> int:
        _, values = places.ahead_of(self._site, ticket.queue, ticket.since, ticket.seq)
        rows = self._session.rows(_AHEAD, *(values[name] for name in places.NAMES))
        return int(rows[0][0])

    def last_called(self, limit: int, counters: Sequence[str] | None = None) -> list[Ticket]:
        day = self.day()
        if day is None:
            return []
        # One counter has an index; for several, no planner may gather and sort all that they ever called.
        where, values = (
            ("counter = ?", counters[0])
            if counters and len(counters) == 1
            else (
                "(?::text[] IS NULL OR counter || '' = ANY(?3))",
                None if counters is None else list(counters),
            )
        )
        return self._tickets(
            f"WHERE site = ? AND day = ? AND called_at IS NOT NULL AND counter IS NOT NULL AND {where}"
            " ORDER BY called_at DESC, seq DESC LIMIT ?4",
            *(day.date, values, limit),
        )

    def _rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        return self._session.rows(sql, self._site, *values) if without_nul(values) else []

    def _among(self, column: str, wanted: Iterable[str] | None) -> tuple[str, tuple[Any, ...]]:
        return ("", ()) if wanted is None else (f" AND {column} = ANY(?)", (list(wanted),))
