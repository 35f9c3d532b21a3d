"""What stands still: the site's description and its services, as the API gives them."""

from __future__ import annotations

from typing import Any, get_args

from ...core import calendar
from ...core.model import Day
from ...core.reasons import ReasonKind
from ...core.refusals import Code, Refused
from ...core.site import Area, Counter, Kiosk, PriorityClass, Service, Site

Json = dict[str, Any]
SHOWN_OF_THE_RULE = (
    "target_minutes",
    "service_minutes",
    "recall_seconds",
    "calls_before_no_show",
    "undo_seconds",
    "grace_minutes",
    "grace_tickets",
)
"""What a page must know of the rule to say why something is not possible yet or any more."""


def site_json(site: Site, day: Day | None, now: int) -> Json:
    doors = calendar.doors(site, now)
    return {
        "id": site.id,
        "name": site.name,
        "slogan": site.slogan,
        "timezone": site.timezone,
        "languages": site.languages,
        "day": day.date if day else calendar.local_date(site, now),
        "open": doors.is_open or site.outside_hours == "warn",
        "notice": doors.notice,
        "hours": [
            {"weekday": span.weekday, "from": _clock(span.start), "to": _clock(span.end)}
            for span in site.hours
        ],
        "outside_hours": site.outside_hours,
        "holidays": [{"date": holiday.date, "name": holiday.name} for holiday in site.holidays],
        "groups": [{"id": group.id, "name": group.name} for group in site.groups],
        "agencies": [
            {
                "id": agency.id,
                "code": agency.code,
                "chip": agency.chip,
                "name": agency.name,
                "about": agency.about,
                "group": agency.group,
            }
            for agency in site.agencies
        ],
        "queues": [_queue(site, queue_id) for queue_id in site.queue],
        "classes": [_class(item) for item in site.classes],
        "areas": [_area(area) for area in site.areas],
        "counters": [_counter(counter) for counter in site.counters],
        "boards": [{"id": board.id, "name": board.name, "areas": board.areas} for board in site.boards],
        "kiosks": [_kiosk(kiosk) for kiosk in site.kiosks],
        "reasons": {kind: _reasons(site, kind) for kind in get_args(ReasonKind)},
        "rule": {name: getattr(site.rule, name) for name in SHOWN_OF_THE_RULE},
    }


def _kiosk(kiosk: Kiosk) -> Json:
    return {
        "id": kiosk.id,
        "name": kiosk.name,
        "offline_first": kiosk.offline_first,
        "offline_last": kiosk.offline_last,
        "without_paper": kiosk.without_paper,
    }


def _class(item: PriorityClass) -> Json:
    return {"id": item.id, "name": item.name, "about": item.about, "rate": item.rate}


def _reasons(site: Site, kind: ReasonKind) -> list[Json]:
    return [{"id": reason.id, "name": reason.name} for reason in site.reasons_for(kind)]


def services_json(site: Site, queue: str, popular: int | None) -> Json:
    """A queue's services; with `popular`, only so many of the most used, most used first."""
    if queue not in site.queue:
        raise Refused(Code.UNKNOWN_QUEUE, queue=queue)
    services = site.services_of.get(queue, ())
    shown = services
    if popular is not None:
        ranked = [service for service in services if service.popular is not None]
        shown = tuple(sorted(ranked, key=lambda service: service.popular or 0)[:popular])
    return {"services": [_service(service) for service in shown], "total": len(services)}


def _queue(site: Site, queue_id: str) -> Json:
    queue = site.queue[queue_id]
    own = site.counters_of[queue_id]
    return {
        "id": queue.id,
        "agency": queue.agency,
        "prefix": queue.prefix,
        "width": queue.width,
        "name": queue.name,
        "areas": list(dict.fromkeys(counter.area for counter in own)),
        "counters": [counter.id for counter in own],
    }


def _counter(counter: Counter) -> Json:
    return {"id": counter.id, "number": counter.number, "area": counter.area, "queues": list(counter.serves)}


def _area(area: Area) -> Json:
    return {"id": area.id, "name": area.name, "direction": area.direction, "arrow": area.arrow}


def _service(service: Service) -> Json:
    return {
        "id": service.id,
        "name": service.name,
        "field": service.field,
        "days": service.days,
        "fee": service.fee,
    }


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
