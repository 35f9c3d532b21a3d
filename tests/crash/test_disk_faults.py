"""A disk that is full, read-only, locked or slow, and a file that is swapped, under a hall at work.

Nobody is told what is not so: whoever cannot be served hears 503 and when to come back; once the trouble is
over, everybody gets their one answer.
"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, suppress
from pathlib import Path

import pytest

from tests.crash.hall_at_work import Hall, at_work
from tests.crash.nursery import Nursery
from tests.servers import in_time

once = pytest.mark.in_process
"""For what only the store's own thread meets, whatever the async mode is."""


@pytest.fixture
def hall(nursery: Nursery, tmp_path: Path) -> Iterator[Hall]:
    with at_work(nursery, tmp_path, busy=0.5) as made:
        yield made


@contextmanager
def file_limit(hall: Hall) -> Iterator[None]:
    """The kernel lets no file of the server grow: needs no rights, and stands for a full disk everywhere."""
    hall.centre.may_write((hall.folder / "motcua.db-wal").stat().st_size + 9_000)
    yield
    hall.centre.may_write()


@contextmanager
def full_disk(hall: Hall) -> Iterator[None]:
    """Somebody else has filled the disk to the last byte."""
    ballast = hall.folder / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
    yield
    ballast.unlink()


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(folder)], check=True, capture_output=True
    )
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True, capture_output=True)


def may_mount() -> bool:
    with tempfile.TemporaryDirectory(prefix="motcua-") as folder:
        try:
            with small_disk(Path(folder)):
                return True
        except (OSError, subprocess.CalledProcessError):
            return False


Filled = Callable[[Hall], AbstractContextManager[None]]
WAYS_TO_FILL: list[Filled] = [file_limit, full_disk] if may_mount() else [file_limit]
"""A disk of one's own needs the right to mount, which a container may lack; the first way needs nothing."""


@contextmanager
def locked(hall: Hall) -> Iterator[None]:
    """Another process would do the same: SQLite's locks are the file's."""
    with closing(sqlite3.connect(hall.folder / "motcua.db", timeout=30, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.mark.parametrize("filled", WAYS_TO_FILL, ids=lambda way: way.__name__)
def test_a_disk_without_room_refuses_and_what_was_acknowledged_stays(
    nursery: Nursery, tmp_path: Path, filled: Filled
) -> None:
    with ExitStack() as end:
        if filled is full_disk:
            end.enter_context(small_disk(tmp_path))
        hall = end.enter_context(at_work(nursery, tmp_path))
        for _ in range(3):
            with filled(hall):
                hall.refused()
                assert hall.look("/boards/main")[0] == 200, "who only looks is served all the same"
            hall.people.wait_for(20)
        assert "disk" in hall.centre.log, "the operator is told what it is"
        hall.over()


@once
def test_a_server_that_is_killed_while_its_disk_is_full_has_kept_what_it_said(hall: Hall) -> None:
    hall.centre.may_write((hall.folder / "motcua.db-wal").stat().st_size)
    hall.refused()
    hall.centre.kill()
    hall.centre.start()
    hall.over()


@once
def test_a_disk_that_takes_no_write_at_all_refuses_and_can_be_read(hall: Hall) -> None:
    hall.centre.may_write(1)
    hall.refused(10)
    assert hall.look("/boards/main")[0] == 200
    hall.centre.may_write()
    hall.over()


@once
def test_a_file_that_somebody_else_locks_for_long_refuses_until_it_is_free(hall: Hall) -> None:
    with locked(hall):
        hall.refused()
        assert hall.look("/boards/main")[0] == 200
    assert "locked" in hall.centre.log
    hall.over()


def test_who_waits_too_long_hears_that_nobody_knows_and_finds_later_what_became_of_it(
    nursery: Nursery, tmp_path: Path
) -> None:
    """The server's patience ends while the file is locked; the orders that it took in are carried out."""
    with at_work(nursery, tmp_path, busy=30.0, patience=0.3) as hall:
        with locked(hall):
            in_time(lambda: hall.ledger.refusals["no_answer_in_time"] > 8)
        hall.over()


@once
@pytest.mark.parametrize("name", ["motcua.db", "motcua.db-wal"])
def test_a_file_that_is_swapped_or_taken_away_takes_no_order_until_it_is_back(hall: Hall, name: str) -> None:
    """The kernel would keep the old one and take every write: all would be gone at the next start."""
    for turn, comes_another in enumerate((True, False)):
        file, aside = hall.folder / name, hall.folder / f"aside-{turn}"
        file.rename(aside)
        if comes_another and name == "motcua.db":
            shutil.copy(aside, file)
        hall.refused()
        aside.rename(file)
        hall.people.wait_for(10)
    assert f"{name} was taken away while it was in use" in hall.centre.log
    hall.over()


@once
def test_a_slow_disk_makes_people_wait_together_and_nobody_lose(nursery: Nursery, tmp_path: Path) -> None:
    with at_work(nursery, tmp_path, commit_delay=0.1) as hall:
        began, before = time.monotonic(), len(hall.ledger.acknowledged)
        hall.people.wait_for(40)
        most_commits = (time.monotonic() - began) / 0.1
        assert len(hall.ledger.acknowledged) - before > 1.5 * most_commits, "one commit serves many"
        hall.over()
