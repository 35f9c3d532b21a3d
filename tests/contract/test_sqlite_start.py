"""Before a database is served: it is ours alone, sound, the one that we left; else a sentence says so."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from queue_server.app.ports import StoreTrouble
from queue_server.store import sqlite_start
from queue_server.store.last_seen import Seen, read_seen, seen_file, write_seen
from queue_server.store.sqlite import SqliteStore
from queue_server.store.sqlite_start import LOOK_AGAIN_MS, Guard, quick_check
from tests.halls import TestHall
from tests.servers import motcua
from tests.sites import MORNING, small_site

PAGE = 4096


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database that was served and left in good order."""
    return left_behind(tmp_path / "data")


def left_behind(folder: Path, tickets: int = 5, site: str = "nho") -> Path:
    store = SqliteStore(folder / "motcua.db")
    hall = TestHall(store, small_site(id=site))
    for _ in range(tickets):
        hall.issue()
    store.close()
    served(folder / "motcua.db")
    return folder / "motcua.db"


def served(file: Path, *, cleanly: bool = True, now: int = MORNING) -> list[str]:
    """Let a server begin and end; what it said."""
    said: list[str] = []
    guard = Guard(file, lambda: now)
    guard.begin(said.append)
    if cleanly:
        guard.end()
    else:
        guard._lock.release()
    return said


def live_on(file: Path, tickets: int = 3) -> None:
    store = SqliteStore(file)
    hall = TestHall.__new__(TestHall)
    hall.__dict__ |= TestHall().__dict__ | {"store": store}
    hall._names = iter(range(1000, 2000))  # type: ignore[assignment]
    for _ in range(tickets):
        hall.issue()
    store.close()


def damage(file: Path, table: str = "ticket") -> None:
    with sqlite3.connect(file) as db:
        root = db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
    db.close()
    with file.open("r+b") as raw:
        raw.seek((root - 1) * PAGE)
        raw.write(b"\xa5" * PAGE)


def test_a_second_server_on_the_same_folder_is_refused_until_the_first_has_ended(file: Path) -> None:
    first = Guard(file, lambda: MORNING)
    first.begin(print)
    with pytest.raises(StoreTrouble, match=r"another server works with .*motcua\.db already: stop that one"):
        served(file)
    first.end()
    served(file)


def test_a_database_that_grew_on_is_the_one_we_left(file: Path) -> None:
    live_on(file)
    assert served(file) == []
    seen = read_seen(file)
    assert seen is not None and seen.heads["nho"][0] == 9 and seen.clean


def test_an_older_copy_in_its_place_is_refused(file: Path, tmp_path: Path) -> None:
    shutil.copy(file, tmp_path / "older.db")
    live_on(file)
    served(file)
    shutil.copy(tmp_path / "older.db", file)
    told = r"older copy: nho ends with entry 6, and had come to entry 9 here: .*`motcua restore` it"
    with pytest.raises(StoreTrouble, match=told):
        served(file)
    with pytest.raises(StoreTrouble, match=told):
        served(file)  # asking twice does not make it right


def test_another_centres_file_in_its_place_is_refused(file: Path, tmp_path: Path) -> None:
    other = left_behind(tmp_path / "other", site="khac")
    shutil.copy(other, file)
    with pytest.raises(StoreTrouble, match="no longer holds the centre nho"):
        served(file)


def test_an_emptied_file_is_refused(file: Path) -> None:
    file.write_bytes(b"")
    with pytest.raises(StoreTrouble, match=r"no such table|no longer holds the centre nho"):
        served(file)


def test_a_file_with_another_past_is_refused(file: Path, tmp_path: Path) -> None:
    other = SqliteStore(tmp_path / "other" / "motcua.db")
    hall = TestHall(other, small_site(id="nho"))
    for _ in range(9):
        hall.issue("thue")
    other.close()
    shutil.copy(other.path, file)
    with pytest.raises(StoreTrouble, match="tells another history of nho"):
        served(file)


def test_another_centre_may_be_added(file: Path) -> None:
    store = SqliteStore(file)
    TestHall(store, small_site(id="khac")).issue()
    store.close()
    served(file)
    seen = read_seen(file)
    assert seen is not None and set(seen.heads) == {"nho", "khac"}


def test_a_damaged_page_is_found_after_an_unclean_end(file: Path) -> None:
    served(file, cleanly=False)
    damage(file, "ticket")
    with pytest.raises(StoreTrouble, match=r"damaged.*restore the newest backup"):
        served(file)


