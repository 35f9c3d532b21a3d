"""The API's counters: opening, pausing, closing, and calling tickets to them."""

from __future__ import annotations

from ..core.commands import (
    CallNext,
    CallTicket,
    CloseCounter,
    Command,
    OpenCounter,
    PauseCounter,
    ResumeCounter,
)
from ..core.refusals import Code, Refused
from . import bodies, schemas
from .routes import COUNTER_READERS, COUNTER_STAFF, Asked, Building, Reply, RouteTable

table = RouteTable("counters")

_COMMON = (Code.UNKNOWN_COUNTER, Code.NOT_YOUR_COUNTER, Code.KEY_REUSED)
_CALLING = (*_COMMON, Code.COUNTER_CLOSED, Code.COUNTER_PAUSED, Code.COUNTER_BUSY)
_COUNTER = {200: schemas.Counter}


def _do(building: Building, asked: Asked, command: Command) -> Reply:
    done = building.centre.do(command, asked.actor, key=asked.key, fingerprint=asked.fingerprint)
    return Reply(body=done)


@table.get(
    "/counters/{counter}",
    who=COUNTER_READERS,
    answers={200: schemas.CounterView},
    refusals=(Code.UNKNOWN_COUNTER, Code.NOT_YOUR_COUNTER),
)
def counter(building: Building, asked: Asked) -> Reply:
    """What the counter's desk shows now: the snapshot of its live topic."""
    return Reply(body=building.centre.view_counter(asked.path["counter"]))


@table.post(
    "/counters/{counter}/open",
    who=COUNTER_STAFF,
    body=bodies.Nothing,
    answers=_COUNTER,
    refusals=(*_COMMON, Code.COUNTER_TAKEN, Code.OFFICER_ELSEWHERE, Code.DAY_NOT_OPEN),
)
def open_counter(building: Building, asked: Asked) -> Reply:
    """Begin to work at a counter; opening one's own open counter again changes nothing."""
    return _do(building, asked, OpenCounter(asked.path["counter"]))


@table.post(
    "/counters/{counter}/pause",
    who=COUNTER_STAFF,
    body=bodies.Listed,
    answers=_COUNTER,
    refusals=(*_CALLING, Code.UNKNOWN_REASON),
)
def pause_counter(building: Building, asked: Asked) -> Reply:
    """Stop calling for a while, with a reason that the boards may show."""
    return _do(building, asked, PauseCounter(asked.path["counter"], asked.body.reason))


@table.post(
    "/counters/{counter}/resume",
    who=COUNTER_STAFF,
    body=bodies.Nothing,
    answers=_COUNTER,
    refusals=(*_COMMON, Code.COUNTER_NOT_PAUSED),
)
def resume_counter(building: Building, asked: Asked) -> Reply:
    """Go on after a pause."""
    return _do(building, asked, ResumeCounter(asked.path["counter"]))


@table.post(
    "/counters/{counter}/close",
    who=COUNTER_STAFF,
    body=bodies.Nothing,
    answers=_COUNTER,
    refusals=(*_COMMON, Code.COUNTER_BUSY),
)
def close_counter(building: Building, asked: Asked) -> Reply:
    """Stop working at a counter; a ticket that was called but not served goes back to its place."""
    return _do(building, asked, CloseCounter(asked.path["counter"]))


@table.post(
    "/counters/{counter}/call-next",
    who=COUNTER_STAFF,
    body=bodies.Nothing,
    answers={200: schemas.Call, 204: None},
    refusals=_CALLING,
)
def call_next(building: Building, asked: Asked) -> Reply:
    """Call whoever is next, with the reason why; 204 where nobody waits."""
    try:
        return _do(building, asked, CallNext(asked.path["counter"]))
    except Refused as refused:
        if refused.refusal.code is Code.NOBODY_WAITING:
            return Reply(204)
        raise


@table.post(
    "/counters/{counter}/call",
    who=COUNTER_STAFF,
    body=bodies.ChosenTicket,
    answers={200: schemas.Call},
    refusals=(
        *_CALLING,
        Code.UNKNOWN_TICKET,
        Code.WRONG_STATE,
        Code.NOT_SERVED_HERE,
        Code.GRACE_OVER,
        Code.GRACE_USED,
    ),
)
def call_ticket(building: Building, asked: Asked) -> Reply:
    """Call a chosen ticket that waits, where the role has that right; or again one that was parked, missed or
    finished at this counter."""
    return _do(building, asked, CallTicket(asked.path["counter"], asked.body.ticket))
