"""The single writer: many askers, one commit; a failed commit tells nobody otherwise."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from queue_server import concurrency
from queue_server.app.describing import describe
from queue_server.app.ports import StoreTrouble
from queue_server.app.views import shapes
from queue_server.app.write_path import Order
from queue_server.app.writer import Writer
from queue_server.core.commands import CallNext, IssueTicket
from queue_server.core.refusals import Refused
from queue_server.store.sqlite import SqliteStore
from tests.halls import KIOSK, SUPERVISOR
from tests.sites import MORNING, small_site


class Failing:
    """A store whose next commits fail, as on a full disk."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store
        self.fails = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    @contextmanager
    def writing(self, site: str) -> Iterator[Any]:
        with self._store.writing(site) as transaction:
            yield transaction
            if self.fails:
                raise StoreTrouble("database or disk is full")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Failing]:
    sqlite = SqliteStore(tmp_path / "motcua.db")
    describe(sqlite, small_site())
    yield Failing(sqlite)
    sqlite.close()


@pytest.fixture
def commits() -> list[int]:
    return []


@pytest.fixture
def writer(store: Failing, commits: list[int]) -> Iterator[Writer]:
    made = Writer(
        store,
        lambda: MORNING,
        concurrency.enter("threading"),
        shapes.answer_to,
        lambda _, records: commits.append(records[-1].seq),
    )  # type: ignore[arg-type]
    made.start()
    yield made
    made.stop()


def taking(number: int) -> Order:
    return Order(IssueTicket(f"{number:032x}", f"secret-{number}", "dat"), KIOSK, f"key-{number}", "f")


def test_many_askers_share_commits_and_all_get_their_own_answer(writer: Writer, commits: list[int]) -> None:
    numbers: list[int] = []
    gate = threading.Barrier(32)

    def ask(name: int) -> None:
        gate.wait()
        for turn in range(5):
            answer = writer.submit("nho", taking(name * 100 + turn)).answer
            assert answer is not None
            numbers.append(answer["number"])

    threads = [threading.Thread(target=ask, args=(name,)) for name in range(1, 33)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == list(range(1, 161))
    assert writer.orders == 160
    assert writer.commits < 160, "group commit: many orders in one commit"
    assert commits == sorted(commits)


def test_a_refusal_is_one_askers_affair(writer: Writer) -> None:
    with pytest.raises(Refused):
        writer.submit("nho", Order(CallNext("c1"), SUPERVISOR))
    answer = writer.submit("nho", taking(1)).answer
    assert answer is not None and answer["number"] == 1


def test_a_bug_in_one_order_leaves_its_neighbours_alone(writer: Writer) -> None:
    with pytest.raises(ZeroDivisionError):
        writer.run("nho", lambda transaction, now: 1 // 0)
    assert writer.submit("nho", taking(1)).answer is not None


def test_a_commit_that_fails_is_said_to_every_asker_and_nothing_is_kept(
    writer: Writer, store: Failing
) -> None:
    store.fails = True
    with pytest.raises(StoreTrouble, match="disk is full"):
        writer.submit("nho", taking(1))
    store.fails = False
    answer = writer.submit("nho", taking(1)).answer
    assert answer is not None and answer["number"] == 1


def test_who_asks_while_it_ends_is_told_and_does_not_wait(writer: Writer, store: Failing) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(transaction: Any, now: int) -> str:
        begun.set()
        go_on.wait(60)
        return "done"

    answers: dict[str, str] = {}

    def ask(who: str, task: Any) -> None:
        try:
            answers[who] = writer.run("nho", task)
        except StoreTrouble as trouble:
            answers[who] = str(trouble)

    def wait_for_jobs(count: int) -> None:
        while writer._jobs.qsize() < count:
            time.sleep(0.001)

    first = threading.Thread(target=ask, args=("first", slow))
    first.start()
    assert begun.wait(60)
    stopping = threading.Thread(target=writer.stop)
    stopping.start()
    wait_for_jobs(1)
    late = threading.Thread(target=ask, args=("late", lambda transaction, now: "late"))
    late.start()
    wait_for_jobs(2)
    go_on.set()
    for thread in (first, stopping, late):
        thread.join(60)
    assert answers == {"first": "done", "late": "the writer has stopped"}


def test_a_listener_that_fails_does_not_end_the_writer(store: Failing) -> None:
    def deaf(site: str, seq: int) -> None:
        raise RuntimeError("no ears")

    writer = Writer(
        store,
        lambda: MORNING,
        concurrency.enter("threading"),
        shapes.answer_to,
        deaf,  # type: ignore[arg-type]
    )
    writer.start()
    assert writer.submit("nho", taking(1)).answer is not None
    assert writer.submit("nho", taking(2)).answer is not None
    writer.stop()


def test_whatever_ends_the_writers_thread_leaves_nobody_waiting(writer: Writer, store: Failing) -> None:
    def mortal(transaction: Any, now: int) -> None:
        raise SystemExit

    with pytest.raises(StoreTrouble, match="stopped"):
        writer.run("nho", mortal)
    with pytest.raises(StoreTrouble, match="stopped"):
        writer.submit("nho", taking(1))
    assert not writer.alive


def test_a_full_disk_in_one_order_is_told_to_all_of_its_commit(writer: Writer, store: Failing) -> None:
    def full(transaction: Any, now: int) -> None:
        transaction.set_cursor("kept", 1)
        raise sqlite3.OperationalError("database or disk is full")

    with pytest.raises(StoreTrouble, match="disk is full"):
        writer.run("nho", full)
    with store.reading("nho") as reading:
        assert reading.cursor("kept") == 0


def test_a_clock_that_steps_back_a_little_lets_nobody_overtake(store: Failing) -> None:
    times = iter((MORNING + 10_000, MORNING, MORNING - 3_600_000))
    writer = Writer(
        store,  # type: ignore[arg-type]
        lambda: next(times),
        concurrency.enter("threading"),
        shapes.answer_to,
        lambda site, seq: None,
    )
    writer.start()
    told = [writer.run("nho", lambda transaction, now: now) for _ in range(3)]
    assert told == [MORNING + 10_000, MORNING + 10_000, MORNING - 3_600_000]
    writer.stop()


def test_a_stopped_writer_says_so_instead_of_waiting(writer: Writer) -> None:
    writer.stop()
    with pytest.raises(StoreTrouble, match="stopped"):
        writer.submit("nho", taking(1))
