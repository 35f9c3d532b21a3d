"""The journal: a changed, missing or reordered entry shows."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.app import journal
from queue_server.core.events import BY_NAME, VERSION, from_data, to_data
from queue_server.core.evolve import _EVOLVERS
from queue_server.store.sqlite import SqliteStore
from tests.halls import TestHall


@pytest.fixture
def hall(tmp_path: Path) -> TestHall:
    made = TestHall(SqliteStore(tmp_path / "motcua.db"))
    for _ in range(4):
        made.issue()
    return made


def tamper(hall: TestHall, sql: str) -> None:
    """As somebody with the file and without scruples would."""
    with hall.store.connection() as db:
        db.execute("DROP TRIGGER journal_is_never_changed")
        db.execute("DROP TRIGGER journal_is_never_cut")
        db.execute(sql)


def broken_at(hall: TestHall) -> int | None:
    with hall.store.reading(hall.site.id) as reading:
        return journal.verify(hall.site.id, reading).broken_at


@pytest.mark.parametrize(
    ("sql", "where"),
    [
        ("UPDATE journal SET data = replace(data, 'A003', 'A009') WHERE seq = 4", 4),
        ("UPDATE journal SET actor = 'somebody' WHERE seq = 2", 2),
        ("UPDATE journal SET at = at + 1 WHERE seq = 5", 5),
        ("DELETE FROM journal WHERE seq = 3", 3),
        ("UPDATE journal SET seq = 99 WHERE seq = 5", 5),
    ],
)
def test_a_change_of_the_past_shows_where_it_was_made(hall: TestHall, sql: str, where: int) -> None:
    assert broken_at(hall) is None
    tamper(hall, sql)
    assert broken_at(hall) == where


@pytest.mark.parametrize("sql", ["UPDATE journal SET actor = 'x'", "DELETE FROM journal"])
def test_the_database_itself_refuses_to_change_the_journal(hall: TestHall, sql: str) -> None:
    with hall.store.connection() as db, pytest.raises(sqlite3.IntegrityError, match="the journal is never"):
        db.execute(sql)


@given(st.text(), st.text(), st.integers(0, 2**62), st.text())
def test_the_hash_is_over_the_fields_as_canonical_json(site: str, actor: str, at: int, data: str) -> None:
    """So that another program, written from docs alone, can verify the chain."""
    fields = ["prev", site, 7, at, actor, "TicketIssued", 1, data]
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    sealed = journal.digest(site, 7, at, actor, "TicketIssued", 1, data, "prev")
    assert sealed == hashlib.sha256(text.encode()).hexdigest()


def test_every_event_can_be_stored_read_back_and_folded() -> None:
    assert set(BY_NAME.values()) == set(_EVOLVERS)
    for entry in TestHall.entries(_hall_with_life()):
        assert from_data(type(entry.event).__name__, VERSION, to_data(entry.event)) == entry.event


def test_an_entry_from_a_newer_program_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="newer than this program"):
        from_data("DayOpened", VERSION + 1, {"day": "2026-11-23"})


def _hall_with_life() -> TestHall:
    hall = TestHall()
    hall.issue()
    return hall
