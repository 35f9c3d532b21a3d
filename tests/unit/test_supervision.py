"""What those who look after the hall may do, and that others may not."""

from __future__ import annotations

import pytest

from queue_server.app import describing
from queue_server.app.replay import replay
from queue_server.core import rights
from queue_server.core.commands import (
    AnswerCall,
    AskForHelp,
    CallNext,
    CloseQueue,
    Command,
    IssueTicket,
    LimitQueue,
    OpenCounter,
    OpenQueue,
    StartService,
    SummonOfficer,
    TakeOver,
)
from queue_server.core.model import Actor
from queue_server.core.refusals import Code, Refused
from queue_server.core.site import Right
from tests.halls import KIOSK, SUPERVISOR, TestHall, officer
from tests.sites import small_site

AN, BINH = officer("an"), officer("binh")
VIEWER = Actor("person:viewer", "viewer", anywhere=True)


def proved(hall: TestHall) -> None:
    with hall.store.reading(hall.site.id) as reading:
        assert replay(reading, hall.site).differences == ()


@pytest.mark.parametrize(
    "command",
    [TakeOver("c1"), SummonOfficer("c1", "come"), CloseQueue("dat"), OpenQueue("dat"), LimitQueue("dat", 5)],
    ids=lambda command: type(command).__name__,
)
def test_only_leaders_lead(command: Command) -> None:
    hall = TestHall()
    hall.issue("dat")
    hall.do(OpenCounter("c1"), AN)
    for other in (BINH, VIEWER, KIOSK):
        assert hall.refusal(command, other) is Code.NOT_ALLOWED
    assert hall.refusal(command, SUPERVISOR) is None


def test_a_viewer_may_do_nothing_and_a_kiosk_only_give_numbers_and_their_slips() -> None:
    site = small_site()
    assert rights.of(site, "viewer") == []
    assert rights.of(site, "kiosk") == ["issue", "adopt", "reprint"]
    assert "take_over" in rights.of(site, "supervisor")


def test_a_centre_gives_and_takes_rights() -> None:
    strict = small_site(rights=(Right("transfer", ("supervisor",)), Right("call_chosen", ("officer",))))
    assert not rights.may(strict, "officer", "transfer")
    assert rights.may(strict, "officer", "call_chosen")
    assert not rights.may(strict, "administrator", "call_chosen")


def test_a_taken_over_counter_has_one_officer_and_the_ticket_stays() -> None:
    hall = TestHall()
    ticket = hall.issue("dat")
    hall.do(OpenCounter("c1"), AN)
    hall.do(CallNext("c1"), AN)
    assert hall.do(TakeOver("c1"))["officer"]["id"] == SUPERVISOR.id
    assert hall.desk("c1").ticket == ticket
    assert hall.refusal(StartService(ticket), AN) is Code.NOT_YOUR_TICKET
    hall.do(StartService(ticket))
    before = len(hall.entries())
    hall.do(TakeOver("c1"))
    assert len(hall.entries()) == before
    assert hall.refusal(TakeOver("c2")) is Code.COUNTER_CLOSED
    assert ("person:an", SUPERVISOR.id) in [
        (entry.event.previous, entry.actor) for entry in hall.entries() if hasattr(entry.event, "previous")
    ]
    proved(hall)


def test_a_closed_queue_gives_no_number_until_it_opens_or_the_day_turns() -> None:
    hall = TestHall()
    waiting = hall.issue("dat")
    assert hall.do(CloseQueue("dat")) == {"queue": "dat", "gate": "closed", "limit": None, "given": 1}
    assert _refused_issue(hall) is Code.QUEUE_CLOSED
    hall.issue("tu")
    hall.do(OpenCounter("c1"), AN)
    assert hall.do(CallNext("c1"), AN)["ticket"]["id"] == waiting  # who waits is served
    hall.do(OpenQueue("dat"))
    hall.issue("dat")
    hall.do(CloseQueue("dat"))
    hall.wait(24 * 60)
    hall.issue("dat")
    proved(hall)


