"""The shapes of the public API: Ticket, Counter, Call, as docs/api.md describes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...core import calendar, forecast, waiting
from ...core.commands import CallNext, CallTicket, Command
from ...core.events import Event, TicketIssued
from ...core.explaining import explain
from ...core.model import Desk, Ticket, TicketState
from ...core.refusals import Code, Refused
from ...core.site import ORDINARY, Site
from ..loading import around_queue
from ..ports import Reading, Writing

Json = dict[str, Any]


def time_of(site: Site, at: int | None) -> str | None:
    return None if at is None else calendar.rfc3339(site, at)


def range_of(interval: waiting.Interval | None) -> Json | None:
    return None if interval is None else {"low": interval.low, "high": interval.high}


def ticket_json(reading: Reading, site: Site, ticket: Ticket, now: int) -> Json:
    """A ticket with its place in line and, while it waits, how long that will take."""
    ahead, interval = place(reading, site, ticket, now)
    return placed_ticket_json(site, ticket, ahead, range_of(interval))


def placed_ticket_json(site: Site, ticket: Ticket, ahead: int, estimate: Json | None) -> Json:
    return {
        "id": ticket.id,
        "label": ticket.label,
        "number": ticket.number,
        "queue": ticket.queue,
        "agency": site.agency_of(ticket.queue).id,
        "service": ticket.service,
        "class": ticket.priority,
        "language": ticket.language,
        "state": ticket.state.value,
        "day": ticket.day,
        "issued_at": time_of(site, ticket.issued_at),
        "called_at": time_of(site, ticket.called_at),
        "started_at": time_of(site, ticket.started_at),
        "ended_at": time_of(site, ticket.ended_at),
        "counter": ticket.counter,
        "calls": ticket.calls,
        "ahead": ahead,
        "estimate": estimate,
        "counters": [counter.id for counter in site.counters_of.get(ticket.queue, ())],
        "origin": ticket.origin,
    }


def place(reading: Reading, site: Site, ticket: Ticket, now: int) -> tuple[int, waiting.Interval | None]:
    """(how many are before it, the wait from now on); (0, None) once it no longer waits."""
    if ticket.state is not TicketState.WAITING or ticket.queue not in site.queue:
        return 0, None
    ahead = reading.ahead_of(ticket)
    hall = around_queue(reading, site, reading.day(), ticket.queue)
    facts = forecast.line_facts(hall, ticket.queue, ticket.priority, now, ahead)
    return ahead, waiting.estimate(facts, hall.tally(ticket.queue).pace)


def counter_json(reading: Reading, site: Site, desk: Desk, now: int) -> Json:
    ticket = reading.ticket(desk.ticket) if desk.ticket else None
    return {
        "id": desk.id,
        "number": site.counter[desk.id].number,
        "state": desk.state.value,
        "officer": {"id": desk.officer} if desk.officer else None,
        "since": time_of(site, desk.since or None),
        "reason": desk.reason,
        "ticket": ticket_json(reading, site, ticket, now) if ticket else None,
    }


def reason_json(site: Site, reason: Mapping[str, Any] | None) -> Json | None:
    """A stored reason with its words."""
    return None if reason is None else {**reason, "words": explain(site, reason)}


def call_json(reading: Reading, site: Site, desk: Desk, now: int) -> Json:
    ticket = required_ticket(reading, desk.ticket or "")
    return {
        "ticket": ticket_json(reading, site, ticket, now),
        "counter": {"id": desk.id, "number": site.counter[desk.id].number},
        "reason": reason_json(site, ticket.reason),
    }


def desk_of(reading: Reading, counter: str) -> Desk:
    desks = reading.desks([counter])
    return desks[0] if desks else Desk(counter)


def required_ticket(reading: Reading, ticket_id: str) -> Ticket:
    ticket = reading.ticket(ticket_id)
    if ticket is None:
        raise Refused(Code.UNKNOWN_TICKET)
    return ticket


def class_name(site: Site, priority: str) -> Mapping[str, str] | None:
    """The name of a class that is worth naming; None for the ordinary one."""
    known = site.priority.get(priority)
    return None if priority == ORDINARY or known is None else known.name


def answer_to(
    transaction: Writing, site: Site, command: Command, events: Sequence[Event], now: int
) -> Json | None:
    """The answer to a command that was just carried out in `transaction` and led to `events`."""
    for event in events:
        if isinstance(event, TicketIssued):
            return _issued_json(transaction, site, event)
    counter = getattr(command, "counter", None)
    if isinstance(command, CallNext | CallTicket):
        return call_json(transaction, site, desk_of(transaction, command.counter), now)
    ticket_id = getattr(command, "ticket", None)
    if ticket_id is not None:
        return ticket_json(transaction, site, required_ticket(transaction, ticket_id), now)
    if counter is not None:
        return counter_json(transaction, site, desk_of(transaction, counter), now)
    return None


def _issued_json(transaction: Writing, site: Site, event: TicketIssued) -> Json:
    """What the slip promises, from the event itself, and the path that opens the tracking page."""
    ticket = required_ticket(transaction, event.ticket)
    estimate = None if event.low is None else {"low": event.low, "high": event.high}
    answer = placed_ticket_json(site, ticket, event.ahead, estimate)
    return {**answer, "tracking": f"/t/{ticket.secret}"}
