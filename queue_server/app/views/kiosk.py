"""What a kiosk knows besides the directory: how long the lines are, and how its printer and slips do."""

from __future__ import annotations

import json
from typing import Any

from ...core.refusals import Code, Refused
from ...core.site import Site
from ..ports import Reading
from .rows import doors_row, line_rows
from .touched import Touched

Json = dict[str, Any]
Rows = dict[str, dict[str, Json]]
SLIPS_SHOWN = 20
_SLIP_STATES = {"owed": "queued", "claimed": "printing", "done": "printed"}


def snapshot(reading: Reading, site: Site, name: str, now: int) -> Rows:
    return {
        "kiosk": {"_": kiosk_row(reading, site, name, now)},
        "lines": line_rows(reading, site, site.queue, now),
        "slips": _slips(reading, name),
    }


def change(
    reading: Reading, site: Site, name: str, touched: Touched, now: int
) -> tuple[Rows, dict[str, list[str]]] | None:
    put: Rows = {}
    staffed = {
        queue
        for counter in touched.counters
        if counter in site.counter
        for queue in site.counter[counter].queues
    }
    if queues := [queue for queue in site.queue if queue in touched.queues | staffed]:
        put["lines"] = line_rows(reading, site, queues, now)
    mine = any(ticket.origin == name for ticket in touched.tickets.values())
    if mine or name in touched.kiosks:
        put["kiosk"] = {"_": kiosk_row(reading, site, name, now)}
        put["slips"] = _slips(reading, name)
    return (put, {}) if put else None


def kiosk_row(reading: Reading, site: Site, name: str, now: int) -> Json:
    if name not in site.kiosk:
        raise Refused(Code.UNKNOWN_KIOSK, kiosk=name)
    kiosk = site.kiosk[name]
    seen = {device.id: device.state for device in reading.devices()}
    printer = seen.get(f"printer:{name}", "unknown") if kiosk.printer else "none"
    return {"id": kiosk.id, "name": kiosk.name, "printer": printer, **doors_row(site, now)}


def _slips(reading: Reading, name: str) -> dict[str, Json]:
    rows = {}
    for target, body, state in reading.deliveries("slip", SLIPS_SHOWN):
        ticket = reading.ticket(json.loads(body)["ticket"])
        if target == name and ticket:
            rows[ticket.id] = {
                "ticket": ticket.id,
                "label": ticket.label,
                "state": _SLIP_STATES.get(state, state),
            }
    return rows
