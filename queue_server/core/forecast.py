"""From the state of a hall to the facts that the waiting-time method asks for."""

from __future__ import annotations

from . import calendar
from .model import DeskState, Hall, Ticket, TicketState
from .site import ORDINARY
from .waiting import MINUTE, Interval, LineFacts, Pace, estimate


def waiting_in(hall: Hall, queue: str) -> int:
    """How many wait in a queue, all classes together."""
    return sum(line.waiting for key, line in hall.lines.items() if key.queue == queue)


def open_counters(hall: Hall, queue: str) -> int:
    """How many counters are open that have this queue as their own (those that only help do not count)."""
    own = hall.site.counters_of.get(queue, ())
    return sum(hall.desk(counter.id).state is DeskState.OPEN for counter in own)


def idle_counters(hall: Hall, queue: str) -> int:
    """How many of those have nobody at them."""
    own = [hall.desk(counter.id) for counter in hall.site.counters_of.get(queue, ())]
    return sum(desk.state is DeskState.OPEN and desk.ticket is None for desk in own)


def rivals(hall: Hall, queue: str) -> int:
    """How many wait in the other queues of this queue's counters."""
    return sum(waiting_in(hall, other) for other in hall.site.rivals_of.get(queue, ()))


def promise(hall: Hall, facts: LineFacts, pace: Pace) -> Interval | None:
    """How long the wait will be; None where nobody can know, or where it would outlast the number's day."""
    interval = estimate(facts, pace)
    here = calendar.local(hall.site, facts.now)
    left_today = 24 * 60 - here.hour * 60 - here.minute
    return None if interval is None or interval.low >= left_today else interval


def line_facts(hall: Hall, queue: str, priority: str, now: int, ahead: int | None = None) -> LineFacts:
    """The facts for a ticket with `ahead` people before it; by default for one that joins now.

    `hall` must hold the queue's heads of line, the desks of its counters, and the lines of their queues.
    """
    waiting = waiting_in(hall, queue)
    counters = open_counters(hall, queue)
    spec = hall.site.queue[queue]
    here = calendar.local(hall.site, now)
    head = _head(hall, queue)
    closed, serving, pause = _service_time(hall, counters, now)
    return LineFacts(
        now=now,
        ahead=waiting if ahead is None else ahead,
        waiting=waiting if ahead is None else max(0, waiting - 1),
        counters=counters,
        guess_ms=round(spec.service_minutes * MINUTE),
        head_waited_ms=max(0, now - head.since) if head else None,
        hour=here.weekday() * 24 + here.hour,
        klass="" if priority == ORDINARY else priority,
        closed_ms=closed,
        serving_ms=serving,
        break_ms=pause,
        head_ahead=head.memo[0] if head and head.memo else None,
        idle=idle_counters(hall, queue),
        rivals=rivals(hall, queue),
        waits=ahead is not None,
    )


def _head(hall: Hall, queue: str) -> Ticket | None:
    heads = [t for t in hall.tickets.values() if t.queue == queue and t.state is TicketState.WAITING]
    return min(heads, key=lambda ticket: (ticket.since, ticket.seq), default=None)


def _service_time(hall: Hall, counters: int, now: int) -> tuple[int, int | None, int | None]:
    """(closed, serving, break) in ms for `LineFacts`. Counters that work after hours count as open."""
    doors = calendar.doors(hall.site, now)
    if doors.is_open:
        pause = None if doors.break_minutes is None else round(doors.break_minutes * MINUTE)
        return 0, round((doors.minutes_left or 0) * MINUTE), pause
    if counters or doors.minutes_to_open is None:
        return 0, None, 0
    return round(doors.minutes_to_open * MINUTE), None, 0
