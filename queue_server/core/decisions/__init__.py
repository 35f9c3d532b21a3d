"""decide(hall, command, actor, now): the events a command leads to, or the refusal it meets. Pure."""

from __future__ import annotations

from ..commands import (
    CallNext,
    CallTicket,
    CancelTicket,
    CloseCounter,
    CloseDay,
    Command,
    FinishService,
    IssueTicket,
    MarkNoShow,
    OpenCounter,
    PauseCounter,
    RecallTicket,
    ResumeCounter,
    ReturnTicket,
    StartService,
    TransferTicket,
)
from ..events import Event
from ..model import Actor, Hall
from ..refusals import Refusal
from . import calling, day, desks, issuing, tickets

Decision = tuple[Event, ...] | Refusal

_DECIDERS = {
    IssueTicket: issuing.issue,
    OpenCounter: desks.open_counter,
    PauseCounter: desks.pause,
    ResumeCounter: desks.resume,
    CloseCounter: desks.close,
    CallNext: calling.call_next,
    CallTicket: calling.call_ticket,
    RecallTicket: tickets.recall,
    StartService: tickets.start,
    FinishService: tickets.finish,
    MarkNoShow: tickets.no_show,
    ReturnTicket: tickets.put_back,
    TransferTicket: tickets.transfer,
    CancelTicket: tickets.cancel,
    CloseDay: day.close,
}


def decide(hall: Hall, command: Command, actor: Actor, now: int) -> Decision:
    """What `command` by `actor` at `now` (epoch ms) leads to in `hall`."""
    decision: Decision = _DECIDERS[type(command)](hall, command, actor, now)  # type: ignore[operator]
    return decision


__all__ = ["Decision", "decide"]
