"""Where a copy of a slip can be printed now, and the number of which one is wanted."""

from __future__ import annotations

from typing import Any

from ...core.decisions.slips import printing_kiosks
from ...core.model import Ticket
from ...core.refusals import Code, Refused
from ...core.site import Site
from ..ports import Reading
from .shapes import ticket_json

Json = dict[str, Any]
JUST_GONE = 100
"""So many that were called last may have a copy too: who missed a call may still come."""


def printers(reading: Reading, site: Site, now: int) -> Json:
    """Each kiosk that can print, in the site's order, with the state of its printer."""
    devices = {device.id: device for device in reading.devices()}
    states = {id: device.state for id, device in devices.items()}
    rows = [
        {"kiosk": kiosk, "name": site.kiosk[kiosk].name, "state": states.get(f"printer:{kiosk}", "unknown")}
        for kiosk in printing_kiosks(site, devices)
    ]
    return {"printers": rows}


def by_label(label: str, reading: Reading, site: Site, now: int) -> Json:
    """The number `label` ("A012") of those who are in the hall or have just missed their call."""
    wanted = label.strip().upper()
    ticket = _find(reading, wanted)
    if ticket is None:
        raise Refused(Code.UNKNOWN_TICKET)
    return ticket_json(reading, site, ticket, now)


def _find(reading: Reading, wanted: str) -> Ticket | None:
    seen = [*reading.open_tickets(), *reading.last_called(JUST_GONE)]
    return next((ticket for ticket in seen if ticket.label.upper() == wanted), None)
