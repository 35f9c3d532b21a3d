"""A restore loses nothing that nobody gave up, and no number on a slip in somebody's hand is given again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from queue_server.app.backup_proof import Unsound, prove
from queue_server.app.centre import Centre
from queue_server.app.credentials import Person, Role, Session, Token
from queue_server.app.ports import StoreTrouble
from queue_server.app.restoring import LEAST_SKIPPED, NumbersUnknown, UnknownNumber
from queue_server.core.site import Queue
from queue_server.store import sqlite_restoring
from queue_server.store.backup_folder import SqliteSource, take
from queue_server.store.last_seen import read_seen, seen_file
from queue_server.store.restoring import Restored, RestoreRefused, Wish
from queue_server.store.sqlite import SqliteStore
from queue_server.store.sqlite_restoring import restore, serving_lock
from queue_server.store.sqlite_start import Guard
from tests.halls import TestHall
from tests.sites import DAY, MINUTE, MORNING, both, small_site

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
SITE = small_site(
    queues=(
        Queue("dat", "dat", "A", both("Đất đai", "Land"), last=500),
        Queue("tu", "tu", "C", both("Tư pháp", "Justice"), last=500),
        Queue("thue", "thue", "W", both("Thuế", "Tax"), last=500),
    )
)


AS_IT_IS = Wish()


class Ground:
    """A data folder: a database that lived on after its backup was made."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "motcua.db"
        self.store = SqliteStore(self.file)
        self.hall = TestHall(self.store, SITE)
        for _ in range(5):
            self.hall.issue()
        self.backup = self.back_up()

    def back_up(self, name: str = "backups") -> Path:
        return take(self.folder / name, SqliteSource(self.file), None, NOW).path

    def restore(self, wish: Wish = AS_IT_IS, minutes: int = 30) -> Restored:
        """Restore the backup, `minutes` after the last number was given."""
        self.store.close()
        return restore(self.backup, self.file, wish, self.hall.now + minutes * MINUTE)

    def live_on(self, site: Any = SITE, minutes: int = 31) -> TestHall:
        """The hall after the restore."""
        self.store = SqliteStore(self.file)
        hall = TestHall.__new__(TestHall)
        hall.__dict__ |= self.hall.__dict__ | {"store": self.store}
        hall.now += minutes * MINUTE
        return hall


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    made = Ground(tmp_path)
    yield made
    made.store.close()


def lose(ground: Ground, count: int = 3) -> list[str]:
    """Numbers that are given after the backup; their labels."""
    return [ground.hall.ticket(ground.hall.issue()).label for _ in range(count)]


def test_a_newer_database_is_not_overwritten_unless_that_is_said(ground: Ground) -> None:
    lose(ground)
    before = ground.store.heads()["nho"]
    with pytest.raises(RestoreRefused, match=r"is newer: nho has 3 more entries there.*--replace"):
        ground.restore()
    assert SqliteStore(ground.file).heads()["nho"] == before
    done = ground.restore(Wish(replace=True))
    assert done.centres[0].lost == 3
    old = SqliteStore(Path(done.aside) / "motcua.db")
    assert old.heads()["nho"] == before, "the old one was kept whole"
    old.close()


def test_numbers_that_were_given_after_the_backup_are_never_given_again(ground: Ground) -> None:
    assert lose(ground) == ["A006", "A007", "A008"]
    done = ground.restore(Wish(replace=True))
    assert done.centres[0].left_out == (("dat", "A006", "A008"),)
    hall = ground.live_on()
    assert hall.ticket(hall.issue()).label == "A009"
    assert hall.ticket(hall.issue("tu")).label == "C001"


def test_where_the_old_database_is_gone_a_margin_is_left_out(ground: Ground) -> None:
    lost = lose(ground)
    os.unlink(ground.file)
    done = ground.restore()
    assert done.centres[0].lost is None
    hall = ground.live_on()
    label = hall.ticket(hall.issue()).label
    assert label == f"A{5 + LEAST_SKIPPED + 1:03}" and label > max(lost)
    assert hall.ticket(hall.issue("tu")).label == f"C{LEAST_SKIPPED + 1:03}"


def test_the_margin_grows_by_a_number_for_each_minute_since_the_backup(ground: Ground) -> None:
    os.unlink(ground.file)
    ground.restore(minutes=300)
    hall = ground.live_on(minutes=301)
    assert hall.ticket(hall.issue()).number == 5 + 300 + 1


