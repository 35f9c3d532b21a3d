"""A backup holds everything and is proved before it is one; whatever goes wrong leaves no half of one."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from queue_server.app.backup_names import KEEP, Rule
from queue_server.app.backup_proof import Unsound, prove
from queue_server.app.credentials import Person, Role, Session, Token
from queue_server.app.ports import StoreTrouble
from queue_server.core.commands import CallNext, OpenCounter, WriteNote
from queue_server.store import backup_folder, sqlite_backup
from queue_server.store.backup_folder import SqliteSource, prove_file, take
from queue_server.store.sqlite import SqliteStore
from queue_server.store.sqlite_backup import unpack
from tests.halls import TestHall, officer
from tests.sites import MORNING, small_site

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    made = SqliteStore(tmp_path / "motcua.db")
    yield made
    made.close()


@pytest.fixture
def hall(store: SqliteStore) -> TestHall:
    return TestHall(store, small_site(outside_hours="warn"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def all_rows(file: Path) -> dict[str, list[Any]]:
    with sqlite3.connect(file) as db:
        tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {table: sorted(map(repr, db.execute(f"SELECT * FROM {table}"))) for table in tables}
    db.close()
    return rows


def fill(hall: TestHall) -> None:
    """Something in every table."""
    ticket = hall.issue()
    hall.do(OpenCounter("c1"), officer("an"))
    hall.do(CallNext("c1"), officer("an"), key="once")
    hall.do(WriteNote(ticket, "chờ bản sao"))
    hall.issue(origin="k1")
    access = hall.store.access()
    access.save_person("nho", Person("an", "an", "Viên chức thử", Role.OFFICER, "digest", ("c1",)))
    access.add_session("nho", "0" * 64, Session("an", MORNING, MORNING + 1))
    access.add_token("nho", "1" * 64, Token("t1", Role.BOARD, None, "", MORNING))
    with hall.store.writing("nho") as transaction:
        transaction.set_cursor("x", 1)


def test_a_backup_holds_every_row_of_every_table(
    store: SqliteStore, hall: TestHall, folder: Path, tmp_path: Path
) -> None:
    fill(hall)
    taken = take(folder, SqliteSource(store.path), KEEP, NOW)
    unpack(taken.path, tmp_path / "again.db")
    rows = all_rows(tmp_path / "again.db")
    assert rows == all_rows(store.path)
    empty = {"device", "lockout", "access_log"}
    assert {table for table, kept in rows.items() if not kept} <= empty
    proof = taken.proofs[0]
    with store.reading("nho") as reading:
        assert (proof.site, proof.entries, proof.head) == ("nho", *reading.head())
    assert (proof.tickets, proof.at, taken.size) == (2, MORNING, taken.path.stat().st_size)


def test_only_its_owner_may_read_a_backup_and_its_folder(
    store: SqliteStore, hall: TestHall, folder: Path
) -> None:
    taken = take(folder, SqliteSource(store.path), KEEP, NOW)
    assert taken.path.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert visible(folder) == [taken.path.name]


def visible(folder: Path) -> list[str]:
    """All but the lock."""
    return sorted(path.name for path in folder.iterdir() if path.name != ".motcua-backup.lock")


def test_numbers_are_given_while_a_backup_is_made_and_it_shows_one_moment(
    store: SqliteStore, hall: TestHall, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each pause of the copying has writers waiting: none of them must wait, or make it begin anew."""
    for _ in range(30):
        hall.issue()
    before = store.heads()["nho"]
    monkeypatch.setattr(sqlite_backup, "PAGES", 2)
    written: list[str] = []

    def meanwhile(_: float) -> None:
        if len(written) < 40:
            written.append(hall.issue())

    monkeypatch.setattr(sqlite_backup.time, "sleep", meanwhile)
    taken = take(folder, SqliteSource(store.path), KEEP, NOW)
    assert len(written) > 20 and store.heads()["nho"] == before + len(written)
    assert taken.proofs[0].entries == before


def test_a_second_backup_into_the_same_folder_waits_for_its_turn_elsewhere(
    store: SqliteStore, hall: TestHall, folder: Path
) -> None:
    with backup_folder._working(folder), pytest.raises(StoreTrouble, match="another backup is being made"):
        take(folder, SqliteSource(store.path), KEEP, NOW)
    take(folder, SqliteSource(store.path), KEEP, NOW)


def test_what_a_killed_backup_left_behind_is_swept_away(
    store: SqliteStore, hall: TestHall, folder: Path
) -> None:
    left = folder / ".motcua-abc.part"
    left.mkdir(parents=True)
    (left / "copy.db").write_bytes(b"half")
    taken = take(folder, SqliteSource(store.path), KEEP, NOW)
    assert visible(folder) == [taken.path.name]


def test_the_rule_drops_only_backups_of_this_centre(store: SqliteStore, hall: TestHall, folder: Path) -> None:
    folder.mkdir()
    others = ["notes.txt", "motcua-other-20200101T000000Z-00000001.db.gz", "motcua-nho-x.db.gz"]
    for name in others:
        (folder / name).write_bytes(b"")
    (folder / "motcua-nho-20200101T000000Z-00000001.db.gz").symlink_to(folder / "notes.txt")
    source = SqliteSource(store.path)
    first = take(folder, source, KEEP, NOW - timedelta(hours=3))
    second = take(folder, source, Rule(1, 1, 0), NOW)
    assert second.dropped == (first.path,)
    kept = [*others, "motcua-nho-20200101T000000Z-00000001.db.gz", second.path.name]
    assert visible(folder) == sorted(kept)
    assert backup_folder.newest(folder)[0] == second.path


