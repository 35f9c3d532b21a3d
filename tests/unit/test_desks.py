"""Counters: one officer each, and who may do what at them."""

from __future__ import annotations

from queue_server.core.commands import (
    CallNext,
    CallTicket,
    CancelTicket,
    CloseCounter,
    FinishService,
    OpenCounter,
    PauseCounter,
    ResumeCounter,
    StartService,
)
from queue_server.core.model import Actor, DeskState, TicketState
from queue_server.core.refusals import Code
from queue_server.core.site import Right
from tests.halls import TestHall, officer
from tests.sites import small_site

AN, BINH = officer("an"), officer("binh")


def test_a_counter_has_one_officer_at_a_time() -> None:
    hall = TestHall()
    hall.do(OpenCounter("c1"), AN)
    assert hall.refusal(OpenCounter("c1"), BINH) is Code.COUNTER_TAKEN
    assert hall.refusal(CallNext("c1"), BINH) is Code.NOT_YOUR_COUNTER
    hall.do(CloseCounter("c1"), AN)
    hall.do(OpenCounter("c1"), BINH)
    assert hall.desk("c1").officer == BINH.id


def test_an_officer_has_one_counter_at_a_time() -> None:
    hall = TestHall()
    hall.do(OpenCounter("c1"), AN)
    assert hall.refusal(OpenCounter("c2"), AN) is Code.OFFICER_ELSEWHERE


def test_opening_twice_is_no_error_and_no_second_event() -> None:
    hall = TestHall()
    hall.do(OpenCounter("c1"), AN)
    hall.do(OpenCounter("c1"), AN)
    assert hall.happened().count("CounterOpened") == 1


def test_a_token_bound_to_a_counter_reaches_no_other() -> None:
    hall = TestHall()
    bound = Actor("token:1", "officer", counter="c2")
    assert hall.refusal(OpenCounter("c1"), bound) is Code.NOT_YOUR_COUNTER
    hall.do(OpenCounter("c2"), bound)
    assert hall.desk("c2").state is DeskState.OPEN


def test_a_counter_calls_only_while_open_and_free() -> None:
    hall = TestHall()
    hall.issue(), hall.issue()
    assert hall.refusal(CallNext("c1"), AN) is Code.COUNTER_CLOSED
    hall.do(OpenCounter("c1"), AN)
    hall.do(PauseCounter("c1", "break"), AN)
    assert hall.refusal(CallNext("c1"), AN) is Code.COUNTER_PAUSED
    hall.do(ResumeCounter("c1"), AN)
    hall.do(CallNext("c1"), AN)
    assert hall.refusal(CallNext("c1"), AN) is Code.COUNTER_BUSY
    assert hall.refusal(PauseCounter("c1", "break"), AN) is Code.COUNTER_BUSY


def test_nobody_waiting_is_said() -> None:
    hall = TestHall()
    hall.do(OpenCounter("c3"), AN)
    hall.issue("dat")
    assert hall.refusal(CallNext("c3"), AN) is Code.NOBODY_WAITING


def test_a_counter_helps_another_queue_only_while_its_own_is_empty() -> None:
    hall = TestHall()
    helped = hall.issue("tu")
    hall.wait(10)
    own = hall.issue("dat")
    hall.do(OpenCounter("c1"), AN)
    first = hall.do(CallNext("c1"), AN)
    assert first["ticket"]["id"] == own
    hall.do(StartService(own), AN)
    hall.do(FinishService(own), AN)
    second = hall.do(CallNext("c1"), AN)
    assert second["ticket"]["id"] == helped
    assert second["reason"]["words"]["en"].startswith("Helping another counter.")


def test_closing_puts_a_called_citizen_back_and_waits_for_one_being_served() -> None:
    hall = TestHall()
    ticket = hall.issue()
    hall.do(OpenCounter("c1"), AN)
    hall.do(CallNext("c1"), AN)
    hall.do(CloseCounter("c1"), AN)
    assert hall.ticket(ticket).state is TicketState.WAITING
    hall.do(OpenCounter("c1"), AN)
    hall.do(CallNext("c1"), AN)
    hall.do(StartService(ticket), AN)
    assert hall.refusal(CloseCounter("c1"), AN) is Code.COUNTER_BUSY


def test_a_chosen_ticket_must_wait_in_a_line_the_counter_serves() -> None:
    hall = TestHall()
    ticket = hall.issue("thue")
    hall.do(OpenCounter("c1"), AN)
    hall.do(OpenCounter("c4"), BINH)
    assert hall.refusal(CallTicket("c1", ticket)) is Code.NOT_SERVED_HERE
    assert hall.do(CallTicket("c4", ticket))["reason"]["rule"] == "chosen"


def test_an_officer_chooses_whom_to_call_only_where_the_centre_says_so() -> None:
    hall, trusting = TestHall(), TestHall(site=small_site(rights=(Right("call_chosen", ("officer",)),)))
    for one in (hall, trusting):
        ticket = one.issue("dat")
        one.do(OpenCounter("c1"), AN)
        refused = one.refusal(CallTicket("c1", ticket), AN)
        assert refused is (None if one is trusting else Code.NOT_ALLOWED)


def test_officers_leave_each_others_tickets_alone() -> None:
    hall = TestHall()
    called, waiting = hall.issue("dat"), hall.issue("thue")
    hall.do(OpenCounter("c1"), AN)
    hall.do(OpenCounter("c2"), BINH)
    hall.do(CallNext("c1"), AN)
    assert hall.refusal(StartService(called), BINH) is Code.NOT_YOUR_TICKET
    assert hall.refusal(CancelTicket(waiting), AN) is Code.NOT_YOUR_TICKET
    hall.do(CancelTicket(waiting))
    assert hall.ticket(waiting).state is TicketState.CANCELLED


def test_unknown_things_are_named_as_such() -> None:
    hall = TestHall()
    hall.issue()
    assert hall.refusal(OpenCounter("c9")) is Code.UNKNOWN_COUNTER
    assert hall.refusal(CallNext("c9")) is Code.UNKNOWN_COUNTER
    assert hall.refusal(StartService("f" * 32)) is Code.UNKNOWN_TICKET
    hall.do(OpenCounter("c1"))
    assert hall.refusal(CallTicket("c1", "f" * 32)) is Code.UNKNOWN_TICKET
    assert hall.refusal(ResumeCounter("c1")) is Code.COUNTER_NOT_PAUSED
