"""What a kiosk can tell of the centre by itself, from the description it was given last. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

Json = dict[str, Any]


def local(site: Mapping[str, Any], at: int) -> datetime:
    """The local time at the centre of `at` (epoch ms)."""
    return datetime.fromtimestamp(at / 1000, ZoneInfo(site["timezone"]))


def day_of(site: Mapping[str, Any], at: int) -> str:
    return local(site, at).date().isoformat()


def rfc3339(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="milliseconds")


def epoch_ms(text: str) -> int:
    """Of an RFC 3339 time."""
    return round(datetime.fromisoformat(text).timestamp() * 1000)


def doors(site: Mapping[str, Any], at: int) -> tuple[bool, str | None]:
    """(whether numbers are given now, the notice: "outside_hours", "holiday" or None)."""
    here = local(site, at)
    clock = here.strftime("%H:%M")
    is_warned = site.get("outside_hours") == "warn"
    if any(holiday["date"] == here.date().isoformat() for holiday in site.get("holidays", ())):
        return is_warned, "holiday"
    spans = [span for span in site["hours"] if span["weekday"] == here.weekday()]
    if any(span["from"] <= clock < span["to"] for span in spans):
        return True, None
    return is_warned, "outside_hours"


def next_own_number(low: int, high: int, given: Sequence[tuple[int, str]], today: str) -> int | None:
    """The next of the kiosk's own numbers `low`..`high`; None where each has been given today.

    `given` are (number, the day it was last given), the latest first. Numbers go on from the latest and begin
    again at `low` only past `high`; one that was given today, or on a day that this clock has not reached, is
    passed over. So a clock that is wrong by a day, forward or back, makes no number twice.
    """
    last_day = dict(given)
    latest = next((number for number, _ in given if low <= number <= high), low - 1)
    count = high - low + 1
    for step in range(1, count + 1):
        number = low + (latest - low + step) % count
        if last_day.get(number, "") < today:
            return number
    return None


def queue_of(site: Mapping[str, Any], queue_id: str) -> Json | None:
    found: Json | None = next((queue for queue in site["queues"] if queue["id"] == queue_id), None)
    return found


def label(queue: Mapping[str, Any], number: int) -> str:
    return f"{queue['prefix']}{number:0{queue.get('width', 3)}d}"


def in_language(text: Mapping[str, str] | None, language: str) -> str:
    """`text` in `language`, else in any that it has."""
    if not text:
        return ""
    return text.get(language) or next(iter(text.values()))


def own_ticket(
    site: Mapping[str, Any], id: str, secret: str, number: int, at: int, kiosk: str, wanted: Mapping[str, Any]
) -> Json:
    """A ticket that the kiosk gives by itself, in the API's shape. `ahead` is null: nobody here knows."""
    queue = queue_of(site, wanted["queue"])
    assert queue is not None
    return {
        "id": id,
        "label": label(queue, number),
        "number": number,
        "queue": queue["id"],
        "agency": queue["agency"],
        "service": wanted.get("service"),
        "class": wanted.get("class") or site["classes"][0]["id"],
        "language": wanted.get("language") or site["languages"][0],
        "state": "waiting",
        "day": day_of(site, at),
        "issued_at": local(site, at).isoformat(timespec="milliseconds"),
        "called_at": None,
        "started_at": None,
        "ended_at": None,
        "counter": None,
        "calls": 0,
        "ahead": None,
        "estimate": None,
        "counters": list(queue["counters"]),
        "origin": kiosk,
        "slot": None,
        "parked": None,
        "then": [],
        "undo_until": None,
        "grace": None,
        "tracking": f"/t/{secret}",
        "offline": True,
    }


def named(items: Iterable[Mapping[str, Any]], id: str | None) -> Mapping[str, Any] | None:
    return next((item for item in items if item["id"] == id), None)
