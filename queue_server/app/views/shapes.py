"""The shapes of the public API: Ticket, Counter, Call, as docs/api.md describes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...core import calendar, forecast, waiting
from ...core.commands import CallNext, CallTicket, Command, QueueCommand
from ...core.decisions import placing
from ...core.events import Event, TicketIssued
from ...core.explaining import explain
from ...core.model import Desk, Hall, Tally, Ticket, TicketState
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
    shown = placed_ticket_json(site, ticket, ahead, range_of(interval))
    return {**shown, "grace": grace_json(reading, site, ticket, now)}


def grace_json(reading: Reading, site: Site, ticket: Ticket, now: int) -> Json | None:
    """Until when, and for how many more calls, a ticket that missed its call may come back; None if not."""
    if ticket.state is not TicketState.NO_SHOW:
        return None
    tallies = {tally.queue: tally for tally in reading.tallies([ticket.queue])}
    hall = Hall(site, reading.day(), tallies=tallies)
    if placing.comeback(hall, ticket, now):
        return None
    until, turns = placing.grace(hall, ticket)
    return {"until": time_of(site, until), "tickets": turns}


def undo_until(site: Site, ticket: Ticket) -> str | None:
    """Until when the last call, no-show or finish may be taken back."""
    if ticket.before is None:
        return None
    done_at = {
        TicketState.CALLED: ticket.called_at,
        TicketState.NO_SHOW: ticket.ended_at,
        TicketState.FINISHED: ticket.ended_at,
    }.get(ticket.state)
    return None if done_at is None else time_of(site, done_at + site.rule.undo_seconds * 1000)


def parked_json(site: Site, ticket: Ticket) -> Json | None:
    if ticket.state is not TicketState.PARKED:
        return None
    return {
        "counter": ticket.parked_by,
        "reason": ticket.parked_for,
        "since": time_of(site, ticket.parked_at),
        "remind_at": time_of(site, ticket.remind_at),
    }


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
        "slot": time_of(site, ticket.slot),
        "parked": parked_json(site, ticket),
        "then": list(ticket.stops),
        "undo_until": undo_until(site, ticket),
        "grace": None,
    }


def place(reading: Reading, site: Site, ticket: Ticket, now: int) -> tuple[int, waiting.Interval | None]:
    """(how many are before it, the wait from now on); (0, None) once it no longer waits."""
    if ticket.state is not TicketState.WAITING or ticket.queue not in site.queue:
        return 0, None
    ahead = reading.ahead_of(ticket)
    hall = around_queue(reading, site, reading.day(), ticket.queue)
    facts = forecast.line_facts(hall, ticket.queue, ticket.priority, now, ahead)
    return ahead, forecast.promise(hall, facts, hall.tally(ticket.queue).pace)


def counter_json(reading: Reading, site: Site, desk: Desk, now: int) -> Json:
    ticket = reading.ticket(desk.ticket) if desk.ticket else None
    return {
        **desk_json(reading, site, desk),
        "ticket": ticket_json(reading, site, ticket, now) if ticket else None,
    }


def desk_json(reading: Reading, site: Site, desk: Desk) -> Json:
    """A counter without the ticket at it."""
    spec = site.counter[desk.id]
    officer = {"id": desk.officer, "name": reading.person_name(desk.officer)} if desk.officer else None
    summons = {"reason": desk.summons, "at": time_of(site, desk.summoned_at)} if desk.summons else None
    return {
        "id": desk.id,
        "number": spec.number,
        "state": desk.state.value,
        "officer": officer,
        "since": time_of(site, desk.since or None),
        "reason": desk.reason,
        "away": desk.away_at is not None,
        "summons": summons,
        "help_asked_at": time_of(site, desk.help_at),
        "queues": list(spec.queues),
        "helps": list(spec.helps),
    }


def gate_json(site: Site, queue: str, tally: Tally) -> Json:
    """Whether numbers are given for a queue today, up to which, and the last one given."""
    return {
        "queue": queue,
        "gate": "closed" if tally.closed else "open",
        "limit": tally.limit,
        "given": tally.last_number,
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
    if isinstance(command, QueueCommand):
        hall = Hall(
            site, transaction.day(), tallies={t.queue: t for t in transaction.tallies([command.queue])}
        )
        return gate_json(site, command.queue, hall.tally(command.queue))
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
