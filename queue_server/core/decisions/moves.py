"""What sends a ticket elsewhere: parking it and fetching it back, a transfer, a further stop of the visit."""

from __future__ import annotations

from .. import events as e
from ..commands import AddService, ParkTicket, TransferTicket, UnparkTicket
from ..model import Hall, Ticket, TicketState
from ..refusals import Code, Refusal
from .placing import line_is_gone, seniority
from .reach import Outcome, at_desk, on_ticket
from .reasons import unlisted


@at_desk
def park(hall: Hall, command: ParkTicket, ticket: Ticket, counter: str, now: int) -> Outcome:
    if refusal := unlisted(hall, "park", command.reason):
        return refusal
    remind_at = None if command.minutes is None else now + command.minutes * 60_000
    return (e.TicketParked(ticket.id, counter, command.reason, remind_at),)


@on_ticket
def unpark(hall: Hall, command: UnparkTicket, ticket: Ticket, now: int) -> Outcome:
    if refusal := line_is_gone(hall, ticket):
        return refusal
    place = hall.site.rule.unpark_place
    since = seniority(hall, place, ticket, ticket.queue, ticket.only_counter, now)
    return (e.TicketUnparked(ticket.id, ticket.parked_by or "", since),)


@on_ticket
def transfer(hall: Hall, command: TransferTicket, ticket: Ticket, now: int) -> Outcome:
    target = _target(hall, ticket, command)
    if isinstance(target, Refusal):
        return target
    queue, only_counter = target
    if ticket.state is TicketState.WAITING and (queue, only_counter) == (ticket.queue, ticket.only_counter):
        return Refusal(Code.SAME_PLACE, {"label": ticket.label})
    since = seniority(hall, hall.site.rule.transfer_place, ticket, queue, only_counter, now)
    return (e.TicketTransferred(ticket.id, ticket.counter, ticket.queue, queue, only_counter, since),)


@at_desk
def add_service(hall: Hall, command: AddService, ticket: Ticket, counter: str, now: int) -> Outcome:
    if command.queue not in hall.site.queue:
        return Refusal(Code.UNKNOWN_QUEUE, {"queue": command.queue})
    if command.queue in (ticket.queue, *ticket.stops):
        return Refusal(Code.ALREADY_PLANNED, {"label": ticket.label, "queue": command.queue})
    return (e.ServiceAdded(ticket.id, counter, command.queue),)


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
