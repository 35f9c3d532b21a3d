"""What a ticket's slip says, in the ticket's language: the fields of protocol.Slip."""

from __future__ import annotations

from typing import Any

from ...core import calendar
from ...core.model import Ticket, TicketState
from ...core.site import Site
from ...core.text import in_language
from ..journal import read_back
from ..ports import Reading
from .shapes import class_name

_COUNTERS = {
    "vi": ("Quầy {}", "Các quầy {}"),
    "en": ("Counter {}", "Counters {}"),
}

_OVER = (TicketState.CANCELLED, TicketState.EXPIRED)


def needs_slip(reading: Reading, ticket: Ticket) -> bool:
    """Whether anybody can still use the slip: not one of an earlier day, nor of a number that is over."""
    day = reading.day()
    return day is not None and ticket.day == day.date and ticket.state not in _OVER


def slip_facts(reading: Reading, site: Site, ticket: Ticket, public_url: str) -> dict[str, Any]:
    """`public_url` is where citizens' phones reach the server ("http://10.0.0.5:8080").

    LookupError where an import has taken the ticket's queue away.
    """
    language = ticket.language
    own = site.counters_of[ticket.queue]
    area = site.area[own[0].area]
    issued = read_back(reading.journal_of(ticket.id)[0]).event
    name = class_name(site, ticket.priority)
    service = site.service.get(ticket.service or "")
    return {
        "ticket": ticket.id,
        "language": language,
        "centre": in_language(site.name, language),
        "agency": in_language(site.agency_of(ticket.queue).name, language),
        "label": ticket.label,
        "issued_at": calendar.local(site, ticket.issued_at).strftime("%H:%M %d/%m/%Y"),
        "ahead": getattr(issued, "ahead", 0),
        "low": getattr(issued, "low", None),
        "high": getattr(issued, "high", None),
        "area": in_language(area.name, language),
        "direction": in_language(area.direction, language),
        "arrow": area.arrow,
        "counters": _counters([counter.number for counter in own if counter.area == area.id], language),
        "track_url": f"{public_url}/t/{ticket.secret}",
        "class_name": in_language(name, language) if name else None,
        "service": in_language(service.name, language) if service else None,
    }


def _counters(numbers: list[str], language: str) -> str:
    one, many = _COUNTERS.get(language, _COUNTERS["vi"])
    return (one if len(numbers) == 1 else many).format(", ".join(numbers))
