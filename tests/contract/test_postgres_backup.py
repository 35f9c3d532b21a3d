"""Backups of a PostgreSQL database: proved in a database of their own, restored without doubling a number."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from queue_server.app.backup_names import KEEP
from queue_server.app.backup_proof import Unsound, prove
from queue_server.app.ports import StoreTrouble
from queue_server.app.restoring import LEAST_SKIPPED
from queue_server.store import postgres_backup
from queue_server.store.backup_folder import Taken, take
from queue_server.store.postgres import PostgresStore
from queue_server.store.postgres_backup import PostgresSource, restore
from queue_server.store.restoring import RestoreRefused, Wish
from tests.engines import PostgresServer, database_of, fresh_database
from tests.halls import TestHall
from tests.sites import MINUTE, small_site

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
SITE = small_site(queues=tuple(queue for queue in small_site().queues if queue.id != "tu"), counters=())


@pytest.fixture
def url(postgres_server: PostgresServer) -> str:
    return fresh_database(postgres_server)


@pytest.fixture
def store(url: str) -> Iterator[PostgresStore]:
    made = PostgresStore(url)
    yield made
    made.close()


@pytest.fixture
def hall(store: PostgresStore) -> TestHall:
    made = TestHall(store, SITE)
    for _ in range(5):
        made.issue()
    return made


def back_up(url: str, folder: Path) -> Taken:
    return take(folder, PostgresSource(url), KEEP, NOW)


def live_on(store: PostgresStore, hall: TestHall) -> TestHall:
    again = TestHall.__new__(TestHall)
    again.__dict__ |= hall.__dict__ | {"store": store}
    again.now += 31 * MINUTE
    return again


def test_a_backup_is_proved_in_a_database_of_its_own_that_is_gone_afterwards(
    url: str, hall: TestHall, tmp_path: Path, postgres_server: PostgresServer
) -> None:
    databases = "SELECT datname FROM pg_database ORDER BY 1"
    before = postgres_server.ask(databases)
    source = PostgresSource(url)
    taken = take(tmp_path, source, KEEP, NOW)
    assert taken.path.name == "motcua-nho-20261123T020000Z-00000006.pgdump"
    assert (taken.proofs[0].entries, taken.proofs[0].tickets) == (6, 5)
    assert taken.path.stat().st_mode & 0o777 == 0o600 and taken.size == taken.path.stat().st_size
    assert postgres_server.ask(databases) == before
    assert not source.by_reading


def test_numbers_that_were_given_after_the_backup_are_never_given_again(
    url: str, store: PostgresStore, hall: TestHall, tmp_path: Path, postgres_server: PostgresServer
) -> None:
    taken = back_up(url, tmp_path)
    lost = [hall.ticket(hall.issue()).label for _ in range(3)]
    store.close()
    later = hall.now + 30 * MINUTE
    with pytest.raises(RestoreRefused, match=r"is newer: nho has 3 more entries there.*--replace"):
        restore(taken.path, url, Wish(), later)
    untouched = PostgresStore(url)
    assert untouched.heads() == {"nho": 9}
    untouched.close()
    done = restore(taken.path, url, Wish(replace=True), later)
    assert done.centres[0].left_out == (("dat", "A006", "A008"),) and done.centres[0].lost == 3
    count = f"SELECT count(*) FROM {done.aside}.ticket"
    assert postgres_server.ask(count, database=database_of(url)) == [(8,)]
    again = PostgresStore(url)
    label = live_on(again, hall).ticket(live_on(again, hall).issue()).label
    assert label == "A009" and label not in lost
    prove(again)
    again.close()


def test_into_an_empty_database_a_margin_is_left_out(
    url: str, hall: TestHall, tmp_path: Path, postgres_server: PostgresServer
) -> None:
    taken = back_up(url, tmp_path)
    other = fresh_database(postgres_server)
    done = restore(taken.path, other, Wish(), hall.now + 30 * MINUTE)
    assert done.aside == "" and done.centres[0].lost is None
    store = PostgresStore(other)
    again = live_on(store, hall)
    assert again.ticket(again.issue()).number == 5 + LEAST_SKIPPED + 1
    store.close()


def test_the_journal_of_a_restored_database_is_guarded_as_before(
    url: str, hall: TestHall, tmp_path: Path, postgres_server: PostgresServer
) -> None:
    taken = back_up(url, tmp_path)
    other = fresh_database(postgres_server)
    restore(taken.path, other, Wish(nothing_lost=True), hall.now)
    name = database_of(other)
    for change in ("UPDATE motcua.journal SET actor = 'x'", "DELETE FROM motcua.journal"):
        with pytest.raises(psycopg.errors.RestrictViolation, match="never changed"):
            postgres_server.ask(change, database=name)
    rights = "SELECT privilege_type FROM information_schema.table_privileges WHERE table_name = 'journal'"
    given = postgres_server.ask(rights, database=name)
    assert sorted(given) == sorted(postgres_server.ask(rights, database=database_of(url)))


def test_a_database_that_is_served_is_not_replaced(
    url: str, store: PostgresStore, hall: TestHall, tmp_path: Path
) -> None:
    taken = back_up(url, tmp_path)
    with store.reading("nho"), pytest.raises(RestoreRefused, match="a server or a command works with"):
        restore(taken.path, url, Wish(replace=True), hall.now)


def test_a_restore_that_fails_gives_the_old_database_back(
    url: str, store: PostgresStore, hall: TestHall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = back_up(url, tmp_path)
    hall.issue()
    store.close()

    def fail(*_: object) -> None:
        raise Unsound("nho: entry 3 does not fit the chain")

    monkeypatch.setattr(postgres_backup, "prove", fail)
    with pytest.raises(Unsound):
        restore(taken.path, url, Wish(replace=True), hall.now)
    again = PostgresStore(url)
    assert again.heads() == {"nho": 7}
    live_on(again, hall).issue()
    again.close()


def test_a_row_that_was_changed_behind_the_journals_back_is_no_backup(
    url: str, hall: TestHall, tmp_path: Path, postgres_server: PostgresServer
) -> None:
    postgres_server.ask("UPDATE motcua.ticket SET number = 77 WHERE number = 1", database=database_of(url))
    with pytest.raises(Unsound, match="nho: 1 rows differ from what the journal says, first ticket"):
        back_up(url, tmp_path)
    assert not list(tmp_path.glob("motcua-*"))


def test_a_user_who_may_make_no_database_gets_a_backup_that_was_proved_by_reading(
    url: str, hall: TestHall, tmp_path: Path, postgres_server: PostgresServer
) -> None:
    name = database_of(url)
    postgres_server.ask("CREATE ROLE mere LOGIN", database=name)
    try:
        postgres_server.ask("GRANT pg_read_all_data TO mere", database=name)
        source = PostgresSource(postgres_server.url(name, "mere"))
        taken = take(tmp_path, source, KEEP, NOW)
        assert source.by_reading and taken.proofs[0].entries == 6
    finally:
        postgres_server.ask("DROP ROLE mere", database=name)


def test_a_password_never_stands_on_a_command_line(
    url: str, hall: TestHall, tmp_path: Path, postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever lists the processes of the machine would read it there."""
    log, programs = tmp_path / "arguments", tmp_path / "bin"
    programs.mkdir()
    for program in ("pg_dump", "pg_restore"):
        shim = programs / program
        shim.write_text(f'#!/bin/sh\necho "$0 $@" >> {log}\nexec {shutil.which(program)} "$@"\n')
        shim.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    secret = postgres_server.url(database_of(url), password="very-secret")
    taken = take(tmp_path / "backups", PostgresSource(secret), KEEP, NOW)
    restore(taken.path, fresh_database(postgres_server).replace("@", ":very-secret@"), Wish(), hall.now)
    lines = log.read_text().splitlines()
    assert len(lines) == 4 and not [line for line in lines if "very-secret" in line]


def test_what_went_wrong_is_told_in_the_programs_own_words_and_leaves_nothing(
    url: str, hall: TestHall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "text").write_text("hello")
    with pytest.raises(StoreTrouble, match=r"pg_restore: .*does not appear to be a valid archive"):
        restore(tmp_path / "text", url, Wish(), hall.now)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StoreTrouble, match="pg_dump is missing: install postgresql-client"):
        back_up(url, tmp_path / "backups")
    assert [path.name for path in (tmp_path / "backups").iterdir()] == [".motcua-backup.lock"]
