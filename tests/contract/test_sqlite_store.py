"""What the SQLite store owes besides the contract: trouble said plainly, old and newer files, query plans."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from queue_server.app.ports import StoreTrouble
from queue_server.store import schema
from queue_server.store.sqlite import KEPT, SqliteStore
from tests.halls import TestHall
from tests.sites import MORNING
from tests.two_days import live_two_days


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    made = SqliteStore(tmp_path / "motcua.db")
    yield made
    made.close()


@pytest.fixture
def hall(store: SqliteStore) -> TestHall:
    return TestHall(store)


def fill_the_disk(store: SqliteStore) -> None:
    """From now on no page may be added to the file, as on a full disk."""
    with store.connection() as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages}")


def make_room(store: SqliteStore) -> None:
    with store.connection() as db:
        db.execute("PRAGMA max_page_count = 1073741823")


def test_a_full_disk_ends_the_whole_transaction_and_is_called_trouble(
    store: SqliteStore, hall: TestHall
) -> None:
    before = hall.issue()
    fill_the_disk(store)
    with pytest.raises(StoreTrouble, match=r"motcua\.db.*full"), store.writing("nho") as transaction:
        for number in range(10_000):
            with transaction.savepoint():
                transaction.owe("slip", "k1", number, "x" * 1000, MORNING)
    make_room(store)
    assert hall.waiting() == {"dat": 1}
    with store.reading("nho") as reading:
        assert reading.due("slip", "k1", MORNING, 9) == []
    hall.issue()
    assert hall.ticket(before).label == "A001"


def test_a_transaction_that_the_database_undid_is_never_carried_on(
    store: SqliteStore, hall: TestHall
) -> None:
    """Else the next order's savepoint would begin, and keep, a transaction of its own."""
    with pytest.raises(StoreTrouble, match="undone"), store.writing("nho") as transaction:
        transaction.owe("slip", "k1", 1, "{}", MORNING)
        with transaction.savepoint():
            transaction._db.execute("ROLLBACK")
            raise RuntimeError
    with store.reading("nho") as reading:
        assert reading.due("slip", "k1", MORNING, 9) == []


