"""Centres move from one database into another whole, proved, and never live in two places."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from queue_server.app.access_log import Act, Noted
from queue_server.app.backup_proof import Unsound, prove
from queue_server.app.credentials import Person, Role, Session, Token
from queue_server.app.lockout import Lockout
from queue_server.app.ports import Conflict, StoreTrouble
from queue_server.app.write_path import record_event
from queue_server.core.commands import CallNext, IssueTicket, OpenCounter, WriteNote
from queue_server.core.events import PrinterChanged
from queue_server.store import moving
from queue_server.store.moving import DERIVED, TABLES, MoveRefused, move
from queue_server.store.opening import open_store
from queue_server.store.postgres_side import PostgresSide
from queue_server.store.sqlite_restoring import serving_lock
from queue_server.store.sqlite_side import SqliteSide
from tests.engines import PostgresServer, fresh_database
from tests.halls import KIOSK, TestHall, officer
from tests.servers import motcua
from tests.sites import MORNING, small_site

WAYS = [("sqlite", "postgres"), ("postgres", "sqlite")]


class Place:
    """A database: `side` to move out of or into, `open` as a server would."""

    def __init__(self, side: Callable[[bool], Any], open_: Callable[[], Any], url: str) -> None:
        self._side, self.open, self.url = side, open_, url

    @property
    def source(self) -> Any:
        return self._side(True)

    @property
    def target(self) -> Any:
        return self._side(False)


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], Place]:
    numbers = itertools.count()

    def made(kind: str) -> Place:
        if kind == "sqlite":
            file = tmp_path / str(next(numbers)) / "motcua.db"
            return Place(
                lambda is_source: SqliteSide(file, is_source=is_source),
                lambda: open_store("", file),
                f"sqlite:///{file}",
            )
        url = fresh_database(request.getfixturevalue("postgres_server"))
        return Place(lambda _: PostgresSide(url), lambda: open_store(url, tmp_path), url)

    return made


@pytest.fixture
def filled(place: Callable[[str], Place]) -> Callable[[str], Place]:
    """A place in which two centres have lived, with something in every table."""

    def made(kind: str) -> Place:
        here = place(kind)
        store = here.open()
        for site in ("nho", "khac"):
            fill(TestHall(store, small_site(id=site)), site)
        store.close()
        return here

    return made


def fill(hall: TestHall, site: str) -> None:
    ticket = hall.issue(origin="k1")
    hall.do(OpenCounter("c1"), officer("an"))
    hall.do(CallNext("c1"), officer("an"), key="once", fingerprint="f")
    hall.do(WriteNote(ticket, "chờ bản sao"))
    hall.issue("tu", "elderly")
    with hall.store.writing(site) as transaction:
        record_event(transaction, site, hall.site, PrinterChanged("k1", "ready"), KIOSK, hall.now)
        transaction.set_cursor("x", 1)
    access = hall.store.access()
    access.save_person(site, Person("an", "an", "Viên chức thử", Role.OFFICER, "digest", ("c1", "c2")))
    access.add_session(site, digest(site), Session("an", MORNING, MORNING + 1, MORNING, "10.0.0.1"))
    access.add_token(site, digest(site), Token("t1", Role.BOARD, None, "bảng", MORNING))
    access.change_lockout(site, "2" * 64, lambda _: Lockout(1, 0, MORNING, 0), 0)
    access.note(site, Noted(MORNING, Act.SIGNED_IN, "an", "person:an", "10.0.0.1", "thử"))


def digest(site: str) -> str:
    return ("0" if site == "nho" else "1") * 64


def everything(side: Any) -> dict[str, list[str]]:
    """Every row of every table, however they are ordered."""
    with side.held():
        return {table: sorted(map(repr, side.rows(table, sorted(side.columns(table))))) for table in TABLES}


@pytest.mark.parametrize(("old", "new"), WAYS)
def test_every_row_of_every_table_moves_and_the_hall_goes_on(
    filled: Callable[[str], Place], place: Callable[[str], Place], old: str, new: str
) -> None:
    source, target = filled(old), place(new)
    before = everything(source.source)
    assert [table for table, rows in before.items() if not rows] == []
    moved = move(source.source, target.target)
    assert {proof.site: proof.tickets for proof in moved.proofs} == {"khac": 2, "nho": 2}
    assert moved.rows == {table: len(rows) for table, rows in before.items()}
    assert everything(target.source) == before
    store = target.open()
    hall = TestHall.__new__(TestHall)
    hall.__dict__ |= TestHall().__dict__ | {"store": store}
    repeated = hall.do(CallNext("c1"), officer("an"), key="once", fingerprint="f")
    assert repeated["ticket"]["label"] == "A001", "a request that was answered there is answered alike here"
    hall.do(IssueTicket("f" * 32, "secret-x", "dat", origin="k1"), KIOSK)
    assert hall.ticket("f" * 32).label == "A002"
    access = store.access()
    access.note("nho", Noted(MORNING, Act.SIGNED_OUT, "an"))
    assert [noted.act for noted in access.noted("nho", "an", 9)] == [Act.SIGNED_IN, Act.SIGNED_OUT]
    prove(store)
    store.close()


@pytest.mark.parametrize(("old", "new"), WAYS)
def test_the_old_database_takes_no_order_any_more(
    filled: Callable[[str], Place], place: Callable[[str], Place], old: str, new: str
) -> None:
    source, target = filled(old), place(new)
    early = source.open() if old == "sqlite" else None  # a program that had it open all the time
    move(source.source, target.target)
    with pytest.raises(StoreTrouble, match=r"the centres of .* have moved to .*: serve them from there"):
        source.open()
    if early is not None:
        hall = TestHall.__new__(TestHall)
        hall.__dict__ |= TestHall().__dict__ | {"store": early}
        with pytest.raises(Conflict, match="the centre has moved to another database"):
            hall.do(IssueTicket("f" * 32, "secret-x", "dat"), KIOSK)
        early.close()
    with pytest.raises(MoveRefused, match=r"have moved to .* already"):
        move(source.source, place(new).target)


@pytest.mark.parametrize(
    ("old", "new", "step"),
    [
        *(("sqlite", "postgres", step) for step in ("settle", "keep", "mark the source", "finish")),
        *(("postgres", "sqlite", step) for step in ("keep", "finish")),
    ],
)
def test_a_move_that_is_cut_off_leaves_one_place_to_live_in_and_is_done_again(
    filled: Callable[[str], Place],
    place: Callable[[str], Place],
    monkeypatch: pytest.MonkeyPatch,
    old: str,
    new: str,
    step: str,
) -> None:
    source, target = filled(old), place(new)
    before = everything(source.source)

    class Cut(BaseException):
        """As though the process had been killed."""

    def cut(*_: object) -> None:
        raise Cut

    old_side, new_side = type(source.source), type(target.target)
    with monkeypatch.context() as patch:
        if step == "settle":
            patch.setattr(new_side, "settle", cut)
        elif step == "keep":
            patch.setattr(moving, "_prove", cut)
        elif step == "mark the source":
            patch.setattr(old_side, "keep", cut)
        else:
            patch.setattr(moving, "_finish", cut)
        with pytest.raises(Cut):
            move(source.source, target.target)
    usable = []
    for one in (source, target):
        with suppress(StoreTrouble):
            store = one.open()
            usable += store.sites()
            store.close()
    assert usable in (["khac", "nho"], []), "never in both"
    assert bool(usable) == (step != "finish")
    moved = move(source.source, target.target)
    assert len(moved.proofs) == 2
    assert everything(target.source) == before


def test_a_copy_that_is_not_sound_is_taken_away_again(
    filled: Callable[[str], Place], place: Callable[[str], Place]
) -> None:
    source, target = filled("sqlite"), place("postgres")
    store = source.open()
    with store.connection() as db:
        db.execute("UPDATE ticket SET number = 77 WHERE number = 1 AND site = 'nho' AND queue = 'dat'")
    store.close()
    with pytest.raises(Unsound, match="nho: 1 rows differ from what the journal says"):
        move(source.source, target.target)
    assert not any(everything(target.target).values())
    open_again = source.open()
    assert open_again.sites() == ["khac", "nho"], "the source is as it was"
    open_again.close()


def test_rows_that_do_not_arrive_are_missed(
    filled: Callable[[str], Place], place: Callable[[str], Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = filled("sqlite"), place("sqlite")
    rows = SqliteSide.rows
    monkeypatch.setattr(
        SqliteSide, "rows", lambda side, table, columns: itertools.islice(rows(side, table, columns), 1)
    )
    with pytest.raises(Unsound, match="site: 1 rows arrived of 2"):
        move(source.source, target.target)


def test_a_database_that_is_served_or_holds_centres_is_not_moved_into_or_out_of(
    filled: Callable[[str], Place], place: Callable[[str], Place], tmp_path: Path
) -> None:
    source, target = filled("sqlite"), filled("postgres")
    with pytest.raises(MoveRefused, match="holds centres already: name an empty database"):
        move(source.source, target.target)
    lock = serving_lock(Path(source.url.removeprefix("sqlite:///")))
    assert lock.held()
    with pytest.raises(MoveRefused, match="a server works with"):
        move(source.source, place("sqlite").target)
    lock.release()
    served = target.open()
    with served.reading("nho"), pytest.raises(MoveRefused, match="a server or a command works with"):
        move(target.source, place("sqlite").target)
    served.close()
    with pytest.raises(MoveRefused, match="there is no database"):
        move(place("sqlite").source, place("sqlite").target)
    with pytest.raises(MoveRefused, match="into itself"):
        move(source.source, source.target)


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_no_table_is_forgotten(filled: Callable[[str], Place], kind: str) -> None:
    """Who adds a table says here whether it moves."""
    side = filled(kind).source
    with side.held():
        assert side.tables() - DERIVED == set(TABLES)


def test_the_command_moves_a_centre_and_says_what_it_proved(
    filled: Callable[[str], Place], place: Callable[[str], Place], postgres_server: PostgresServer
) -> None:
    source, target = filled("sqlite"), place("postgres")
    done = motcua("migrate", "--from", source.url, "--to", target.url)
    assert "nho: " in done.stdout and "every row as its journal says" in done.stdout
    assert f"of {len(TABLES)} tables and proved them" in done.stdout
    again = motcua("migrate", "--from", source.url, "--to", target.url, check=False)
    assert again.returncode == 1 and "have moved to" in again.stderr and "Traceback" not in again.stderr
    wrong = motcua("migrate", "--from", "mysql://secret@x", "--to", target.url, check=False)
    assert wrong.returncode == 1 and "secret" not in wrong.stderr
