"""What a call, an estimate and a screen cost with ten people waiting, and with two thousand: the same."""

from __future__ import annotations

import gc
import random
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from queue_server.app.ports import Reading, Writing
from queue_server.app.views import counter as desk
from queue_server.app.views import shapes
from queue_server.app.views.rows import line_rows
from queue_server.app.write_path import Order, carry_out
from queue_server.core.commands import (
    CallNext,
    Command,
    FinishService,
    IssueTicket,
    OpenCounter,
    StartService,
)
from queue_server.store.sqlite import SqliteStore
from tests.halls import SUPERVISOR, TestHall

pytestmark = pytest.mark.in_process

FEW, MANY = 10, 2000
ROUNDS = 120
MOST = 1.25
CLASSES = ("ordinary", "ordinary", "ordinary", "elderly", "merit")


class _TakeBack(Exception):
    """Undoes the transaction that was timed, so that every round finds the same hall."""


@dataclass
class Hall:
    """A hall on a SQLite file, and the ticket `last` in its line."""

    hall: TestHall
    last: str

    @classmethod
    def of(cls, file: Path, waiting: int) -> Hall:
        hall, dice = TestHall(SqliteStore(file)), random.Random(5)
        hall.do(OpenCounter("c1"))
        hall.do(OpenCounter("c2"))
        for _ in range(40):  # so that something is learnt, and the row of it has its usual size
            ticket = hall.issue("dat", dice.choice(CLASSES))
            hall.wait(1)
            hall.do(StartService(hall.do(CallNext("c1"))["ticket"]["id"]))
            hall.do(FinishService(ticket))
        names = [f"a{number:031x}" for number in range(waiting)]
        with hall.store.writing(hall.site.id) as transaction:
            for number, name in enumerate(names):
                command = IssueTicket(name, f"s-{number}", "dat", priority=dice.choice(CLASSES))
                _carried_out(transaction, hall, command, number)
        hall.wait(60)
        return cls(hall, names[-1])

    def ordered(self, command: Command) -> float:
        """CPU seconds to load, decide and write a command, but for the commit, which is the disk's alone."""
        try:
            with self.hall.store.writing(self.hall.site.id) as transaction:
                begun = time.thread_time()
                _carried_out(transaction, self.hall, command)
                took = time.thread_time() - begun
                raise _TakeBack
        except _TakeBack:
            return took

    def read(self, view: Callable[[Reading], Any]) -> float:
        with self.hall.store.reading(self.hall.site.id) as reading:
            begun = time.thread_time()
            view(reading)
            return time.thread_time() - begun


def _carried_out(transaction: Writing, hall: TestHall, command: Command, later_ms: int = 0) -> None:
    order = Order(command, SUPERVISOR, None, "")
    carry_out(transaction, hall.site.id, order, hall.now + later_ms, _no_answer)


def _no_answer(*_: object) -> None:
    return None


def who_is_next(it: Hall) -> float:
    return it.ordered(CallNext("c2"))


def number_given(it: Hall) -> float:
    return it.ordered(IssueTicket("f" * 32, "s-last", "dat", priority="elderly"))


def lines_shown(it: Hall) -> float:
    """The rows of a board: every line with how long it would take."""
    return it.read(lambda reading: line_rows(reading, it.hall.site, ["dat", "tu", "thue"], it.hall.now))


def desk_shown(it: Hall) -> float:
    return it.read(lambda reading: desk.snapshot(reading, it.hall.site, "c2", it.hall.now))


def last_looked_up(it: Hall) -> float:
    def look(reading: Reading) -> None:
        found = reading.ticket(it.last)
        assert found is not None
        shapes.ticket_json(reading, it.hall.site, found, it.hall.now)

    return it.read(look)


@pytest.fixture(scope="module")
def halls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Hall, Hall]]:
    folder = tmp_path_factory.mktemp("costs")
    few, many = Hall.of(folder / "few.db", FEW), Hall.of(folder / "many.db", MANY)
    yield few, many
    few.hall.store.close(), many.hall.store.close()


def ratio(cost: Callable[[Hall], float], few: Hall, many: Hall) -> float:
    """Medians of many over few, taken in turns so that whatever else the machine does falls on both."""
    gc.collect()
    for _ in range(5):
        cost(few), cost(many)
    pairs = [(cost(few), cost(many)) for _ in range(ROUNDS)]
    low, high = (statistics.median(times) * 1000 for times in zip(*pairs, strict=True))
    figures = f"{FEW} waiting {low:.3f} ms, {MANY} waiting {high:.3f} ms, ratio {high / low:.2f}"
    print(f"\n{cost.__name__:16} {figures}")
    return high / low


@pytest.mark.timeout(300)
@pytest.mark.parametrize("cost", [who_is_next, number_given, lines_shown, desk_shown, last_looked_up])
def test_nothing_takes_longer_because_the_line_is_long(
    halls: tuple[Hall, Hall], cost: Callable[[Hall], float]
) -> None:
    assert ratio(cost, *halls) < MOST
