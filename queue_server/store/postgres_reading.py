"""Reading one site's rows in an open PostgreSQL transaction."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from ..core.model import Day, Desk, Device, Line, LineKey, Tally, Ticket
from ..core.site import Site
from . import places
from .columns import DESK_COLUMNS, TALLY_COLUMNS, TICKET_COLUMNS, to_desk, to_device, to_tally, to_ticket
from .postgres_kept import Kept, KeptHalls, Rows, State
from .postgres_session import Session, without_nul
from .sql_reading import SqlReading

_STATE = "SELECT changes, seq, hash, version FROM head WHERE site = ?"
_SMALL = (
    "SELECT date, is_open FROM day WHERE site = ? ORDER BY date DESC LIMIT 1",
    f"SELECT {DESK_COLUMNS} FROM desk WHERE site = ? ORDER BY id",
    "SELECT queue, priority, only_counter, waiting FROM line WHERE site = ?",
    f"SELECT {TALLY_COLUMNS} FROM tally WHERE site = ?",
    "SELECT id, state, since, facts FROM device WHERE site = ?",
)


def _numbered(name: re.Match[str]) -> str:
    number = places.NAMES.index(name[1]) + 1
    return f"?{number}" if number <= 2 else f"?{number}::bigint"


Row = TypeVar("Row")
_AHEAD = re.sub(r":(\w+)", _numbered, places.AHEAD)
HEADS = (
    f"SELECT {', '.join(f't.{name}' for name in TICKET_COLUMNS.split(', '))} FROM line l CROSS JOIN LATERAL ("
    f" SELECT {TICKET_COLUMNS} FROM ticket WHERE site = l.site AND queue = l.queue AND priority = l.priority"
    " AND only_counter = l.only_counter AND state = 'waiting' ORDER BY since, seq LIMIT 1) t"
    " WHERE l.site = ? AND l.waiting > 0 AND l.queue = ANY(?)"
)


class PostgresReading(SqlReading):
    """See app.ports.Reading."""

    def __init__(
        self, session: Session, site: str, descriptions: dict[str, tuple[int, Site]], kept: KeptHalls
    ) -> None:
        super().__init__(site, descriptions)
        self._session = session
        self._kept = kept
        self._asked_state = session.run(_STATE, site)  # on its way with the first question
        self._seen: Kept | None = None
        self._beside: set[str] = set()  # queues whose firsts will be asked for where the small tables are

    def head(self) -> tuple[int, str]:
        return self._hall.state.seq, self._hall.state.hash

    def day(self) -> Day | None:
        return self._small.day

    def desks(self, counters: Iterable[str] | None = None) -> list[Desk]:
        return _wanted(self._small.desks, counters)

    def lines(self, queues: Iterable[str] | None = None) -> list[Line]:
        wanted = None if queues is None else set(queues)
        return [line for key, line in self._small.lines.items() if wanted is None or key.queue in wanted]

    def tallies(self, queues: Iterable[str] | None = None) -> list[Tally]:
        return _wanted(self._small.tallies, queues)

    def devices(self) -> list[Device]:
        return list(self._small.devices.values())

    def heads(self, queues: Iterable[str]) -> list[Ticket]:
        known, wanted = self._hall.heads, list(queues)
        if unknown := [queue for queue in wanted if queue not in known]:
            known.update(by_queue(unknown, self._rows(HEADS, unknown)))
        return [ticket for queue in wanted for ticket in known[queue]]

    def _version(self) -> int | None:
        return self._hall.state.version

    @property
    def _hall(self) -> Kept:
        if self._seen is None:
            self._seen = self._kept.at(self._site, State(*(self._asked_state.fetchone() or ())))
        return self._seen

    @property
    def _small(self) -> Rows:
        hall = self._hall
        if hall.rows is None:
            # All are asked for before the first is answered. Beside each other: the statements of SQLite.
            ask = [self._session.run(sql, self._site) for sql in _SMALL]
            queues = [queue for queue in self._beside if queue not in hall.heads]
            firsts = self._session.run(HEADS, self._site, queues) if queues else None
            days, desks, lines, tallies, devices = (cursor.fetchall() for cursor in ask)
            if firsts is not None:
                hall.heads.update(by_queue(queues, firsts.fetchall()))
            hall.rows = Rows(
                Day(days[0][0], bool(days[0][1])) if days else None,
                {row[0]: to_desk(row) for row in desks},
                {LineKey(*row[:3]): Line(LineKey(*row[:3]), row[3]) for row in lines},
                {row[0]: to_tally(row) for row in tallies},
                {row[0]: to_device(row) for row in devices},
            )
        return hall.rows

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


class PostgresSnapshot(PostgresReading):
    """A reading in which nothing changes: who asks for a ticket again is told the same.

    The desks of a hall and the phones of a line ask for the same tickets.
    """

    def __init__(self, *of: Any) -> None:
        super().__init__(*of)
        self._known: dict[tuple[Any, ...], Ticket | None] = {}

    def _ticket(self, clause: str, *values: Any) -> Ticket | None:
        asked = (clause, *values)
        if asked not in self._known:
            self._known[asked] = super()._ticket(clause, *values)
        return self._known[asked]


def by_queue(queues: Iterable[str], rows: Iterable[tuple[Any, ...]]) -> dict[str, list[Ticket]]:
    """What HEADS told of each of `queues`."""
    found: dict[str, list[Ticket]] = {queue: [] for queue in queues}
    for row in rows:
        ticket = to_ticket(row)
        found[ticket.queue].append(ticket)
    return found


def _wanted(rows: dict[str, Row], names: Iterable[str] | None) -> list[Row]:
    if names is None:
        return list(rows.values())
    return [rows[name] for name in names if name in rows]
