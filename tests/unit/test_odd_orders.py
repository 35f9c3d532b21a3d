"""What becomes of a ticket where verbs meet in unusual orders: nobody is lost, and nothing false is shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from queue_server.app import describing
from queue_server.app.relay import entries_after
from queue_server.app.replay import replay
from queue_server.app.views import shapes, topics
from queue_server.app.views.touched import touched_by
from queue_server.core.calling_rule import CallingRule
from queue_server.core.commands import (
    AddService,
    CallNext,
    CallTicket,
    CloseCounter,
    FinishService,
    IssueTicket,
    MarkNoShow,
    OpenCounter,
    ParkTicket,
    ReturnTicket,
    StartService,
    SummonOfficer,
    TakeOver,
    TransferTicket,
    UndoTicket,
    UnparkTicket,
    WriteNote,
)
from queue_server.core.model import Actor
from queue_server.core.model import TicketState as S
from queue_server.core.refusals import Code
from queue_server.core.site import Right, Site
from queue_server.store.memory import MemoryStore
from queue_server.store.sqlite import SqliteStore
from tests.halls import SUPERVISOR, TestHall, officer
from tests.sites import DAY, MINUTE, small_site

AN, BINH = officer("an"), officer("binh")


def hall_under(**rule: Any) -> TestHall:
    """A hall with its first two counters open."""
    hall = TestHall(site=small_site(rule=CallingRule(**{"recall_seconds": 0, **rule})))
    hall.issue("thue")  # opens the day
    hall.do(OpenCounter("c1"), AN)
    hall.do(OpenCounter("c2"), BINH)
    return hall


def called(hall: TestHall) -> str:
    ticket = hall.issue("dat")
    hall.do(CallNext("c1"), AN)
    assert hall.ticket(ticket).state is S.CALLED
    return ticket


def served(hall: TestHall, outcome: str = "guided") -> str:
    ticket = called(hall)
    hall.do(StartService(ticket), AN)
    hall.do(FinishService(ticket, outcome), AN)
    return ticket


def missed(hall: TestHall) -> str:
    ticket = called(hall)
    hall.do(MarkNoShow(ticket), AN)
    return ticket


def shown(hall: TestHall, ticket: str) -> dict[str, Any]:
    with hall.store.reading(hall.site.id) as reading:
        return shapes.ticket_json(reading, hall.site, hall.ticket(ticket), hall.now)


def assign(hall: TestHall, counter: str, *queues: str) -> None:
    with hall.store.writing(hall.site.id) as transaction:
        describing.assign(transaction, counter, queues, [], SUPERVISOR, hall.now)


def proved(hall: TestHall) -> None:
    with hall.store.reading(hall.site.id) as reading:
        assert replay(reading, hall.site).differences == ()


def test_nobody_waits_for_a_counter_that_was_given_other_queues() -> None:
    hall = hall_under()
    sent = hall.issue("dat")
    hall.do(TransferTicket(sent, counter="c1"))
    assert hall.refusal(CallNext("c2"), BINH) is Code.NOBODY_WAITING
    assign(hall, "c1", "thue")
    assert hall.do(CallNext("c2"), BINH)["ticket"]["id"] == sent
    proved(hall)


def test_who_was_sent_to_a_counter_does_not_wait_behind_all_of_its_own_line() -> None:
    """Nobody else may call them: at a counter that only helps their queue they would wait for ever."""
    hall = hall_under()
    sent = hall.issue("tu")
    hall.do(TransferTicket(sent, counter="c1"))
    hall.wait(10)
    hall.issue("dat")
    call = hall.do(CallNext("c1"), AN)
    assert (call["ticket"]["id"], call["reason"]["helping"]) == (sent, False)
    proved(hall)


def test_the_counter_that_set_a_ticket_aside_puts_it_back_whatever_it_serves_by_now() -> None:
    hall = hall_under()
    ticket = called(hall)
    hall.do(ParkTicket(ticket, "copy"), AN)
    assign(hall, "c1", "thue")
    hall.do(OpenCounter("c4"), officer("chi"))
    assert hall.refusal(UnparkTicket(ticket), officer("chi")) is Code.NOT_YOUR_TICKET
    hall.do(UnparkTicket(ticket), AN)
    assert hall.do(CallNext("c2"), BINH)["ticket"]["id"] == ticket
    proved(hall)


def test_a_second_call_that_is_taken_back_leaves_the_right_to_come_back() -> None:
    hall = hall_under()
    ticket = missed(hall)
    hall.wait(1)
    hall.do(CallTicket("c1", ticket), AN)
    hall.do(UndoTicket(ticket), AN)
    assert hall.ticket(ticket).state is S.NO_SHOW
    assert shown(hall, ticket)["grace"] is not None
    hall.do(ReturnTicket(ticket), AN)
    hall.do(CallNext("c1"), AN)
    hall.do(MarkNoShow(ticket), AN)
    assert hall.refusal(ReturnTicket(ticket), AN) is Code.GRACE_USED
    proved(hall)


def test_a_second_call_that_is_taken_back_leaves_the_service_finished_as_it_was() -> None:
    hall = hall_under()
    ticket = served(hall, "guided")
    hall.wait(5)
    hall.do(CallTicket("c1", ticket), AN)
    hall.do(UndoTicket(ticket), AN)
    assert (hall.ticket(ticket).state, hall.ticket(ticket).outcome) == (S.FINISHED, "guided")
    assert shown(hall, ticket)["undo_until"] is None
    assert hall.refusal(UndoTicket(ticket), AN) is Code.UNDO_TOO_LATE
    hall.do(CallTicket("c1", ticket), AN)
    hall.do(StartService(ticket), AN)
    hall.do(FinishService(ticket, "done"), AN)
    assert hall.ticket(ticket).outcome == "done"
    hall.do(UndoTicket(ticket), AN)
    assert hall.ticket(ticket).state is S.SERVING
    proved(hall)


def test_a_counter_that_closes_leaves_whom_it_called_again_where_they_were() -> None:
    """Whose service is over does not wait again, before everybody, because an officer went home."""
    hall = hall_under()
    over, gone, aside = served(hall), missed(hall), called(hall)
    hall.do(ParkTicket(aside, "copy"), AN)
    for ticket in (over, gone, aside):
        before = hall.ticket(ticket).state
        hall.do(CallTicket("c1", ticket), AN)
        hall.do(CloseCounter("c1"), AN)
        assert hall.ticket(ticket).state is before
        hall.do(OpenCounter("c1"), AN)
    assert hall.waiting() == {"thue": 1, "dat": 0}
    proved(hall)


def test_what_was_over_yesterday_is_over() -> None:
    """Its label may be somebody else's today."""
    hall = hall_under()
    over, gone = served(hall), missed(hall)
    hall.now += DAY
    hall.issue("dat")
    hall.do(OpenCounter("c1"), AN)
    assert shown(hall, gone)["grace"] is None
    assert hall.refusal(ReturnTicket(gone), AN) is Code.GRACE_OVER
    for ticket in (over, gone):
        assert hall.refusal(CallTicket("c1", ticket), AN) is Code.GRACE_OVER


