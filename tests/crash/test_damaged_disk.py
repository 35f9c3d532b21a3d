"""A page of the database that a dying disk damaged: found at the start, said plainly, restored."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from queue_server.app import journal
from queue_server.app.replay import replay
from queue_server.store.sqlite import SqliteStore
from tests.crash.hall_at_work import at_work
from tests.crash.nursery import Nursery
from tests.crash.people import Ledger
from tests.crash.seeds import SEED
from tests.servers import motcua

pytestmark = pytest.mark.in_process  # the file is the same under each async mode: once is enough
PAGE = 4096


def damage(file: Path, dice: random.Random) -> None:
    """Overwrite a page of the tickets with noise, as it is found after a disk lost it."""
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (root,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ticket'").fetchone()
    with file.open("r+b") as raw:
        raw.seek((root - 1) * PAGE)
        raw.write(dice.randbytes(PAGE))


def test_a_damaged_page_stops_the_start_and_a_backup_brings_everybody_back(
    nursery: Nursery, tmp_path: Path
) -> None:
    data, backups = tmp_path / "data", tmp_path / "backups"
    data.mkdir()
    with at_work(nursery, data) as hall:
        known = dict(hall.ledger.issued)
        motcua("backup", "--data", str(data), "--to", str(backups))
        hall.people.wait_for(20)
        ledger = hall.people.stop()
        hall.centre.kill()
        damage(data / "motcua.db", random.Random(SEED))
        hall.centre.begin()
        assert hall.centre.ended() == 1
        assert "motcua.db is damaged" in hall.centre.log and "motcua restore" in hall.centre.log
        assert "Traceback" not in hall.centre.log
        (backup,) = backups.glob("motcua-*.db.gz")
        motcua("restore", str(backup), "--data", str(data), "--replace")
        hall.centre.start()
        taken = hall.take("q0")
        assert hall.centre.stop() == 0, hall.centre.log
    check(data / "motcua.db", known, ledger, taken)


def check(file: Path, known: dict[str, object], ledger: Ledger, taken: dict[str, object]) -> None:
    """Who was acknowledged before the backup is there; nobody gets a number that is on somebody's slip."""
    store = SqliteStore(file)
    with store.reading("dong") as reading:
        kept = {ticket.id for ticket in reading.tickets_of_day(str(taken["day"]))}
        assert known.keys() <= kept and taken["id"] in kept
        assert journal.verify("dong", reading).broken_at is None
        described = reading.site()
        assert described is not None
        assert replay(reading, described[1]).differences == ()
    store.close()
    slips = {(ticket["queue"], ticket["number"]) for ticket in ledger.issued.values()}
    assert ("q0", taken["number"]) not in slips
