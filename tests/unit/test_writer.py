"""The single writer: many askers, one commit; a failed commit tells nobody otherwise."""

from __future__ import annotations

import threading
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
        lambda _, seq: commits.append(seq),
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


def test_a_stopped_writer_says_so_instead_of_waiting(writer: Writer) -> None:
    writer.stop()
    with pytest.raises(StoreTrouble, match="stopped"):
        writer.submit("nho", taking(1))
