"""The life of a ticket as one table: which verb leads from which state to which."""

from __future__ import annotations

from collections.abc import Mapping

from . import commands as c
from .model import TicketState as S
from .refusals import Code, Refusal

TRANSITIONS: Mapping[type, Mapping[S, S]] = {
    c.CallNext: {S.WAITING: S.CALLED},
    c.CallTicket: {S.WAITING: S.CALLED, S.PARKED: S.CALLED, S.NO_SHOW: S.CALLED, S.FINISHED: S.CALLED},
    c.RecallTicket: {S.CALLED: S.CALLED},
    c.StartService: {S.CALLED: S.SERVING},
    # Where the visit leads on, the finished ticket waits again at the next agency.
    c.FinishService: {S.SERVING: S.FINISHED},
    c.AddService: {S.CALLED: S.CALLED, S.SERVING: S.SERVING},
    c.MarkNoShow: {S.CALLED: S.NO_SHOW},
    c.ReturnTicket: {S.CALLED: S.WAITING, S.SERVING: S.WAITING, S.NO_SHOW: S.WAITING},
    c.ParkTicket: {S.CALLED: S.PARKED, S.SERVING: S.PARKED},
    c.UnparkTicket: {S.PARKED: S.WAITING},
    c.UndoTicket: {S.CALLED: S.WAITING, S.NO_SHOW: S.CALLED, S.FINISHED: S.SERVING},
    c.WriteNote: {state: state for state in (S.WAITING, S.PARKED, S.CALLED, S.SERVING)},
    c.TransferTicket: {
        S.WAITING: S.WAITING,
        S.PARKED: S.WAITING,
        S.CALLED: S.WAITING,
        S.SERVING: S.WAITING,
    },
    c.CancelTicket: {
        S.WAITING: S.CANCELLED,
        S.PARKED: S.CANCELLED,
        S.CALLED: S.CANCELLED,
        S.SERVING: S.CANCELLED,
    },
    c.CloseDay: {S.WAITING: S.EXPIRED, S.PARKED: S.EXPIRED, S.CALLED: S.EXPIRED, S.SERVING: S.EXPIRED},
}


def forbids(command: type, state: S, label: str) -> Refusal | None:
    """A refusal where the table has no way from `state` by `command`; None where it has one."""
    allowed = TRANSITIONS[command]
    if state in allowed:
        return None
    return Refusal(
        Code.WRONG_STATE,
        {"label": label, "state": state.value, "allowed": sorted(s.value for s in allowed)},
    )
