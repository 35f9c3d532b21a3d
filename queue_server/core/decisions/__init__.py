"""decide(hall, command, actor, now): the events a command leads to, or the refusal it meets. Pure."""

from __future__ import annotations

from .. import commands as c
from .. import rights
from ..events import Event
from ..model import Actor, Hall
from ..refusals import Refusal
from . import adopting, calling, day, desks, issuing, moves, slips, supervision, tickets

Decision = tuple[Event, ...] | Refusal

_DECIDERS = {
    c.IssueTicket: issuing.issue,
    c.AdoptTicket: adopting.adopt,
    c.ReprintSlip: slips.reprint,
    c.OpenCounter: desks.open_counter,
    c.PauseCounter: desks.pause,
    c.ResumeCounter: desks.resume,
    c.CloseCounter: desks.close,
    c.TakeOver: supervision.take_over,
    c.SummonOfficer: supervision.summon,
    c.AskForHelp: supervision.ask_help,
    c.AnswerCall: supervision.answer,
    c.NoticeOfficer: supervision.notice,
    c.CallNext: calling.call_next,
    c.CallTicket: calling.call_ticket,
    c.RecallTicket: tickets.recall,
    c.StartService: tickets.start,
    c.FinishService: tickets.finish,
    c.MarkNoShow: tickets.no_show,
    c.ReturnTicket: tickets.put_back,
    c.UndoTicket: tickets.undo,
    c.CancelTicket: tickets.cancel,
    c.WriteNote: tickets.note,
    c.ParkTicket: moves.park,
    c.UnparkTicket: moves.unpark,
    c.TransferTicket: moves.transfer,
    c.AddService: moves.add_service,
    c.CloseQueue: supervision.close_queue,
    c.OpenQueue: supervision.open_queue,
    c.LimitQueue: supervision.limit_queue,
    c.CloseDay: day.close,
}


def decide(hall: Hall, command: c.Command, actor: Actor, now: int) -> Decision:
    """What `command` by `actor` at `now` (epoch ms) leads to in `hall`."""
    if refusal := rights.forbids(hall.site, command, actor):
        return refusal
    decision: Decision = _DECIDERS[type(command)](hall, command, actor, now)  # type: ignore[operator]
    return decision


__all__ = ["Decision", "decide"]
