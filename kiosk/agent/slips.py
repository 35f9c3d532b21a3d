"""A ticket's slip as the kiosk itself fills it in, from the ticket and the centre's description. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kiosk.agent import hall
from kiosk.wording import wording
from queue_server.protocol import Slip


def slip_of(
    site: Mapping[str, Any], services: Iterable[Mapping[str, Any]], ticket: Mapping[str, Any], base: str
) -> Slip:
    """`base` is where phones reach the server. What the ticket does not know, its slip does not say."""
    language = str(ticket["language"])

    def say(text: Mapping[str, str] | None) -> str:
        return hall.in_language(text, language)

    agency = hall.named(site["agencies"], ticket["agency"])
    service = hall.named(services, ticket.get("service"))
    priority = None if ticket["class"] == site["classes"][0]["id"] else ticket["class"]
    chosen = hall.named(site["classes"], priority)
    area, numbers = _place(site, ticket)
    estimate = ticket.get("estimate") or {}
    return Slip(
        ticket=str(ticket["id"]),
        language=language,
        centre=say(site["name"]),
        agency=say(agency["name"]) if agency else "",
        label=str(ticket["label"]),
        issued_at=hall.local(site, hall.epoch_ms(ticket["issued_at"])).strftime("%H:%M %d/%m/%Y"),
        ahead=ticket.get("ahead") or 0,
        low=estimate.get("low"),
        high=estimate.get("high"),
        area=say(area["name"]) if area else "",
        direction=say(area["direction"]) if area else "",
        arrow=area["arrow"] if area else "ahead",
        counters=wording(language)("slip-counters", count=len(numbers), numbers=", ".join(numbers)),
        track_url=f"{base}{ticket['tracking']}" if ticket.get("tracking") else "",
        class_name=say(chosen["name"]) if chosen else None,
        service=say(service["name"]) if service else None,
        offline=bool(ticket.get("offline")),
    )


def _place(site: Mapping[str, Any], ticket: Mapping[str, Any]) -> tuple[Mapping[str, Any] | None, list[str]]:
    """The area of the first counter that serves the ticket, and the numbers of those in it."""
    serving = [counter for counter in site["counters"] if counter["id"] in ticket["counters"]]
    if not serving:
        return None, []
    area = hall.named(site["areas"], serving[0]["area"])
    return area, [counter["number"] for counter in serving if counter["area"] == serving[0]["area"]]