def _refused_issue(hall: TestHall) -> Code | None:
    return hall.refusal(IssueTicket("f" * 32, "secret-f", "dat"), KIOSK)


def test_a_limited_queue_gives_so_many_more_numbers() -> None:
    hall = TestHall()
    hall.issue("dat")
    assert hall.do(LimitQueue("dat", 2))["limit"] == 3
    hall.issue("dat")
    hall.issue("dat")
    assert _refused_issue(hall) is Code.QUEUE_FULL
    hall.do(LimitQueue("dat", 0))
    assert _refused_issue(hall) is Code.QUEUE_FULL
    hall.do(OpenQueue("dat"))
    assert _refused_issue(hall) is None
    assert hall.refusal(CloseQueue("no")) is Code.UNKNOWN_QUEUE
    proved(hall)


def test_a_summons_stands_until_its_officer_answers() -> None:
    hall = TestHall()
    hall.issue("dat")
    hall.do(OpenCounter("c1"), AN)
    assert hall.refusal(SummonOfficer("c1", "whim")) is Code.UNKNOWN_REASON
    assert hall.do(SummonOfficer("c1", "come"))["summons"]["reason"] == "come"
    assert hall.refusal(AnswerCall("c1"), BINH) is Code.NOT_YOUR_COUNTER
    assert hall.do(AnswerCall("c1"), AN)["summons"] is None
    assert hall.refusal(AnswerCall("c1"), AN) is Code.NOTHING_TO_ANSWER
    proved(hall)


def test_a_cry_for_help_stands_until_a_leader_answers_or_it_is_taken_back() -> None:
    hall = TestHall()
    hall.issue("dat")
    hall.do(OpenCounter("c1"), AN)
    assert hall.do(AskForHelp("c1"), AN)["help_asked_at"]
    hall.do(SummonOfficer("c1", "come"))
    answered = hall.do(AnswerCall("c1"))
    assert (answered["help_asked_at"], answered["summons"]["reason"]) == (None, "come")
    hall.do(AnswerCall("c1"), AN)
    hall.do(AskForHelp("c1"), AN)
    assert hall.do(AnswerCall("c1"), AN)["help_asked_at"] is None
    proved(hall)


def test_a_reassigned_counter_calls_from_its_new_queues_and_the_journal_tells() -> None:
    hall = TestHall()
    ticket = hall.issue("thue")
    hall.do(OpenCounter("c2"), AN)
    assert hall.refusal(CallNext("c2"), AN) is Code.NOBODY_WAITING
    with hall.store.writing(hall.site.id) as transaction:
        describing.assign(transaction, "c2", ["thue"], ["dat", "thue"], SUPERVISOR, hall.now)
    assert hall.do(CallNext("c2"), AN)["ticket"]["id"] == ticket
    assert hall.happened()[-3:-1] == ["CounterAssigned", "SiteDescribed"]
    assert {entry.actor for entry in hall.entries()[-3:-1]} == {SUPERVISOR.id}
    proved(hall)


@pytest.mark.parametrize(
    ("counter", "queues", "actor", "code"),
    [
        ("c2", ["thue"], AN, Code.NOT_ALLOWED),
        ("no", ["thue"], SUPERVISOR, Code.UNKNOWN_COUNTER),
        ("c2", ["no"], SUPERVISOR, Code.UNKNOWN_QUEUE),
    ],
)
def test_a_bad_assignment_changes_nothing(counter: str, queues: list[str], actor: Actor, code: Code) -> None:
    hall = TestHall()
    hall.issue("dat")
    before = len(hall.entries())
    with hall.store.writing(hall.site.id) as transaction, pytest.raises(Refused) as refused:
        describing.assign(transaction, counter, queues, [], actor, hall.now)
    assert refused.value.refusal.code is code
    assert len(hall.entries()) == before
