"""Numbers: one series per queue and day, in the queue's form and range, never twice in a day."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from queue_server.core import numbering
from queue_server.core.commands import CancelTicket, CloseDay, IssueTicket
from queue_server.core.model import TicketState
from queue_server.core.refusals import Code
from tests.halls import KIOSK, TestHall
from tests.sites import DAY, MORNING, small_site

QUEUE = small_site().queue["dat"]


@given(st.integers(1, 50), st.integers(0, 200), st.integers(1, 6))
def test_numbers_rise_by_one_through_the_range_and_then_stop(first: int, length: int, width: int) -> None:
    queue = replace(QUEUE, first=first, last=first + length, width=width)
    given_out, last = [], 0
    while (number := numbering.next_number(queue, last)) is not None:
        given_out.append(number)
        last = number
    assert given_out == list(range(first, first + length + 1))
    labels = {numbering.label(queue, number) for number in given_out}
    assert len(labels) == len(given_out)


def test_labels_have_the_queues_form() -> None:
    assert numbering.label(QUEUE, 7) == "A007"
    assert numbering.label(QUEUE, 1234) == "A1234"


def test_a_used_up_range_is_refused_and_does_not_wrap_onto_a_live_number() -> None:
    hall = TestHall()
    tickets = [hall.issue("tu") for _ in range(3)]
    hall.do(CancelTicket(tickets[0]))
    assert hall.refusal(IssueTicket("e" * 32, "secret-e", "tu"), KIOSK) is Code.NUMBERS_USED_UP
    assert [hall.ticket(ticket).label for ticket in tickets] == ["C001", "C002", "C003"]


def test_each_queue_counts_for_itself() -> None:
    hall = TestHall()
    labels = [hall.ticket(hall.issue(queue)).label for queue in ("dat", "tu", "dat", "thue")]
    assert labels == ["A001", "C001", "A002", "W001"]


def test_numbers_start_again_at_midnight_of_the_site_not_of_greenwich() -> None:
    site = small_site(outside_hours="warn")
    midnight = MORNING - 9 * 60 * 60_000 + DAY
    hall = TestHall(site=site, now=midnight - 1)
    before = hall.issue("dat")
    hall.now = midnight
    after = hall.issue("dat")
    assert (hall.ticket(before).label, hall.ticket(before).day) == ("A001", "2026-11-23")
    assert (hall.ticket(after).label, hall.ticket(after).day) == ("A001", "2026-11-24")
    assert hall.ticket(before).state is TicketState.EXPIRED


def test_a_clock_set_back_over_midnight_does_not_reopen_yesterday() -> None:
    site = small_site(outside_hours="warn")
    hall = TestHall(site=site, now=MORNING + DAY)
    first = hall.issue("dat")
    hall.now = MORNING
    second = hall.issue("dat")
    assert [hall.ticket(ticket).label for ticket in (first, second)] == ["A001", "A002"]
    assert hall.ticket(second).day == hall.ticket(first).day


def test_a_day_that_was_closed_gives_no_more_numbers_until_the_next() -> None:
    hall = TestHall()
    hall.issue("dat")
    hall.do(CloseDay())
    assert hall.refusal(IssueTicket("e" * 32, "secret-e", "dat"), KIOSK) is Code.DAY_NOT_OPEN
    hall.now += DAY
    assert hall.ticket(hall.issue("dat")).label == "A001"
