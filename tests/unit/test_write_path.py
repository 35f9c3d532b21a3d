"""The one way in: keys, the turn of the day, answers, and orders that break in the middle."""

from __future__ import annotations

from typing import Any

import pytest

from queue_server.app.ports import Writing
from queue_server.app.write_path import Order, carry_out
from queue_server.core.commands import CallNext, IssueTicket, OpenCounter
from queue_server.core.model import TicketState
from queue_server.core.refusals import Code, Refused
from tests.halls import KIOSK, SUPERVISOR, TestHall
from tests.sites import DAY, MORNING, small_site


def taking(number: int = 1) -> IssueTicket:
    return IssueTicket(f"{number:032x}", f"secret-{number}", "dat")


def test_a_repeated_request_gets_the_first_answer_and_does_nothing() -> None:
    hall = TestHall()
    first = hall.do(taking(1), KIOSK, key="tap", fingerprint="f")
    entries = len(hall.entries())
    again = hall.do(taking(2), KIOSK, key="tap", fingerprint="f")
    assert again == first
    assert len(hall.entries()) == entries


def test_a_key_belongs_to_its_caller() -> None:
    hall = TestHall()
    hall.do(taking(1), KIOSK, key="tap", fingerprint="f")
    assert hall.do(taking(2), SUPERVISOR, key="tap", fingerprint="f")["label"] == "A002"


def test_a_key_is_good_for_one_request_only() -> None:
    hall = TestHall()
    hall.do(taking(1), KIOSK, key="tap", fingerprint="f")
    with pytest.raises(Refused) as refused:
        hall.do(taking(2), KIOSK, key="tap", fingerprint="g")
    assert refused.value.refusal.code is Code.KEY_REUSED


def test_a_refusal_does_not_use_up_its_key() -> None:
    hall = TestHall()
    hall.do(OpenCounter("c1"))
    with pytest.raises(Refused):
        hall.do(CallNext("c1"), key="press", fingerprint="f")
    hall.issue()
    assert hall.do(CallNext("c1"), key="press", fingerprint="f")["ticket"]["label"] == "A001"


def test_an_answer_that_cannot_be_made_takes_its_order_back() -> None:
    hall = TestHall()
    hall.issue()
    before = hall.waiting(), len(hall.entries())

    def broken(*_: Any) -> None:
        raise RuntimeError("no answer")

    with pytest.raises(RuntimeError), hall.store.writing("nho") as transaction:
        carry_out(transaction, "nho", Order(taking(7), KIOSK, "k", "f"), hall.now, broken)
    assert (hall.waiting(), len(hall.entries())) == before


def test_a_new_day_closes_the_old_one_even_if_the_first_order_is_refused() -> None:
    hall = TestHall(site=small_site(outside_hours="warn"))
    left = hall.issue()
    hall.do(OpenCounter("c1"))
    hall.now += DAY

    def call(transaction: Writing) -> Code | None:
        try:
            carry_out(transaction, "nho", Order(CallNext("c1"), SUPERVISOR), hall.now, lambda *_: None)
        except Refused as refused:
            return refused.refusal.code
        return None

    with hall.store.writing("nho") as transaction:
        assert call(transaction) is Code.COUNTER_CLOSED
    assert hall.ticket(left).state is TicketState.EXPIRED
    assert hall.happened()[-4:] == ["TicketExpired", "CounterClosed", "DayClosed", "DayOpened"]


def test_old_answers_are_forgotten_at_the_turn_of_a_day() -> None:
    hall = TestHall(site=small_site(outside_hours="warn"))
    hall.do(taking(50), KIOSK, key="tap", fingerprint="f")
    hall.now += 4 * DAY
    hall.issue()
    with hall.store.reading("nho") as reading:
        assert reading.answer(KIOSK.id, "tap") is None


def test_outside_hours_and_on_holidays_no_number_is_given_unless_the_centre_wants_it() -> None:
    night, holiday = MORNING + 10 * 3_600_000, MORNING + 38 * DAY
    for moment, notice in ((night, "outside_hours"), (holiday, "holiday")):
        with pytest.raises(Refused) as refused:
            TestHall(now=moment).do(taking(), KIOSK)
        assert refused.value.refusal.code is Code.OUTSIDE_HOURS
        assert refused.value.refusal.params["notice"] == notice
        assert TestHall(site=small_site(outside_hours="warn"), now=moment).do(taking(), KIOSK)["number"] == 1


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (IssueTicket("1" * 32, "s", "no"), Code.UNKNOWN_QUEUE),
        (IssueTicket("1" * 32, "s", "dat", service="no"), Code.UNKNOWN_SERVICE),
        (IssueTicket("1" * 32, "s", "thue", service="1.1"), Code.UNKNOWN_SERVICE),
        (IssueTicket("1" * 32, "s", "dat", priority="no"), Code.UNKNOWN_CLASS),
        (IssueTicket("1" * 32, "s", "dat", language="fr"), Code.UNKNOWN_LANGUAGE),
    ],
)
def test_a_number_is_given_only_for_what_the_centre_knows(command: IssueTicket, code: Code) -> None:
    hall = TestHall()
    assert hall.refusal(command, KIOSK) is code
    assert hall.waiting() == {}


def test_the_answer_to_a_kiosk_is_what_the_slip_promises() -> None:
    hall = TestHall()
    hall.do(OpenCounter("c1"))
    for expected in range(3):
        answer = hall.do(taking(expected + 1), KIOSK)
        assert answer["ahead"] == expected
    assert answer["estimate"]["low"] <= answer["estimate"]["high"]
    assert answer["tracking"] == "/t/secret-3"
    assert set(answer["counters"]) == {"c1", "c2"}


def test_an_honest_unknown_is_said_while_no_counter_is_open() -> None:
    assert TestHall().do(taking(), KIOSK)["estimate"] is None
