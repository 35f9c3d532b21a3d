"""What the waiting-time method is told of a hall, and what a citizen is told in return."""

from __future__ import annotations

from dataclasses import replace

from queue_server.app.loading import around_queue
from queue_server.core import calendar, forecast
from queue_server.core.commands import CallNext, FinishService, OpenCounter, StartService
from queue_server.core.site import Holiday
from queue_server.core.waiting import Interval, LineFacts
from tests.halls import TestHall
from tests.sites import MINUTE, both, small_site


def facts(hall: TestHall, queue: str = "dat", priority: str = "ordinary") -> LineFacts:
    with hall.store.reading(hall.site.id) as reading:
        seen = around_queue(reading, hall.site, reading.day(), queue)
    return forecast.line_facts(seen, queue, priority, hall.now)


def told(hall: TestHall, queue: str = "dat") -> Interval | None:
    with hall.store.reading(hall.site.id) as reading:
        seen = around_queue(reading, hall.site, reading.day(), queue)
    return forecast.promise(seen, forecast.line_facts(seen, queue, "", hall.now), seen.tally(queue).pace)


def test_a_counter_is_free_until_it_calls_and_again_when_it_is_done() -> None:
    hall = TestHall()
    hall.do(OpenCounter("c1")), hall.do(OpenCounter("c2"))
    hall.issue()
    assert (facts(hall).counters, facts(hall).idle) == (2, 2)
    ticket = hall.do(CallNext("c1"))["ticket"]["id"]
    assert facts(hall).idle == 1
    hall.do(StartService(ticket)), hall.do(FinishService(ticket))
    assert facts(hall).idle == 2


def test_others_who_wait_for_the_same_counters_are_rivals_and_helpers_have_none() -> None:
    hall = TestHall()
    hall.do(OpenCounter("c4"))
    hall.issue("tu"), hall.issue("tu")
    assert facts(hall, "thue").rivals == 2  # counter 4 serves thue and tu
    assert facts(hall, "dat").rivals == 0  # counter 1 only helps tu
    assert facts(hall, "tu").rivals == 0


def test_the_head_of_the_line_tells_how_many_it_had_before_it() -> None:
    hall = TestHall()
    hall.do(OpenCounter("c2"))
    for _ in range(3):
        hall.issue()
    assert facts(hall).head_ahead == 0
    hall.do(CallNext("c2"))
    hall.wait(7)
    assert (facts(hall).head_ahead, facts(hall).head_waited_ms) == (1, 7 * MINUTE)


def test_before_anything_is_known_the_configured_time_speaks() -> None:
    hall = TestHall()
    hall.do(OpenCounter("c2"))
    empty = told(hall)
    assert empty is not None and empty.likely == 0
    hall.issue(), hall.issue(), hall.issue()
    standing = told(hall)
    assert standing is not None and standing.low < 30 <= standing.high and standing.low > 0


def test_while_no_counter_is_open_nothing_is_promised_within_the_hours() -> None:
    hall = TestHall()
    hall.issue()
    assert told(hall) is None


def test_a_free_counter_means_at_once_and_a_busy_one_a_while() -> None:
    hall = TestHall()
    hall.do(OpenCounter("c2"))
    free = told(hall)
    hall.issue()
    hall.do(CallNext("c2"))
    busy = told(hall)
    assert free is not None and busy is not None
    assert free.likely == 0 < busy.likely and free.high < busy.high


def test_a_wait_that_reaches_lunch_has_the_break_added_and_none_goes_beyond_closing() -> None:
    hall = TestHall(now=TestHall().now + 140 * MINUTE)  # 11:20; the break is from 11:30 to 13:00
    hall.do(OpenCounter("c2"))
    for _ in range(3):
        hall.issue()
    over_lunch = told(hall)
    assert over_lunch is not None and over_lunch.high >= 90 + 10
    late = TestHall(now=TestHall().now + (7 * 60 + 50) * MINUTE)  # 16:50; closing is at 17:00
    late.do(OpenCounter("c2"))
    for _ in range(9):
        late.issue()
    at_closing = told(late)
    assert at_closing is not None and at_closing.high <= 10


def test_before_the_doors_open_the_time_until_then_is_part_of_the_wait() -> None:
    site = small_site(outside_hours="warn")
    hall = TestHall(site=site, now=TestHall().now - 120 * MINUTE)  # 07:00; doors open at 07:30
    early = told(hall)
    assert early is not None and early.low >= 30
    holiday = replace(site, holidays=(Holiday(calendar.local_date(site, hall.now), both("Nghỉ", "Holiday")),))
    closed = TestHall(site=holiday, now=hall.now)
    assert told(closed) is None  # a number is good for its day only, so nobody is told of tomorrow
    evening = TestHall(site=site, now=TestHall().now + 12 * 60 * MINUTE)
    assert told(evening) is None
