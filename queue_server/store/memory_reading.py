"""Reading one site that is kept in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..app.importing import site_to_json
from ..app.ports import Delivery, Record, StoredAnswer
from ..core.model import (
    OPEN_STATES,
    Day,
    Desk,
    Device,
    Line,
    LineKey,
    Tally,
    Ticket,
    TicketState,
)
from ..core.site import Site


@dataclass
class Rows:
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


class MemoryReading:
    """See app.ports.Reading."""

    def __init__(self, rows: Rows) -> None:
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


def _wanted(value: str, among: Iterable[str] | None) -> bool:
    return among is None or value in among


def _seniority(ticket: Ticket) -> tuple[int, int]:
    return (ticket.since, ticket.seq)
