"""A recorded day, run again: under its own rule exactly as it was, under another rule otherwise."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.app.simulating import fifo, recorded_day, run_paced, strict
from queue_server.app.simulating.script import RecordedDay
from queue_server.core.calling_rule import CallingRule
from queue_server.core.commands import (
    AddService,
    CallNext,
    CallTicket,
    CancelTicket,
    CloseCounter,
    FinishService,
    MarkNoShow,
    OpenCounter,
    ParkTicket,
    PauseCounter,
    RecallTicket,
    ResumeCounter,
    ReturnTicket,
    StartService,
    TransferTicket,
    UndoTicket,
    UnparkTicket,
)
from queue_server.core.refusals import Refused
from queue_server.core.site import Site
from tests.halls import TestHall
from tests.sites import MINUTE, small_site

COUNTERS = ("c1", "c2", "c3", "c4")
QUEUES = ("dat", "dat", "dat", "tu", "thue")
CLASSES = ("ordinary", "ordinary", "ordinary", "elderly", "merit")


def lived(seed: int, steps: int = 320) -> tuple[TestHall, RecordedDay]:
    """A day at four counters, with everything that officers and citizens do, at random by `seed`."""
    dice, tickets = random.Random(seed), []
    hall = TestHall(site=_ruled(seed))
    for counter in COUNTERS:
        hall.do(OpenCounter(counter))
    for _ in range(steps):
        hall.wait(dice.choice([0, 0, 0.2, 0.5, 1]))
        try:
            if dice.random() < 0.2:
                slot = dice.choice([None, None, hall.now + dice.randint(-30, 30) * MINUTE])
                tickets.append(hall.issue(dice.choice(QUEUES), dice.choice(CLASSES), slot=slot))
            else:
                hall.do(_verb(dice, hall, tickets))
        except Refused:
            pass
    return hall, record_of(hall)


def _ruled(seed: int) -> Site:
    """The small centre under one of all the forms of the rule, some of its counters keeping an order."""
    rule = (
        CallingRule(),
        CallingRule(preset="one-in-n", n=2 + seed % 3, preferred=("merit",), cap_minutes=20.0),
        CallingRule(preset="strict", order=("merit", "elderly")),
        CallingRule(preset="fifo", unpark_place="seniority", next_place="seniority"),
    )[seed % 4]
    site = small_site(rule=rule)
    return replace(site, counters=tuple(replace(one, in_order=seed % 3 == 0) for one in site.counters))


def _verb(dice: random.Random, hall: TestHall, tickets: list[str]) -> Any:
    counter = dice.choice(COUNTERS)
    here = hall.desk(counter).ticket
    if dice.random() < 0.15:
        return dice.choice(_rare(dice, counter, dice.choice(tickets[-15:]) if tickets else "none"))
    if here is None:
        return CallNext(counter)
    return dice.choice(
        [
            *[StartService(here)] * 4,
            *[FinishService(here)] * 6,
            *[MarkNoShow(here)] * 3,
            ReturnTicket(here),
            TransferTicket(here, queue=dice.choice(QUEUES)),
            TransferTicket(here, counter=dice.choice(COUNTERS)),
            ParkTicket(here, "copy"),
            AddService(here, dice.choice(QUEUES)),
        ]
    )


def _rare(dice: random.Random, counter: str, ticket: str) -> list[Any]:
    return [
        CancelTicket(ticket),
        RecallTicket(ticket),
        TransferTicket(ticket, queue=dice.choice(QUEUES)),
        *[CallTicket(counter, ticket)] * 4,
        *[UndoTicket(ticket)] * 4,
        *[UnparkTicket(ticket)] * 2,
        ReturnTicket(ticket),
        PauseCounter(counter, "break"),
        *[ResumeCounter(counter)] * 3,
        CloseCounter(counter),
        *[OpenCounter(counter)] * 3,
    ]


def record_of(hall: TestHall, day: str | None = None) -> RecordedDay:
    with hall.store.reading(hall.site.id) as reading:
        return recorded_day(reading, hall.site, day)


@settings(max_examples=30)
@given(st.integers(0, 10_000))
def test_a_recorded_day_comes_out_exactly_under_its_own_rule(seed: int) -> None:
    hall, recorded = lived(seed)
    again = run_paced(recorded, None)
    assert again.calls
    told = [
        (entry.at, entry.event.counter, entry.event.ticket)  # type: ignore[union-attr]
        for entry in hall.entries()
        if type(entry.event).__name__ == "TicketCalled"
    ]
    assert [(call.at, call.counter, call.ticket) for call in again.calls] == told
    assert again == recorded.outcome


def test_turns_are_counted_again_as_they_were_when_a_counter_reopened_or_an_officer_chose() -> None:
    hall = TestHall(site=small_site(rule=CallingRule(preset="one-in-n", n=3, preferred=("merit",))))
    for _ in range(8):
        hall.issue("dat")
    preferred = [hall.issue("dat", "merit") for _ in range(4)]
    hall.do(OpenCounter("c2"))

    def serve(chosen: str | None = None) -> str:
        hall.wait(1)
        call = hall.do(CallTicket("c2", chosen) if chosen else CallNext("c2"))
        hall.do(FinishService(hall.do(StartService(call["ticket"]["id"]))["id"]))
        return str(call["reason"]["rule"])

    assert [serve(), serve()] == ["oldest", "oldest"]
    hall.do(CloseCounter("c2")), hall.do(OpenCounter("c2"))
    assert [serve(), serve(), serve(preferred[0])] == ["oldest", "oldest", "chosen"]
    assert [serve(), serve(), serve()] == ["oldest", "oldest", "turn"]
    recorded = record_of(hall)
    assert run_paced(recorded, None) == recorded.outcome


def test_the_generated_days_hold_everything_that_can_happen() -> None:
    days = [lived(seed) for seed in range(12)]
    assert min(len(recorded.outcome.calls) for _, recorded in days) >= 15
    assert sum(stint.chosen for _, recorded in days for stint in recorded.stints) >= 2
    seen = {name for hall, _ in days for name in hall.happened()}
    assert seen >= {
        "TicketCalled",
        "TicketNoShow",
        "TicketReturned",
        "TicketTransferred",
        "TicketCancelled",
        "TicketParked",
        "TicketUnparked",
        "TicketUndone",
        "VisitContinued",
        "CounterPaused",
        "CounterClosed",
    }


def test_another_rule_calls_others_at_the_same_moments() -> None:
    _, recorded = lived(8)
    strictly = run_paced(recorded, strict(["merit", "elderly"]))
    evenly = run_paced(recorded, fifo())
    assert strictly.calls != evenly.calls
    assert recorded.outcome.calls not in (strictly.calls, evenly.calls)
    moments = {(call.at, call.counter) for call in recorded.outcome.calls}
    assert len(moments & {(call.at, call.counter) for call in strictly.calls}) > 0.8 * len(moments)