def damage(file: Path, table: str) -> None:
    """Overwrite the page on which `table` begins, as a failing disk would."""
    with sqlite3.connect(file) as db:
        root, size = (
            db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0],
            4096,
        )
    db.close()
    with file.open("r+b") as raw:
        raw.seek((root - 1) * size)
        raw.write(b"\xa5" * size)


@pytest.mark.parametrize("table", ["ticket", "answer", "journal", "token"])
def test_a_damaged_database_gives_no_backup_and_costs_none(
    store: SqliteStore, hall: TestHall, folder: Path, table: str
) -> None:
    fill(hall)
    good = take(folder, SqliteSource(store.path), KEEP, NOW)
    store.close()
    damage(store.path, table)
    with pytest.raises((Unsound, StoreTrouble), match=r"damaged|malformed"):
        take(folder, SqliteSource(store.path), Rule(0, 0, 0), NOW + timedelta(days=9))
    assert visible(folder) == [good.path.name]


def test_a_row_that_was_changed_behind_the_journals_back_is_no_backup(
    store: SqliteStore, hall: TestHall, folder: Path
) -> None:
    hall.issue()
    with store.connection() as db:
        db.execute("UPDATE ticket SET number = 7")
    with pytest.raises(Unsound, match="nho: 1 rows differ from what the journal says, first ticket"):
        take(folder, SqliteSource(store.path), KEEP, NOW)
    assert visible(folder) == []


def test_an_entry_that_was_changed_is_found(store: SqliteStore, hall: TestHall) -> None:
    hall.issue()
    with store.connection() as db:
        db.execute("DROP TRIGGER journal_is_never_changed")
        db.execute("UPDATE journal SET actor = 'person:x' WHERE seq = 2")
    with pytest.raises(Unsound, match="nho: entry 2 does not fit the chain"):
        prove(store)


def test_a_database_without_a_centre_is_nothing_to_back_up(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "empty.db")
    store.close()
    with pytest.raises(Unsound, match="no centre"):
        prove_file(tmp_path / "empty.db")


def test_a_full_disk_is_said_plainly_and_leaves_nothing(
    store: SqliteStore, hall: TestHall, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", full)
    with pytest.raises(
        StoreTrouble, match=r"No space left on device; \d+ MB are free, the file .* has \d+ MB"
    ):
        take(folder, SqliteSource(store.path), KEEP, NOW)
    assert visible(folder) == []
    hall.issue()


@pytest.mark.parametrize("spoil", ["cut", "flip"])
def test_a_spoilt_backup_is_found_when_it_is_unpacked(
    store: SqliteStore, hall: TestHall, folder: Path, tmp_path: Path, spoil: str
) -> None:
    taken = take(folder, SqliteSource(store.path), KEEP, NOW)
    raw = bytearray(taken.path.read_bytes())
    if spoil == "cut":
        del raw[-100:]
    else:
        raw[len(raw) // 2] ^= 0xFF
    taken.path.write_bytes(raw)
    with pytest.raises(StoreTrouble, match=r"is damaged .*: take another backup"):
        unpack(taken.path, tmp_path / "again.db")


def test_what_is_no_backup_is_told_apart(tmp_path: Path) -> None:
    for begin, told in ((b"PGDMP", "PostgreSQL"), (b"hello", "neither a backup nor a SQLite database")):
        (tmp_path / "file").write_bytes(begin)
        with pytest.raises(StoreTrouble, match=told):
            unpack(tmp_path / "file", tmp_path / "again.db")
    with pytest.raises(StoreTrouble, match="No such file"):
        unpack(tmp_path / "nowhere", tmp_path / "again.db")


def test_a_backup_is_a_plain_database_once_unpacked(
    store: SqliteStore, hall: TestHall, folder: Path, tmp_path: Path
) -> None:
    """A technician needs gunzip and sqlite3, and nothing of ours."""
    taken = take(folder, SqliteSource(store.path), KEEP, NOW)
    with gzip.open(taken.path) as packed:
        (tmp_path / "plain.db").write_bytes(packed.read())
    with sqlite3.connect(f"file:{tmp_path}/plain.db?mode=ro&immutable=1", uri=True) as db:
        assert db.execute("SELECT count(*) FROM journal").fetchone()[0] == store.heads()["nho"]
    db.close()


def test_writers_and_a_backup_do_not_wait_for_each_other_in_real_threads(
    store: SqliteStore, hall: TestHall, folder: Path
) -> None:
    stop = threading.Event()
    given: list[str] = []

    def give() -> None:
        while not stop.is_set():
            given.append(hall.issue())

    writer = threading.Thread(target=give)
    writer.start()
    try:
        proofs = [take(folder, SqliteSource(store.path), KEEP, NOW).proofs[0] for _ in range(3)]
    finally:
        stop.set()
        writer.join()
    assert len(given) > 20
    assert proofs[0].entries < proofs[2].entries <= store.heads()["nho"]