def test_a_file_held_by_another_program_is_trouble_not_a_bug(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("queue_server.store.sqlite.BUSY_SECONDS", 0.05)
    with store.connection() as db:
        db.execute("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreTrouble, match="locked"), store.writing("nho"):
        raise AssertionError("nobody else holds the file")
    other.execute("ROLLBACK")
    other.close()
    with store.writing("nho") as transaction:
        transaction.set_cursor("x", 1)


def test_reading_what_is_no_longer_a_database_is_trouble(tmp_path: Path) -> None:
    file = tmp_path / "motcua.db"
    file.write_bytes(b"not a database" * 1000)
    with pytest.raises(StoreTrouble, match="not a database"):
        SqliteStore(file)
    with pytest.raises(StoreTrouble, match=r"Not a directory|File exists"):
        SqliteStore(file / "motcua.db")


def test_trouble_while_reading_is_said_and_the_connection_is_not_lent_again(
    store: SqliteStore, hall: TestHall
) -> None:
    with pytest.raises(StoreTrouble, match="no such table"), store.reading("nho") as reading:
        lent = reading._db
        lent.execute("SELECT * FROM nowhere")
    with store.reading("nho") as reading:
        assert reading._db is not lent
        assert reading.day() is None


def test_a_reader_that_raises_leaves_no_transaction_behind(store: SqliteStore, hall: TestHall) -> None:
    with pytest.raises(RuntimeError), store.reading("nho") as reading:
        reading.day()
        raise RuntimeError
    hall.issue()
    with store.reading("nho") as reading:
        assert not [line for line in reading.lines() if line.waiting != 1]
        assert reading.head()[0] == 2, "the next reader sees what was written since"


def test_a_lent_connection_comes_back_without_its_transaction(store: SqliteStore) -> None:
    with pytest.raises(RuntimeError), store.connection() as db:
        db.execute("BEGIN IMMEDIATE")
        raise RuntimeError
    with store.writing("nho") as transaction:
        transaction.set_cursor("x", 1)


def test_a_burst_of_readers_leaves_a_few_connections(store: SqliteStore) -> None:
    readers = [store.reading("nho") for _ in range(3 * KEPT)]
    for reader in readers:
        reader.__enter__()
    for reader in readers:
        reader.__exit__(None, None, None)
    assert len(store._readers) == KEPT


def test_a_store_that_was_closed_says_so(store: SqliteStore) -> None:
    store.close()
    with pytest.raises(StoreTrouble, match="closed"), store.reading("nho"):
        raise AssertionError("it is closed")


def test_a_file_made_by_a_newer_program_is_refused_plainly(tmp_path: Path) -> None:
    file = tmp_path / "motcua.db"
    SqliteStore(file).close()
    with sqlite3.connect(file) as db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('motcua', 'fly_to_the_moon', '')"
        )
    db.close()
    with pytest.raises(StoreTrouble, match=r"newer version of this program .fly_to_the_moon."):
        SqliteStore(file)


def test_many_who_open_a_new_file_at_once_all_find_it_whole(tmp_path: Path) -> None:
    gate = threading.Barrier(8)
    troubles: list[BaseException] = []

    def open_it() -> None:
        gate.wait()
        try:
            SqliteStore(tmp_path / "motcua.db").close()
        except BaseException as trouble:
            troubles.append(trouble)

    threads = [threading.Thread(target=open_it) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    TestHall(SqliteStore(tmp_path / "motcua.db")).issue()


def test_opening_a_file_that_is_up_to_date_waits_for_no_writer(store: SqliteStore) -> None:
    with store.writing("nho") as transaction:
        transaction.set_cursor("x", 1)
        SqliteStore(store.path).close()


def test_an_older_file_is_brought_up_to_date_with_its_tickets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "motcua.db"
    with monkeypatch.context() as past:
        past.setattr(schema.migrations, "_migrations", schema.migrations._migrations[:3])
        old = SqliteStore(file)
        with old.connection() as db:
            db.execute("INSERT INTO day VALUES ('nho', '2026-11-20', 1), ('nho', '2026-11-23', 1)")
            db.execute("INSERT INTO day VALUES ('khac', '2026-11-19', 1)")
        old.close()
    store = SqliteStore(file)
    with store.reading("nho") as reading:
        assert [day.is_open for day in reading.days()] == [False, True]
        assert reading.last_called(1) == []
    with store.reading("khac") as reading:
        assert [day.is_open for day in reading.days()] == [True]
    store.close()


def test_no_order_and_no_screen_reads_more_the_longer_the_history_is(
    store: SqliteStore, hall: TestHall
) -> None:
    """Every statement of a busy hall finds its rows by an index: none walks a table or sorts one."""
    asked: set[str] = set()
    for pool in (store._readers, store._writers):
        for db in pool:
            db.conn.set_trace_callback(asked.add)
    live_two_days(hall)
    assert len(asked) > 40
    plans = {}
    with store.connection() as db:
        for statement in sorted(asked):
            if statement.split()[0] in ("SELECT", "UPDATE", "DELETE"):
                steps = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {statement}")]
                if bad := [step for step in steps if _grows(step)]:
                    plans[statement] = bad
    assert plans == {}


def _grows(step: str) -> bool:
    small = ("line", "desk", "tally", "device", "day", "site", "l", "known")
    is_scan = step.startswith("SCAN") and step.split()[1] not in (*small, "CONSTANT")
    return is_scan or "TEMP B-TREE" in step or "AUTOMATIC" in step


def test_the_file_and_its_log_are_for_their_owner_only(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "motcua.db")
    TestHall(store).issue()
    files = sorted(tmp_path.glob("motcua.db*"))
    assert len(files) >= 2
    assert {oct(file.stat().st_mode & 0o777) for file in files} == {"0o600"}
    store.close()
