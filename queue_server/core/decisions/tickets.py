"""What an officer does with a ticket: recall, start, finish, no-show, return, transfer, cancel."""

from __future__ import annotations

from ..commands import (
    CancelTicket,
    FinishService,
    MarkNoShow,
    RecallTicket,
    ReturnTicket,
    StartService,
    TicketCommand,
    TransferTicket,
)
from ..events import (
    Event,
    ServiceFinished,
    ServiceStarted,
    TicketCancelled,
    TicketNoShow,
    TicketRecalled,
    TicketReturned,
    TicketTransferred,
)
from ..lifecycle import forbids
from ..model import Actor, Hall, Ticket, TicketState
from ..refusals import Code, Refusal
from .desks import authority

Outcome = tuple[Event, ...] | Refusal


def recall(hall: Hall, command: RecallTicket, actor: Actor, now: int) -> Outcome:
    found = _at_desk(hall, command, actor)
    if isinstance(found, Refusal):
        return found
    ticket, counter = found
    return (TicketRecalled(ticket.id, counter, ticket.calls + 1),)


def start(hall: Hall, command: StartService, actor: Actor, now: int) -> Outcome:
    found = _at_desk(hall, command, actor)
    if isinstance(found, Refusal):
        return found
    ticket, counter = found
    return (ServiceStarted(ticket.id, counter),)


def finish(hall: Hall, command: FinishService, actor: Actor, now: int) -> Outcome:
    found = _at_desk(hall, command, actor)
    if isinstance(found, Refusal):
        return found
    ticket, counter = found
    return (ServiceFinished(ticket.id, counter, command.outcome, command.note),)


def no_show(hall: Hall, command: MarkNoShow, actor: Actor, now: int) -> Outcome:
    found = _at_desk(hall, command, actor)
    if isinstance(found, Refusal):
        return found
    ticket, counter = found
    return (TicketNoShow(ticket.id, counter),)


def put_back(hall: Hall, command: ReturnTicket, actor: Actor, now: int) -> Outcome:
    found = _at_desk(hall, command, actor)
    if isinstance(found, Refusal):
        return found
    ticket, counter = found
    return (TicketReturned(ticket.id, counter),)


def transfer(hall: Hall, command: TransferTicket, actor: Actor, now: int) -> Outcome:
    found = _within_reach(hall, command, actor)
    if isinstance(found, Refusal):
        return found
    target = _target(hall, found, command)
    if isinstance(target, Refusal):
        return target
    queue, only_counter = target
    if found.state is TicketState.WAITING and (queue, only_counter) == (found.queue, found.only_counter):
        return Refusal(Code.SAME_PLACE, {"label": found.label})
    return (TicketTransferred(found.id, found.counter, found.queue, queue, only_counter),)


def cancel(hall: Hall, command: CancelTicket, actor: Actor, now: int) -> Outcome:
    found = _within_reach(hall, command, actor)
    if isinstance(found, Refusal):
        return found
    return (TicketCancelled(found.id, found.counter, command.reason),)


def _at_desk(hall: Hall, command: TicketCommand, actor: Actor) -> tuple[Ticket, str] | Refusal:
    """The ticket and the counter it stands at, where `actor` may act on it there."""
    found = _within_reach(hall, command, actor)
    if isinstance(found, Refusal):
        return found
    if found.counter is None:
        raise AssertionError(f"ticket {found.id} is {found.state} at no counter")
    return found, found.counter


def _within_reach(hall: Hall, command: TicketCommand, actor: Actor) -> Ticket | Refusal:
    """The ticket, where the table allows the verb and `actor` may act on it.

    A ticket at a counter belongs to that counter's officer; one that waits, to any officer whose
    counter is open for its queue.
    """
    ticket = hall.tickets.get(command.ticket)
    if ticket is None:
        return Refusal(Code.UNKNOWN_TICKET)
    if refusal := forbids(type(command), ticket.state, ticket.label):
        return refusal
    if ticket.counter is not None:
        if authority(hall, ticket.counter, actor):
            return Refusal(Code.NOT_YOUR_TICKET, {"label": ticket.label})
        return ticket
    if actor.anywhere or _serves(hall, ticket, actor):
        return ticket
    return Refusal(Code.NOT_YOUR_TICKET, {"label": ticket.label})


def _serves(hall: Hall, ticket: Ticket, actor: Actor) -> bool:
    return any(
        desk.officer == actor.id
        and desk.id in hall.site.counter
        and ticket.queue in hall.site.counter[desk.id].serves
        for desk in hall.desks.values()
    )


def _target(hall: Hall, ticket: Ticket, command: TransferTicket) -> tuple[str, str] | Refusal:
    """The queue, and the counter it is reserved for or ""."""
    if (command.queue is None) == (command.counter is None):
        return Refusal(Code.ONE_TARGET)
    if command.queue is not None:
        if command.queue not in hall.site.queue:
            return Refusal(Code.UNKNOWN_QUEUE, {"queue": command.queue})
        return command.queue, ""
    assert command.counter is not None
    spec = hall.site.counter.get(command.counter)
    if spec is None:
        return Refusal(Code.UNKNOWN_COUNTER, {"counter": command.counter})
    queue = ticket.queue if ticket.queue in spec.serves else spec.queues[0]
    return queue, spec.id
