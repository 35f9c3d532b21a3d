"""Where in a line a ticket comes back, and whether one that missed its call may come back at all."""

from __future__ import annotations

from ..calling_rule import Place
from ..model import AT_A_DESK, Hall, Ticket, TicketState
from ..refusals import Code, Refusal


def seniority(hall: Hall, place: Place, ticket: Ticket, queue: str, only_counter: str, now: int) -> int:
    """The `since` that puts `ticket` at `place` in its class's line of `queue`; needs that line's head."""
    if place == "back":  # which is no way for an appointment to come before its slot
        return now if ticket.state in AT_A_DESK else max(now, ticket.since)
    if place == "front":
        line = (queue, ticket.priority, only_counter)
        waiting = (
            other.since
            for other in hall.tickets.values()
            if other.state is TicketState.WAITING
            and other.id != ticket.id
            and (other.queue, other.priority, other.only_counter) == line
        )
        return min(ticket.since, min(waiting, default=ticket.since + 1) - 1)
    return ticket.since


def line_is_gone(hall: Hall, ticket: Ticket) -> Refusal | None:
    """A refusal where an import took the ticket's queue away: nobody would ever call it from there."""
    return None if ticket.queue in hall.site.queue else Refusal(Code.UNKNOWN_QUEUE, {"queue": ticket.queue})


def comeback(hall: Hall, ticket: Ticket, now: int) -> Refusal | None:
    """A refusal where a ticket that missed its call may no longer come back."""
    if is_of_the_past(hall, ticket):
        return Refusal(Code.GRACE_OVER, {"label": ticket.label})
    if ticket.comebacks:
        return Refusal(Code.GRACE_USED, {"label": ticket.label})
    until, turns = grace(hall, ticket)
    if now < until or turns > 0:
        return None
    return Refusal(Code.GRACE_OVER, {"label": ticket.label})


def is_of_the_past(hall: Hall, ticket: Ticket) -> bool:
    """Whether its day is over: then its number may be somebody else's by now."""
    return hall.day is not None and ticket.day != hall.day.date


def grace(hall: Hall, ticket: Ticket) -> tuple[int, int]:
    """(until when, for how many more calls of its queue) whoever missed their call may come back."""
    rule = hall.site.rule
    until = (ticket.ended_at or 0) + rule.grace_minutes * 60_000
    passed = hall.tally(ticket.queue).called - (ticket.missed_at or 0)
    return until, max(0, rule.grace_tickets - passed)
