"""Who is next: properties of the rule, for any line, any rates, any preset and any order of queues."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from queue_server.core.commands import CallNext, FinishService, OpenCounter, StartService
from queue_server.core.model import Ticket
from queue_server.core.ranking import Reason, pick
from queue_server.core.rule import Rule, joined_at
from tests.halls import TestHall
from tests.sites import MINUTE, MORNING

CLASSES = ("ordinary", "elderly", "merit")
QUEUES = ("dat", "tu")
RATES = st.fixed_dictionaries({name: st.floats(0.1, 20.0) for name in CLASSES})
CAPS = st.one_of(st.none(), st.floats(1.0, 120.0))
RATED = st.builds(Rule, RATES, CAPS)
RULES = st.one_of(
    RATED,
    st.builds(lambda cap: Rule({}, cap, "fifo"), CAPS),
    st.builds(
        lambda cap, order: Rule({}, cap, "strict", order=tuple(order)),
        CAPS,
        st.lists(st.sampled_from(CLASSES), min_size=1, unique=True),
    ),
    st.builds(
        lambda cap, n, preferred: Rule({}, cap, "one-in-n", n=n, preferred=tuple(preferred)),
        CAPS,
        st.integers(1, 5),
        st.lists(st.sampled_from(CLASSES[1:]), min_size=1, unique=True),
    ),
)
PREFERS = st.sampled_from([(), ("dat", "tu"), ("tu", "dat"), ("tu",)])
TURNS = st.integers(0, 6)


def ticket(seq: int, priority: str, since: int, queue: str = "dat") -> Ticket:
    return Ticket(
        id=f"{seq:032x}",
        day="2026-11-23",
        queue=queue,
        series=queue,
        number=seq,
        label=f"A{seq:03d}",
        secret=f"secret-{seq}",
        priority=priority,
        service=None,
        language="vi",
        origin=None,
        seq=seq,
        issued_at=since,
        since=since,
    )


@st.composite
def heads(draw: st.DrawFn) -> list[Ticket]:
    """At most one head for each class of each queue, as the lines give them; some have yet to come due."""
    lines = draw(
        st.lists(st.tuples(st.sampled_from(CLASSES), st.sampled_from(QUEUES)), min_size=1, unique=True)
    )
    return [
        ticket(i + 1, name, MORNING - draw(st.integers(-30, 3 * 60)) * MINUTE, queue)
        for i, (name, queue) in enumerate(lines)
    ]


def picked(line: Sequence[Ticket], rule: Rule, now: int = MORNING, **more: object) -> tuple[Ticket, Reason]:
    found = pick(line, rule, now, **more)  # type: ignore[arg-type]
    assert found is not None
    return found


@given(heads(), RULES, PREFERS, TURNS, st.randoms(use_true_random=False))
def test_the_order_in_which_rows_are_read_makes_no_difference(
    line: list[Ticket], rule: Rule, prefers: tuple[str, ...], passed: int, shuffler: random.Random
) -> None:
    shuffled = list(line)
    shuffler.shuffle(shuffled)
    assert pick(line, rule, MORNING, prefers=prefers, passed=passed) == pick(
        shuffled, rule, MORNING, prefers=prefers, passed=passed
    )


@given(heads(), CAPS, st.floats(0.1, 20.0))
def test_equal_rates_are_first_come_first_served(line: list[Ticket], cap: float | None, rate: float) -> None:
    oldest = min(line, key=lambda t: (t.since, t.seq))
    assert picked(line, Rule(dict.fromkeys(CLASSES, rate), cap))[0] == oldest
    assert picked(line, Rule({"elderly": 9.0}, cap, "fifo"))[0] == oldest


@given(heads(), RULES.filter(lambda rule: rule.cap_minutes is not None), PREFERS, TURNS)
def test_nobody_past_the_cap_is_overtaken_by_someone_younger(
    line: list[Ticket], rule: Rule, prefers: tuple[str, ...], passed: int
) -> None:
    late = [t for t in line if MORNING - t.since > (rule.cap_minutes or 0) * MINUTE]
    if late:
        best, reason = picked(line, rule, prefers=prefers, passed=passed)
        assert best == min(late, key=lambda t: (t.since, t.seq))
        assert reason.rule == ("cap" if len(line) > 1 else "alone")


@given(heads(), RATED, st.sampled_from(CLASSES), st.floats(1.0, 10.0))
def test_raising_a_rate_never_takes_a_call_from_that_class(
    line: list[Ticket], rule: Rule, raised: str, factor: float
) -> None:
    before = picked(line, rule)[0]
    after = picked(line, replace(rule, rates={**rule.rates, raised: rule.rates[raised] * factor}))[0]
    if before.priority == raised:
        assert after.priority == raised
    elif after.priority != raised:
        assert after == before


@given(heads(), RULES, TURNS)
def test_a_counter_that_prefers_calls_from_its_first_queue_with_anybody_but_for_the_cap(
    line: list[Ticket], rule: Rule, passed: int
) -> None:
    best, reason = picked(line, rule, prefers=QUEUES, passed=passed)
    freely = picked(line, rule, passed=passed)[0]
    first = next(queue for queue in QUEUES if any(t.queue == queue for t in line))
    if not any(rule.is_past_cap(t.since, MORNING) for t in line):
        assert best == picked([t for t in line if t.queue == first], rule, passed=passed)[0]
        assert (reason.rule == "preference") == (best != freely)


@given(heads(), RULES, PREFERS, TURNS)
def test_the_reason_tells_the_figures_of_the_called_and_of_the_best_of_the_others(
    line: list[Ticket], rule: Rule, prefers: tuple[str, ...], passed: int
) -> None:
    best, reason = picked(line, rule, prefers=prefers, passed=passed)
    assert reason.picked.label == best.label
    assert reason.picked.waited_ms == max(0, MORNING - best.since)
    assert (reason.rule == "alone") == (reason.rival is None) == (len(line) == 1)
    others = {t.label for t in line} - {best.label}
    assert reason.rival is None or reason.rival.label in others
    if reason.rule == "credit":
        assert all(
            reason.picked.credit >= round(rule.rate(t.priority) * max(0, MORNING - t.since) / MINUTE, 2)
            for t in line
        )


@given(heads(), RULES, TURNS)
def test_somebody_due_goes_before_an_appointment_that_is_not(
    line: list[Ticket], rule: Rule, passed: int
) -> None:
    due = [t for t in line if t.since <= MORNING]
    if any(t.since < MORNING for t in due):
        assert picked(line, rule, passed=passed)[0] in due


@dataclass
class Run:
    """A whole day of one counter that takes as long for everybody: who was called when."""

    rule: Rule
    minutes: int
    prefers: tuple[str, ...] = ()

    def calls(self, people: Sequence[Ticket]) -> list[tuple[int, Ticket]]:
        coming, waiting, found = sorted(people, key=lambda t: t.since), [], []
        now = passed = 0
        while coming or waiting:
            now = now if waiting else max(now, coming[0].since)
            while coming and coming[0].since <= now:
                waiting.append(coming.pop(0))
            lines: dict[object, Ticket] = {}
            for one in waiting:
                lines.setdefault(one.line, one)
            best, reason = picked(list(lines.values()), self.rule, now, prefers=self.prefers, passed=passed)
            passed = reason.passed
            waiting.remove(best)
            found.append((now, best))
            now += self.minutes * MINUTE
        return found


@st.composite
def days(draw: st.DrawFn) -> list[Ticket]:
    told = draw(
        st.lists(st.tuples(st.integers(0, 8), st.sampled_from(CLASSES), st.sampled_from(QUEUES)), max_size=25)
    )
    since, found = 0, []
    for seq, (gap, priority, queue) in enumerate(told):
        since += gap * MINUTE
        found.append(ticket(seq, priority, since, queue))
    return found


@given(days(), RULES, PREFERS, st.integers(1, 12))
def test_over_a_day_nobody_is_overtaken_within_a_class_of_a_queue(
    people: list[Ticket], rule: Rule, prefers: tuple[str, ...], minutes: int
) -> None:
    called = [t for _, t in Run(rule, minutes, prefers).calls(people)]
    assert sorted(t.seq for t in called) == [t.seq for t in people]
    for line in {t.line for t in called}:
        seqs = [t.seq for t in called if t.line == line]
        assert seqs == sorted(seqs)


@given(days(), RULES.filter(lambda rule: rule.cap_minutes is not None), PREFERS, st.integers(1, 12))
def test_over_a_day_the_cap_bounds_every_overtaking(
    people: list[Ticket], rule: Rule, prefers: tuple[str, ...], minutes: int
) -> None:
    calls = Run(rule, minutes, prefers).calls(people)
    for place, (_, late) in enumerate(calls):
        for at, other in calls[:place]:
            if (other.since, other.seq) > (late.since, late.seq):
                assert at - late.since <= (rule.cap_minutes or 0) * MINUTE


@given(days(), st.builds(Rule, RATES), st.sampled_from(CLASSES), st.floats(1.0, 10.0), st.integers(1, 12))
def test_over_a_day_raising_a_rate_never_delays_that_class_where_all_take_as_long(
    people: list[Ticket], rule: Rule, raised: str, factor: float, minutes: int
) -> None:
    """Person by person, each is called as soon or sooner, if no cap steps in: past it, whoever an earlier one
    of the class was called before may now be called before a later one. Pick by pick it holds with a cap too.
    """
    faster = replace(rule, rates={**rule.rates, raised: rule.rates[raised] * factor})
    before, after = ({t.id: at for at, t in Run(each, minutes).calls(people)} for each in (rule, faster))
    assert all(after[t.id] <= before[t.id] for t in people if t.priority == raised)


@given(days(), st.integers(1, 5), st.integers(1, 12))
def test_over_a_day_one_call_in_n_goes_to_a_preferred_class_while_one_waits(
    people: list[Ticket], n: int, minutes: int
) -> None:
    rule = Rule({}, None, "one-in-n", n=n, preferred=("merit",))
    calls = Run(rule, minutes).calls(people)
    for one in (t for t in people if t.priority == "merit"):
        called_at = next(at for at, t in calls if t == one)
        meanwhile = [t.priority for at, t in calls if one.since <= at < called_at]
        for place in range(len(meanwhile) - n + 1):
            assert "merit" in meanwhile[place : place + n]


@given(st.integers(-60, 60), st.integers(0, 30))
def test_an_appointment_counts_from_its_slot_but_gains_little_by_coming_late(late: int, bound: int) -> None:
    slot, came = MORNING, MORNING + late * MINUTE
    since = joined_at(slot, came, bound)
    assert since >= slot and came - since <= bound * MINUTE
    assert since == slot or late > bound


@given(st.lists(st.tuples(st.sampled_from(CLASSES), st.integers(0, 10)), min_size=1, max_size=12))
def test_within_a_class_nobody_is_overtaken(arrivals: list[tuple[str, int]]) -> None:
    hall = TestHall()
    issued: dict[str, list[str]] = {name: [] for name in CLASSES}
    for priority, gap in arrivals:
        issued[priority].append(hall.issue("dat", priority))
        hall.wait(gap)
    hall.do(OpenCounter("c2"))
    called: dict[str, list[str]] = {name: [] for name in CLASSES}
    for _ in arrivals:
        call = hall.do(CallNext("c2"))["ticket"]
        called[call["class"]].append(call["id"])
        hall.do(StartService(call["id"]))
        hall.do(FinishService(call["id"]))
        hall.wait(3)
    assert called == issued


def test_every_call_says_why_in_words_with_the_figures() -> None:
    hall = TestHall()
    hall.issue("dat")
    hall.wait(6)
    hall.issue("dat", "elderly")
    hall.wait(12)
    hall.do(OpenCounter("c2"))
    reason = hall.do(CallNext("c2"))["reason"]
    assert reason["words"]["vi"] == (
        "Người cao tuổi: chờ 12 phút × 2,5 = 30,0; "
        "vé thường dài nhất A001 (Thông thường: chờ 18 phút × 1,0 = 18,0)"
    )
    assert reason["words"]["en"] == (
        "Elderly: waited 12 min × 2.5 = 30.0; longest ordinary A001 (Ordinary: waited 18 min × 1.0 = 18.0)"
    )


def test_the_cap_is_said_when_it_decides() -> None:
    hall = TestHall()
    hall.issue("dat")
    hall.wait(46)
    hall.issue("dat", "merit")
    hall.wait(40)
    hall.do(OpenCounter("c2"))
    call = hall.do(CallNext("c2"))
    assert call["ticket"]["label"] == "A001"
    assert "past the longest wait of 45 minutes" in call["reason"]["words"]["en"]
