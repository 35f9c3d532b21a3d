"""What an officer does with a counter: open, pause, resume, close, and call a ticket to it."""

from __future__ import annotations

from collections.abc import Sequence

from .. import ranking
from ..commands import CallNext, CallTicket, CloseCounter, OpenCounter, PauseCounter, ResumeCounter
from ..events import (
    CounterClosed,
    CounterOpened,
    CounterPaused,
    CounterResumed,
    Event,
    TicketCalled,
    TicketReturned,
)
from ..lifecycle import forbids
from ..model import Actor, Desk, DeskState, Hall, Ticket, TicketState
from ..refusals import Code, Refusal


def authority(hall: Hall, counter: str, actor: Actor) -> Refusal | None:
    """A refusal unless `actor` may act at `counter`: its officer, or one who may act anywhere."""
    if counter not in hall.site.counter:
        return Refusal(Code.UNKNOWN_COUNTER, {"counter": counter})
    if actor.anywhere:
        return None
    if actor.counter is not None and actor.counter != counter:
        return Refusal(Code.NOT_YOUR_COUNTER, {"counter": _number(hall, counter)})
    officer = hall.desk(counter).officer
    if officer is not None and officer != actor.id:
        return Refusal(Code.NOT_YOUR_COUNTER, {"counter": _number(hall, counter)})
    return None


def open_counter(hall: Hall, command: OpenCounter, actor: Actor, now: int) -> tuple[Event, ...] | Refusal:
    """Opening again what one has open already is no event and no error."""
    if hall.day is None or not hall.day.is_open:
        return Refusal(Code.DAY_NOT_OPEN)
    if command.counter not in hall.site.counter:
        return Refusal(Code.UNKNOWN_COUNTER, {"counter": command.counter})
    if actor.counter is not None and actor.counter != command.counter:
        return Refusal(Code.NOT_YOUR_COUNTER, {"counter": _number(hall, command.counter)})
    desk = hall.desk(command.counter)
    if desk.state is not DeskState.CLOSED:
        if desk.officer == actor.id:
            return ()
        return Refusal(Code.COUNTER_TAKEN, {"counter": _number(hall, command.counter)})
    if not actor.anywhere:
        for other in hall.desks.values():
            if other.officer == actor.id and other.id != command.counter:
                return Refusal(Code.OFFICER_ELSEWHERE, {"counter": _number(hall, other.id)})
    return (CounterOpened(command.counter, actor.id),)


def pause(hall: Hall, command: PauseCounter, actor: Actor, now: int) -> tuple[Event, ...] | Refusal:
    if refusal := authority(hall, command.counter, actor) or _not_open(hall, command.counter):
        return refusal
    if refusal := _busy(hall, command.counter):
        return refusal
    return (CounterPaused(command.counter, command.reason),)


def resume(hall: Hall, command: ResumeCounter, actor: Actor, now: int) -> tuple[Event, ...] | Refusal:
    if refusal := authority(hall, command.counter, actor):
        return refusal
    if hall.desk(command.counter).state is not DeskState.PAUSED:
        return Refusal(Code.COUNTER_NOT_PAUSED, {"counter": _number(hall, command.counter)})
    return (CounterResumed(command.counter),)


def close(hall: Hall, command: CloseCounter, actor: Actor, now: int) -> tuple[Event, ...] | Refusal:
    """Close a counter. Who was called goes back to their place; who is being served blocks it."""
    if refusal := authority(hall, command.counter, actor):
        return refusal
    desk = hall.desk(command.counter)
    if desk.state is DeskState.CLOSED:
        return ()
    closed = CounterClosed(command.counter)
    if desk.ticket is None:
        return (closed,)
    ticket = hall.tickets[desk.ticket]
    if ticket.state is TicketState.SERVING:
        return _busy(hall, command.counter) or (closed,)
    return (TicketReturned(ticket.id, command.counter), closed)


def call_next(hall: Hall, command: CallNext, actor: Actor, now: int) -> tuple[Event, ...] | Refusal:
    if refusal := _may_call(hall, command.counter, actor):
        return refusal
    spec = hall.site.counter[command.counter]
    for queues, helping in ((spec.queues, False), (spec.helps, True)):
        picked = ranking.pick(
            heads(hall, command.counter, queues),
            rates(hall),
            hall.site.rule.cap_minutes,
            now,
            helping=helping,
        )
        if picked:
            ticket, reason = picked
            return (TicketCalled(ticket.id, command.counter, reason.to_data()),)
    return Refusal(Code.NOBODY_WAITING, {"counter": spec.number})


def call_ticket(hall: Hall, command: CallTicket, actor: Actor, now: int) -> tuple[Event, ...] | Refusal:
    if refusal := _may_call(hall, command.counter, actor):
        return refusal
    ticket = hall.tickets.get(command.ticket)
    if ticket is None:
        return Refusal(Code.UNKNOWN_TICKET)
    if refusal := forbids(CallTicket, ticket.state, ticket.label):
        return refusal
    spec = hall.site.counter[command.counter]
    if ticket.queue not in spec.serves or not _reserved_for(hall, ticket, command.counter):
        return Refusal(Code.NOT_SERVED_HERE, {"label": ticket.label, "counter": spec.number})
    standing = ranking.standing(ticket, rates(hall), now)
    reason = ranking.Reason("chosen", standing, None, hall.site.rule.cap_minutes)
    return (TicketCalled(ticket.id, command.counter, reason.to_data()),)


def heads(hall: Hall, counter: str, queues: Sequence[str]) -> list[Ticket]:
    """The head of every line among `queues` that `counter` may call from."""
    first: dict[object, Ticket] = {}
    for ticket in hall.tickets.values():
        if ticket.state is not TicketState.WAITING or ticket.queue not in queues:
            continue
        if not _reserved_for(hall, ticket, counter):
            continue
        head = first.get(ticket.line)
        if head is None or (ticket.since, ticket.seq) < (head.since, head.seq):
            first[ticket.line] = ticket
    return list(first.values())


def rates(hall: Hall) -> dict[str, float]:
    return {item.id: item.rate for item in hall.site.classes}


def _reserved_for(hall: Hall, ticket: Ticket, counter: str) -> bool:
    """A reservation binds only while its counter is staffed: nobody waits for a closed desk."""
    if ticket.only_counter in ("", counter):
        return True
    return hall.desk(ticket.only_counter).state is DeskState.CLOSED


def _may_call(hall: Hall, counter: str, actor: Actor) -> Refusal | None:
    return authority(hall, counter, actor) or _not_open(hall, counter) or _busy(hall, counter)


def _not_open(hall: Hall, counter: str) -> Refusal | None:
    state = hall.desk(counter).state
    if state is DeskState.OPEN:
        return None
    code = Code.COUNTER_PAUSED if state is DeskState.PAUSED else Code.COUNTER_CLOSED
    return Refusal(code, {"counter": _number(hall, counter)})


def _busy(hall: Hall, counter: str) -> Refusal | None:
    desk: Desk = hall.desk(counter)
    if desk.ticket is None:
        return None
    ticket = hall.tickets[desk.ticket]
    return Refusal(
        Code.COUNTER_BUSY,
        {"counter": _number(hall, counter), "label": ticket.label, "state": ticket.state.value},
    )


def _number(hall: Hall, counter: str) -> str:
    spec = hall.site.counter.get(counter)
    return spec.number if spec else counter
