"""Which role may do what: one table, of which a centre's description may change lines."""

from __future__ import annotations

from collections.abc import Mapping

from . import commands as c
from .model import Actor
from .refusals import Code, Refusal
from .site import Site

ROLES = ("officer", "supervisor", "administrator", "viewer", "kiosk", "board", "integrator")

_LEADS = frozenset({"supervisor", "administrator"})
_NOBODY: frozenset[str] = frozenset()
_TRUSTED = _LEADS | {"integrator"}
_STAFF = _TRUSTED | {"officer"}

RIGHTS: Mapping[str, frozenset[str]] = {
    "issue": _TRUSTED | {"kiosk"},
    "adopt": frozenset({"kiosk"}),
    "reprint": _STAFF | {"kiosk"},
    "open_counter": _STAFF,
    "pause_counter": _STAFF,
    "resume_counter": _STAFF,
    "close_counter": _STAFF,
    "call_next": _STAFF,
    "call_chosen": _TRUSTED,
    "recall": _STAFF,
    "start": _STAFF,
    "finish": _STAFF,
    "no_show": _STAFF,
    "return": _STAFF,
    "park": _STAFF,
    "unpark": _STAFF,
    "undo": _STAFF,
    "transfer": _STAFF,
    "cancel": _STAFF,
    "add_service": _STAFF,
    "note": _STAFF,
    "ask_help": _STAFF,
    "answer": _STAFF,
    "take_over": _LEADS,
    "summon": _LEADS,
    "gate_queue": _LEADS,
    "assign_counter": _LEADS,
    "notice_officer": _NOBODY,
}

# Calling a chosen ticket asks for its right only where the ticket waits: see decisions/calling.py.
_ACTION_OF: Mapping[type, str] = {
    c.IssueTicket: "issue",
    c.AdoptTicket: "adopt",
    c.ReprintSlip: "reprint",
    c.OpenCounter: "open_counter",
    c.PauseCounter: "pause_counter",
    c.ResumeCounter: "resume_counter",
    c.CloseCounter: "close_counter",
    c.CallNext: "call_next",
    c.CallTicket: "call_next",
    c.RecallTicket: "recall",
    c.StartService: "start",
    c.FinishService: "finish",
    c.MarkNoShow: "no_show",
    c.ReturnTicket: "return",
    c.ParkTicket: "park",
    c.UnparkTicket: "unpark",
    c.UndoTicket: "undo",
    c.TransferTicket: "transfer",
    c.CancelTicket: "cancel",
    c.AddService: "add_service",
    c.WriteNote: "note",
    c.AskForHelp: "ask_help",
    c.AnswerCall: "answer",
    c.TakeOver: "take_over",
    c.SummonOfficer: "summon",
    c.NoticeOfficer: "notice_officer",
    c.CloseQueue: "gate_queue",
    c.OpenQueue: "gate_queue",
    c.LimitQueue: "gate_queue",
}


def may(site: Site, role: str, action: str) -> bool:
    own = next((right.roles for right in site.rights if right.action == action), None)
    return role in (RIGHTS[action] if own is None else own)


def of(site: Site, role: str) -> list[str]:
    """The actions that `role` may do, in the order of the table."""
    return [action for action in RIGHTS if may(site, role, action)]


def lacks(site: Site, actor: Actor, action: str) -> Refusal | None:
    """A refusal where the actor's role has not the right; the system itself may do everything."""
    if actor.role == "system" or may(site, actor.role, action):
        return None
    return Refusal(Code.NOT_ALLOWED, {"action": action})


def forbids(site: Site, command: c.Command, actor: Actor) -> Refusal | None:
    """A refusal where `command` asks for a right that the actor's role has not."""
    action = _ACTION_OF.get(type(command))
    return lacks(site, actor, action) if action else None
