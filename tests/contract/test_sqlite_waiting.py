"""What makes a writer wait, a slow disk or another program, is waited for aside where it was asked for."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from queue_server.app.ports import StoreTrouble
from queue_server.store import sqlite
from queue_server.store.sqlite import SqliteStore


class Aside:
    """Does jobs in another native thread, and counts them."""

    def __init__(self) -> None:
        self.jobs = 0

    def __call__(self, job: Callable[[], Any]) -> Any:
        self.jobs += 1
        outcome: list[Any] = []

        def work() -> None:
            try:
                outcome.append(job())
            except BaseException as error:
                outcome.append(error)

        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        if isinstance(outcome[0], BaseException):
            raise outcome[0]
        return outcome[0]


@pytest.fixture
def aside() -> Aside:
    return Aside()


@pytest.fixture
def store(tmp_path: Path, aside: Aside) -> Iterator[SqliteStore]:
    made = SqliteStore(tmp_path / "motcua.db")
    made.wait_by(aside)
    yield made
    made.close()


def write(store: SqliteStore, text: str = "x") -> None:
    with store.writing("nho") as transaction:
        transaction.keep_note("a", text, "person:a", 1)


def note(store: SqliteStore) -> str | None:
    with store.reading("nho") as reading:
        return reading.note("a")


def test_a_slow_disk_is_waited_for_aside(
    store: SqliteStore, aside: Aside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "QUICK_SECONDS", 0.0)
    write(store)
    write(store, "y")
    assert aside.jobs == 2
    assert note(store) == "y"


def test_a_quick_disk_is_not(store: SqliteStore, aside: Aside, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "QUICK_SECONDS", 60.0)
    write(store)
    assert (aside.jobs, note(store)) == (0, "x")


def test_who_holds_the_file_is_waited_for_aside(
    store: SqliteStore, aside: Aside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "QUICK_SECONDS", 60.0)
    write(store)
    other = sqlite3.connect(store.path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(0.1, lambda: other.execute("COMMIT")).start()
    write(store, "y")
    assert (aside.jobs, note(store)) == (1, "y")
    write(store, "z")
    assert aside.jobs == 1
    other.close()


def test_one_who_does_not_let_go_is_told_of(
    store: SqliteStore, aside: Aside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreTrouble):
        write(store)
    other.close()
    write(store)
    assert note(store) == "x"
