"""What an officer does with a counter: open, pause, resume, close."""

from __future__ import annotations

from ..commands import CloseCounter, OpenCounter, PauseCounter, ResumeCounter
from ..events import (
    CounterClosed,
    CounterOpened,
    CounterPaused,
    CounterResumed,
    Event,
    TicketReturned,
    TicketUndone,
)
from ..model import Actor, Desk, DeskState, Hall, TicketState
from ..refusals import Code, Refusal
from .reasons import unlisted


def authority(hall: Hall, counter: str, actor: Actor) -> Refusal | None:
    """A refusal unless `actor` may act at `counter`: its officer, or one who may act anywhere."""
    if counter not in hall.site.counter:
        return Refusal(Code.UNKNOWN_COUNTER, {"counter": counter})
    if actor.anywhere:
        return None
    if actor.counter is not None and actor.counter != counter:
        return Refusal(Code.NOT_YOUR_COUNTER, {"counter": number_of(hall, counter)})
    officer = hall.desk(counter).officer
    if officer is not None and officer != actor.id:
        return Refusal(Code.NOT_YOUR_COUNTER, {"counter": number_of(hall, counter)})
    return None


def open_counter(hall: Hall, command: OpenCounter, actor: Actor, now: int) -> tuple[Event, ...] | Refusal:
    """Opening again what one has open already is no event and no error."""
    if hall.day is None or not hall.day.is_open:
        return Refusal(Code.DAY_NOT_OPEN)
    if command.counter not in hall.site.counter:
        return Refusal(Code.UNKNOWN_COUNTER, {"counter": command.counter})
    if actor.counter is not None and actor.counter != command.counter:
        return Refusal(Code.NOT_YOUR_COUNTER, {"counter": number_of(hall, command.counter)})
    desk = hall.desk(command.counter)
    if desk.state is not DeskState.CLOSED:
        if desk.officer == actor.id:
            return ()
        return Refusal(Code.COUNTER_TAKEN, {"counter": number_of(hall, command.counter)})
    return elsewhere(hall, command.counter, actor) or (CounterOpened(command.counter, actor.id),)


def elsewhere(hall: Hall, counter: str, actor: Actor) -> Refusal | None:
    """A refusal for an officer who has another counter than this one; leaders may have several."""
    if actor.anywhere:
        return None
    for other in hall.desks.values():
        if other.officer == actor.id and other.id != counter:
            return Refusal(Code.OFFICER_ELSEWHERE, {"counter": number_of(hall, other.id)})
    return None


def pause(hall: Hall, command: PauseCounter, actor: Actor, now: int) -> tuple[Event, ...] | Refusal:
    if refusal := authority(hall, command.counter, actor) or not_open(hall, command.counter):
        return refusal
    if refusal := busy(hall, command.counter) or unlisted(hall, "pause", command.reason):
        return refusal
    return (CounterPaused(command.counter, command.reason),)


def resume(hall: Hall, command: ResumeCounter, actor: Actor, now: int) -> tuple[Event, ...] | Refusal:
    if refusal := authority(hall, command.counter, actor):
        return refusal
    if hall.desk(command.counter).state is not DeskState.PAUSED:
        return Refusal(Code.COUNTER_NOT_PAUSED, {"counter": number_of(hall, command.counter)})
    return (CounterResumed(command.counter),)


def close(hall: Hall, command: CloseCounter, actor: Actor, now: int) -> tuple[Event, ...] | Refusal:
    """Close a counter. Who was called goes back to where they were; who is being served blocks it."""
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
        return busy(hall, command.counter) or (closed,)
    if ticket.before in (None, TicketState.WAITING):
        return (TicketReturned(ticket.id, command.counter), closed)
    return (TicketUndone(ticket.id, command.counter, str(ticket.before)), closed)


def not_open(hall: Hall, counter: str) -> Refusal | None:
    state = hall.desk(counter).state
    if state is DeskState.OPEN:
        return None
    code = Code.COUNTER_PAUSED if state is DeskState.PAUSED else Code.COUNTER_CLOSED
    return Refusal(code, {"counter": number_of(hall, counter)})


def busy(hall: Hall, counter: str) -> Refusal | None:
    desk: Desk = hall.desk(counter)
    if desk.ticket is None:
        return None
    ticket = hall.tickets[desk.ticket]
    return Refusal(
        Code.COUNTER_BUSY,
        {"counter": number_of(hall, counter), "label": ticket.label, "state": ticket.state.value},
    )


def number_of(hall: Hall, counter: str) -> str:
    spec = hall.site.counter.get(counter)
    return spec.number if spec else counter
