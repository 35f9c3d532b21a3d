"""What the holder of a slip may see of their own ticket: the least that helps."""

from __future__ import annotations

from typing import Any

from ...core.model import AT_A_DESK, Ticket, TicketState
from ...core.refusals import Code, Refused
from ...core.site import Site
from ..ports import Reading
from .rows import where
from .shapes import grace_json, place, range_of, time_of
from .touched import Touched

Json = dict[str, Any]
Rows = dict[str, dict[str, Json]]


def track_json(reading: Reading, site: Site, secret: str, now: int) -> Json:
    ticket = reading.ticket_by_secret(secret)
    if ticket is None:
        raise Refused(Code.UNKNOWN_TICKET)
    ahead, interval = place(reading, site, ticket, now)
    shown = ticket.state in AT_A_DESK and ticket.counter in site.counter
    counter = site.counter[ticket.counter or ""] if shown else None
    return {
        "label": ticket.label,
        "state": ticket.state.value,
        "centre": site.name,
        "agency": site.agency_of(ticket.queue).name,
        "counter": where(site, counter) if counter else None,
        "areas": _areas(site, ticket.queue) if ticket.state is TicketState.WAITING else [],
        "ahead": ahead,
        "estimate": range_of(interval),
        "day": ticket.day,
        "issued_at": time_of(site, ticket.issued_at),
        "called_at": time_of(site, ticket.called_at),
        "grace": grace_json(reading, site, ticket, now),
        "then": [site.agency_of(queue).name for queue in ticket.stops],
    }


def snapshot(reading: Reading, site: Site, name: str, now: int) -> Rows:
    return {"ticket": {"_": track_json(reading, site, name, now)}}


def change(
    reading: Reading, site: Site, name: str, touched: Touched, now: int
) -> tuple[Rows, dict[str, list[str]]] | None:
    ticket = reading.ticket_by_secret(name)
    if ticket is None or not is_touched(ticket, touched):
        return None
    return snapshot(reading, site, name, now), {}


def is_touched(ticket: Ticket, touched: Touched) -> bool:
    """Whether its holder may see something else now: only who waits, or missed a call, sees the line move."""
    moves = ticket.state in (TicketState.WAITING, TicketState.NO_SHOW) and ticket.queue in touched.queues
    return ticket.id in touched.tickets or moves


def _areas(site: Site, queue: str) -> list[Json]:
    """Where to wait: the areas in which the queue's own counters stand."""
    own = [counter.area for counter in site.counters_of.get(queue, ())]
    return [
        {"name": site.area[area].name, "direction": site.area[area].direction, "arrow": site.area[area].arrow}
        for area in dict.fromkeys(own)
    ]
