"""The backtest: it knows no more than a hall did, counts right, and the method is worth its while."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest

from queue_server.app import backtest
from queue_server.app.backtest_report import Outcome, Report, best_constant
from queue_server.app.traces import TraceUnreadable, Visit, read_trace
from queue_server.core.waiting import MINUTE, Forecast
from tests.unit.simulated_halls import Plan, days

TRACE = """site,queue,ticket,arrival,called,finished,class,counter,open_counters,outcome
hall,A,A001,2026-03-02T08:00,2026-03-02T08:00,2026-03-02T08:05,,c1,1,served
hall,A,A002,2026-03-02T08:01,2026-03-02T08:05,2026-03-02T08:15,,c1,1,served
hall,A,A003,2026-03-02T08:02,,2026-03-02T08:10,elderly,,1,abandoned
hall,A,A004,2026-03-02T08:11,2026-03-02T08:15,,,c1,1,called
hall,B,B001,2026-03-02T08:11:30,2026-03-02T08:12:30,,,c2,2,called
"""


def at(minute: float, **more: object) -> Visit:
    visit = Visit("hall", "A", round(minute * MINUTE), None, None)
    times = {name: round(more.pop(name) * MINUTE) for name in ("called", "finished") if name in more}  # type: ignore[operator]
    return replace(visit, **times, **more)  # type: ignore[arg-type]


def said(*visits: Visit) -> list[Outcome]:
    return list(backtest.play(visits))


def as_known_on_arrival(visits: list[Visit], of: int) -> list[Visit]:
    """The visits with all that came after one of them arrived cut off, but for its own call."""
    now = visits[of].arrival

    def cut(visit: Visit) -> Visit:
        called = visit.called if visit.called is not None and visit.called <= now else None
        finished = visit.finished if visit.finished is not None and visit.finished <= now else None
        return replace(visit, called=called, finished=finished)

    return [cut(visit) for visit in visits[:of]] + [visits[of]]


def test_each_wait_is_foretold_from_what_was_known_on_arrival_alone() -> None:
    visits = days(Plan(days=2, priority=0.2, patience=60.0), seed=4)
    assert visits == sorted(visits, key=lambda visit: visit.arrival)
    whole = {id(v): o for v, o in zip(called_in_order(visits), backtest.play(visits), strict=True)}
    for number in range(0, len(visits), 17):
        visit = visits[number]
        if visit.called is None:
            continue
        *_, cut = (o for v, o in known_outcomes(as_known_on_arrival(visits, number)) if v is visit)
        full = whole[id(visit)]
        assert (cut.said, cut.share, cut.moving_average, cut.last_called) == (
            full.said,
            full.share,
            full.moving_average,
            full.last_called,
        )


def called_in_order(visits: list[Visit]) -> list[Visit]:
    return [visits[number] for _, kind, number in backtest.moments(visits) if kind == backtest.IS_CALLED]


def known_outcomes(visits: list[Visit]) -> list[tuple[Visit, Outcome]]:
    return list(zip(called_in_order(visits), backtest.play(visits), strict=True))


def test_people_ahead_are_those_who_came_before_and_were_neither_called_nor_gone() -> None:
    shares = [o.share for o in said(at(0, called=9), at(1, called=9.5), at(2, finished=3), at(4, called=10))]
    assert shares == [0, 1, 2]


def test_within_one_instant_earlier_visits_are_called_before_later_ones_arrive() -> None:
    outcomes = said(at(0, called=5), at(5, called=5), at(5, called=7), at(5, called=8))
    assert [o.share for o in outcomes] == [0, 0, 0, 1]
    assert [o.share for o in said(at(5, called=7), at(0, called=5))] == [0, 0]  # rows out of order


def test_one_whom_nobody_called_waits_until_the_end_of_the_day() -> None:
    outcomes = said(at(0), at(10, called=20), at(24 * 60 + 1, called=24 * 60 + 2))
    assert [o.share for o in outcomes] == [1, 0]


def test_counters_are_taken_as_recorded_or_else_from_who_was_at_work() -> None:
    recorded = said(at(0, called=9), at(1, called=10, open_counters=4))
    assert recorded[-1].share == 1 / 4
    at_work = said(
        at(0, called=0, finished=8, counter="c1"),
        at(1, called=1, finished=9, counter="c2"),
        at(2, called=8, finished=12, counter="c1"),
        at(8.5, called=10, counter="c2"),
        at(8.6, called=12, counter="c2"),
    )
    assert at_work[-1].share == 1 / 2
    without_ends = said(
        at(0, called=0, counter="c1"), at(1, called=1, counter="c2"), at(2, called=9), at(3, called=9)
    )
    assert without_ends[-1].share == 1 / 2


def test_the_moving_average_takes_services_or_else_the_steps_between_calls() -> None:
    services = said(
        at(0, called=0, finished=4), at(1, called=4, finished=10), at(11, called=20), at(12, called=30)
    )
    assert services[-1].moving_average == 5 * MINUTE
    steps = said(at(0, called=0), at(1, called=3), at(2, called=10), at(11, called=20), at(12, called=30))
    assert steps[-1].moving_average == 5 * MINUTE


def test_the_last_wait_is_that_of_the_last_one_called() -> None:
    assert said(at(0, called=4), at(1, called=7), at(9, called=9))[-1].last_called == 6 * MINUTE


def outcome(waited: float, low: float, likely: float, high: float, share: float = 1.0) -> Outcome:
    minutes = Forecast(low * MINUTE, high * MINUTE, likely * MINUTE)
    return Outcome("hall/A", share, minutes, 6 * MINUTE, 2 * MINUTE, round(waited * MINUTE))


def test_the_figures_are_what_their_names_say() -> None:
    report = Report.of([outcome(5, 4, 6, 8), outcome(9, 4, 6, 8), outcome(3, 4, 6, 8), outcome(8, 4, 6, 8)])
    total = report.total
    assert (total["tickets"], total["mae"], total["bias"]) == (4, 2.25, -0.25)
    assert (total["under"], total["coverage80"], total["width80"]) == (0.25, 0.5, 4.0)
    assert total["baselines"]["moving_average"] == {"mae": 2.25, "bias": -0.25}
    assert total["baselines"]["last_called"]["mae"] == 4.25
    assert report.queues["hall/A"]["mae"] == 2.25


def test_the_constant_of_the_baseline_is_the_best_one_in_hindsight() -> None:
    outcomes = [outcome(wait, 0, 0, 0, share) for wait, share in ((2, 1), (30, 5), (11, 2), (9, 0), (4, 3))]

    def error(constant: float) -> float:
        return sum(abs(constant * o.share - o.waited) for o in outcomes)

    best = best_constant(outcomes)
    assert all(error(best) <= error(minutes * MINUTE / 10) for minutes in range(150))


def test_a_report_is_json_in_the_promised_shape(tmp_path: Path) -> None:
    trace = tmp_path / "trace.csv"
    trace.write_text(TRACE, encoding="utf-8")
    found = json.loads(backtest.run([trace]).to_json())
    assert set(found["queues"]) == {"hall/A", "hall/B"}
    assert {"mae", "bias", "under", "coverage80", "width80", "baselines"} <= set(found["total"])
    assert set(found["total"]["baselines"]) == {"constant", "moving_average", "last_called"}
    assert all("mae" in baseline for baseline in found["total"]["baselines"].values())
    assert found["total"]["tickets"] == 4


def test_the_table_has_a_line_for_each_queue_and_one_for_all(tmp_path: Path) -> None:
    trace = tmp_path / "trace.csv"
    trace.write_text(TRACE, encoding="utf-8")
    lines = backtest.run([trace]).table().splitlines()
    assert [line.split()[0] for line in lines] == ["tickets", "hall/A", "hall/B", "total"]


def test_a_trace_without_visits_gives_an_empty_report(tmp_path: Path) -> None:
    trace = tmp_path / "trace.csv"
    trace.write_text(TRACE.splitlines()[0] + "\n", encoding="utf-8")
    report = backtest.run([trace])
    assert (report.total, report.queues) == ({"tickets": 0, "left_out": 0}, {})
    assert "total" in report.table()


def test_a_gzipped_trace_reads_like_a_plain_one(tmp_path: Path) -> None:
    plain, packed = tmp_path / "a.csv", tmp_path / "a.csv.gz"
    plain.write_text(TRACE, encoding="utf-8")
    packed.write_bytes(gzip.compress(TRACE.encode()))
    assert read_trace(plain) == read_trace(packed)
    assert read_trace(plain).visits[2].klass == "elderly"


def test_rows_whose_times_contradict_each_other_are_left_out_and_counted(tmp_path: Path) -> None:
    trace = tmp_path / "trace.csv"
    early = "hall,A,A9,2026-03-02T09:00,2026-03-02T08:59,,,,,\n"
    undone = "hall,A,A9,2026-03-02T09:00,2026-03-02T09:10,2026-03-02T09:05,,,,\n"
    trace.write_text(TRACE + early + undone, encoding="utf-8")
    total = backtest.run([trace]).total
    assert (total["tickets"], total["left_out"]) == (4, 2)


@pytest.mark.parametrize(
    ("trace", "words"),
    [
        ("arrival,called\n2026-03-02T08:00,\n", "no column site, queue"),
        (TRACE + "hall,A,A9,yesterday,,,,,,\n", "line 7"),
        (TRACE + "hall,A,A9,,,,,,,\n", "line 7: no arrival"),
    ],
)
def test_a_trace_that_makes_no_sense_is_refused_with_its_line(trace: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "trace.csv"
    path.write_text(trace, encoding="utf-8")
    with pytest.raises(TraceUnreadable, match=words):
        read_trace(path)


HALLS = {
    "three counters, one always away for a while": (Plan(), 0.85),
    "five counters, busier": (Plan(counters=5, load=1.0), 0.9),
    "a quarter with priority": (Plan(priority=0.25, load=1.0), 0.7),
    "priority, overload and impatience": (Plan(priority=0.25, load=1.2, patience=40.0, counters=4), 0.9),
    "a lunch break that nobody announced": (Plan(lunch=True), 1.05),
    "neither counters nor service times told": (Plan(told=False), 1.15),
    "one counter": (Plan(counters=1, service=4.0), 1.15),
}
"""Made-up halls, and the most that the error may be, as a multiple of the best baseline's. In a hall that
never changes, the best constant in hindsight is as good as it gets.
"""


@pytest.mark.parametrize("name", HALLS)
def test_the_method_stands_up_to_every_baseline_on_a_made_up_hall_and_its_intervals_hold(name: str) -> None:
    plan, most = HALLS[name]
    found = []
    for seed in (1, 2, 3):  # one hall alone would hang on its dice
        found += list(backtest.play(days(plan, seed)))
    total = Report.of(found).total
    errors = {baseline: figures["mae"] for baseline, figures in total["baselines"].items()}
    print(f"\n{name}: {total['mae']} against {errors}, mean {total['mean_wait']}, held {total['coverage80']}")
    assert total["mae"] < most * min(errors.values())
    assert total["mae"] < 0.95 * min(errors["moving_average"], errors["last_called"])
    assert 0.75 <= total["coverage80"] <= 0.85


def test_a_quiet_hall_is_told_that_there_is_no_wait() -> None:
    outcomes = list(backtest.play(days(Plan(load=0.2, counters=4, days=4))))
    at_once = [o for o in outcomes if o.waited == 0]
    assert len(at_once) > 0.9 * len(outcomes)
    assert sum(o.said.likely < MINUTE / 2 for o in at_once) > 0.95 * len(at_once)
