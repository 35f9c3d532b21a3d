"""A centre's own journal, played through the waiting-time method."""

from __future__ import annotations

import heapq
import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from queue_server.app.backtest import run_journal
from queue_server.app.simulating import visits_of_journal
from queue_server.app.traces import Visit
from queue_server.cli import Trouble
from queue_server.cli.waiting import backtest
from queue_server.core.commands import (
    CallNext,
    CloseCounter,
    FinishService,
    OpenCounter,
    ReturnTicket,
    StartService,
    TransferTicket,
)
from queue_server.store.sqlite import SqliteStore
from tests.halls import TestHall
from tests.sites import DAY, MINUTE, MORNING


def visits(hall: TestHall) -> list[Visit]:
    with hall.store.reading(hall.site.id) as reading:
        return visits_of_journal(reading, hall.site)


def lived(hall: TestHall, days: int = 2, counters: tuple[str, ...] = ("c1", "c2")) -> TestHall:
    """Days from 7:30 with lunch from 11:30 to 13:00; people every three minutes, served in about five."""
    dice = random.Random(7)
    for day in range(days):
        hall.now = MORNING - 90 * MINUTE + day * DAY
        for counter in counters:
            hall.do(OpenCounter(counter))
        _live(hall, dice, set(counters))
        for counter in counters:
            hall.do(CloseCounter(counter))
    return hall


def _live(hall: TestHall, dice: random.Random, free: set[str]) -> None:
    opening, minute = hall.now, 0.0
    due: list[tuple[int, str]] = [(opening + 330 * MINUTE, "")]  # the end of lunch, so that counters look up
    while (minute := minute + dice.expovariate(1 / 3.0)) < 500:
        if not 225 < minute < 330:
            due.append((opening + round(minute * MINUTE), "somebody"))
    heapq.heapify(due)
    while due:
        hall.now, what = heapq.heappop(due)
        if what == "somebody":
            hall.issue("dat", dice.choice(["ordinary", "ordinary", "ordinary", "elderly"]))
        elif what:
            hall.do(FinishService(hall.desk(what).ticket or ""))
            free.add(what)
        while free and hall.waiting().get("dat") and not 240 <= (hall.now - opening) / MINUTE < 330:
            counter = min(free)
            free.remove(counter)
            hall.do(StartService(hall.do(CallNext(counter))["ticket"]["id"]))
            heapq.heappush(due, (hall.now + round(dice.lognormvariate(1.6, 0.5) * MINUTE), counter))


def test_a_journal_tells_who_came_when_and_what_became_of_them() -> None:
    hall = TestHall()
    hall.do(OpenCounter("c2"))
    ticket = hall.issue("dat", "elderly")
    hall.wait(5)
    hall.do(OpenCounter("c1"))
    hall.issue("dat")
    hall.do(CallNext("c2"))
    hall.wait(1)
    hall.do(StartService(ticket))
    hall.wait(3)
    hall.do(FinishService(ticket))
    first, second = visits(hall)
    nine = 1_795_399_200_000 + 7 * 60 * MINUTE  # local time as if it were UTC
    assert first == Visit(
        "nho", "dat", nine, nine + 5 * MINUTE, nine + 9 * MINUTE, "elderly", "c2", 1, guess_ms=10 * MINUTE
    )
    assert (second.arrival, second.called, second.klass, second.open_counters) == (
        nine + 5 * MINUTE,
        None,
        "",
        2,
    )


def test_the_break_is_no_part_of_a_wait() -> None:
    hall = TestHall(now=MORNING + 145 * MINUTE)  # 11:25; the break lasts from 11:30 to 13:00
    hall.do(OpenCounter("c2"))
    hall.issue("dat")
    hall.wait(100)
    hall.do(CallNext("c2"))
    (visit,) = visits(hall)
    assert visit.closed_ms == 90 * MINUTE
    assert run_journal([visit]).total["mean_wait"] == 10.0


def test_who_comes_back_stands_in_line_again_but_is_told_nothing() -> None:
    hall = TestHall()
    hall.do(OpenCounter("c2")), hall.do(OpenCounter("c3"))
    ticket = hall.issue("dat")
    hall.wait(4)
    hall.do(CallNext("c2"))
    hall.do(ReturnTicket(ticket))
    hall.wait(4)
    hall.do(CallNext("c2"))
    hall.do(TransferTicket(ticket, queue="tu"))
    hall.wait(2)
    hall.do(CallNext("c3"))
    stays = visits(hall)
    assert [(stay.queue, stay.comes_back) for stay in stays] == [("dat", False), ("dat", True), ("tu", True)]
    assert run_journal(stays).total["tickets"] == 1


def test_a_lived_in_hall_is_foretold_better_than_by_any_baseline_and_within_the_interval() -> None:
    played = visits(lived(TestHall(), days=4))
    total = run_journal(played).total
    assert total["tickets"] == len(played) > 300
    assert total["mae"] < min(baseline["mae"] for baseline in total["baselines"].values())
    assert 0.7 < total["coverage80"] < 0.9


def test_one_day_is_scored_with_what_earlier_days_taught() -> None:
    played = visits(lived(TestHall()))
    both, second = run_journal(played).total, run_journal(played, day="2026-11-24").total
    alone = run_journal([visit for visit in played if visit.arrival >= MORNING + DAY]).total
    assert 0 < second["tickets"] == alone["tickets"] < both["tickets"]
    assert second["mae"] != alone["mae"]


def test_nothing_of_the_future_is_used() -> None:
    played = visits(lived(TestHall()))
    cut = [
        replace(visit, called=None, finished=None) if at > 60 else visit for at, visit in enumerate(played)
    ]
    early = run_journal(played[:40]).total
    assert early["tickets"] == 40
    assert run_journal(cut[:40]).total == early


def test_the_command_plays_the_journal_of_a_data_folder(tmp_path: Path) -> None:
    hall = lived(TestHall(SqliteStore(tmp_path / "motcua.db")), days=1)
    expected = run_journal(visits(hall)).total
    hall.store.close()

    def told(*words: str) -> dict[str, object]:
        output = CliRunner().invoke(backtest, [*words, "--json"], catch_exceptions=False).output
        return dict(json.loads(output)["total"])

    assert told(str(tmp_path)) == told("--data", str(tmp_path)) == expected
    assert told("--data", str(tmp_path), "--day", "2026-11-23") == expected
    with pytest.raises(Trouble, match="no day 2026-11-01; the newest: 2026-11-23"):
        told("--data", str(tmp_path), "--day", "2026-11-01")
