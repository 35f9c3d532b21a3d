"""A ticket's paper once more: who may have a copy printed, and where."""

from __future__ import annotations

from ..commands import ReprintSlip
from ..events import Event, SlipReprinted
from ..model import OPEN_STATES, Actor, Hall, Ticket, TicketState
from ..refusals import Code, Refusal

_MAY_STILL_COME = OPEN_STATES | {TicketState.NO_SHOW}


def reprint(hall: Hall, command: ReprintSlip, actor: Actor, now: int) -> tuple[Event, ...] | Refusal:
    """A kiosk copies the slips of its own tickets, on its own printer; staff may choose the kiosk."""
    ticket = hall.tickets.get(command.ticket)
    if ticket is None:
        return Refusal(Code.UNKNOWN_TICKET)
    if ticket.state not in _MAY_STILL_COME:
        allowed = sorted(state.value for state in _MAY_STILL_COME)
        facts = {"label": ticket.label, "state": ticket.state.value, "allowed": allowed}
        return Refusal(Code.WRONG_STATE, facts)
    if command.kiosk is not None and command.kiosk not in hall.site.kiosk:
        return Refusal(Code.UNKNOWN_KIOSK, {"kiosk": command.kiosk})
    if actor.role == "kiosk":
        if command.kiosk is None or ticket.origin != command.kiosk:
            return Refusal(Code.NOT_YOUR_TICKET, {"label": ticket.label})
        return (SlipReprinted(ticket.id, command.kiosk),)
    place = command.kiosk or _nearest_printer(hall, ticket)
    if place is None or not hall.site.kiosk[place].printer:
        return Refusal(Code.NO_PRINTER, {"kiosk": place or ""})
    return (SlipReprinted(ticket.id, place),)


def _nearest_printer(hall: Hall, ticket: Ticket) -> str | None:
    """The kiosk where the number was taken, else the first: of those whose printer the server drives."""
    printing = [kiosk.id for kiosk in hall.site.kiosks if kiosk.printer]
    return ticket.origin if ticket.origin in printing else next(iter(printing), None)
