"""What officers do with a ticket besides serving it: recall, miss, park, undo, send on, with every guard."""

from __future__ import annotations

from typing import Any

import pytest

from queue_server.app.replay import replay
from queue_server.core.calling_rule import CallingRule
from queue_server.core.commands import (
    AddService,
    CallNext,
    CallTicket,
    CancelTicket,
    CloseDay,
    FinishService,
    MarkNoShow,
    OpenCounter,
    ParkTicket,
    PauseCounter,
    RecallTicket,
    ReturnTicket,
    StartService,
    TransferTicket,
    UndoTicket,
    UnparkTicket,
    WriteNote,
)
from queue_server.core.model import TicketState as S
from queue_server.core.refusals import Code
from tests.halls import TestHall, officer
from tests.sites import small_site

AN, BINH = officer("an"), officer("binh")


def hall_under(**rule: Any) -> TestHall:
    """A hall with its first two counters open."""
    hall = TestHall(site=small_site(rule=CallingRule(**{"recall_seconds": 0, **rule})))
    hall.issue("thue")  # opens the day
    hall.do(OpenCounter("c1"), AN)
    hall.do(OpenCounter("c2"), BINH)
    return hall


def called(hall: TestHall, queue: str = "dat") -> str:
    ticket = hall.issue(queue)
    hall.do(CallNext("c1"), AN)
    assert hall.ticket(ticket).state is S.CALLED
    return ticket


def proved(hall: TestHall) -> None:
    with hall.store.reading(hall.site.id) as reading:
        assert replay(reading, hall.site).differences == ()


def test_a_recall_waits_for_the_least_interval_and_is_counted() -> None:
    hall = hall_under(recall_seconds=10)
    ticket = called(hall)
    assert hall.refusal(RecallTicket(ticket), AN) is Code.RECALL_TOO_SOON
    hall.wait(10 / 60)
    assert hall.do(RecallTicket(ticket), AN)["calls"] == 2
    assert hall.refusal(RecallTicket(ticket), AN) is Code.RECALL_TOO_SOON
    hall.now -= 60_000  # a clock that was set back forbids nothing
    assert hall.do(RecallTicket(ticket), AN)["calls"] == 3


def test_absence_is_noted_only_after_as_many_calls_as_the_rule_asks_for() -> None:
    hall = hall_under(calls_before_no_show=3)
    ticket = called(hall)
    for _ in range(2):
        assert hall.refusal(MarkNoShow(ticket), AN) is Code.TOO_FEW_CALLS
        hall.do(RecallTicket(ticket), AN)
    hall.do(MarkNoShow(ticket), AN)
    assert hall.ticket(ticket).state is S.NO_SHOW


def missed(hall: TestHall) -> str:
    ticket = called(hall)
    hall.do(MarkNoShow(ticket), AN)
    return ticket


def test_who_missed_their_call_comes_back_once_to_their_old_place() -> None:
    hall = hall_under(grace_minutes=10, grace_tickets=0)
    ticket = missed(hall)
    later = hall.issue("dat")
    hall.wait(9)
    hall.do(ReturnTicket(ticket), AN)
    assert hall.do(CallNext("c1"), AN)["ticket"]["id"] == ticket
    hall.do(MarkNoShow(ticket), AN)
    assert hall.refusal(ReturnTicket(ticket), AN) is Code.GRACE_USED
    assert hall.refusal(CallTicket("c1", ticket), AN) is Code.GRACE_USED
    assert hall.do(CallNext("c1"), AN)["ticket"]["id"] == later
    proved(hall)


def test_the_grace_ends_with_its_minutes_and_its_calls() -> None:
    hall = hall_under(grace_minutes=10, grace_tickets=2)
    ticket = missed(hall)
    hall.wait(11)  # the minutes are over, the calls are not
    for _ in range(2):
        assert hall.ticket(ticket).comebacks == 0
        hall.do(FinishService(_served(hall)), AN)
    assert hall.refusal(ReturnTicket(ticket), AN) is Code.GRACE_OVER
    in_time = missed(hall)
    for _ in range(3):
        hall.do(FinishService(_served(hall)), AN)
    hall.do(ReturnTicket(in_time), AN)  # the calls are over, the minutes are not
    assert hall.ticket(in_time).state is S.WAITING


def _served(hall: TestHall) -> str:
    ticket = called(hall)
    hall.do(StartService(ticket), AN)
    return ticket


