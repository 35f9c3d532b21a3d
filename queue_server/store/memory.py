"""A store in memory: the same rules as the SQLite store, for tests and simulations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from ..app.importing import site_to_json
from ..app.ports import Conflict, Delivery, Record, StoredAnswer
from ..core.model import (
    AT_A_DESK,
    OPEN_STATES,
    Changes,
    Day,
    Desk,
    DeskState,
    Device,
    Line,
    LineKey,
    Tally,
    Ticket,
    TicketState,
)
from ..core.site import Site


@dataclass
class _Rows:
    """Everything one site keeps."""

    descriptions: dict[int, Site] = field(default_factory=dict)
    days: dict[str, Day] = field(default_factory=dict)
    tickets: dict[str, Ticket] = field(default_factory=dict)
    lines: dict[LineKey, Line] = field(default_factory=dict)
    tallies: dict[str, Tally] = field(default_factory=dict)
    desks: dict[str, Desk] = field(default_factory=dict)
    journal: dict[int, tuple[Record, str | None]] = field(default_factory=dict)
    answers: dict[tuple[str, str], tuple[StoredAnswer, int]] = field(default_factory=dict)
    cursors: dict[str, int] = field(default_factory=dict)
    devices: dict[str, Device] = field(default_factory=dict)
    notes: dict[str, tuple[str, int]] = field(default_factory=dict)
    deliveries: dict[int, tuple[Delivery, str, int]] = field(default_factory=dict)


class MemoryStore:
    """Sites in dictionaries. For one thread at a time; a block that raises is undone."""

    def __init__(self) -> None:
        self._sites: dict[str, _Rows] = {}

    @contextmanager
    def reading(self, site: str) -> Iterator[MemoryReading]:
        yield MemoryReading(self._sites.setdefault(site, _Rows()))

    @contextmanager
    def writing(self, site: str) -> Iterator[MemoryWriting]:
        transaction = MemoryWriting(self._sites.setdefault(site, _Rows()))
        with transaction.savepoint():
            yield transaction

    def sites(self) -> list[str]:
        return sorted(site for site, rows in self._sites.items() if rows.descriptions)

    def close(self) -> None:
        """Nothing to let go of."""


class MemoryReading:
    """See app.ports.Reading."""

    def __init__(self, rows: _Rows) -> None:
        self._rows = rows

    def site(self) -> tuple[int, Site] | None:
        versions = self._rows.descriptions
        return (max(versions), versions[max(versions)]) if versions else None

    def description(self, version: int) -> dict[str, Any] | None:
        site = self._rows.descriptions.get(version)
        return None if site is None else site_to_json(site)

    def head(self) -> tuple[int, str]:
        journal = self._rows.journal
        return (len(journal), journal[len(journal)][0].hash) if journal else (0, "")

    def day(self) -> Day | None:
        return self._rows.days[max(self._rows.days)] if self._rows.days else None

    def days(self) -> list[Day]:
        return [self._rows.days[date] for date in sorted(self._rows.days)]

    def ticket(self, ticket_id: str) -> Ticket | None:
        return self._rows.tickets.get(ticket_id)

    def ticket_by_secret(self, secret: str) -> Ticket | None:
        return next((ticket for ticket in self._rows.tickets.values() if ticket.secret == secret), None)

    def desks(self, counters: Iterable[str] | None = None) -> list[Desk]:
        return [desk for desk in self._rows.desks.values() if _wanted(desk.id, counters)]

    def lines(self, queues: Iterable[str] | None = None) -> list[Line]:
        return [line for line in self._rows.lines.values() if _wanted(line.key.queue, queues)]

    def heads(self, queues: Iterable[str]) -> list[Ticket]:
        first: dict[LineKey, Ticket] = {}
        for ticket in sorted(self._waiting(), key=_seniority):
            if ticket.queue in queues:
                first.setdefault(ticket.line, ticket)
        return list(first.values())

    def next_in_line(self, ticket: Ticket) -> Ticket | None:
        behind = [t for t in self._waiting() if t.line == ticket.line and _seniority(t) > _seniority(ticket)]
        return min(behind, key=_seniority, default=None)

    def devices(self) -> list[Device]:
        return list(self._rows.devices.values())

    def tallies(self, queues: Iterable[str] | None = None) -> list[Tally]:
        return [tally for tally in self._rows.tallies.values() if _wanted(tally.queue, queues)]

    def ahead_of(self, ticket: Ticket) -> int:
        mine = _seniority(ticket)
        return sum(other.queue == ticket.queue and _seniority(other) < mine for other in self._waiting())

    def open_tickets(self) -> list[Ticket]:
        return [ticket for ticket in self._rows.tickets.values() if ticket.state in OPEN_STATES]

    def waiting_tickets(self) -> list[Ticket]:
        return self._waiting()

    def parked_tickets(self, counter: str | None = None) -> list[Ticket]:
        parked = [t for t in self._rows.tickets.values() if t.state is TicketState.PARKED]
        mine = [t for t in parked if counter is None or t.parked_by == counter]
        return sorted(mine, key=lambda ticket: (ticket.parked_by or "", ticket.parked_at or 0, ticket.seq))

    def note(self, ticket_id: str) -> str | None:
        return self._rows.notes.get(ticket_id, (None, 0))[0]

    def person_name(self, actor: str) -> str | None:
        return None

    def tickets_of_day(self, day: str) -> list[Ticket]:
        tickets = [ticket for ticket in self._rows.tickets.values() if ticket.day == day]
        return sorted(tickets, key=lambda ticket: ticket.seq)

    def last_called(self, limit: int, counters: Sequence[str] | None = None) -> list[Ticket]:
        day = self.day()
        called = [
            ticket
            for ticket in self._rows.tickets.values()
            if day and ticket.day == day.date and ticket.called_at and ticket.counter
            if _wanted(ticket.counter or "", counters)
        ]
        return sorted(called, key=lambda ticket: (ticket.called_at or 0, ticket.seq), reverse=True)[:limit]

    def journal(self, after: int, limit: int) -> list[Record]:
        last = min(len(self._rows.journal), after + limit)
        return [self._rows.journal[seq][0] for seq in range(after + 1, last + 1)]

    def journal_of(self, ticket_id: str) -> list[Record]:
        return [record for record, ticket in self._rows.journal.values() if ticket == ticket_id]

    def answer(self, scope: str, key: str) -> StoredAnswer | None:
        known = self._rows.answers.get((scope, key))
        return known[0] if known else None

    def cursor(self, name: str) -> int:
        return self._rows.cursors.get(name, 0)

    def due(self, channel: str, target: str, now: int, limit: int) -> list[Delivery]:
        ready = [
            delivery
            for delivery, state, due_at in self._rows.deliveries.values()
            if (delivery.channel, delivery.target) == (channel, target)
            if state in ("owed", "claimed") and due_at <= now
        ]
        return sorted(ready, key=lambda delivery: delivery.id)[:limit]

    def deliveries(self, channel: str, target: str, limit: int) -> list[tuple[str, str]]:
        newest = sorted(self._rows.deliveries.items(), reverse=True)
        return [(d.body, state) for _, (d, state, _) in newest if (d.channel, d.target) == (channel, target)][
            :limit
        ]

    def _waiting(self) -> list[Ticket]:
        return [ticket for ticket in self._rows.tickets.values() if ticket.state is TicketState.WAITING]


class MemoryWriting(MemoryReading):
    """See app.ports.Writing. Every change leaves behind how to undo it."""

    def __init__(self, rows: _Rows) -> None:
        super().__init__(rows)
        self._undo: list[Callable[[], None]] = []

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        mark = len(self._undo)
        try:
            yield
        except BaseException:
            while len(self._undo) > mark:
                self._undo.pop()()
            raise

    def save(self, changes: Changes) -> None:
        for ticket in changes.tickets.values():
            self._check_ticket(ticket)
            self._put(self._rows.tickets, ticket.id, ticket)
        for line in changes.lines.values():
            _require(line.waiting >= 0, "line.waiting >= 0")
            self._put(self._rows.lines, line.key, line)
        for tally in changes.tallies.values():
            self._put(self._rows.tallies, tally.queue, tally)
        for desk in changes.desks.values():
            self._check_desk(desk)
            self._put(self._rows.desks, desk.id, desk)
        for device in changes.devices.values():
            self._put(self._rows.devices, device.id, device)
        for day in changes.days.values():
            self._put(self._rows.days, day.date, day)

    def append(self, records: Sequence[Record], tickets: Sequence[str | None]) -> None:
        for record, ticket in zip(records, tickets, strict=True):
            _require(record.seq == len(self._rows.journal) + 1, "journal.seq")
            self._put(self._rows.journal, record.seq, (record, ticket))

    def remember(self, scope: str, key: str, answer: StoredAnswer, at: int) -> None:
        _require((scope, key) not in self._rows.answers, "answer.key")
        self._put(self._rows.answers, (scope, key), (answer, at))

    def forget_answers(self, before: int) -> None:
        for key in [key for key, (_, at) in self._rows.answers.items() if at < before]:
            self._drop(self._rows.answers, key)

    def keep_note(self, ticket_id: str, text: str, author: str, at: int) -> None:
        if text:
            self._put(self._rows.notes, ticket_id, (text, at))
        elif ticket_id in self._rows.notes:
            self._drop(self._rows.notes, ticket_id)

    def forget_notes(self, before: int) -> None:
        for ticket_id in [one for one, (_, at) in self._rows.notes.items() if at < before]:
            self._drop(self._rows.notes, ticket_id)

    def describe(self, version: int, site: Site, at: int) -> None:
        self._put(self._rows.descriptions, version, site)

    def set_cursor(self, name: str, seq: int) -> None:
        self._put(self._rows.cursors, name, seq)

    def owe(self, channel: str, target: str, seq: int, body: str, at: int) -> None:
        delivery = Delivery(len(self._rows.deliveries) + 1, channel, target, seq, body, 0)
        self._put(self._rows.deliveries, delivery.id, (delivery, "owed", at))

    def claim(self, delivery: int, now: int, until: int) -> bool:
        known, state, due_at = self._rows.deliveries[delivery]
        if state not in ("owed", "claimed") or due_at > now:
            return False
        tried = replace(known, attempts=known.attempts + 1)
        self._put(self._rows.deliveries, delivery, (tried, "claimed", until))
        return True

    def settle(self, delivery: int, state: str, at: int) -> None:
        known, _, due_at = self._rows.deliveries[delivery]
        self._put(self._rows.deliveries, delivery, (known, state, due_at))

    def _check_ticket(self, ticket: Ticket) -> None:
        for other in self._rows.tickets.values():
            if other.id == ticket.id:
                continue
            same_number = (other.day, other.series, other.number) == (
                ticket.day,
                ticket.series,
                ticket.number,
            )
            _require(not same_number, "ticket.number")
            _require(other.secret != ticket.secret, "ticket.secret")
            both = ticket.state in AT_A_DESK and other.state in AT_A_DESK
            _require(not (both and other.counter == ticket.counter), "one open call per counter")
        _require(ticket.state not in AT_A_DESK or ticket.counter is not None, "a called ticket has a counter")
        _require(
            ticket.state is not TicketState.WAITING or ticket.counter is None, "who waits is at no counter"
        )

    def _check_desk(self, desk: Desk) -> None:
        closed = desk.state is DeskState.CLOSED
        _require(closed == (desk.officer is None), "a staffed desk has an officer")
        _require(not (closed and desk.ticket), "a closed desk serves nobody")
        for other in self._rows.desks.values():
            taken = desk.ticket is not None and other.ticket == desk.ticket and other.id != desk.id
            _require(not taken, "one counter per called ticket")

    def _put(self, table: dict[Any, Any], key: Any, row: Any) -> None:
        if key in table:
            old = table[key]
            self._undo.append(lambda: table.update({key: old}))
        else:
            self._undo.append(lambda: table.pop(key, None))
        table[key] = row

    def _drop(self, table: dict[Any, Any], key: Any) -> None:
        old = table.pop(key)
        self._undo.append(lambda: table.update({key: old}))


def _wanted(value: str, among: Iterable[str] | None) -> bool:
    return among is None or value in among


def _seniority(ticket: Ticket) -> tuple[int, int]:
    return (ticket.since, ticket.seq)


def _require(holds: bool, constraint: str) -> None:
    if not holds:
        raise Conflict(constraint)
