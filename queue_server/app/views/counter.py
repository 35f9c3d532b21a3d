"""What an officer's desk shows: who is here, who is next and why, the lines, the last ten."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ...core import ranking
from ...core.decisions.calling import whom
from ...core.model import AT_A_DESK, Hall, Ticket, TicketState
from ...core.refusals import Code, Refused
from ...core.site import Counter, Site
from ..ports import Reading
from .rows import line_rows
from .shapes import (
    class_name,
    counter_json,
    desk_of,
    grace_json,
    parked_json,
    reason_json,
    ticket_json,
    time_of,
    undo_until,
)
from .touched import Touched

Json = dict[str, Any]
Rows = dict[str, dict[str, Json]]
RECENT = 10
NEXT_SHOWN = 4


def snapshot(reading: Reading, site: Site, name: str, now: int) -> Rows:
    spec = required_counter(site, name)
    return {**_desk_rows(reading, site, spec, now), "lines": line_rows(reading, site, spec.serves, now)}


def change(
    reading: Reading, site: Site, name: str, touched: Touched, now: int
) -> tuple[Rows, dict[str, list[str]]] | None:
    spec = required_counter(site, name)
    queues = [queue for queue in spec.serves if touched.doors or queue in touched.queues]
    if not queues and name not in touched.counters:
        return None
    put = _desk_rows(reading, site, spec, now)
    if queues:
        put["lines"] = line_rows(reading, site, queues, now)
    drop = {collection: ["_"] for collection in ("ticket", "next") if not put[collection]}
    if left := _no_longer_recent(reading, name, touched, put["recent"]):
        drop["recent"] = left
    if fetched := [ticket for ticket in touched.tickets if ticket not in put["parked"]]:
        drop["parked"] = fetched
    return {collection: rows for collection, rows in put.items() if rows}, drop


def _no_longer_recent(reading: Reading, name: str, touched: Touched, shown: dict[str, Json]) -> list[str]:
    """Who may have been among the last ten and is not now: called again, sent elsewhere, pushed out."""
    if not touched.called or name not in touched.counters:
        return []
    more = len(touched.called) + touched.newer(reading)
    older = [ticket.id for ticket in reading.last_called(RECENT + 1 + more, [name])]
    return [ticket for ticket in dict.fromkeys([*touched.called, *older]) if ticket not in shown]


def required_counter(site: Site, name: str) -> Counter:
    if name not in site.counter:
        raise Refused(Code.UNKNOWN_COUNTER, counter=name)
    return site.counter[name]


def _desk_rows(reading: Reading, site: Site, spec: Counter, now: int) -> Rows:
    desk = desk_of(reading, spec.id)
    ticket = reading.ticket(desk.ticket) if desk.ticket else None
    following = _next(reading, site, spec, now)
    recent = [t for t in reading.last_called(RECENT + 1, [spec.id]) if t.state not in AT_A_DESK][:RECENT]
    shown = {**counter_json(reading, site, desk, now), "area": site.area[spec.area].name}
    return {
        "counter": {"_": shown},
        "ticket": {"_": _ticket(reading, site, ticket, now)} if ticket else {},
        "next": {"_": following} if following else {},
        "recent": {item.id: _recent(reading, site, item, now) for item in recent},
        "parked": {item.id: _parked(reading, site, item) for item in reading.parked_tickets(spec.id)},
    }


def _ticket(reading: Reading, site: Site, ticket: Ticket, now: int) -> Json:
    service = site.service.get(ticket.service or "")
    return {
        **ticket_json(reading, site, ticket, now),
        "agency_name": site.agency_of(ticket.queue).name,
        "class_name": class_name(site, ticket.priority),
        "service_name": service.name if service else None,
        "waited_ms": max(0, (ticket.called_at or now) - ticket.since),
        "reason": reason_json(site, ticket.reason),
        "note": reading.note(ticket.id),
        "then_names": [_stop(site, queue) for queue in ticket.stops],
        "recall_at": time_of(site, ticket.rang_at and ticket.rang_at + site.rule.recall_seconds * 1000),
        "calls_needed": site.rule.calls_before_no_show,
    }


def _stop(site: Site, queue: str) -> Json:
    agency = site.agency_of(queue)
    return {"queue": queue, "chip": agency.chip, "name": agency.name}


def _who(site: Site, ticket: Ticket) -> Json:
    return {
        "id": ticket.id,
        "label": ticket.label,
        "class": ticket.priority,
        "class_name": class_name(site, ticket.priority),
        "queue": ticket.queue,
        "agency_name": site.agency_of(ticket.queue).name,
    }


def _parked(reading: Reading, site: Site, ticket: Ticket) -> Json:
    return {**_who(site, ticket), **(parked_json(site, ticket) or {}), "note": reading.note(ticket.id)}


def _recent(reading: Reading, site: Site, ticket: Ticket, now: int) -> Json:
    """One of the last ten, with "again" where it may be called again: a missed one only for a while."""
    grace = grace_json(reading, site, ticket, now)
    return {
        **_who(site, ticket),
        "state": ticket.state.value,
        "undo_until": undo_until(site, ticket),
        "again": ticket.state is TicketState.FINISHED or grace is not None,
        "again_until": grace["until"] if grace and not grace["tickets"] else None,
        "called_at": time_of(site, ticket.called_at),
        "ended_at": time_of(site, ticket.ended_at),
    }


def _next(reading: Reading, site: Site, spec: Counter, now: int) -> Json | None:
    """Whom a call would fetch now, with the reason, and who would follow among the heads of the lines."""
    waiting = {ticket.id: ticket for ticket in reading.heads(spec.serves)}
    hall = Hall(site, reading.day(), waiting, {desk.id: desk for desk in reading.desks()})
    picked = whom(hall, spec.id, now)
    if picked is None:
        return None
    ticket, reason = picked
    return {
        **_who(site, ticket),
        "waiting_since": time_of(site, ticket.since),
        "reason": reason_json(site, reason.to_data()),
        "then": _then(reading, hall, spec.id, picked, now),
    }


def _then(
    reading: Reading, hall: Hall, counter: str, first: tuple[Ticket, ranking.Reason], now: int
) -> list[str]:
    """The labels after `first`, if nothing changes meanwhile."""
    found: list[str] = []
    waiting, desks, picked = dict(hall.tickets), dict(hall.desks), first
    while len(found) < NEXT_SHOWN - 1:
        ticket, reason = picked
        del waiting[ticket.id]
        if follower := reading.next_in_line(ticket):
            waiting[follower.id] = follower
        desks[counter] = replace(hall.desk(counter), passed=reason.passed)
        following = whom(Hall(hall.site, hall.day, waiting, desks), counter, now)
        if following is None:
            break
        picked = following
        found.append(picked[0].label)
    return found
