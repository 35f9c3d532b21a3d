"""Calling: which ticket goes to a counter next, by the rule or because an officer names it."""

from __future__ import annotations

from collections.abc import Sequence

from .. import ranking, rights
from ..commands import CallNext, CallTicket
from ..events import Event, TicketCalled
from ..lifecycle import forbids
from ..model import Actor, DeskState, Hall, Ticket, TicketState
from ..refusals import Code, Refusal
from ..rule import rule_of
from .desks import authority, busy, not_open
from .placing import comeback, is_of_the_past


def call_next(hall: Hall, command: CallNext, actor: Actor, now: int) -> tuple[Event, ...] | Refusal:
    if refusal := may_call(hall, command.counter, actor):
        return refusal
    picked = whom(hall, command.counter, now)
    if picked is None:
        return Refusal(Code.NOBODY_WAITING, {"counter": hall.site.counter[command.counter].number})
    ticket, reason = picked
    return (TicketCalled(ticket.id, command.counter, reason.to_data()),)


def whom(hall: Hall, counter: str, now: int) -> tuple[Ticket, ranking.Reason] | None:
    """Whom `counter` would call now, and why: from its own lines, and only if nobody waits there, from those
    it helps. Who was sent to this very counter waits in a line of its own, whatever the queue."""
    spec = hall.site.counter[counter]
    rule = rule_of(hall.site)
    passed = hall.desk(counter).passed
    sent_here = [head for head in heads(hall, counter, spec.helps) if head.only_counter == counter]
    own = heads(hall, counter, spec.queues) + sent_here
    prefers = spec.queues if spec.in_order else ()
    return ranking.pick(own, rule, now, prefers=prefers, passed=passed) or ranking.pick(
        heads(hall, counter, spec.helps), rule, now, passed=passed, helping=True
    )


def call_ticket(hall: Hall, command: CallTicket, actor: Actor, now: int) -> tuple[Event, ...] | Refusal:
    if refusal := may_call(hall, command.counter, actor):
        return refusal
    ticket = hall.tickets.get(command.ticket)
    if ticket is None:
        return Refusal(Code.UNKNOWN_TICKET)
    if refusal := forbids(CallTicket, ticket.state, ticket.label):
        return refusal
    if refusal := _not_for(hall, ticket, command.counter, actor, now):
        return refusal
    passed = hall.desk(command.counter).passed
    reason = ranking.named(_NAMED[ticket.state], ticket, rule_of(hall.site), now, passed)
    return (TicketCalled(ticket.id, command.counter, reason.to_data()),)


_NAMED = {
    TicketState.WAITING: "chosen",
    TicketState.PARKED: "parked",
    TicketState.NO_SHOW: "again",
    TicketState.FINISHED: "again",
}


def _not_for(hall: Hall, ticket: Ticket, counter: str, actor: Actor, now: int) -> Refusal | None:
    """A refusal where `counter` may not call this ticket: one that waits, or waits for another counter,
    needs the right to choose, one that was missed or finished must have been so here."""
    spec = hall.site.counter[counter]
    elsewhere = Refusal(Code.NOT_SERVED_HERE, {"label": ticket.label, "counter": spec.number})
    if ticket.state is TicketState.PARKED and ticket.parked_by == counter:
        return None
    if ticket.state in (TicketState.WAITING, TicketState.PARKED):
        if refusal := rights.lacks(hall.site, actor, "call_chosen"):
            return refusal
        served = ticket.queue in spec.serves and reserved_for(hall, ticket, counter)
        return None if served else elsewhere
    if is_of_the_past(hall, ticket):
        return Refusal(Code.GRACE_OVER, {"label": ticket.label})
    if ticket.counter != counter:
        return elsewhere
    return comeback(hall, ticket, now) if ticket.state is TicketState.NO_SHOW else None


def heads(hall: Hall, counter: str, queues: Sequence[str]) -> list[Ticket]:
    """The head of every line among `queues` that `counter` may call from."""
    first: dict[object, Ticket] = {}
    for ticket in hall.tickets.values():
        if ticket.state is not TicketState.WAITING or ticket.queue not in queues:
            continue
        if not reserved_for(hall, ticket, counter):
            continue
        head = first.get(ticket.line)
        if head is None or (ticket.since, ticket.seq) < (head.since, head.seq):
            first[ticket.line] = ticket
    return list(first.values())


def reserved_for(hall: Hall, ticket: Ticket, counter: str) -> bool:
    """A reservation binds only while its counter is staffed and serves the queue: nobody waits for a closed
    desk, nor for one that was given other queues since."""
    if ticket.only_counter in ("", counter):
        return True
    spec = hall.site.counter.get(ticket.only_counter)
    if spec is None or ticket.queue not in spec.serves:
        return True
    return hall.desk(spec.id).state is DeskState.CLOSED


def may_call(hall: Hall, counter: str, actor: Actor) -> Refusal | None:
    return authority(hall, counter, actor) or not_open(hall, counter) or busy(hall, counter)