@pytest.mark.parametrize(("place", "first"), [("front", True), ("seniority", True), ("back", False)])
def test_the_rule_says_where_who_missed_their_call_comes_back(place: str, first: bool) -> None:
    hall = hall_under(grace_place=place)
    hall.wait(1)
    ticket = missed(hall)
    hall.wait(1)
    other = hall.issue("dat")
    hall.wait(1)
    hall.do(ReturnTicket(ticket), AN)
    assert hall.do(CallNext("c1"), AN)["ticket"]["id"] == (ticket if first else other)
    proved(hall)


def test_a_parked_ticket_frees_the_counter_and_comes_back_before_its_line() -> None:
    hall = hall_under()
    waiting = hall.issue("dat")
    hall.do(CallNext("c2"), BINH)
    ticket, other = called(hall), hall.issue("dat")
    hall.do(StartService(ticket), AN)
    parked = hall.do(ParkTicket(ticket, "copy", minutes=10), AN)["parked"]
    assert (parked["counter"], parked["reason"]) == ("c1", "copy")
    assert parked["remind_at"] > parked["since"]
    assert hall.desk("c1").ticket is None
    hall.wait(5)
    hall.do(UnparkTicket(ticket), AN)
    assert hall.do(CallNext("c1"), AN)["ticket"]["id"] == ticket
    assert hall.ticket(other).state is S.WAITING
    assert hall.ticket(waiting).state is S.CALLED
    proved(hall)


def test_the_counter_that_parked_a_ticket_fetches_it_without_the_right_to_choose() -> None:
    hall = hall_under()
    ticket = called(hall)
    hall.do(ParkTicket(ticket, "fee"), AN)
    hall.issue("dat")
    call = hall.do(CallTicket("c1", ticket), AN)
    assert (call["ticket"]["id"], call["reason"]["rule"]) == (ticket, "parked")
    hall.do(UndoTicket(ticket), AN)
    assert (hall.ticket(ticket).state, hall.ticket(ticket).parked_for) == (S.PARKED, "fee")
    proved(hall)


def test_a_reason_must_be_one_of_the_list() -> None:
    hall = hall_under()
    ticket = called(hall)
    for command in (
        ParkTicket(ticket, "whim"),
        CancelTicket(ticket, "whim"),
        PauseCounter("c3", "whim"),
    ):
        if isinstance(command, PauseCounter):
            hall.do(OpenCounter("c3"))
        assert hall.refusal(command) is Code.UNKNOWN_REASON
    hall.do(StartService(ticket), AN)
    assert hall.refusal(FinishService(ticket, "whim"), AN) is Code.UNKNOWN_REASON
    hall.do(FinishService(ticket, "incomplete"), AN)
    assert hall.ticket(ticket).outcome == "incomplete"


def test_a_call_is_taken_back_for_half_a_minute_and_leaves_the_old_place() -> None:
    hall = hall_under()
    ticket, other = hall.issue("dat"), hall.issue("dat")
    hall.do(CallNext("c1"), AN)
    hall.wait(0.5)
    hall.do(UndoTicket(ticket), AN)
    assert hall.do(CallNext("c2"), BINH)["ticket"]["id"] == ticket
    assert hall.ticket(other).state is S.WAITING
    hall.wait(31 / 60)
    assert hall.refusal(UndoTicket(ticket), BINH) is Code.UNDO_TOO_LATE
    proved(hall)


def test_a_no_show_and_a_finish_are_taken_back_at_the_same_counter() -> None:
    hall = hall_under()
    ticket = missed(hall)
    assert hall.refusal(UndoTicket(ticket), BINH) is Code.NOT_YOUR_TICKET
    hall.do(UndoTicket(ticket), AN)
    assert (hall.ticket(ticket).state, hall.desk("c1").ticket) == (S.CALLED, ticket)
    hall.do(StartService(ticket), AN)
    hall.do(FinishService(ticket), AN)
    hall.do(UndoTicket(ticket), AN)
    assert (hall.ticket(ticket).state, hall.ticket(ticket).ended_at) == (S.SERVING, None)
    proved(hall)


def test_nothing_is_taken_back_over_the_head_of_the_next_person() -> None:
    hall = hall_under()
    ticket = missed(hall)
    called(hall)
    assert hall.refusal(UndoTicket(ticket), AN) is Code.COUNTER_BUSY


def test_a_finished_ticket_is_called_again_where_it_was_served() -> None:
    hall = hall_under()
    ticket = _served(hall)
    hall.do(FinishService(ticket), AN)
    assert hall.refusal(CallTicket("c2", ticket), BINH) is Code.NOT_SERVED_HERE
    assert hall.do(CallTicket("c1", ticket), AN)["reason"]["rule"] == "again"
    learnt = _pace(hall, "dat")
    hall.do(StartService(ticket), AN)
    hall.do(FinishService(ticket), AN)
    assert _pace(hall, "dat") == learnt  # an afterthought tells nothing of how long a service takes
    proved(hall)


