"""The API of those who look after the hall: take-over, summons, help, other queues for a counter, gates."""

from __future__ import annotations

from ..app.problems import Problem
from ..core.commands import (
    AnswerCall,
    AskForHelp,
    CloseQueue,
    Command,
    LimitQueue,
    OpenQueue,
    SummonOfficer,
    TakeOver,
)
from ..core.refusals import Code, Refused
from . import bodies, schemas
from .routes import COUNTER_STAFF, Asked, Building, Reply, RouteTable

table = RouteTable("supervision")

_COMMON = (Code.UNKNOWN_COUNTER, Code.NOT_YOUR_COUNTER, Code.KEY_REUSED)
_COUNTER = {200: schemas.Counter}
_GATE = {200: schemas.Gate}
_GATE_REFUSALS = (Code.UNKNOWN_QUEUE, Code.DAY_NOT_OPEN, Code.KEY_REUSED)


def _do(building: Building, asked: Asked, command: Command) -> Reply:
    done = building.centre.do(command, asked.actor, key=asked.key, fingerprint=asked.fingerprint)
    return Reply(body=done)


@table.post(
    "/counters/{counter}/take-over",
    who=COUNTER_STAFF,
    body=bodies.Nothing,
    answers=_COUNTER,
    refusals=(*_COMMON, Code.COUNTER_CLOSED, Code.OFFICER_ELSEWHERE),
)
def take_over(building: Building, asked: Asked) -> Reply:
    """Work at a counter in place of the officer who has it open."""
    return _do(building, asked, TakeOver(asked.path["counter"]))


@table.post(
    "/counters/{counter}/summon",
    who=COUNTER_STAFF,
    body=bodies.Listed,
    answers=_COUNTER,
    refusals=(*_COMMON, Code.UNKNOWN_REASON),
)
def summon_officer(building: Building, asked: Asked) -> Reply:
    """Call the colleague at a counter: their screen says why until they answer."""
    return _do(building, asked, SummonOfficer(asked.path["counter"], asked.body.reason))


@table.post(
    "/counters/{counter}/ask-help",
    who=COUNTER_STAFF,
    body=bodies.Nothing,
    answers=_COUNTER,
    refusals=(*_COMMON, Code.COUNTER_CLOSED),
)
def ask_help(building: Building, asked: Asked) -> Reply:
    """Ask the supervisor to come to this counter."""
    return _do(building, asked, AskForHelp(asked.path["counter"]))


@table.post(
    "/counters/{counter}/answer",
    who=COUNTER_STAFF,
    body=bodies.Nothing,
    answers=_COUNTER,
    refusals=(*_COMMON, Code.NOTHING_TO_ANSWER),
)
def answer_call(building: Building, asked: Asked) -> Reply:
    """The officer answers the summons to their counter, a supervisor the call for help from it."""
    return _do(building, asked, AnswerCall(asked.path["counter"]))


@table.post(
    "/counters/{counter}/assign",
    who=COUNTER_STAFF,
    body=bodies.Assignment,
    answers=_COUNTER,
    refusals=(Code.UNKNOWN_COUNTER, Code.NOT_YOUR_COUNTER, Code.UNKNOWN_QUEUE),
    remembers=False,
)
def assign_counter(building: Building, asked: Asked) -> Reply:
    """Give a counter other queues, until the centre's description is imported again. Repeating it changes
    nothing."""
    wanted = asked.body
    done = building.centre.assign(asked.path["counter"], wanted.queues, wanted.helps, asked.actor)
    return Reply(body=done)


@table.post(
    "/queues/{queue}/close",
    who=COUNTER_STAFF,
    body=bodies.Nothing,
    answers=_GATE,
    refusals=_GATE_REFUSALS,
)
def close_queue(building: Building, asked: Asked) -> Reply:
    """Give no more numbers for a queue today; who waits is served."""
    return _gate(building, asked, CloseQueue(asked.path["queue"]))


@table.post(
    "/queues/{queue}/open",
    who=COUNTER_STAFF,
    body=bodies.Nothing,
    answers=_GATE,
    refusals=_GATE_REFUSALS,
)
def open_queue(building: Building, asked: Asked) -> Reply:
    """Give numbers for a queue again, without a limit."""
    return _gate(building, asked, OpenQueue(asked.path["queue"]))


@table.post(
    "/queues/{queue}/limit",
    who=COUNTER_STAFF,
    body=bodies.Limit,
    answers=_GATE,
    refusals=_GATE_REFUSALS,
)
def limit_queue(building: Building, asked: Asked) -> Reply:
    """Give only so many more numbers for a queue today."""
    return _gate(building, asked, LimitQueue(asked.path["queue"], asked.body.numbers))


def _gate(building: Building, asked: Asked, command: Command) -> Reply:
    try:
        return _do(building, asked, command)
    except Refused as refused:
        if refused.refusal.code is not Code.UNKNOWN_QUEUE:
            raise
        # The same refusal is about a field in POST /tickets, but here about the address.
        raise Problem(refused.refusal.code, refused.refusal.params, status=404) from None