def test_after_a_clean_end_only_a_file_that_was_not_looked_at_for_long_is_looked_through(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []

    def look(*_: object) -> list[str]:
        looked.append(1)
        return []

    monkeypatch.setattr(sqlite_start, "quick_check", look)
    served(file, now=MORNING + LOOK_AGAIN_MS)
    assert looked == []
    served(file, now=MORNING + LOOK_AGAIN_MS + 1)
    served(file, now=MORNING + LOOK_AGAIN_MS + 2)
    assert len(looked) == 1
    served(file, cleanly=False)
    served(file)
    assert len(looked) == 2


def test_damage_to_the_newest_entries_is_found_at_any_start(file: Path) -> None:
    store = SqliteStore(file)
    with store.connection() as db:
        db.execute("DROP TRIGGER journal_is_never_changed")
        db.execute("UPDATE journal SET data = replace(data, 'A004', 'A044') WHERE seq = 5")
    store.close()
    with pytest.raises(StoreTrouble, match="entry 5 of nho does not fit the chain"):
        served(file)


def test_a_file_that_is_too_large_for_a_start_is_not_looked_through_and_that_is_said(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The look grows with the past, and cannot be broken off: a hall must not wait minutes for its server."""
    assert quick_check(file) == []
    served(file, cleanly=False)
    monkeypatch.setattr(sqlite_start, "LOOK_BYTES", file.stat().st_size - 1)
    monkeypatch.setattr(sqlite_start, "quick_check", lambda _: pytest.fail("it was looked through"))
    assert [said for said in served(file, now=MORNING + 5) if "too large to look through" in said]
    seen = read_seen(file)
    assert seen is not None and seen.checked == MORNING, "that was when it was last looked at wholly"


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda file: file.write_bytes(b"hello" * 1000), r"is not a database: .*motcua restore"),
        (lambda file: os.truncate(file, PAGE * 3), r"is cut off: 12288 bytes of \d+: .*motcua restore"),
        (lambda file: damage(file, "journal"), r"malformed \(the file is damaged: .*motcua restore"),
    ],
)
def test_what_cannot_be_read_is_said_with_the_way_out(
    file: Path, spoil: Callable[[Path], object], told: str
) -> None:
    spoil(file)
    with pytest.raises(StoreTrouble, match=told):
        served(file)
    assert Guard(file, lambda: MORNING)._lock.held(), "the lock is free again"


def test_a_file_that_another_program_keeps_to_itself_is_said(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("queue_server.store.sqlite_backup.PATIENCE_SECONDS", 0.05)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("PRAGMA locking_mode=EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreTrouble, match="another program holds the file: close it"):
        served(file)
    other.close()
    served(file)


@contextmanager
def as_a_mere_user() -> Iterator[Path]:
    """A folder anybody may enter, and no rights of root for as long as the block lasts."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    is_root = os.getuid() == 0
    try:
        left_behind(folder / "data")
        if is_root:
            os.setresuid(65534, 65534, 0)
        yield folder / "data"
    finally:
        if is_root:
            os.setresuid(0, 0, 0)
        (folder / "data").chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_cannot_be_written_is_said_before_anything_else(what: str) -> None:
    with as_a_mere_user() as data:
        with suppress(PermissionError):  # where we were root, it is root's and not ours
            (data if what == "folder" else data / "motcua.db").chmod(0o555)
        with pytest.raises(
            StoreTrouble, match=r"cannot be written to: mount the disk for writing, or give it"
        ):
            served(data / "motcua.db")


def test_a_little_file_that_was_lost_or_spoilt_stops_nobody(file: Path) -> None:
    for spoil in ("", "{", '{"heads": 5}', '{"heads": {"nho": 1}, "clean": 1, "checked": 0}'):
        seen_file(file).write_text(spoil)
        assert read_seen(file) is None
        assert served(file) == []
    os.unlink(seen_file(file))
    served(file)


def test_a_new_folder_has_nothing_to_look_at(tmp_path: Path) -> None:
    guard = Guard(tmp_path / "new" / "motcua.db", lambda: MORNING)
    guard.begin(print)
    SqliteStore(tmp_path / "new" / "motcua.db").close()
    guard.end()


def test_the_watch_notes_how_far_the_database_has_come(file: Path) -> None:
    guard = Guard(file, lambda: MORNING)
    guard.begin(print)

    class Enough(Exception):
        """Ends the watch."""

    naps = []

    def sleep(seconds: float) -> None:
        naps.append(seconds)
        if len(naps) == 3:
            raise Enough
        live_on(file, 1) if len(naps) == 1 else None

    with pytest.raises(Enough):
        guard.run(sleep, print)
    seen = read_seen(file)
    assert seen is not None and seen.heads["nho"][0] == 7 and not seen.clean
    guard.end()


def test_a_server_refuses_a_damaged_file_in_one_sentence_and_with_status_1(file: Path) -> None:
    served(file, cleanly=False)
    damage(file)
    done = motcua("serve", "--data", str(file.parent), "--port", "0", check=False)
    assert done.returncode == 1
    assert (
        done.stderr.startswith("motcua: ") and done.stderr.count("\n") == 1 and "Traceback" not in done.stderr
    )
    assert "restore the newest backup" in done.stderr


def test_a_shorter_note_leaves_nothing_of_a_longer_one(file: Path) -> None:
    write_seen(file, Seen({f"centre-{number}": (1, "a" * 64) for number in range(9)}))
    short = Seen({"nho": (1, "b" * 64)}, clean=False, checked=5)
    write_seen(file, short)
    assert read_seen(file) == short
