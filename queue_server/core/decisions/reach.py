"""Whose ticket it is: which verbs a person may use on it, and from which counter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..commands import TicketCommand
from ..events import Event
from ..lifecycle import forbids
from ..model import AT_A_DESK, Actor, Hall, Ticket, TicketState
from ..refusals import Code, Refusal
from .desks import authority

Outcome = tuple[Event, ...] | Refusal
Decider = Callable[[Hall, Any, Actor, int], Outcome]
OnTicket = Callable[[Hall, Any, Ticket, int], Outcome]
AtDesk = Callable[[Hall, Any, Ticket, str, int], Outcome]


def within_reach(hall: Hall, command: TicketCommand, actor: Actor) -> Ticket | Refusal:
    """The ticket, where the table allows the verb and `actor` may act on it.

    A ticket at a counter belongs to that counter's officer; one that is at none, to any officer whose
    counter is open for its queue, or has set it aside.
    """
    ticket = hall.tickets.get(command.ticket)
    if ticket is None:
        return Refusal(Code.UNKNOWN_TICKET)
    if refusal := forbids(type(command), ticket.state, ticket.label):
        return refusal
    if ticket.state in AT_A_DESK and ticket.counter is not None:
        if authority(hall, ticket.counter, actor):
            return Refusal(Code.NOT_YOUR_TICKET, {"label": ticket.label})
        return ticket
    if actor.anywhere or _serves(hall, ticket, actor):
        return ticket
    return Refusal(Code.NOT_YOUR_TICKET, {"label": ticket.label})


def on_ticket(decide: OnTicket) -> Decider:
    """A decision about the ticket that its command names, made only where that is within reach."""

    def decided(hall: Hall, command: Any, actor: Actor, now: int) -> Outcome:
        found = within_reach(hall, command, actor)
        return found if isinstance(found, Refusal) else decide(hall, command, found, now)

    return decided


def at_desk(decide: AtDesk) -> Decider:
    """The same for a ticket at a counter: the decision is told which."""

    @on_ticket
    def decided(hall: Hall, command: Any, ticket: Ticket, now: int) -> Outcome:
        if ticket.counter is None:
            raise AssertionError(f"ticket {ticket.id} is {ticket.state} at no counter")
        return decide(hall, command, ticket, ticket.counter, now)

    return decided


def _serves(hall: Hall, ticket: Ticket, actor: Actor) -> bool:
    return any(
        desk.officer == actor.id
        and desk.id in hall.site.counter
        and (ticket.queue in hall.site.counter[desk.id].serves or _set_aside_by(ticket, desk.id))
        for desk in hall.desks.values()
    )


def _set_aside_by(ticket: Ticket, counter: str) -> bool:
    return ticket.state is TicketState.PARKED and ticket.parked_by == counter