def test_nothing_is_taken_back_over_midnight() -> None:
    hall = hall_under()
    ticket = called(hall)
    hall.do(StartService(ticket), AN)
    hall.wait(15 * 60 - 0.1)
    hall.do(FinishService(ticket), AN)
    hall.wait(0.2)
    hall.do(OpenCounter("c1"), AN)
    assert hall.refusal(UndoTicket(ticket), AN) is Code.UNDO_TOO_LATE


def test_a_turn_that_is_taken_back_has_not_been_had() -> None:
    hall = hall_under(preset="one-in-n", n=3, preferred=("elderly",))
    ordinary = [hall.issue("dat") for _ in range(4)]
    elder = hall.issue("dat", "elderly")
    for ticket in ordinary[:2]:
        assert hall.do(CallNext("c1"), AN)["ticket"]["id"] == ticket
        hall.do(StartService(ticket), AN)
        hall.do(FinishService(ticket), AN)
    for _ in range(2):
        assert hall.do(CallNext("c1"), AN)["reason"]["rule"] == "turn"
        hall.do(UndoTicket(elder), AN)
    proved(hall)


def test_a_clock_that_was_set_back_teaches_no_service_of_less_than_nothing() -> None:
    hall = hall_under()
    ticket = called(hall)
    hall.do(StartService(ticket), AN)
    hall.now -= 30 * MINUTE
    hall.do(FinishService(ticket), AN)
    with hall.store.reading(hall.site.id) as reading:
        assert reading.tallies(["dat"])[0].pace.service[0] >= 0
    proved(hall)


def without_justice() -> Site:
    """The small centre after its technician took the queue "tu" away."""
    site = small_site(rule=CallingRule(recall_seconds=0))
    kept = tuple(
        replace(one, queues=tuple(queue for queue in one.queues if queue != "tu"), helps=())
        for one in site.counters
        if one.queues != ("tu",)
    )
    queues = tuple(queue for queue in site.queues if queue.id != "tu")
    agencies = tuple(agency for agency in site.agencies if agency.id != "tu")
    return replace(site, counters=kept, queues=queues, agencies=agencies)


def test_a_queue_does_not_go_while_somebody_of_it_is_set_aside() -> None:
    hall = hall_under()
    ticket = hall.issue("tu")
    hall.do(CallNext("c1"), AN)
    hall.do(ParkTicket(ticket, "copy"), AN)
    with pytest.raises(describing.StillInUse, match="'tu' cannot go while 1 of it are parked"):
        describing.describe(hall.store, without_justice())
    hall.do(TransferTicket(ticket, queue="dat"), AN)
    assert describing.describe(hall.store, without_justice())


def test_nobody_comes_back_into_a_line_that_is_gone() -> None:
    hall = hall_under()
    ticket = hall.issue("tu")
    hall.do(CallNext("c1"), AN)
    hall.do(MarkNoShow(ticket), AN)
    describing.describe(hall.store, without_justice())
    assert hall.refusal(ReturnTicket(ticket)) is Code.UNKNOWN_QUEUE
    hall.do(CallTicket("c1", ticket), AN)
    assert hall.refusal(ReturnTicket(ticket), AN) is Code.UNKNOWN_QUEUE
    hall.do(TransferTicket(ticket, queue="dat"), AN)
    assert hall.do(CallNext("c2"), BINH)["ticket"]["id"] == ticket


