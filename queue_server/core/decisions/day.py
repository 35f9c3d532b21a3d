"""Turning the page at the end of a day: what is still open expires, counters close, a new day opens."""

from __future__ import annotations

from .. import calendar
from ..commands import CloseDay
from ..events import CounterClosed, DayClosed, DayOpened, Event, SummonsAnswered, TicketExpired
from ..model import OPEN_STATES, Actor, DeskState, Hall
from ..refusals import Code, Refusal


def close(hall: Hall, command: CloseDay, actor: Actor, now: int) -> tuple[Event, ...] | Refusal:
    """Close the open day; needs every open ticket and every desk in `hall`. A summons ends with its day."""
    if hall.day is None or not hall.day.is_open:
        return Refusal(Code.DAY_NOT_OPEN)
    leftover = [ticket for ticket in hall.tickets.values() if ticket.state in OPEN_STATES]
    leftover.sort(key=lambda ticket: ticket.seq)
    expired = tuple(TicketExpired(ticket.id, ticket.counter) for ticket in leftover)
    closed = tuple(
        CounterClosed(desk.id)
        for desk in sorted(hall.desks.values(), key=lambda desk: desk.id)
        if desk.state is not DeskState.CLOSED
    )
    unheard = tuple(
        SummonsAnswered(desk.id)
        for desk in sorted(hall.desks.values(), key=lambda desk: desk.id)
        if desk.state is DeskState.CLOSED and desk.summons is not None
    )
    return (*expired, *closed, *unheard, DayClosed(hall.day.date))


def needs_turning(hall: Hall, now: int) -> bool:
    """Whether the local date has passed the open day. A clock set back never reopens an earlier day."""
    return hall.day is None or calendar.local_date(hall.site, now) > hall.day.date


def opening(hall: Hall, now: int) -> DayOpened:
    return DayOpened(calendar.local_date(hall.site, now))
