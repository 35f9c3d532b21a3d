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
        "slips": _slips(reading, name, SLIPS_SHOWN),
    }


def change(
    reading: Reading, site: Site, name: str, touched: Touched, now: int
) -> tuple[Rows, dict[str, list[str]]] | None:
    put: Rows = {}
    drop: dict[str, list[str]] = {}
    if queues := [queue for queue in site.queue if touched.doors or queue in touched.queues]:
        put["lines"] = line_rows(reading, site, queues, now)
    if touched.doors or name in touched.kiosks:
        put["kiosk"] = {"_": kiosk_row(reading, site, name, now)}
    if name in touched.kiosks:
        more = len(touched.tickets) + touched.newer(reading)
        slips = list(_slips(reading, name, SLIPS_SHOWN + more).items())
        put["slips"] = dict(slips[:SLIPS_SHOWN])
        drop["slips"] = [ticket for ticket, _ in slips[SLIPS_SHOWN:]]
    put = {collection: rows for collection, rows in put.items() if rows}
    drop = {collection: keys for collection, keys in drop.items() if keys}
    return (put, drop) if put or drop else None


def kiosk_row(reading: Reading, site: Site, name: str, now: int) -> Json:
    if name not in site.kiosk:
        raise Refused(Code.UNKNOWN_KIOSK, kiosk=name)
    kiosk = site.kiosk[name]
    seen = {device.id: device.state for device in reading.devices()}
    runs_itself = f"kiosk:{name}" in seen
    printer = seen.get(f"printer:{name}", "unknown") if kiosk.printer or runs_itself else "none"
    return {"id": kiosk.id, "name": kiosk.name, "printer": printer, **doors_row(site, now)}


def _slips(reading: Reading, name: str, limit: int) -> dict[str, Json]:
    """The kiosk's newest slips, newest first; of a ticket with copies, the newest of them."""
    rows: dict[str, Json] = {}
    for body, state in reading.deliveries("slip", name, limit):
        owed = json.loads(body)
        ticket = reading.ticket(owed["ticket"])
        if ticket and ticket.id not in rows:
            rows[ticket.id] = {
                "ticket": ticket.id,
                "label": ticket.label,
                "state": _SLIP_STATES.get(state, state),
                "copy": bool(owed.get("copy")),
            }
    return rows
