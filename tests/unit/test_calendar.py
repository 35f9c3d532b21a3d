"""The site's calendar: open and closed, breaks, holidays, and how long until the next."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.core import calendar
from queue_server.core.calendar import Doors
from queue_server.core.site import Opening
from tests.sites import DAY, MINUTE, MORNING, small_site

SITE = small_site()
MIDNIGHT = MORNING - 9 * 60 * MINUTE
"""Monday 2026-11-23, 00:00 at the site. It serves 07:30 to 11:30 and 13:00 to 17:00, Monday to Friday."""


def at(clock: str, days: int = 0) -> int:
    hours, minutes = map(int, clock.split(":"))
    return MIDNIGHT + days * DAY + (hours * 60 + minutes) * MINUTE


@pytest.mark.parametrize(
    ("moment", "doors"),
    [
        (at("07:29"), Doors(False, "outside_hours", None, 1.0)),
        (at("07:30"), Doors(True, None, 240.0, None, 90)),
        (at("11:29"), Doors(True, None, 1.0, None, 90)),
        (at("11:30"), Doors(False, "outside_hours", None, 90.0)),
        (at("13:00"), Doors(True, None, 240.0, None, None)),
        (at("16:59"), Doors(True, None, 1.0, None, None)),
        (at("17:00"), Doors(False, "outside_hours", None, 14.5 * 60)),
        (at("17:00", 4), Doors(False, "outside_hours", None, (7 + 2 * 24 + 7.5) * 60)),
        (at("12:00", 5), Doors(False, "outside_hours", None, (12 + 24 + 7.5) * 60)),
        (at("09:00", 38), Doors(False, "holiday", None, (15 + 7.5) * 60)),
    ],
)
def test_the_doors_open_and_close_by_hours_breaks_weekends_and_holidays(moment: int, doors: Doors) -> None:
    assert calendar.doors(SITE, moment) == doors


def test_a_centre_without_hours_does_not_say_when_it_opens() -> None:
    never = small_site(hours=())
    assert calendar.doors(never, MORNING) == Doors(False, "outside_hours", None, None)


def test_the_same_moment_is_another_day_in_another_place() -> None:
    late = at("23:59")
    assert calendar.local_date(SITE, late) == "2026-11-23"
    assert calendar.local_date(small_site(timezone="Asia/Tokyo"), late) == "2026-11-24"


def test_times_are_told_with_the_sites_offset() -> None:
    assert calendar.rfc3339(SITE, MORNING + 123) == "2026-11-23T09:00:00.123+07:00"


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        (at("09:00"), at("11:00"), 0),
        (at("11:00"), at("13:30"), 90),
        (at("11:45"), at("12:15"), 30),
        (at("12:00"), at("14:00"), 60),
        (at("06:00"), at("23:00"), 90),
        (at("11:00"), at("13:30", 1), 0),
        (at("11:00", 5), at("14:00", 5), 0),
    ],
)
def test_the_breaks_within_a_day_are_measured(start: int, end: int, minutes: int) -> None:
    assert calendar.break_ms(SITE, start, end) == minutes * MINUTE


@given(st.integers(0, 24 * 60), st.integers(0, 24 * 60), st.integers(0, 24 * 60))
def test_breaks_add_up_over_any_split_of_a_day(a: int, b: int, c: int) -> None:
    first, middle, last = sorted((min(a, 1439), min(b, 1439), min(c, 1439)))
    start, between, end = (MIDNIGHT + minute * MINUTE for minute in (first, middle, last))
    whole = calendar.break_ms(SITE, start, end)
    assert whole == calendar.break_ms(SITE, start, between) + calendar.break_ms(SITE, between, end)
    assert 0 <= whole <= end - start


@given(st.integers(0, 6), st.integers(0, 1438), st.data())
def test_open_exactly_within_the_spans(weekday: int, start: int, data: st.DataObject) -> None:
    end = data.draw(st.integers(start + 1, 1439))
    site = small_site(hours=(Opening(weekday, start, end),), holidays=())
    minute = data.draw(st.integers(0, 7 * 1440 - 1))
    doors = calendar.doors(site, MIDNIGHT + minute * MINUTE)
    assert doors.is_open == (weekday * 1440 + start <= minute < weekday * 1440 + end)
    left = doors.minutes_left if doors.is_open else doors.minutes_to_open
    assert left is not None and left > 0
    turned = calendar.doors(site, MIDNIGHT + minute * MINUTE + round(left * MINUTE))
    assert turned.is_open != doors.is_open
