"""The life of a ticket: every verb from every state, as the table says and no other way."""

from __future__ import annotations

import itertools

import pytest

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
    RecallTicket,
    ReturnTicket,
    StartService,
    TransferTicket,
    WriteNote,
)
from queue_server.core.lifecycle import TRANSITIONS
from queue_server.core.model import TicketState as S
from queue_server.core.refusals import Code
from tests.halls import TestHall

WAYS_TO = {
    S.WAITING: (),
    S.CALLED: (CallNext,),
    S.SERVING: (CallNext, StartService),
    S.FINISHED: (CallNext, StartService, FinishService),
    S.NO_SHOW: (CallNext, MarkNoShow),
    S.PARKED: (CallNext, ParkTicket),
    S.CANCELLED: (CancelTicket,),
    S.EXPIRED: (CloseDay,),
}
VERBS = [verb for verb in TRANSITIONS if verb not in (CallNext, CloseDay)]


def command_for(verb: type, ticket: str) -> object:
    if verb is CallNext:
        return CallNext("c1")
    with_more = {
        CallTicket: lambda: CallTicket("c1", ticket),
        TransferTicket: lambda: TransferTicket(ticket, queue="tu"),
        ParkTicket: lambda: ParkTicket(ticket, "copy"),
        AddService: lambda: AddService(ticket, "tu"),
        WriteNote: lambda: WriteNote(ticket, "Mang thêm bản chính"),
    }
    if verb in with_more:
        return with_more[verb]()
    return CloseDay() if verb is CloseDay else verb(ticket)


def ticket_in(state: S) -> tuple[TestHall, str]:
    hall = TestHall()
    ticket = hall.issue("dat")
    hall.do(OpenCounter("c1"))
    hall.do(OpenCounter("c2"))
    for verb in WAYS_TO[state]:
        hall.do(command_for(verb, ticket))
    assert hall.ticket(ticket).state is state
    return hall, ticket


@pytest.mark.parametrize(
    ("verb", "state"), list(itertools.product(VERBS, S)), ids=lambda value: getattr(value, "__name__", value)
)
def test_a_verb_does_what_the_table_says_and_is_refused_elsewhere(verb: type, state: S) -> None:
    hall, ticket = ticket_in(state)
    before = hall.ticket(ticket), len(hall.entries())
    refused = hall.refusal(command_for(verb, ticket))  # type: ignore[arg-type]
    if state in TRANSITIONS[verb]:
        assert refused is None
        assert hall.ticket(ticket).state is TRANSITIONS[verb][state]
    else:
        expected = Code.WRONG_STATE
        if verb is CallTicket and state in (S.EXPIRED, S.CALLED, S.SERVING):
            expected = Code.COUNTER_CLOSED if state is S.EXPIRED else Code.COUNTER_BUSY
        assert refused is expected
        assert (hall.ticket(ticket), len(hall.entries())) == before


def test_the_main_job_from_number_to_result() -> None:
    hall = TestHall()
    ticket = hall.issue("dat")
    hall.do(OpenCounter("c1"))
    hall.wait(4)
    call = hall.do(CallNext("c1"))
    assert call["ticket"]["label"] == "A001"
    assert call["counter"] == {"id": "c1", "number": "1"}
    hall.do(RecallTicket(ticket))
    assert hall.ticket(ticket).calls == 2
    hall.do(StartService(ticket))
    hall.wait(6)
    hall.do(FinishService(ticket, "done"))
    assert hall.ticket(ticket).outcome == "done"
    assert hall.desk("c1").ticket is None
    assert hall.happened() == [
        "DayOpened",
        "TicketIssued",
        "CounterOpened",
        "TicketCalled",
        "TicketRecalled",
        "ServiceStarted",
        "ServiceFinished",
    ]


def test_a_returned_ticket_is_next_again_in_its_old_place() -> None:
    hall = TestHall()
    first, second = hall.issue("dat"), hall.issue("dat")
    hall.do(OpenCounter("c1"))
    hall.do(CallNext("c1"))
    hall.do(ReturnTicket(first))
    assert hall.do(CallNext("c1"))["ticket"]["id"] == first
    assert hall.ticket(second).state is S.WAITING


def test_a_transferred_ticket_keeps_its_number_and_its_seniority() -> None:
    hall = TestHall()
    elder = hall.issue("dat")
    hall.wait(5)
    hall.issue("thue")
    hall.do(OpenCounter("c1"))
    hall.do(CallNext("c1"))
    hall.do(StartService(elder))
    hall.do(TransferTicket(elder, queue="thue"))
    hall.do(OpenCounter("c4"))
    assert hall.do(CallNext("c4"))["ticket"]["label"] == "A001"
    assert hall.waiting() == {"dat": 0, "thue": 1}


def test_a_ticket_sent_to_a_counter_waits_for_that_counter_while_it_is_staffed() -> None:
    hall = TestHall()
    sent, other = hall.issue("dat"), hall.issue("dat")
    hall.do(OpenCounter("c1"))
    hall.do(OpenCounter("c2"))
    hall.do(CallNext("c1"))
    hall.do(TransferTicket(sent, counter="c2"))
    assert hall.do(CallNext("c1"))["ticket"]["id"] == other
    assert hall.do(CallNext("c2"))["ticket"]["id"] == sent


def test_nobody_waits_for_a_counter_that_has_closed() -> None:
    hall = TestHall()
    sent = hall.issue("dat")
    hall.do(OpenCounter("c1"))
    hall.do(CallNext("c1"))
    hall.do(TransferTicket(sent, counter="c2"))
    assert hall.do(CallNext("c1"))["ticket"]["id"] == sent


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ({}, Code.ONE_TARGET),
        ({"queue": "tu", "counter": "c3"}, Code.ONE_TARGET),
        ({"queue": "no"}, Code.UNKNOWN_QUEUE),
        ({"counter": "no"}, Code.UNKNOWN_COUNTER),
        ({"queue": "dat"}, Code.SAME_PLACE),
    ],
)
def test_a_transfer_names_exactly_one_place_that_exists_and_is_another(
    target: dict[str, str], code: Code
) -> None:
    hall = TestHall()
    assert hall.refusal(TransferTicket(hall.issue("dat"), **target)) is code
