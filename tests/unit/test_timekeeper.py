"""The timekeeper: midnight and opening hours come by themselves, and the screens hear of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from queue_server.app.centre import Centre
from queue_server.app.timekeeper import Timekeeper
from queue_server.core.model import TicketState
from tests.halls import TestHall, running_writer
from tests.sites import DAY, MINUTE, MORNING, small_site

CLOSING = MORNING + 8 * 60 * MINUTE
"""17:00, the end of the day's service."""


@pytest.fixture
def hall() -> TestHall:
    return TestHall(site=small_site(outside_hours="refuse"))


@pytest.fixture
def keeper(hall: TestHall) -> Iterator[Timekeeper]:
    writer = running_writer(hall.store, lambda: hall.now)
    centre = Centre(hall.store, "nho", lambda: hall.now, writer)
    yield Timekeeper(hall.store, centre, lambda: hall.now)
    writer.stop()


def test_a_fresh_centre_opens_its_day_without_being_asked(hall: TestHall, keeper: Timekeeper) -> None:
    keeper.tick()
    assert hall.happened() == ["DayOpened"]


def test_midnight_ends_the_day_though_nobody_comes(hall: TestHall, keeper: Timekeeper) -> None:
    ticket = hall.issue()
    hall.now += DAY
    keeper.tick()
    assert hall.ticket(ticket).state is TicketState.EXPIRED
    assert hall.happened()[-2:] == ["DayClosed", "DayOpened"]


def test_closing_time_is_told_once_and_to_every_screen_that_shows_it(
    hall: TestHall, keeper: Timekeeper
) -> None:
    hall.now = CLOSING - MINUTE
    keeper.tick()
    before = len(hall.entries())
    hall.now = CLOSING
    keeper.tick()
    keeper.tick()
    assert hall.happened()[before:] == ["DoorsChanged"]
    centre = Centre(hall.store, "nho", lambda: hall.now, keeper._centre.writer)
    for topic, collection in (("board:main", "board"), ("kiosk:k1", "kiosk")):
        missed = centre.changes_since(topic, before)
        assert missed is not None
        row = missed[1][collection]["_"]
        assert (row["open"], row["notice"]) == (False, "outside_hours")


def test_ordinary_ticks_write_nothing(hall: TestHall, keeper: Timekeeper) -> None:
    keeper.tick()
    before = len(hall.entries())
    for _ in range(10):
        hall.wait(1)
        keeper.tick()
    assert len(hall.entries()) == before
