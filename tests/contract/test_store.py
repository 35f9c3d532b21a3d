"""What every store must do, tried on each of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from queue_server.app import journal
from queue_server.app.describing import describe
from queue_server.app.ports import Conflict, StoredAnswer
from queue_server.app.replay import replay
from queue_server.app.write_path import record_event
from queue_server.core.commands import (
    CallNext,
    FinishService,
    OpenCounter,
    ParkTicket,
    StartService,
    TransferTicket,
)
from queue_server.core.events import SiteDescribed
from queue_server.core.model import SYSTEM, Changes, Day, Desk, DeskState, Ticket, TicketState
from tests.halls import TestHall
from tests.sites import DAY, MINUTE, MORNING, small_site
from tests.stores import KINDS, opener


@pytest.fixture(params=KINDS)
def hall(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TestHall]:
    store = opener(request.param, request, tmp_path)()
    yield TestHall(store)
    store.close()


def changed(hall: TestHall, ticket: str, **fields: Any) -> Ticket:
    return replace(hall.ticket(ticket), **fields)


def save(hall: TestHall, changes: Changes) -> None:
    with hall.store.writing(hall.site.id) as transaction:
        transaction.save(changes)


def test_what_is_written_is_read_back_whole(hall: TestHall) -> None:
    ticket = hall.issue("dat", "elderly", service="1.1", language="en", origin="k2")
    hall.do(OpenCounter("c1"))
    hall.wait(3)
    hall.do(CallNext("c1"))
    kept = hall.ticket(ticket)
    assert kept.state is TicketState.CALLED
    assert (kept.service, kept.language, kept.origin, kept.priority) == ("1.1", "en", "k2", "elderly")
    assert kept.reason is not None and kept.reason["picked"]["label"] == "A001"
    assert hall.desk("c1") == Desk("c1", DeskState.OPEN, "person:sup", hall.desk("c1").since, None, ticket)
    with hall.store.reading(hall.site.id) as reading:
        assert reading.ticket_by_secret(kept.secret) == kept
        assert reading.site() == (1, small_site())
        assert reading.tickets_of_day("2026-11-23") == [kept]


def test_a_block_that_raises_leaves_nothing_behind(hall: TestHall) -> None:
    ticket = hall.issue()
    before = hall.ticket(ticket), hall.waiting(), len(hall.entries())
    with pytest.raises(RuntimeError), hall.store.writing(hall.site.id) as transaction:
        transaction.save(Changes({ticket: changed(hall, ticket, state=TicketState.CANCELLED)}))
        transaction.remember("who", "key", StoredAnswer("f", "{}"), MORNING)
        raise RuntimeError
    assert (hall.ticket(ticket), hall.waiting(), len(hall.entries())) == before
    with hall.store.reading(hall.site.id) as reading:
        assert reading.answer("who", "key") is None


def test_a_savepoint_undoes_only_its_own(hall: TestHall) -> None:
    one, two = hall.issue(), hall.issue()
    with hall.store.writing(hall.site.id) as transaction:
        transaction.save(Changes({one: changed(hall, one, outcome="kept")}))
        with pytest.raises(RuntimeError), transaction.savepoint():
            transaction.save(Changes({two: changed(hall, two, outcome="lost")}))
            raise RuntimeError
    assert (hall.ticket(one).outcome, hall.ticket(two).outcome) == ("kept", None)


def test_one_number_is_never_two_tickets(hall: TestHall) -> None:
    ticket = hall.issue()
    twin = changed(hall, ticket, id="f" * 32, secret="another-secret")
    with pytest.raises(Conflict):
        save(hall, Changes({twin.id: twin}))


def test_one_secret_is_never_two_tickets(hall: TestHall) -> None:
    ticket = hall.issue()
    twin = changed(hall, ticket, id="f" * 32, number=99)
    with pytest.raises(Conflict):
        save(hall, Changes({twin.id: twin}))


def test_one_counter_never_has_two_open_calls(hall: TestHall) -> None:
    one, two = hall.issue(), hall.issue()
    save(hall, Changes({one: changed(hall, one, state=TicketState.CALLED, counter="c1")}))
    with pytest.raises(Conflict):
        save(hall, Changes({two: changed(hall, two, state=TicketState.SERVING, counter="c1")}))


def test_one_ticket_is_never_at_two_counters(hall: TestHall) -> None:
    ticket = hall.issue()
    save(hall, Changes(desks={"c1": Desk("c1", DeskState.OPEN, "a", MORNING, None, ticket)}))
    with pytest.raises(Conflict):
        save(hall, Changes(desks={"c2": Desk("c2", DeskState.OPEN, "b", MORNING, None, ticket)}))


def test_a_called_ticket_has_a_counter_and_a_waiting_one_has_none(hall: TestHall) -> None:
    ticket = hall.issue()
    with pytest.raises(Conflict):
        save(hall, Changes({ticket: changed(hall, ticket, state=TicketState.CALLED)}))
    with pytest.raises(Conflict):
        save(hall, Changes({ticket: changed(hall, ticket, counter="c1")}))


def test_heads_of_lines_are_the_eldest_of_each_class_and_reservation(hall: TestHall) -> None:
    first, _, elderly = hall.issue(), hall.issue(), hall.issue("dat", "elderly")
    reserved, other = hall.issue(), hall.issue("tu")
    hall.do(TransferTicket(reserved, counter="c2"))
    with hall.store.reading(hall.site.id) as reading:
        assert {t.id for t in reading.heads(["dat"])} == {first, elderly, reserved}
        assert {t.id for t in reading.heads(["dat", "tu"])} == {first, elderly, reserved, other}
        assert reading.heads([]) == []
        second = reading.next_in_line(hall.ticket(first))
        assert second is not None and second.label == "A002"
        assert reading.next_in_line(hall.ticket(elderly)) is None
        assert reading.ahead_of(hall.ticket(elderly)) == 2


def test_the_last_called_come_newest_first(hall: TestHall) -> None:
    tickets = [hall.issue() for _ in range(3)]
    hall.do(OpenCounter("c1"))
    for ticket in tickets:
        hall.wait(1)
        hall.do(CallNext("c1"))
        hall.do(StartService(ticket))
        hall.do(FinishService(ticket))
    with hall.store.reading(hall.site.id) as reading:
        assert [t.id for t in reading.last_called(2)] == [tickets[2], tickets[1]]
        assert [t.id for t in reading.last_called(9, ["c1"])] == tickets[::-1]
        assert reading.last_called(9, ["c2"]) == []


def test_a_delivery_is_claimed_once_and_again_only_when_its_time_is_up(hall: TestHall) -> None:
    site = hall.site.id
    with hall.store.writing(site) as transaction:
        transaction.owe("slip", "k1", 1, "{}", MORNING)
    with hall.store.writing(site) as transaction:
        (delivery,) = transaction.due("slip", "k1", MORNING, 9)
        assert transaction.claim(delivery.id, MORNING, MORNING + 100)
        assert not transaction.claim(delivery.id, MORNING, MORNING + 100)
        assert transaction.due("slip", "k1", MORNING, 9) == []
        (late,) = transaction.due("slip", "k1", MORNING + 100, 9)
        assert late.attempts == 1
        transaction.settle(delivery.id, "done", MORNING)
        assert transaction.due("slip", "k1", MORNING + 200, 9) == []
        assert transaction.deliveries("slip", "k1", 5) == [("{}", "done")]


def test_what_one_device_is_owed_never_hides_what_another_is(hall: TestHall) -> None:
    with hall.store.writing(hall.site.id) as transaction:
        for number in range(60):
            transaction.owe("slip", "jammed", number, "{}", MORNING)
        transaction.owe("slip", "k1", 60, '{"mine": 1}', MORNING)
        (mine,) = transaction.due("slip", "k1", MORNING, 1)
        assert mine.body == '{"mine": 1}'
        assert transaction.deliveries("slip", "k1", 20) == [('{"mine": 1}', "owed")]


def test_the_turn_of_a_day_leaves_yesterday_closed(hall: TestHall) -> None:
    hall.issue()
    hall.now += DAY
    hall.issue()
    with hall.store.reading(hall.site.id) as reading:
        assert reading.days() == [Day("2026-11-23", is_open=False), Day("2026-11-24", is_open=True)]
        assert reading.day() == Day("2026-11-24", is_open=True)
        assert replay(reading, hall.site).differences == ()


def test_a_replay_folds_each_entry_under_the_description_of_its_time(hall: TestHall) -> None:
    """Breaks do not count as waiting, so the hours of then, not of now, decide what a call has taught."""
    describe(hall.store, replace(hall.site, slogan={"vi": "Một cửa"}))
    hall.issue()
    hall.do(OpenCounter("c1"))
    hall.now = MORNING + 5 * 60 * MINUTE
    hall.do(CallNext("c1"))
    describe(hall.store, replace(hall.site, hours=hall.site.hours[::2]))
    with hall.store.reading(hall.site.id) as reading:
        described = reading.site()
        assert described is not None and described[0] == 3
        assert replay(reading, described[1]).differences == ()


def test_a_description_that_was_changed_behind_the_journal_shows(hall: TestHall) -> None:
    describe(hall.store, replace(hall.site, timezone="Asia/Bangkok"))
    with hall.store.reading(hall.site.id) as reading:
        assert replay(reading, hall.site).differences == ()
    with hall.store.writing(hall.site.id) as transaction:
        event = SiteDescribed(2, "0" * 64)
        record_event(transaction, hall.site.id, hall.site, event, SYSTEM, hall.now)
    with hall.store.reading(hall.site.id) as reading:
        assert [difference.table for difference in replay(reading, hall.site).differences] == ["site"]


def test_a_description_that_was_undone_is_not_remembered(hall: TestHall) -> None:
    with pytest.raises(RuntimeError), hall.store.writing("nho") as transaction:
        transaction.describe(2, small_site(timezone="Asia/Tokyo"), MORNING)
        assert transaction.site()[1].timezone == "Asia/Tokyo"
        raise RuntimeError
    describe(hall.store, small_site(timezone="Asia/Bangkok"))
    with hall.store.reading("nho") as reading:
        assert reading.site()[1].timezone == "Asia/Bangkok"


def test_answers_are_kept_by_caller_and_key_and_forgotten_with_age(hall: TestHall) -> None:
    site = hall.site.id
    with hall.store.writing(site) as transaction:
        transaction.remember("a", "1", StoredAnswer("f", "{}"), MORNING)
        transaction.remember("b", "1", StoredAnswer("g", "[]"), MORNING + 10)
        transaction.forget_answers(MORNING + 5)
    with hall.store.reading(site) as reading:
        assert reading.answer("a", "1") is None
        assert reading.answer("b", "1") == StoredAnswer("g", "[]")


def test_cursors_remember_how_far_a_reader_came(hall: TestHall) -> None:
    with hall.store.writing(hall.site.id) as transaction:
        assert transaction.cursor("spoken:main") == 0
        transaction.set_cursor("spoken:main", 7)
        transaction.set_cursor("spoken:main", 9)
    with hall.store.reading(hall.site.id) as reading:
        assert reading.cursor("spoken:main") == 9


def test_sites_share_a_store_and_see_nothing_of_each_other(hall: TestHall) -> None:
    neighbour = TestHall(hall.store, small_site(id="khac"))
    hall.issue()
    assert neighbour.waiting() == {}
    assert neighbour.entries() == []
    assert neighbour.ticket(neighbour.issue()).label == "A001"
    assert hall.store.sites() == ["khac", "nho"]


def test_the_journal_has_no_gaps_and_its_chain_is_whole(hall: TestHall) -> None:
    for _ in range(5):
        hall.issue()
    assert [entry.seq for entry in hall.entries()] == list(range(1, 7))
    with hall.store.reading(hall.site.id) as reading:
        verdict = journal.verify(hall.site.id, reading)
        assert (verdict.entries, verdict.broken_at) == (6, None)
        assert reading.head() == (6, verdict.head)


def test_a_replay_finds_every_row_as_it_is(hall: TestHall) -> None:
    tickets = [hall.issue("dat", priority) for priority in ("ordinary", "elderly", "ordinary")]
    hall.do(OpenCounter("c1"))
    hall.wait(2)
    called = hall.do(CallNext("c1"))["ticket"]["id"]
    hall.do(StartService(called))
    hall.wait(5)
    hall.do(FinishService(called))
    with hall.store.reading(hall.site.id) as reading:
        assert replay(reading, hall.site).differences == ()
    save(hall, Changes({tickets[2]: changed(hall, tickets[2], priority="merit")}))
    with hall.store.reading(hall.site.id) as reading:
        (difference,) = replay(reading, hall.site).differences
        assert (difference.table, difference.key) == ("ticket", tickets[2])


def test_the_parked_are_listed_by_the_counter_that_parked_them_longest_first(hall: TestHall) -> None:
    parked = []
    hall.issue("thue")
    for counter in ("c1", "c2", "c1"):
        ticket = hall.issue("dat")
        if hall.desk(counter).officer is None:
            hall.do(OpenCounter(counter))
        hall.do(CallNext(counter))
        hall.wait(1)
        hall.do(ParkTicket(ticket, "copy"))
        parked.append(ticket)
    with hall.store.reading(hall.site.id) as reading:
        assert [ticket.id for ticket in reading.parked_tickets("c1")] == [parked[0], parked[2]]
        assert [ticket.id for ticket in reading.parked_tickets()] == [parked[0], parked[2], parked[1]]
        assert {ticket.id for ticket in reading.open_tickets()} > set(parked)
        assert not {ticket.id for ticket in reading.waiting_tickets()} & set(parked)


def test_a_parked_ticket_is_at_no_counter_and_tells_whose_it_is(hall: TestHall) -> None:
    ticket = hall.issue("dat")
    for wrong in (
        changed(hall, ticket, state=TicketState.PARKED, parked_by=None),
        changed(hall, ticket, state=TicketState.PARKED, parked_by="c1", counter="c1"),
    ):
        with pytest.raises(Conflict):
            save(hall, Changes({wrong.id: wrong}))


def test_a_note_is_replaced_erased_and_forgotten_with_age(hall: TestHall) -> None:
    hall.issue("dat")
    with hall.store.writing(hall.site.id) as transaction:
        for ticket, at in (("a", 10), ("b", 20), ("c", 30)):
            transaction.keep_note(ticket, f"về {ticket}", "person:an", at)
        transaction.keep_note("a", "khác", "person:binh", 11)
        transaction.keep_note("c", "", "person:binh", 31)
        assert [transaction.note(one) for one in "abc"] == ["khác", "về b", None]
        transaction.forget_notes(20)
        assert [transaction.note(one) for one in "abc"] == [None, "về b", None]
    with pytest.raises(ZeroDivisionError), hall.store.writing(hall.site.id) as transaction:
        transaction.keep_note("b", "", "person:an", 40)
        raise ZeroDivisionError
    with hall.store.reading(hall.site.id) as reading:
        assert reading.note("b") == "về b"