def _pace(hall: TestHall, queue: str) -> Any:
    with hall.store.reading(hall.site.id) as reading:
        return next(tally.pace for tally in reading.tallies([queue]))


@pytest.mark.parametrize(("place", "first"), [("front", True), ("seniority", True), ("back", False)])
def test_the_rule_says_where_a_transferred_ticket_stands(place: str, first: bool) -> None:
    hall = hall_under(transfer_place=place)
    hall.do(OpenCounter("c4"))
    hall.do(CancelTicket(_only(hall, "thue")))
    ticket = called(hall)
    hall.wait(1)
    elder = hall.issue("thue")
    hall.wait(1)
    hall.do(TransferTicket(ticket, queue="thue"), AN)
    assert hall.do(CallNext("c4"))["ticket"]["id"] == (ticket if first else elder)


def _only(hall: TestHall, queue: str) -> str:
    with hall.store.reading(hall.site.id) as reading:
        return next(ticket.id for ticket in reading.waiting_tickets() if ticket.queue == queue)


def test_a_visit_goes_on_at_the_next_agency_under_the_same_number() -> None:
    hall = hall_under()
    ticket = _served(hall)
    label = hall.ticket(ticket).label
    hall.do(AddService(ticket, "tu"), AN)
    assert hall.do(AddService(ticket, "thue"), AN)["then"] == ["tu", "thue"]
    assert hall.refusal(AddService(ticket, "tu"), AN) is Code.ALREADY_PLANNED
    hall.do(FinishService(ticket), AN)
    now = hall.ticket(ticket)
    assert (now.state, now.queue, now.label, now.stops) == (S.WAITING, "tu", label, ("thue",))
    assert hall.waiting()["tu"] == 1
    hall.do(OpenCounter("c3"))
    hall.do(CallNext("c3"))
    hall.do(StartService(ticket))
    hall.do(FinishService(ticket))
    assert (hall.ticket(ticket).state, hall.ticket(ticket).queue) == (S.WAITING, "thue")
    assert hall.happened().count("VisitContinued") == 2
    proved(hall)


def test_a_note_goes_with_the_ticket_and_never_into_the_journal() -> None:
    hall = hall_under()
    ticket = called(hall)
    hall.do(WriteNote(ticket, "Thiếu bản chính"), AN)
    hall.do(TransferTicket(ticket, queue="tu"), AN)
    assert _note(hall, ticket) == "Thiếu bản chính"
    assert all("Thiếu" not in str(entry.event) for entry in hall.entries())
    hall.do(WriteNote(ticket, " "))
    assert _note(hall, ticket) is None
    hall.do(WriteNote(ticket, "Hẹn thứ hai"))
    for _ in range(2):
        hall.wait(35 * 24 * 60)
        hall.issue("dat")  # turns the day
    assert _note(hall, ticket) is None


def test_a_note_given_with_the_finish_is_told_of_too() -> None:
    hall = hall_under()
    ticket = _served(hall)
    hall.do(FinishService(ticket, "incomplete", "Thiếu bản chính"), AN)
    assert _note(hall, ticket) == "Thiếu bản chính"
    assert hall.happened()[-2:] == ["NoteWritten", "ServiceFinished"]


def _note(hall: TestHall, ticket: str) -> str | None:
    with hall.store.reading(hall.site.id) as reading:
        note: str | None = reading.note(ticket)
        return note


def test_what_is_parked_at_the_end_of_the_day_expires() -> None:
    hall = hall_under()
    ticket = called(hall)
    hall.do(ParkTicket(ticket, "form"), AN)
    hall.do(CloseDay())
    assert hall.ticket(ticket).state is S.EXPIRED
    proved(hall)


def test_an_appointment_counts_from_its_slot_and_gains_little_by_coming_late() -> None:
    hall = hall_under(late_minutes=15)
    hall.wait(60)
    early = hall.issue("dat", "merit", slot=hall.now + 10 * 60_000)
    ordinary = hall.issue("dat")
    late = hall.issue("dat", "merit", slot=hall.now - 50 * 60_000)
    assert hall.ticket(late).since == hall.now - 15 * 60_000
    hall.wait(5)
    order = []
    for _ in range(3):
        order.append(hall.do(CallNext("c1"), AN)["ticket"]["id"])
        hall.do(StartService(order[-1]), AN)
        hall.do(FinishService(order[-1]), AN)
    assert order == [late, ordinary, early]
    tomorrow = hall.now + 24 * 3_600_000
    with pytest.raises(Exception, match=Code.SLOT_OF_ANOTHER_DAY.value):
        hall.issue("dat", slot=tomorrow)
