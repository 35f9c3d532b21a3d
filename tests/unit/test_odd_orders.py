"""What becomes of a ticket where verbs meet in unusual orders: nobody is lost, and nothing false is shown."""

from __future__ import annotations

from typing import Any

from queue_server.app import describing
from queue_server.app.replay import replay
from queue_server.core.calling_rule import CallingRule
from queue_server.core.commands import (
    CallNext,
    OpenCounter,
    ParkTicket,
    TransferTicket,
    UnparkTicket,
)
from queue_server.core.model import TicketState as S
from queue_server.core.refusals import Code
from tests.halls import SUPERVISOR, TestHall, officer
from tests.sites import small_site

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
