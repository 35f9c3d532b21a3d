"""SIGKILL at chosen moments: around every statement of every order, and a log that a power cut left torn."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from queue_server.app import journal
from queue_server.app.replay import replay
from queue_server.store.sqlite import SqliteStore
from tests.crash.people import crash_site
from tests.crash.seeds import LONG, SEED, often
from tests.halls import TestHall
from tests.servers import ROOT

STEP = 4 if LONG == 1 else 1
"""Every so many statements somebody dies; in the long form before each single one."""

CUTS = 40
TICKETS = 12


@pytest.mark.in_process
@pytest.mark.timeout(600)
def test_an_order_that_is_killed_at_any_statement_has_happened_wholly_or_not_at_all(tmp_path: Path) -> None:
    program = [sys.executable, "-m", "tests.crash.kill_points", str(tmp_path), str(STEP), str(SEED)]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, f"seed {SEED}:\n{done.stderr}"
    told = json.loads(done.stdout)
    print(f"\n{told['deaths']} kills before chosen statements of {told['orders']} orders (seed {SEED})")
    assert told["orders"] == 25 and told["deaths"] > 500 / STEP


@pytest.mark.in_process
def test_a_log_that_was_torn_anywhere_holds_every_commit_up_to_there(tmp_path: Path) -> None:
    """What the log holds after a power cut is a beginning of it: the disk was told to keep the rest, too."""
    dice = random.Random(SEED)
    hall = TestHall(store := SqliteStore(tmp_path / "motcua.db"), crash_site(2))
    log = tmp_path / "motcua.db-wal"
    ends = []
    for _ in range(TICKETS):
        hall.issue("q0")
        ends.append(log.stat().st_size)
    for turn in range(often(CUTS)):
        cut = dice.randrange(ends[0], ends[-1] + 1)
        copy = SqliteStore(torn(tmp_path, turn, cut))
        with copy.reading("dong") as reading:
            whole = sum(end <= cut for end in ends)
            assert len(reading.open_tickets()) == whole, f"seed {SEED}: cut at {cut} of {ends}"
            assert journal.verify("dong", reading).broken_at is None
            assert replay(reading, hall.site).differences == ()
        copy.close()
    store.close()


def torn(folder: Path, turn: int, cut: int) -> Path:
    """A copy of the database whose log ends after `cut` bytes, with what else the disk had there behind."""
    copy = folder / str(turn)
    copy.mkdir()
    shutil.copy(folder / "motcua.db", copy)
    whole = (folder / "motcua.db-wal").read_bytes()
    rest = random.Random(cut).randbytes((len(whole) - cut) // 2)
    (copy / "motcua.db-wal").write_bytes(whole[:cut] + rest)
    return copy / "motcua.db"
