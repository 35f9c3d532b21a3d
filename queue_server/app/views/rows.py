"""The rows that several topics share: lines, places in the hall, announcements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ...core import calendar, forecast
from ...core import events as e
from ...core.announcing import announce
from ...core.events import Entry
from ...core.model import Ticket
from ...core.site import Counter, Site
from ..loading import around_queue
from ..ports import Reading
from .shapes import gate_json, time_of
from .touched import Touched

Json = dict[str, Any]


def line_rows(reading: Reading, site: Site, queues: Iterable[str], now: int) -> dict[str, Json]:
    """How each line stands, and how long somebody who joins it now would wait (minutes)."""
    day = reading.day()
    rows = {}
    for queue_id in queues:
        hall = around_queue(reading, site, day, queue_id)
        facts = forecast.line_facts(hall, queue_id, "", now)
        tally = hall.tally(queue_id)
        interval = forecast.promise(hall, facts, tally.pace)
        agency = site.agency_of(queue_id)
        rows[queue_id] = {
            **gate_json(site, queue_id, tally),
            "oldest": time_of(site, min((head.since for head in hall.tickets.values()), default=None)),
            "chip": agency.chip,
            "agency": agency.name,
            "waiting": facts.waiting,
            "low": interval.low if interval else None,
            "high": interval.high if interval else None,
            "open": facts.counters,
            "classes": _by_class(line for key, line in hall.lines.items() if key.queue == queue_id),
        }
    return rows


def changed_calls(
    reading: Reading, touched: Touched, limit: int, counters: Sequence[Counter]
) -> tuple[list[Ticket], list[Ticket]]:
    """What `touched` does to a list of the `limit` tickets last called to `counters`: (put, take away).

    Each ticket that left the list lets an older one back in, each new one pushes an old one out.
    """
    here = [counter.id for counter in counters]
    newer = touched.newer(reading)
    newest = reading.last_called(limit + len(touched.called) + newer, here)
    shown, pushed_out = newest[:limit], newest[limit:]
    ids = {ticket.id for ticket in shown}
    left = [ticket for ticket in touched.called.values() if ticket.id not in ids]
    back_in = shown[-len(left) - newer :] if left else []
    put = [ticket for ticket in shown if ticket.id in touched.tickets or ticket in back_in]
    return put, left + pushed_out


def _by_class(lines: Iterable[Any]) -> dict[str, int]:
    waiting_by_class: dict[str, int] = {}
    for line in lines:
        waiting_by_class[line.key.priority] = waiting_by_class.get(line.key.priority, 0) + line.waiting
    return {priority: count for priority, count in waiting_by_class.items() if count}


def where(site: Site, counter: Counter) -> Json:
    """How to find a counter."""
    area = site.area[counter.area]
    return {"counter": counter.number, "area": area.name, "direction": area.direction, "arrow": area.arrow}


def doors_row(site: Site, now: int) -> Json:
    doors = calendar.doors(site, now)
    return {"open": doors.is_open or site.outside_hours == "warn", "notice": doors.notice}


def announcement(site: Site, entry: Entry, ticket: Ticket) -> tuple[Counter, Json] | None:
    """(the counter it is about, the row), or None where `entry` is not to be announced."""
    event = entry.event
    counter_id, kind, times = "", "", 1
    if isinstance(event, e.TicketCalled):
        counter_id, kind = event.counter, "call"
    elif isinstance(event, e.TicketRecalled):
        counter_id, kind, times = event.counter, "recall", event.times
    elif isinstance(event, e.TicketTransferred) and event.only_counter:
        counter_id, kind = event.only_counter, "transfer"
    elif isinstance(event, e.TicketNoShow):
        counter_id, kind = event.counter, "missed"
    counter = site.counter.get(counter_id)
    if counter is None:
        return None
    words, clips = announce(
        kind,  # type: ignore[arg-type]
        label=ticket.label,
        counter=counter.number,
        times=times,
        area=site.area[counter.area].name if kind == "transfer" else None,
        languages=site.languages,
        reading=site.rule.number_reading,
        region=site.rule.region,
    )
    return counter, {
        "id": entry.seq,
        "kind": kind,
        "label": ticket.label,
        "counter": counter.number,
        "at": time_of(site, entry.at),
        "expires": time_of(site, entry.at + site.rule.announcement_seconds * 1000),
        "words": words,
        "clips": clips,
    }
