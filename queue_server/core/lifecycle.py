"""The life of a ticket as one table: which verb leads from which state to which."""

from __future__ import annotations

from collections.abc import Mapping

from .commands import (
    CallNext,
    CallTicket,
    CancelTicket,
    CloseDay,
    FinishService,
    MarkNoShow,
    RecallTicket,
    ReturnTicket,
    StartService,
    TransferTicket,
)
from .model import TicketState as S
from .refusals import Code, Refusal

TRANSITIONS: Mapping[type, Mapping[S, S]] = {
    CallNext: {S.WAITING: S.CALLED},
    CallTicket: {S.WAITING: S.CALLED},
    RecallTicket: {S.CALLED: S.CALLED},
    StartService: {S.CALLED: S.SERVING},
    FinishService: {S.SERVING: S.FINISHED},
    MarkNoShow: {S.CALLED: S.NO_SHOW},
    ReturnTicket: {S.CALLED: S.WAITING, S.SERVING: S.WAITING},
    TransferTicket: {S.WAITING: S.WAITING, S.CALLED: S.WAITING, S.SERVING: S.WAITING},
    CancelTicket: {S.WAITING: S.CANCELLED, S.CALLED: S.CANCELLED, S.SERVING: S.CANCELLED},
    CloseDay: {S.WAITING: S.EXPIRED, S.CALLED: S.EXPIRED, S.SERVING: S.EXPIRED},
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
