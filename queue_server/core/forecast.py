"""From the state of a hall to the facts that the waiting-time method asks for."""

from __future__ import annotations

from . import calendar
from .model import DeskState, Hall, TicketState
from .site import ORDINARY
from .waiting import MINUTE, LineFacts


def waiting_in(hall: Hall, queue: str) -> int:
    """How many wait in a queue, all classes together."""
    return sum(line.waiting for key, line in hall.lines.items() if key.queue == queue)


def open_counters(hall: Hall, queue: str) -> int:
    """How many counters are open that have this queue as their own (those that only help do not count)."""
    own = hall.site.counters_of.get(queue, ())
    return sum(hall.desk(counter.id).state is DeskState.OPEN for counter in own)


def line_facts(hall: Hall, queue: str, priority: str, now: int, ahead: int | None = None) -> LineFacts:
    """The facts for a ticket with `ahead` people before it; by default for one that joins now.

    `hall` must hold the queue's lines, its heads of line and the desks of its counters.
    """
    waiting = waiting_in(hall, queue)
    counters = open_counters(hall, queue)
    spec = hall.site.queue[queue]
    here = calendar.local(hall.site, now)
    closed, serving, pause = _service_time(hall, counters, now)
    return LineFacts(
        now=now,
        ahead=waiting if ahead is None else ahead,
        waiting=waiting if ahead is None else max(0, waiting - 1),
        counters=counters,
        guess_ms=round(spec.service_minutes * MINUTE),
        head_waited_ms=_head_waited(hall, queue, now),
        hour=here.weekday() * 24 + here.hour,
        klass="" if priority == ORDINARY else priority,
        closed_ms=closed,
        serving_ms=serving,
        break_ms=pause,
        waits=ahead is not None,
    )


def _head_waited(hall: Hall, queue: str, now: int) -> int | None:
    heads = [t.since for t in hall.tickets.values() if t.queue == queue and t.state is TicketState.WAITING]
    return max(0, now - min(heads)) if heads else None


def _service_time(hall: Hall, counters: int, now: int) -> tuple[int, int | None, int | None]:
    """(closed, serving, break) in ms for `LineFacts`. Counters that work after hours count as open."""
    doors = calendar.doors(hall.site, now)
    if doors.is_open:
        pause = None if doors.break_minutes is None else round(doors.break_minutes * MINUTE)
        return 0, round((doors.minutes_left or 0) * MINUTE), pause
    if counters or doors.minutes_to_open is None:
        return 0, None, 0
    return round(doors.minutes_to_open * MINUTE), None, 0
