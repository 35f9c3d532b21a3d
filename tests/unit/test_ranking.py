"""Who is next: properties of the rule, for any line and any rates."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from queue_server.core.commands import CallNext, FinishService, OpenCounter, StartService
from queue_server.core.model import Ticket
from queue_server.core.ranking import pick
from tests.halls import TestHall
from tests.sites import MINUTE, MORNING

CLASSES = ("ordinary", "elderly", "merit")
RATES = st.fixed_dictionaries({name: st.floats(0.1, 20.0) for name in CLASSES})
CAPS = st.one_of(st.none(), st.floats(1.0, 120.0))


def ticket(seq: int, priority: str, since: int) -> Ticket:
    return Ticket(
        id=f"{seq:032x}",
        day="2026-11-23",
        queue="dat",
        series="dat",
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
    """At most one head for each class, as the lines give them."""
    chosen = draw(st.lists(st.sampled_from(CLASSES), min_size=1, unique=True))
    return [
        ticket(i + 1, name, MORNING - draw(st.integers(0, 3 * 60)) * MINUTE) for i, name in enumerate(chosen)
    ]


@given(heads(), RATES, CAPS, st.randoms(use_true_random=False))
def test_the_order_in_which_rows_are_read_makes_no_difference(
    line: list[Ticket], rates: dict[str, float], cap: float | None, shuffler: random.Random
) -> None:
    shuffled = list(line)
    shuffler.shuffle(shuffled)
    assert pick(line, rates, cap, MORNING) == pick(shuffled, rates, cap, MORNING)


@given(heads(), CAPS, st.floats(0.1, 20.0))
def test_equal_rates_are_first_come_first_served(line: list[Ticket], cap: float | None, rate: float) -> None:
    picked = pick(line, dict.fromkeys(CLASSES, rate), cap, MORNING)
    assert picked is not None
    assert picked[0] == min(line, key=lambda t: (t.since, t.seq))


@given(heads(), RATES, st.floats(1.0, 120.0))
def test_nobody_past_the_cap_is_overtaken_by_someone_younger(
    line: list[Ticket], rates: dict[str, float], cap: float
) -> None:
    picked = pick(line, rates, cap, MORNING)
    assert picked is not None
    late = [t for t in line if MORNING - t.since > cap * MINUTE]
    if late:
        assert picked[0] == min(late, key=lambda t: (t.since, t.seq))


@given(heads(), RATES, CAPS, st.sampled_from(CLASSES), st.floats(1.0, 10.0))
def test_raising_a_rate_never_delays_that_class(
    line: list[Ticket], rates: dict[str, float], cap: float | None, raised: str, factor: float
) -> None:
    before = pick(line, rates, cap, MORNING)
    after = pick(line, {**rates, raised: rates[raised] * factor}, cap, MORNING)
    assert before is not None and after is not None
    if before[0].priority == raised:
        assert after[0].priority == raised


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
        "Người cao tuổi: chờ 12 phút × 2,5 = 30,0; vé tiếp theo A001 (Thông thường: chờ 18 phút × 1,0 = 18,0)"
    )
    assert reason["words"]["en"] == (
        "Elderly: waited 12 min × 2.5 = 30.0; next best A001 (Ordinary: waited 18 min × 1.0 = 18.0)"
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
