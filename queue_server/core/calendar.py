"""The site's own calendar: which day it is there, and whether the doors are open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from .site import Site


@dataclass(frozen=True, slots=True)
class Doors:
    """Whether the centre is open now; `notice` says why not ("outside_hours", "holiday").

    `minutes_left` is the time to the end of the present span of service (None while closed) and
    `break_minutes` the length of the break after it (None when the day's service ends there);
    `minutes_to_open` to the start of the next one within a week (None while open, or unknown).
    """

    is_open: bool
    notice: str | None
    minutes_left: float | None
    minutes_to_open: float | None
    break_minutes: float | None = None


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def local(site: Site, at: int) -> datetime:
    """The local time at the site of `at` (epoch milliseconds)."""
    return datetime.fromtimestamp(at / 1000, _zone(site.timezone))


def rfc3339(site: Site, at: int) -> str:
    """`at` as a person and a program read it: "2026-11-23T08:45:00.123+07:00"."""
    return local(site, at).isoformat(timespec="milliseconds")


def local_date(site: Site, at: int) -> str:
    return local(site, at).date().isoformat()


def doors(site: Site, at: int) -> Doors:
    """Whether the centre is open at `at`, by its hours and holidays."""
    here = local(site, at)
    minute = here.hour * 60 + here.minute + here.second / 60
    closed_today = here.date().isoformat() in site.holiday_dates
    if not closed_today:
        for span in site.hours:
            if span.weekday == here.weekday() and span.start <= minute < span.end:
                later = [s.start for s in site.hours if s.weekday == span.weekday and s.start >= span.end]
                pause = min(later) - span.end if later else None
                return Doors(True, None, span.end - minute, None, pause)
    notice = "holiday" if closed_today else "outside_hours"
    return Doors(False, notice, None, _minutes_to_open(site, here, minute))


def _minutes_to_open(site: Site, here: datetime, minute: float) -> float | None:
    for days in range(8):
        date = here.date() + timedelta(days=days)
        if date.isoformat() in site.holiday_dates:
            continue
        starts = [span.start for span in site.hours if span.weekday == date.weekday()]
        ahead = [start + days * 1440 - minute for start in starts if start + days * 1440 > minute]
        if ahead:
            return min(ahead)
    return None


def break_ms(site: Site, start: int, end: int) -> int:
    """How much of the time from `start` to `end` on one day fell into breaks between spans of service."""
    here, until = local(site, start), local(site, end)
    if here.date() != until.date():
        return 0
    spans = sorted((s.start, s.end) for s in site.hours if s.weekday == here.weekday())
    first, last = _ms_of_day(here), _ms_of_day(until)
    total = 0
    for (_, pause_from), (pause_to, _) in pairwise(spans):
        total += max(0, min(last, pause_to * 60_000) - max(first, pause_from * 60_000))
    return total


def _ms_of_day(moment: datetime) -> int:
    return (moment.hour * 60 + moment.minute) * 60_000 + moment.second * 1000 + moment.microsecond // 1000
