"""The whole hall at a glance: every counter, line, waiting person and device, for those who look after it."""

from __future__ import annotations

from typing import Any

from ...core.model import Ticket, TicketState
from ...core.refusals import Code, Refused
from ...core.site import Site
from ..ports import Reading
from .kiosk import kiosk_row
from .rows import doors_row, line_rows
from .shapes import class_name, desk_json, desk_of, time_of
from .touched import Touched

Json = dict[str, Any]
Rows = dict[str, dict[str, Json]]
STAND_BY = (TicketState.WAITING, TicketState.PARKED)
TOLD = ("version", "clock_offset_ms", "queued", "offline_given", "refused", "last_slip", "scanner")
"""What a kiosk that runs by itself tells of itself; None where it has told nothing."""


def snapshot(reading: Reading, site: Site, name: str, now: int) -> Rows:
    if name != site.id:
        raise Refused(Code.UNKNOWN_TOPIC, topic=f"site:{name}")
    waiting = [*reading.waiting_tickets(), *reading.parked_tickets()]
    return {
        "site": {"_": _site(reading, site, now)},
        "counters": {counter.id: _counter(reading, site, counter.id) for counter in site.counters},
        "lines": line_rows(reading, site, site.queue, now),
        "waiting": {ticket.id: _waiting(site, ticket) for ticket in waiting},
        "kiosks": {kiosk.id: _kiosk(reading, site, kiosk.id, now) for kiosk in site.kiosks},
    }


def change(
    reading: Reading, site: Site, name: str, touched: Touched, now: int
) -> tuple[Rows, dict[str, list[str]]] | None:
    put: Rows = {}
    if touched.doors:
        put["site"] = {"_": _site(reading, site, now)}
    if counters := [counter for counter in site.counter if counter in touched.counters]:
        put["counters"] = {counter: _counter(reading, site, counter) for counter in counters}
    if queues := [queue for queue in site.queue if touched.doors or queue in touched.queues]:
        put["lines"] = line_rows(reading, site, queues, now)
    kiosks = [kiosk for kiosk in site.kiosk if touched.doors or kiosk in touched.kiosks]
    if kiosks:
        put["kiosks"] = {kiosk: _kiosk(reading, site, kiosk, now) for kiosk in kiosks}
    stay = {t.id: _waiting(site, t) for t in touched.tickets.values() if t.state in STAND_BY}
    if stay:
        put["waiting"] = stay
    gone = [ticket for ticket in touched.tickets if ticket not in stay]
    drop = {"waiting": gone} if gone else {}
    return (put, drop) if put or drop else None


def _site(reading: Reading, site: Site, now: int) -> Json:
    day = reading.day()
    return {
        "id": site.id,
        "name": site.name,
        "day": day.date if day else None,
        "target_minutes": site.rule.target_minutes,
        "service_minutes": site.rule.service_minutes,
        **doors_row(site, now),
    }


def _counter(reading: Reading, site: Site, counter: str) -> Json:
    desk = desk_of(reading, counter)
    ticket = reading.ticket(desk.ticket) if desk.ticket else None
    return {
        **desk_json(reading, site, desk),
        "area": site.area[site.counter[counter].area].name,
        "ticket": _at_desk(site, ticket) if ticket else None,
    }


def _at_desk(site: Site, ticket: Ticket) -> Json:
    return {
        **_who(site, ticket),
        "called_at": time_of(site, ticket.called_at),
        "started_at": time_of(site, ticket.started_at),
    }


def _waiting(site: Site, ticket: Ticket) -> Json:
    return {**_who(site, ticket), "only_counter": ticket.only_counter or None}


def _who(site: Site, ticket: Ticket) -> Json:
    return {
        "id": ticket.id,
        "label": ticket.label,
        "queue": ticket.queue,
        "chip": site.agency_of(ticket.queue).chip,
        "class": ticket.priority,
        "class_name": class_name(site, ticket.priority),
        "state": ticket.state.value,
        "since": time_of(site, ticket.since),
    }


def _kiosk(reading: Reading, site: Site, kiosk: str, now: int) -> Json:
    """A kiosk, its printer since when, and what one that runs by itself has told."""
    devices = {device.id: device for device in reading.devices()}
    printer, itself = devices.get(f"printer:{kiosk}"), devices.get(f"kiosk:{kiosk}")
    return {
        **kiosk_row(reading, site, kiosk, now),
        "since": time_of(site, printer.since if printer else None),
        "state": itself.state if itself else None,
        "state_since": time_of(site, itself.since if itself else None),
        **{name: itself.facts.get(name) if itself else None for name in TOLD},
    }