@pytest.mark.parametrize("slot", [-62_135_647_200_000, 253_402_343_999_000, 2**62])
def test_an_appointment_outside_the_calendar_is_one_of_another_day(slot: int) -> None:
    order = IssueTicket("a" * 32, "secret-a", "dat", slot=slot)
    assert hall_under().refusal(order) is Code.SLOT_OF_ANOTHER_DAY


def test_a_queue_named_twice_is_given_once() -> None:
    hall = hall_under()
    assign(hall, "c2", "thue", "thue")
    with hall.store.reading(hall.site.id) as reading:
        described = reading.site()
    assert described is not None
    assert described[1].counter["c2"].queues == ("thue",)


def test_who_takes_over_a_counter_leaves_none_behind() -> None:
    hall = TestHall(site=small_site(rights=(Right("take_over", ("officer", "supervisor")),)))
    hall.issue("dat")
    hall.do(OpenCounter("c1"), AN)
    assert hall.refusal(TakeOver("c1"), Actor("desk:c2", "officer", "c2")) is Code.NOT_YOUR_COUNTER
    hall.do(OpenCounter("c2"), BINH)
    assert hall.refusal(TakeOver("c1"), BINH) is Code.OFFICER_ELSEWHERE
    hall.do(CloseCounter("c2"), BINH)
    hall.do(TakeOver("c1"), BINH)
    assert hall.desk("c1").officer == BINH.id


def test_what_one_counter_set_aside_another_calls_only_with_the_right_to_choose() -> None:
    hall = hall_under()
    ticket = called(hall)
    hall.do(ParkTicket(ticket, "copy"), AN)
    assert hall.refusal(CallTicket("c2", ticket), BINH) is Code.NOT_ALLOWED
    hall.do(CallTicket("c2", ticket), SUPERVISOR)
    assert hall.desk("c2").ticket == ticket


def test_no_transfer_brings_an_appointment_before_its_slot() -> None:
    hall = hall_under(transfer_place="back")
    slot = hall.now + 60 * MINUTE
    ticket = hall.issue("dat", slot=slot)
    hall.do(TransferTicket(ticket, queue="thue"))
    assert hall.ticket(ticket).since == slot
    hall.now = slot + 5 * MINUTE
    hall.do(TransferTicket(ticket, queue="dat"))
    assert hall.ticket(ticket).since == hall.now


def test_a_summons_to_a_counter_that_never_opened_ends_with_the_day() -> None:
    hall = hall_under()
    hall.do(SummonOfficer("c3", "come"))
    hall.now += DAY
    hall.issue("dat")
    assert hall.desk("c3").summons is None
    proved(hall)


def test_a_note_reaches_the_desk_of_a_counter_that_was_given_other_queues() -> None:
    hall = hall_under()
    ticket = called(hall)
    assign(hall, "c1", "thue")
    seq = len(hall.entries())
    hall.do(WriteNote(ticket, "thiếu bản sao"), SUPERVISOR)
    with hall.store.reading(hall.site.id) as reading:
        described = reading.site()
        assert described is not None
        touched = touched_by(reading, entries_after(reading, seq, 10))
        change = topics.change(reading, described[1], "counter:c1", touched, hall.now)
    assert change is not None
    assert change[0]["ticket"]["_"]["note"] == "thiếu bản sao"


@pytest.mark.parametrize("kind", ["memory", "sqlite"])
def test_a_board_of_an_area_without_counters_is_empty(kind: str, tmp_path: Path) -> None:
    site = small_site()
    hallway = replace(site.areas[0], id="hallway")
    board = replace(site.boards[0], areas=("hallway",))
    site = replace(site, areas=(*site.areas, hallway), boards=(board,))
    store = MemoryStore() if kind == "memory" else SqliteStore(tmp_path / "hall.db")
    hall = TestHall(store, site)
    hall.issue("dat")
    hall.do(OpenCounter("c1"), AN)
    hall.do(CallNext("c1"), AN)
    with store.reading(site.id) as reading:
        assert topics.snapshot(reading, site, "board:main", hall.now)["calls"] == {}
    store.close()


def test_who_is_sent_on_to_a_planned_stop_does_not_wait_there_twice() -> None:
    hall = hall_under()
    ticket = called(hall)
    for stop in ("thue", "tu"):
        hall.do(AddService(ticket, stop), AN)
    hall.do(TransferTicket(ticket, queue="thue"), AN)
    assert shown(hall, ticket)["then"] == ["tu"]
    hall.do(OpenCounter("c4"))
    hall.do(CallTicket("c4", ticket))
    hall.do(StartService(ticket))
    hall.do(FinishService(ticket))
    assert (hall.ticket(ticket).queue, hall.ticket(ticket).stops) == ("tu", ())
    proved(hall)
