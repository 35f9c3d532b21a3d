"""What the signs above the counters show: for each counter its state and the number at it, no more."""

from __future__ import annotations

from typing import Any

from ...core.model import TicketState
from ...core.refusals import Code, Refused
from ...core.site import Site
from ..ports import Reading
from .shapes import desk_of, time_of
from .touched import Touched

Json = dict[str, Any]
Rows = dict[str, dict[str, Json]]


def snapshot(reading: Reading, site: Site, name: str, now: int) -> Rows:
    if name != site.id:
        raise Refused(Code.UNKNOWN_TOPIC, topic=f"signs:{name}")
    return {"counters": {counter: _row(reading, site, counter) for counter in site.counter}}


def change(
    reading: Reading, site: Site, name: str, touched: Touched, now: int
) -> tuple[Rows, dict[str, list[str]]] | None:
    mine = [counter for counter in site.counter if counter in touched.counters]
    return ({"counters": {counter: _row(reading, site, counter) for counter in mine}}, {}) if mine else None


def _row(reading: Reading, site: Site, counter: str) -> Json:
    """`rang_at`: when the number was last called, while its holder has not come; None from then on."""
    desk = desk_of(reading, counter)
    ticket = reading.ticket(desk.ticket) if desk.ticket else None
    calling = ticket is not None and ticket.state is TicketState.CALLED
    return {
        "number": site.counter[counter].number,
        "state": desk.state.value,
        "label": ticket.label if ticket else None,
        "rang_at": time_of(site, ticket.rang_at) if ticket and calling else None,
    }
