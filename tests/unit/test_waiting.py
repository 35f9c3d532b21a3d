"""How long: what a queue promises before and after it has learnt its own pace."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.core.waiting import (
    MINUTE,
    Interval,
    LineFacts,
    Pace,
    called,
    estimate,
    forecast,
    recollection,
    served,
)

NOW = 1_790_000_000_000
FACTS = LineFacts(now=NOW, ahead=4, waiting=4, counters=2, guess_ms=10 * MINUTE)


def promise(facts: LineFacts, pace: Pace | None = None) -> Interval:
    interval = estimate(facts, pace or Pace())
    assert interval is not None
    return interval


def taught(
    calls: int, minutes_apart: float, facts: LineFacts = FACTS, dice: random.Random | None = None
) -> Pace:
    """A queue in which a line of constant length moved on once in so many minutes."""
    pace, now = Pace(), NOW
    for _ in range(calls):
        apart = minutes_apart * (dice.expovariate(1.0) if dice else 1.0)
        now += round(apart * MINUTE)
        joined = replace(facts, now=now)
        waited = round((facts.ahead + 1) * minutes_apart * MINUTE)
        pace = called(pace, recollection(joined, pace), waited, now)
    return pace


def test_a_queue_that_knows_nothing_goes_by_the_configured_time_and_says_how_unsure_it_is() -> None:
    interval = promise(FACTS)
    assert interval.low < 25 < interval.high  # five places of ten minutes at two counters
    assert interval.high - interval.low >= 25


@given(ahead=st.integers(1, 2000), counters=st.integers(1, 40), guess=st.integers(1, 120))
def test_the_interval_is_in_order_and_never_negative(ahead: int, counters: int, guess: int) -> None:
    interval = promise(LineFacts(NOW, ahead, ahead, counters, guess * MINUTE))
    assert 0 <= interval.low <= interval.likely <= interval.high


def test_more_people_ahead_mean_longer_and_more_counters_shorter() -> None:
    assert promise(replace(FACTS, ahead=9, waiting=9)).likely > promise(FACTS).likely
    assert promise(replace(FACTS, counters=4)).likely < promise(FACTS).likely


def test_nothing_is_promised_while_no_counter_is_open() -> None:
    assert estimate(replace(FACTS, counters=0), Pace()) is None


def test_before_opening_the_time_to_the_doors_is_added() -> None:
    shut = promise(replace(FACTS, counters=2, closed_ms=30 * MINUTE))
    assert shut == Interval(*(getattr(promise(FACTS), name) + 30 for name in ("low", "high", "likely")))


def test_before_opening_a_queue_reckons_with_its_usual_counters() -> None:
    shut = replace(FACTS, counters=0, closed_ms=30 * MINUTE)
    usually_five = Pace(counters=taught(50, 5.0, replace(FACTS, counters=5)).counters)
    assert estimate(shut, usually_five) == estimate(replace(shut, counters=5), Pace())
    assert estimate(shut, Pace()) == estimate(replace(shut, counters=1), Pace())


def test_a_wait_that_runs_into_the_lunch_break_lasts_the_break_longer() -> None:
    plain = promise(FACTS)
    broken = promise(replace(FACTS, serving_ms=5 * MINUTE, break_ms=90 * MINUTE))
    assert (broken.likely, broken.high) == (plain.likely + 90, plain.high + 90)


def test_nobody_is_promised_a_wait_beyond_closing_time() -> None:
    late = promise(replace(FACTS, ahead=40, waiting=40, serving_ms=20 * MINUTE, break_ms=None))
    assert late.high <= 20


def test_a_free_counter_and_an_empty_line_mean_at_once() -> None:
    interval = promise(replace(FACTS, ahead=0, waiting=0, idle=1))
    assert interval.likely == 0
    assert promise(replace(FACTS, ahead=0, waiting=0, idle=0)).likely > 0


def test_who_heads_the_line_already_is_not_told_what_one_who_finds_it_empty_is() -> None:
    joins = replace(FACTS, ahead=0, waiting=0, idle=1)
    assert promise(replace(joins, waits=True)).likely > promise(joins).likely


@pytest.mark.parametrize("minutes_apart", [1.0, 5.0, 30.0])
def test_a_queue_learns_its_own_pace_whatever_was_configured(minutes_apart: float) -> None:
    pace = taught(100, minutes_apart)
    assert promise(FACTS, pace).likely == pytest.approx(5 * minutes_apart, rel=0.1, abs=1)


def test_the_interval_narrows_as_a_queue_proves_steady() -> None:
    first, later = forecast(FACTS, taught(3, 5.0)), forecast(FACTS, taught(200, 5.0))
    assert later.high - later.low < (first.high - first.low) / 2


def test_a_queue_learns_that_one_hour_of_the_week_is_slow() -> None:
    pace, now = Pace(), NOW
    for turn in range(300):
        hour, apart = (9, 12) if turn // 10 % 3 == 0 else (14, 4)
        now += apart * MINUTE
        joined = replace(FACTS, now=now, hour=hour)
        pace = called(pace, recollection(joined, pace), 5 * apart * MINUTE, now)
    pace = replace(pace, last_called_at=None, quick_gap=pace.gap)  # the next week
    slow, quick = (forecast(replace(FACTS, hour=hour), pace).likely for hour in (9, 14))
    assert slow > 1.3 * quick


def test_a_class_that_is_let_past_is_promised_less() -> None:
    pace, now = Pace(), NOW
    for turn in range(200):
        now += 5 * MINUTE
        favoured = turn % 4 == 0
        joined = replace(FACTS, now=now, klass="elderly" if favoured else "")
        pace = called(pace, recollection(joined, pace), (8 if favoured else 30) * MINUTE, now)
    assert promise(replace(FACTS, klass="elderly"), pace).high < promise(FACTS, pace).low


def test_learnt_service_times_count_for_more_than_the_configured_one() -> None:
    pace = Pace()
    for turn in range(50):
        pace = served(pace, 3 * MINUTE, NOW + turn)
    assert promise(FACTS, pace).likely == pytest.approx(
        promise(replace(FACTS, guess_ms=3 * MINUTE)).likely, abs=1
    )


def test_the_lunch_break_is_not_taken_for_slow_service() -> None:
    pace = taught(50, 5.0)
    at = pace.last_called_at or 0
    memo = recollection(replace(FACTS, now=at - 40 * MINUTE), pace)
    after = called(pace, memo, 120 * MINUTE, at + 80 * MINUTE, closed_ms=30 * MINUTE)
    assert after.gap == pace.gap
    assert promise(FACTS, after).likely == pytest.approx(promise(FACTS, pace).likely, abs=1)


def test_an_unannounced_pause_slows_the_pace_no_more_than_a_few_ordinary_steps() -> None:
    pace = taught(50, 5.0)
    memo = recollection(FACTS, pace)
    paused = called(pace, memo, 200 * MINUTE, (pace.last_called_at or 0) + 180 * MINUTE)
    assert paused.gap[0] / paused.gap[1] < 1.1 * pace.gap[0] / pace.gap[1]


def test_calls_to_an_empty_line_say_nothing_of_the_pace() -> None:
    pace = taught(50, 5.0)
    memo = recollection(replace(FACTS, ahead=0, waiting=0), pace)
    assert called(pace, memo, 0, (pace.last_called_at or 0) + 60 * MINUTE).gap == pace.gap


def test_a_row_survives_its_way_through_json() -> None:
    pace = served(taught(40, 7.0, dice=random.Random(3)), 123_456, NOW)
    assert Pace.from_row(json.loads(json.dumps(pace.to_row()))) == pace


def test_a_row_of_an_older_kind_begins_anew() -> None:
    assert Pace.from_row([20, 26.352, 7905810.109, None, 900000, 19000]) == Pace()
    assert Pace.from_row([]) == Pace()
    newer = taught(5, 5.0).to_row()
    assert Pace.from_row([newer[0] + 1, *newer[1:]]) == Pace()


def test_a_ticket_with_an_older_memo_is_called_without_harm() -> None:
    pace = taught(10, 5.0)
    after = called(pace, (4, 2), 5 * MINUTE, NOW)
    assert (after.last_waited_ms, after.place, after.cells) == (5 * MINUTE, pace.place, pace.cells)


def test_the_same_events_leave_the_same_row() -> None:
    rows = {json.dumps(taught(300, 4.0, dice=random.Random(11)).to_row()) for _ in range(2)}
    assert len(rows) == 1


def test_what_a_queue_keeps_stays_small() -> None:
    dice = random.Random(5)
    pace, now = Pace(), NOW
    for _ in range(5000):
        now += dice.randint(1, 20) * MINUTE
        facts = replace(
            FACTS,
            now=now,
            ahead=(ahead := dice.randint(0, 30)),
            waiting=ahead,
            hour=dice.choice((8, 9, 10, 14, 15)) + 24 * dice.randint(0, 4),
            idle=0 if ahead else dice.randint(0, 9),
            klass=dice.choice(("", "elderly", "merit")),
        )
        pace = called(pace, recollection(facts, pace), dice.randint(0, 90) * MINUTE, now)
    assert len(json.dumps(pace.to_row())) < 6000
