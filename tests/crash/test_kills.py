"""SIGKILL at random moments under load: nothing that was acknowledged is lost, doubled or contradicted."""

from __future__ import annotations

import random
import statistics
import time
from pathlib import Path
from typing import Any

import pytest

from queue_server.store.sqlite import SqliteStore
from tests.clients import FollowingBoard, Keys
from tests.crash import checks
from tests.crash.nursery import Nursery
from tests.crash.people import People, crash_site
from tests.crash.quick_centre import QuickCentre
from tests.crash.seeds import SEED, often
from tests.servers import RunningCentre

DESKS = 4
KILLS = {"eventlet": 140, "gevent": 45, "threading": 45}


def while_it_dies(centre: Any, keys: Keys, kills: int, seed: int, folder: Path) -> str:
    """Kill the server `kills` times under load, check everything; what happened, for the record."""
    dice = random.Random(seed)
    board = FollowingBoard(centre.url, keys.board, "board:main")
    people = People(centre.url, keys, seed)
    deaths = []
    try:
        for _ in range(kills):
            time.sleep(dice.uniform(0.0, 0.3))
            centre.kill()
            deaths.append(time.monotonic())
            centre.start()
        people.wait_for(20)
    finally:
        try:
            ledger = people.stop()
            checks.wait_for_board(board, centre.url, keys)
        finally:
            board.close()
            status = centre.stop()
    assert status == 0, centre.log
    store = SqliteStore(folder / "motcua.db")
    checks.check_board(board, checks.check_store(store, "dong", ledger))
    store.close()
    back = sorted(gap for death in deaths if (gap := ledger.first_after(death)) is not None)
    return f"{kills} kills (seed {seed}): {ledger}; served again after {_spread(back)}"


def _spread(seconds: list[float]) -> str:
    ninth = seconds[int(len(seconds) * 0.95)]
    return f"{statistics.median(seconds):.2f} s (median), {ninth:.2f} s (95 %), {seconds[-1]:.2f} s (longest)"


# The Socket.IO client that plays the board drops the sockets of failed attempts without closing them.
@pytest.mark.filterwarnings("ignore:unclosed .socket:ResourceWarning")
@pytest.mark.timeout(3600)
def test_nothing_acknowledged_is_lost_when_the_server_is_killed_again_and_again(
    tmp_path: Path, nursery: Nursery
) -> None:
    keys = Keys(tmp_path, crash_site(DESKS))
    centre = QuickCentre(nursery, tmp_path)
    print("\n" + while_it_dies(centre, keys, often(KILLS[nursery.mode]), SEED, tmp_path))


@pytest.mark.filterwarnings("ignore:unclosed .socket:ResourceWarning")
@pytest.mark.timeout(3600)
def test_nor_when_it_is_started_anew_by_the_command_line_each_time(tmp_path: Path) -> None:
    keys = Keys(tmp_path, crash_site(DESKS))
    centre = RunningCentre(tmp_path, demo=False)
    print("\n" + while_it_dies(centre, keys, often(3), SEED + 1, tmp_path))