def test_where_the_old_database_is_damaged_a_margin_is_left_out(ground: Ground) -> None:
    lose(ground)
    ground.store.close()
    ground.file.write_bytes(b"\xa5" * 4096)
    with pytest.raises(RestoreRefused, match="cannot be read"):
        ground.restore()
    done = ground.restore(Wish(replace=True))
    assert done.aside and (Path(done.aside) / "motcua.db").read_bytes()[:1] == b"\xa5"
    hall = ground.live_on()
    assert hall.ticket(hall.issue()).number == 5 + LEAST_SKIPPED + 1


def test_the_little_file_tells_how_many_entries_at_least_were_lost(ground: Ground) -> None:
    lose(ground)
    guard = Guard(ground.file, lambda: ground.hall.now)
    guard.begin(print)
    guard.end()
    ground.store.close()
    os.unlink(ground.file)
    assert ground.restore().centres[0].lost == 3


def test_the_numbers_of_a_backup_of_yesterday_are_those_of_today_that_may_be_out(ground: Ground) -> None:
    """It ends before today began, so of today's numbers it knows none at all."""
    ground.hall.now += DAY
    assert lose(ground) == ["A001", "A002", "A003"]
    os.unlink(ground.file)
    ground.restore()
    hall = ground.live_on()
    since_the_doors_opened = 120
    assert hall.ticket(hall.issue()).number == since_the_doors_opened + 1


def test_before_the_doors_open_nothing_is_left_out(ground: Ground) -> None:
    os.unlink(ground.file)
    dawn = 22 * 60 - 5  # 06:55 of the next day
    assert ground.restore(minutes=dawn).centres[0].left_out == ()
    hall = ground.live_on(minutes=24 * 60)
    assert hall.ticket(hall.issue()).label == "A001"


def test_a_person_may_say_the_next_number_from_the_last_slip(ground: Ground) -> None:
    os.unlink(ground.file)
    ground.restore(Wish(numbers=("A=42", "tu=7", "nho:thue=1")))
    hall = ground.live_on()
    assert [hall.ticket(hall.issue(queue)).label for queue in ("dat", "tu", "thue")] == [
        "A042",
        "C007",
        "W001",
    ]


@pytest.mark.parametrize("wish", ["A", "A=", "Z=5", "A=0", "A=501", "A=-1", "=5"])
def test_a_number_that_cannot_be_is_refused_with_those_that_can(ground: Ground, wish: str) -> None:
    with pytest.raises(UnknownNumber, match=r"write QUEUE=NUMBER; the queues are dat \(1-500\)"):
        ground.restore(Wish(replace=True, numbers=(wish,)))
    assert not list(ground.folder.glob("aside-*")), "nothing was touched"


def test_a_margin_that_does_not_fit_asks_for_the_slips(ground: Ground, tmp_path: Path) -> None:
    os.unlink(ground.file)
    with pytest.raises(NumbersUnknown, match=r"queue dat \(A\).*--numbers-from dat=NUMBER"):
        ground.restore(minutes=60 * 14)
    assert not ground.file.exists(), "nothing was put in place"
    ground.restore(Wish(numbers=("dat=490", "tu=5", "thue=5")), minutes=60 * 14)


def test_a_planned_move_leaves_nothing_out(ground: Ground, tmp_path: Path) -> None:
    os.unlink(ground.file)
    done = ground.restore(Wish(nothing_lost=True))
    assert done.centres[0].left_out == ()
    hall = ground.live_on()
    assert hall.ticket(hall.issue()).label == "A006"


def test_a_restore_is_journalled_and_the_restored_database_is_sound(ground: Ground) -> None:
    lose(ground)
    ground.restore(Wish(replace=True))
    hall = ground.live_on()
    hall.issue()
    events = [(type(entry.event).__name__, entry.actor) for entry in hall.entries()[-3:]]
    assert events == [
        ("CentreRestored", "system"),
        ("NumbersSkipped", "system"),
        ("TicketIssued", "kiosk:k1"),
    ]
    restored: Any = hall.entries()[-3].event
    assert (restored.seq, restored.lost) == (hall.entries()[-4].seq, 3)
    prove(ground.store)


def test_everybody_signs_in_anew_and_tokens_stay(ground: Ground) -> None:
    access = ground.store.access()
    access.save_person("nho", Person("an", "an", "Viên chức thử", Role.OFFICER, "digest"))
    access.add_session("nho", "0" * 64, Session("an", MORNING, MORNING + DAY))
    access.add_token("nho", "1" * 64, Token("t1", Role.BOARD, None, "", MORNING))
    ground.backup = ground.back_up("later")
    ground.restore()
    ground.live_on()
    access = ground.store.access()
    assert access.sessions("nho") == []
    assert [token.id for token in access.tokens("nho")] == ["t1"]
    assert [noted.detail for noted in access.noted("nho", "an", 9)] == ["restored"]


