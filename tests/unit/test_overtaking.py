"""Who was called before a ticket though younger, as `motcua audit` tells it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from queue_server.app.overtaking import Overtaking, overtakings
from queue_server.cli.journal import audit
from queue_server.core.commands import (
    CallNext,
    CallTicket,
    FinishService,
    OpenCounter,
    ParkTicket,
    ReturnTicket,
    StartService,
    TransferTicket,
    UndoTicket,
    UnparkTicket,
)
from queue_server.store.sqlite import SqliteStore
from tests.halls import TestHall


def serve(hall: TestHall, counter: str = "c2", chosen: str | None = None) -> str:
    """Call, serve and finish one; its label."""
    call = hall.do(CallTicket(counter, chosen) if chosen else CallNext(counter))
    hall.do(StartService(call["ticket"]["id"]))
    hall.do(FinishService(call["ticket"]["id"]))
    return str(call["ticket"]["label"])


def passed_by(hall: TestHall, ticket: str, language: str = "en") -> list[Overtaking]:
    with hall.store.reading(hall.site.id) as reading:
        found = reading.ticket(ticket)
        assert found is not None
        return list(overtakings(reading, hall.site, found, language))


def opened(hall: TestHall | None = None) -> TestHall:
    hall = hall or TestHall()
    hall.do(OpenCounter("c2"))
    return hall


def test_a_younger_ticket_of_a_higher_class_is_told_with_the_words_of_its_call() -> None:
    hall = opened()
    plain = hall.issue("dat")
    hall.wait(6)
    hall.issue("dat", "elderly")
    hall.wait(12)
    assert [serve(hall), serve(hall)] == ["A002", "A001"]
    (call,) = passed_by(hall, plain)
    assert (call.label, call.priority, call.counter, call.rule) == ("A002", "elderly", "c2", "credit")
    assert (call.at[11:16], call.since[11:16], call.taken_back) == ("09:18", "09:06", False)
    assert call.why.startswith("Elderly: waited 12 min × 2.5 = 30.0")
    assert passed_by(hall, plain, "vi")[0].why.startswith("Người cao tuổi: chờ 12 phút × 2,5 = 30,0")


def test_older_ones_other_queues_and_later_calls_are_no_overtakings() -> None:
    hall = opened()
    hall.issue("dat")
    mine = hall.issue("dat")
    hall.do(OpenCounter("c3"))
    hall.wait(1)
    hall.issue("tu", "merit")
    hall.issue("dat", "elderly")
    assert serve(hall, "c3") == "C001"
    assert [serve(hall) for _ in range(3)] == ["A001", "A002", "A003"]
    assert passed_by(hall, mine) == []


def test_a_chosen_ticket_of_ones_own_class_is_told_too() -> None:
    hall = opened()
    mine = hall.issue("dat")
    other = hall.issue("dat")
    serve(hall, chosen=other)
    assert [call.rule for call in passed_by(hall, mine)] == ["chosen"]


def test_who_is_sent_back_and_called_again_overtakes_twice_in_the_same_place() -> None:
    hall = opened()
    mine = hall.issue("dat")
    hall.wait(1)
    other = hall.issue("dat", "merit")
    hall.wait(10)
    for _ in range(2):
        hall.do(CallNext("c2"))
        hall.do(ReturnTicket(other))
    assert [call.ticket for call in passed_by(hall, mine)] == [other, other]


def test_only_the_line_in_which_it_waited_at_that_time_counts() -> None:
    hall = opened()
    hall.do(OpenCounter("c3"))
    mine = hall.issue("dat")
    hall.wait(1)
    in_dat, in_tu = hall.issue("dat", "merit"), hall.issue("tu", "merit")
    hall.wait(9)
    serve(hall, "c3")
    hall.do(TransferTicket(mine, queue="tu"))
    later = hall.issue("tu", "merit")
    hall.wait(9)
    serve(hall)
    serve(hall, "c3")
    assert [call.ticket for call in passed_by(hall, mine)] == [later]
    assert {in_dat, in_tu}.isdisjoint(call.ticket for call in passed_by(hall, mine))


def test_a_ticket_that_still_waits_is_told_of_up_to_now() -> None:
    hall = opened()
    mine = hall.issue("dat")
    hall.wait(1)
    hall.issue("dat", "merit")
    hall.wait(10)
    serve(hall)
    assert len(passed_by(hall, mine)) == 1


def test_a_call_that_was_taken_back_is_said_to_have_been() -> None:
    hall = opened()
    mine = hall.issue("dat")
    hall.wait(1)
    other = hall.issue("dat", "merit")
    hall.wait(10)
    hall.do(CallNext("c2"))
    hall.do(UndoTicket(other))
    assert [call.taken_back for call in passed_by(hall, mine)] == [True]
    hall.do(CallNext("c2"))
    assert [call.taken_back for call in passed_by(hall, mine)] == [True, False]


def test_who_came_later_and_was_put_in_front_is_told_too() -> None:
    hall = opened()
    mine = hall.issue("dat")
    hall.wait(1)
    other = hall.issue("dat")
    hall.do(CallTicket("c2", other))
    hall.do(ParkTicket(other, "copy"))
    hall.do(UnparkTicket(other))
    hall.do(CallNext("c2"))
    assert [(call.ticket, call.rule) for call in passed_by(hall, mine)] == [
        (other, "chosen"),
        (other, "alone"),
    ]


@pytest.mark.parametrize("as_json", [False, True])
def test_the_command_tells_it_as_lines_and_as_json(tmp_path: Path, as_json: bool) -> None:
    hall = opened(TestHall(SqliteStore(tmp_path / "motcua.db")))
    hall.issue("dat")
    hall.wait(6)
    hall.issue("dat", "elderly")
    hall.wait(12)
    serve(hall), serve(hall)
    hall.store.close()
    words = ["A001", "--language", "en", "--data", str(tmp_path), *(["--json"] if as_json else [])]
    told = CliRunner().invoke(audit, words, catch_exceptions=False).output
    if as_json:
        data = json.loads(told)
        assert [step["event"] for step in data["life"]][:2] == ["TicketIssued", "TicketCalled"]
        assert [call["label"] for call in data["overtaken_by"]] == ["A002"]
        assert data["state"] == "finished" and "secret" not in told
    else:
        assert "called before it, though younger:" in told and "overtaken 1 time\n" in told
        assert "Elderly: waited 12 min × 2.5 = 30.0" in told
