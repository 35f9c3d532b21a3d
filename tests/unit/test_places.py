"""How many are ahead in a SQLite store: kept in spans of time, always what counting would give."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.core.commands import CallNext, CancelTicket, OpenCounter, ReturnTicket, TransferTicket
from queue_server.core.refusals import Refused
from queue_server.store import places
from queue_server.store.sqlite import SqliteStore
from tests.halls import TestHall


def counted_by_hand(file: Path, ticket: str) -> int:
    with sqlite3.connect(file) as db:
        sql = (
            "SELECT count(*) FROM ticket AS mine JOIN ticket AS other ON other.site = mine.site"
            " AND other.queue = mine.queue AND other.state = 'waiting'"
            " AND (other.since, other.seq) < (mine.since, mine.seq) WHERE mine.id = ?"
        )
        return int(db.execute(sql, (ticket,)).fetchone()[0])


def check(hall: TestHall, file: Path) -> None:
    with hall.store.reading(hall.site.id) as reading:
        for ticket in reading.open_tickets():
            assert reading.ahead_of(ticket) == counted_by_hand(file, ticket.id), ticket


def test_the_place_in_line_is_what_counting_gives_whatever_officers_do(tmp_path: Path) -> None:
    file, dice = tmp_path / "motcua.db", random.Random(3)
    hall = TestHall(SqliteStore(file))
    for counter in ("c1", "c3", "c4"):
        hall.do(OpenCounter(counter))
    tickets: list[str] = []
    for step in range(400):
        hall.now += dice.choice([0, 0, 1, 40, 3_000, 90_000])
        try:
            if dice.random() < 0.5:
                tickets.append(
                    hall.issue(dice.choice(["dat", "dat", "thue"]), dice.choice(["ordinary", "merit"]))
                )
            else:
                one, counter = dice.choice(tickets), dice.choice(["c1", "c3", "c4"])
                verbs = [
                    CallNext(counter),
                    ReturnTicket(one),
                    CancelTicket(one),
                    TransferTicket(one, queue="thue"),
                ]
                hall.do(dice.choice(verbs))
        except (Refused, IndexError):
            pass
        if step % 20 == 0:
            check(hall, file)
    check(hall, file)
    assert sum(hall.waiting().values()) > 30
    with sqlite3.connect(file) as db:
        rows = db.execute("SELECT level, sum(waiting), min(waiting) FROM place GROUP BY level").fetchall()
    hall.store.close()
    assert [row[1] for row in rows] == [sum(hall_waiting(file).values())] * len(places.LEVELS)
    assert all(row[2] > 0 for row in rows)


def hall_waiting(file: Path) -> dict[str, int]:
    with sqlite3.connect(file) as db:
        return dict(db.execute("SELECT queue, count(*) FROM ticket WHERE state = 'waiting' GROUP BY queue"))


@settings(max_examples=40)
@given(st.lists(st.integers(0, 1 << 24), min_size=1, max_size=60), st.integers(0, 1 << 24))
def test_any_moments_are_counted_right(moments: list[int], mine: int) -> None:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE ticket (site, queue, state, since INTEGER, seq INTEGER)")
    db.executescript(places.SCHEMA)
    for seq, since in enumerate(moments):
        db.execute("INSERT INTO ticket VALUES ('s', 'q', 'waiting', ?, ?)", (since, seq))
    db.execute("UPDATE ticket SET state = 'called' WHERE seq % 5 = 4")
    db.execute("DELETE FROM ticket WHERE seq % 7 = 6")
    left = [at for seq, at in enumerate(moments) if seq % 5 != 4 and seq % 7 != 6]
    for since in (mine, *moments):
        assert db.execute(*places.ahead_of("s", "q", since, -1)).fetchone()[0] == sum(
            at < since for at in left
        )


def test_those_who_waited_before_the_counts_were_kept_are_counted(tmp_path: Path) -> None:
    file = tmp_path / "motcua.db"
    hall = TestHall(SqliteStore(file))
    for _ in range(5):
        hall.issue("dat")
        hall.wait(1)
    hall.store.close()
    with sqlite3.connect(file) as db:
        for (trigger,) in db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'place%'"
        ).fetchall():
            db.execute(f"DROP TRIGGER {trigger}")
        db.execute("DROP TABLE place")
        db.execute("DELETE FROM _sqlite_migrations WHERE name = 'keep_the_places_in_line'")
    store = SqliteStore(file)
    with store.reading("nho") as reading:
        assert [reading.ahead_of(one) for one in sorted(reading.open_tickets(), key=lambda t: t.seq)] == [
            0,
            1,
            2,
            3,
            4,
        ]
    store.close()