def test_a_screen_that_knows_lost_entries_gets_a_snapshot_until_they_are_passed(ground: Ground) -> None:
    lose(ground)
    seen = ground.store.heads()["nho"]
    ground.restore(Wish(replace=True))
    hall = ground.live_on()
    while ground.store.heads()["nho"] < seen + 3:
        hall.issue()
    centre = Centre.__new__(Centre)
    centre._store, centre.site_id, centre._clock = ground.store, "nho", lambda: hall.now
    assert centre.changes_since("board:main", seen) is None, "its entry is another than ours"
    assert centre.changes_since("board:main", seen + 1) is not None


def test_the_same_backup_twice_needs_no_permission_for_what_is_a_part_of_it(ground: Ground) -> None:
    later = ground.back_up("later")
    ground.restore()
    assert SqliteStore(ground.file).sites() == ["nho"]
    with pytest.raises(RestoreRefused, match="is newer: nho has 1 more"):
        restore(later, ground.file, AS_IT_IS, ground.hall.now)


def test_a_database_of_another_history_or_another_centre_is_not_overwritten(
    ground: Ground, tmp_path: Path
) -> None:
    other = Ground(tmp_path / "other")
    other.hall.issue("tu")
    other.store.close()
    ground.hall.issue()
    with pytest.raises(RestoreRefused, match="another history of nho"):
        restore(ground.back_up("later"), other.file, AS_IT_IS, ground.hall.now)
    strange = SqliteStore(tmp_path / "strange" / "motcua.db")
    TestHall(strange, small_site(id="khac")).issue()
    strange.close()
    with pytest.raises(RestoreRefused, match="holds the centre khac, and the backup does not"):
        restore(ground.backup, strange.path, AS_IT_IS, ground.hall.now)


def test_a_database_that_is_served_is_not_replaced(ground: Ground) -> None:
    lock = serving_lock(ground.file)
    assert lock.held()
    with pytest.raises(RestoreRefused, match="a server works with"):
        ground.restore(Wish(replace=True))
    lock.release()
    ground.restore(Wish(replace=True))


@pytest.mark.parametrize("step", ["_set_aside", "_settle", "prove_file", "go_on"])
def test_a_restore_that_fails_on_its_way_leaves_what_was_there(
    ground: Ground, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    before = ground.store.heads()
    monkeypatch.setattr(sqlite_restoring, step, fail)
    with pytest.raises(StoreTrouble, match="Input/output error"):
        ground.restore(Wish(replace=True))
    left = SqliteStore(ground.file)
    assert left.heads() == before
    left.close()
    assert not list(ground.folder.glob(".motcua-restore-*"))


def test_a_log_of_the_old_database_is_never_played_into_the_new_one(ground: Ground) -> None:
    """The connection that is left open keeps the log beside the file, as a crash does."""
    lose(ground)
    reader = SqliteStore(ground.file)
    with reader.reading("nho") as reading:
        reading.head()
        log = ground.file.with_name("motcua.db-wal")
        assert log.stat().st_size
        done = ground.restore(Wish(replace=True))
        assert done.aside and (Path(done.aside) / "motcua.db-wal").stat().st_size
        assert not log.exists()
    reader.close()
    assert SqliteStore(ground.file).heads()["nho"] == done.centres[0].seq + 2


def test_a_plain_copy_of_a_database_is_restored_like_a_backup(ground: Ground, tmp_path: Path) -> None:
    """What somebody copied by hand goes the same way, so that numbers are left out."""
    lose(ground)
    ground.store.close()
    plain = tmp_path / "copied-by-hand.db"
    os.rename(ground.file, plain)
    ground.backup = plain
    ground.restore()
    hall = ground.live_on()
    assert hall.ticket(hall.issue()).number == 8 + LEAST_SKIPPED + 1


def test_a_backup_that_is_not_sound_is_not_put_in_place(ground: Ground, tmp_path: Path) -> None:
    ground.store.close()
    changed = SqliteStore(ground.file)
    with changed.connection() as db:
        db.execute("UPDATE ticket SET number = 77 WHERE number = 1")
    changed.close()
    ground.backup = tmp_path / "changed.db"
    os.rename(ground.file, ground.backup)
    with pytest.raises(Unsound, match="rows differ"):
        ground.restore()
    assert not ground.file.exists()


def test_after_a_restore_the_start_knows_the_file(ground: Ground) -> None:
    lose(ground)
    ground.restore(Wish(replace=True))
    seen = read_seen(ground.file)
    assert seen is not None and seen.clean and seen_file(ground.file).exists()
    guard = Guard(ground.file, lambda: ground.hall.now)
    guard.begin(print)
    guard.end()
