"""Who was called before a ticket though younger, and why: read from the journal, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from ..core import calendar
from ..core.events import Entry, TicketCalled
from ..core.evolve import evolve
from ..core.explaining import explain
from ..core.model import Day, Hall, Ticket, TicketState
from ..core.site import Site
from .journal import read_back, records
from .ports import Reading


@dataclass(frozen=True, slots=True)
class Overtaking:
    """A call, at `at`, of another ticket that had waited since `since` (both RFC 3339) in the same queue.

    `rule` and `why` are those of the call, `taken_back`: it was undone at once.
    """

    seq: int
    at: str
    label: str
    ticket: str
    priority: str
    counter: str
    since: str
    rule: str
    why: str
    taken_back: bool


@dataclass(frozen=True, slots=True)
class _Wait:
    """The ticket as it waited after entry `begins`, until entry `ends` (None: it still does)."""

    ticket: Ticket
    begins: int
    ends: int | None


def overtakings(reading: Reading, site: Site, ticket: Ticket, language: str = "vi") -> Iterator[Overtaking]:
    """Every call of a younger ticket from the queue in which `ticket` waited meanwhile, oldest first.

    Younger is who has less seniority (time, then journal entry), or who came only after the ticket had
    joined that line, wherever it was put then.
    """
    for wait in _waits(reading, site, ticket):
        for entry, event in _calls(reading, wait):
            other = reading.ticket(event.ticket)
            if other is None or other.id == ticket.id:
                continue
            since = entry.at - int(event.reason["picked"]["waited_ms"])
            mine = (wait.ticket.since, wait.ticket.seq)
            if (since, other.seq) <= mine and other.seq <= wait.begins:
                continue
            queue, taken_back = _story(reading, site, other, entry.seq)
            if queue != wait.ticket.queue:
                continue
            yield Overtaking(
                entry.seq,
                calendar.rfc3339(site, entry.at),
                other.label,
                other.id,
                other.priority,
                event.counter,
                calendar.rfc3339(site, since),
                str(event.reason["rule"]),
                explain(site, event.reason).get(language, ""),
                taken_back,
            )


def _waits(reading: Reading, site: Site, ticket: Ticket) -> Iterator[_Wait]:
    """The ticket's stays in lines; a new one wherever its queue or its place changed."""
    current: _Wait | None = None
    for entry, row in _lives(reading, site, ticket):
        if row.state is not TicketState.WAITING:
            if current is not None:
                yield _Wait(current.ticket, current.begins, entry.seq)
            current = None
        elif current is None or _place(current.ticket) != _place(row):
            if current is not None:
                yield _Wait(current.ticket, current.begins, entry.seq)
            current = _Wait(row, entry.seq, None)
    if current is not None:
        yield current


def _place(ticket: Ticket) -> tuple[str, int]:
    return ticket.queue, ticket.since


def _lives(reading: Reading, site: Site, ticket: Ticket) -> Iterator[tuple[Entry, Ticket]]:
    """The ticket as each entry about it left it."""
    hall = Hall(site, Day(ticket.day, is_open=True))
    for record in reading.journal_of(ticket.id):
        entry = read_back(record)
        hall = hall.after(evolve(hall, entry))
        yield entry, hall.tickets[ticket.id]


def _calls(reading: Reading, wait: _Wait) -> Iterator[tuple[Entry, TicketCalled]]:
    """The calls made during a wait."""
    meanwhile = takewhile(
        lambda record: wait.ends is None or record.seq < wait.ends, records(reading, wait.begins)
    )
    for record in meanwhile:
        if record.type == TicketCalled.__name__:
            entry = read_back(record)
            assert isinstance(entry.event, TicketCalled)
            yield entry, entry.event


def _story(reading: Reading, site: Site, other: Ticket, call: int) -> tuple[str, bool]:
    """(the queue it was called from at entry `call`, whether the call was taken back)."""
    queue, called = "", False
    for record, (_, row) in zip(reading.journal_of(other.id), _lives(reading, site, other), strict=True):
        if called:
            return queue, record.type == "TicketUndone"
        queue, called = row.queue, record.seq == call
    return queue, False
