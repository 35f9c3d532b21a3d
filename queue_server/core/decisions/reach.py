"""Whose ticket it is: which verbs a person may use on it, and from which counter."""

from __future__ import annotations

from ..commands import TicketCommand
from ..lifecycle import forbids
from ..model import AT_A_DESK, Actor, Hall, Ticket
from ..refusals import Code, Refusal
from .desks import authority


def within_reach(hall: Hall, command: TicketCommand, actor: Actor) -> Ticket | Refusal:
    """The ticket, where the table allows the verb and `actor` may act on it.

    A ticket at a counter belongs to that counter's officer; one that is at none, to any officer whose
    counter is open for its queue.
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


def at_desk(hall: Hall, command: TicketCommand, actor: Actor) -> tuple[Ticket, str] | Refusal:
    """The ticket and the counter it stands at, where `actor` may act on it there."""
    found = within_reach(hall, command, actor)
    if isinstance(found, Refusal):
        return found
    if found.counter is None:
        raise AssertionError(f"ticket {found.id} is {found.state} at no counter")
    return found, found.counter


def _serves(hall: Hall, ticket: Ticket, actor: Actor) -> bool:
    return any(
        desk.officer == actor.id
        and desk.id in hall.site.counter
        and ticket.queue in hall.site.counter[desk.id].serves
        for desk in hall.desks.values()
    )
