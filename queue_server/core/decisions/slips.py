"""A ticket's paper once more: who may have a copy printed, and where."""

from __future__ import annotations

from collections.abc import Mapping

from ..commands import ReprintSlip
from ..events import Event, SlipReprinted
from ..model import OPEN_STATES, Actor, Device, Hall, Ticket, TicketState
from ..refusals import Code, Refusal
from ..site import Kiosk, Site

_MAY_STILL_COME = OPEN_STATES | {TicketState.NO_SHOW}


def reprint(hall: Hall, command: ReprintSlip, actor: Actor, now: int) -> tuple[Event, ...] | Refusal:
    """A kiosk copies the slips of its own tickets, on its own printer; staff may choose the kiosk.

    A kiosk that runs by itself prints for them as long as it is heard of.
    """
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
    printing = printing_kiosks(hall.site, hall.devices)
    place = command.kiosk or _nearest(printing, ticket)
    if place not in printing:
        return Refusal(Code.NO_PRINTER, {"kiosk": place or ""})
    return (SlipReprinted(ticket.id, place),)


def printing_kiosks(site: Site, devices: Mapping[str, Device]) -> list[str]:
    """Those whose printer the server drives, and those that run by themselves, are heard of and have one."""
    return [kiosk.id for kiosk in site.kiosks if _prints(kiosk, devices)]


def _prints(kiosk: Kiosk, devices: Mapping[str, Device]) -> bool:
    itself, printer = devices.get(f"kiosk:{kiosk.id}"), devices.get(f"printer:{kiosk.id}")
    if itself is not None and itself.state == "online":
        return printer is not None and printer.state != "none"
    return bool(kiosk.printer)


def _nearest(printing: list[str], ticket: Ticket) -> str | None:
    """The kiosk where the number was taken, else the first."""
    return ticket.origin if ticket.origin in printing else next(iter(printing), None)
