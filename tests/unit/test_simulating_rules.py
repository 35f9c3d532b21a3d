"""What holds in a simulated hall, whoever comes and whatever the rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.app.simulating import BadRule, Rule, fifo, read_rule, run_free, run_paced, strict
from queue_server.app.simulating.figures import overtakings
from queue_server.app.simulating.free import Leg, Span, Visitor
from queue_server.app.simulating.outcome import Outcome, Stay
from queue_server.core.model import Ticket
from queue_server.core.site import Counter, Site
from tests.sites import MINUTE, small_site
from tests.unit.test_simulating_recorded import lived

CLASSES = ("ordinary", "elderly", "merit")
people = st.lists(
    st.tuples(
        st.integers(0, 4 * MINUTE),  # after the one before
        st.sampled_from(["dat", "tu"]),
        st.sampled_from(CLASSES),
        st.integers(0, 15 * MINUTE),  # service
    ),
    max_size=40,
)
rules = st.one_of(
    st.builds(
        lambda rates, cap: Rule(dict(zip(CLASSES, rates, strict=True)), cap),
        st.lists(st.floats(0, 10), min_size=3, max_size=3),
        st.none() | st.floats(1, 40),
    ),
    st.builds(
        lambda n, cap: Rule({}, cap, "one-in-n", n=n, preferred=("merit",)),
        st.integers(1, 5),
        st.none() | st.floats(1, 40),
    ),
    st.builds(lambda cap: strict(["merit", "elderly"], cap_minutes=cap), st.none() | st.floats(1, 40)),
)


def ticket(number: int, at: int, queue: str = "dat", priority: str = "ordinary") -> Ticket:
    label = f"A{number:03d}"
    return Ticket(
        str(number), "", queue, queue, number, label, "", priority, None, "vi", None, number, at, at
    )


def visitors(told: Sequence[tuple[int, str, str, int]]) -> list[Visitor]:
    found, at = [], 0
    for number, (gap, queue, priority, service) in enumerate(told):
        at += gap
        found.append(Visitor(ticket(number, at, queue, priority), (Leg(queue, service),)))
    return found


def hall(counters: int, queues: tuple[str, ...] = ("dat", "tu")) -> Site:
    desks = tuple(Counter(f"c{n}", str(n), "a", queues) for n in range(counters))
    return replace(small_site(), counters=desks)


def run(told: Any, counters: int, rule: Rule, closes: int | None = None, **more: Any) -> Outcome:
    site = hall(counters, **more)
    return run_free(site, visitors(told), [Span(one.id, 0, closes) for one in site.counters], rule)


@given(people, st.integers(1, 3), rules)
def test_everybody_is_called_exactly_once(told: Any, counters: int, rule: Rule) -> None:
    outcome = run(told, counters, rule)
    assert sorted(int(call.ticket) for call in outcome.calls) == list(range(len(told)))
    assert [stay.fate for stay in outcome.stays] == ["called"] * len(told)


@given(people, st.integers(1, 3), rules)
def test_after_closing_everybody_was_called_once_or_is_left(told: Any, counters: int, rule: Rule) -> None:
    outcome = run(told, counters, rule, closes=30 * MINUTE)
    assert sorted(int(stay.ticket) for stay in outcome.stays) == list(range(len(told)))
    called = [stay.ticket for stay in outcome.stays if stay.fate == "called"]
    assert called == [call.ticket for call in outcome.calls]


@settings(max_examples=15)
@given(st.integers(0, 10_000), rules)
def test_in_a_recorded_day_under_another_rule_nobody_is_lost_or_called_twice(seed: int, rule: Rule) -> None:
    _, recorded = lived(seed)
    outcome = run_paced(recorded, rule)
    assert {stay.ticket for stay in outcome.stays} == {stay.ticket for stay in recorded.outcome.stays}
    called = [(stay.ticket, stay.ended) for stay in outcome.stays if stay.fate == "called"]
    assert called == [(call.ticket, call.at) for call in outcome.calls]
    assert len(outcome.calls) <= len(recorded.stints)


@given(people, st.integers(1, 3), rules)
def test_within_a_class_nobody_is_overtaken(told: Any, counters: int, rule: Rule) -> None:
    for stays in by_line(run(told, counters, rule)):
        assert stays == sorted(stays, key=lambda stay: (stay.since, stay.seq))


def by_line(outcome: Outcome) -> list[list[Stay]]:
    """The stays of each queue and class, in the order in which they were called."""
    lines: dict[tuple[str, str], list[Stay]] = {}
    for stay in outcome.stays:
        lines.setdefault((stay.queue, stay.priority), []).append(stay)
    return list(lines.values())


@given(people, st.integers(1, 3), rules.filter(lambda rule: rule.cap_minutes is not None))
def test_nobody_past_the_cap_sees_a_younger_one_called(told: Any, counters: int, rule: Rule) -> None:
    outcome = run(told, counters, rule)
    assert rule.cap_minutes is not None
    for one in outcome.stays:
        past = one.since + rule.cap_minutes * MINUTE
        for other in outcome.stays:
            if (other.since, other.seq) > (one.since, one.seq) and other.turn < one.turn:
                assert other.ended <= past


@given(people, st.integers(1, 3), st.floats(0.1, 10), st.none() | st.floats(1, 40))
def test_equal_rates_are_first_come_first_served(told: Any, counters: int, rate: float, cap: float) -> None:
    outcome = run(told, counters, Rule(dict.fromkeys(CLASSES, rate), cap))
    assert [int(call.ticket) for call in outcome.calls] == list(range(len(told)))
    assert outcome == run(told, counters, fifo())


@given(people, st.integers(1, 3))
def test_one_more_counter_makes_nobody_wait_longer(told: Any, counters: int) -> None:
    alike = [(gap, "dat", "ordinary", service) for gap, _, _, service in told]
    few, more = (run(alike, many, fifo()) for many in (counters, counters + 1))
    for one, two in zip(few.stays, more.stays, strict=True):
        assert one.ticket == two.ticket and one.waited >= two.waited


@given(people)
def test_strict_priority_lets_no_lower_class_pass(told: Any) -> None:
    outcome = run(told, 1, strict(["merit", "elderly"]))
    level = {"merit": 0, "elderly": 1, "ordinary": 2}
    for one in outcome.stays:
        for other in outcome.stays:
            if level[other.priority] > level[one.priority] and one.joined < other.ended:
                assert one.turn < other.turn


@given(people, rules)
def test_overtakings_are_counted_as_one_would_by_hand(told: Any, rule: Rule) -> None:
    stays = run(told, 2, rule, closes=40 * MINUTE).stays
    for one, count in zip(stays, overtakings(stays), strict=True):
        assert count == sum(
            other.queue == one.queue
            and other.priority != one.priority
            and (other.since, other.seq) > (one.since, one.seq)
            and other.fate == "called"
            and other.turn < one.turn
            for other in stays
        )


def test_a_chosen_call_within_a_class_is_no_overtaking_by_another_class() -> None:
    def stay(number: int, turn: int, priority: str) -> Stay:
        return Stay(str(number), "dat", priority, number, number, number, 9, turn, "called", True)

    called = [stay(2, 0, "ordinary"), stay(3, 1, "merit"), stay(1, 2, "ordinary")]
    assert overtakings(called) == [0, 0, 1]


def test_who_loses_patience_leaves_unless_called_before() -> None:
    long, short = Leg("dat", 10 * MINUTE), Leg("dat", MINUTE, patience_ms=5 * MINUTE)
    came = [Visitor(ticket(1, 0), (long,)), Visitor(ticket(2, 0), (short,))]
    for counters, fate in ((1, "abandoned"), (2, "called")):
        site = hall(counters)
        outcome = run_free(site, came, [Span(one.id, 0, None) for one in site.counters], fifo())
        assert {stay.ticket: stay.fate for stay in outcome.stays}["2"] == fate


def test_a_visitor_with_two_services_comes_back_for_the_second() -> None:
    came = [Visitor(ticket(1, 0), (Leg("dat", MINUTE, gap_ms=MINUTE), Leg("tu", MINUTE)))]
    outcome = run_free(hall(1), came, [Span("c0", 0, None)], fifo())
    assert [call.at for call in outcome.calls] == [0, 2 * MINUTE]
    assert [(stay.queue, stay.first) for stay in outcome.stays] == [("dat", True), ("tu", False)]


def test_the_next_agency_of_a_visit_may_begin_behind_everybody() -> None:
    def second_call(anew: bool) -> str:
        legs = (Leg("dat", MINUTE), Leg("tu", MINUTE, begins_anew=anew))
        came = [Visitor(ticket(1, 0), legs), Visitor(ticket(2, 1, "tu"), (Leg("tu", MINUTE),))]
        return run_free(hall(1), came, [Span("c0", 0, None)], fifo()).calls[1].ticket

    assert (second_call(False), second_call(True)) == ("1", "2")


def test_an_appointment_comes_when_it_came_and_counts_from_its_slot() -> None:
    booked = replace(ticket(1, 0), since=10 * MINUTE)
    came = [Visitor(booked, (Leg("dat", MINUTE),)), Visitor(ticket(2, 3000), (Leg("dat", MINUTE),))]
    late = [Span("c0", 5 * MINUTE, None)]
    assert [call.ticket for call in run_free(hall(1), came, late, fifo()).calls] == ["2", "1"]
    alone = run_free(hall(1), came[:1], late, fifo())
    assert alone.calls[0].at == 5 * MINUTE


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "rule:1: the rule has no rates; add a table [rates]"),
        ("rates = 3", "write [rates] and below it"),
        ("[rates]\nelderly = 'much'", "'rates.elderly' is 'much', not a number"),
        ("[rates]\nelderly = -1", "'rates.elderly' is -1; write a number from 0"),
        ("cap_minuts = 3", "nearest: 'cap_minutes'"),
        ("preset = 'lifo'", "nearest: 'fifo'"),
        ("preset = 'strict'", "add it: order = "),
        ("preset = 'strict'\norder = ['a', 'a']", "rule:2: 'a' stands twice"),
        ("preset = 'one-in-n'\nn = 0\npreferred = ['merit']", "rule:2: 'n' is 0; write a number from 1"),
        ("preset = 'fifo'\nn = 3", "rule:2: 'n' says nothing under this preset"),
        ("preset = 'fifo'\n[rates]\nmerit = 2", "'rates' says nothing under this preset"),
        ("rates = [", "not TOML"),
        ("name = 3\npreset = 'fifo'", "'name' is not text"),
    ],
)
def test_a_mistake_in_a_rule_file_is_told_with_its_mend(text: str, told: str) -> None:
    with pytest.raises(BadRule) as wrong:
        read_rule(text, "test")
    assert told in str(wrong.value)
