"""How long it takes until a centre serves again: after SIGKILL, and from a backup. Prints what it measured.

.venv/bin/python -m tests.load.recovery --days 1 --visits 1000
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests

from queue_server.app.backup_names import KEEP
from queue_server.app.views import shapes
from queue_server.app.write_path import Order, carry_out
from queue_server.core.commands import (
    CallNext,
    Command,
    FinishService,
    IssueTicket,
    OpenCounter,
    StartService,
)
from queue_server.core.model import Actor
from queue_server.store.backup_folder import SqliteSource, take
from queue_server.store.restoring import Wish
from queue_server.store.sqlite import SqliteStore
from queue_server.store.sqlite_restoring import restore
from tests.halls import KIOSK, TestHall, officer
from tests.servers import RunningCentre
from tests.sites import DAY, small_site

OPENING_HOURS = 8 * 3_600_000
SITE = small_site(outside_hours="warn")


def live(file: Path, days: int, visits: int) -> None:
    """Fill a database with whole visits (issue, call, start, finish), a day in each transaction."""
    store = SqliteStore(file)
    today = round(time.time() * 1000) // DAY * DAY
    hall = TestHall(store, SITE, today - days * DAY)
    names = random.Random(7)
    for day in range(days):
        hall.now = today - (days - day) * DAY
        with store.writing(SITE.id) as transaction:

            def do(command: Command, actor: Actor, transaction: Any = transaction) -> None:
                order = Order(command, actor, f"{names.getrandbits(64):x}", "f")
                carry_out(transaction, SITE.id, order, hall.now, shapes.answer_to)

            do(OpenCounter("c1"), officer("an"))
            for _ in range(visits):
                hall.now += OPENING_HOURS // visits
                ticket = f"{names.getrandbits(128):032x}"
                do(IssueTicket(ticket, ticket[:16], "dat"), KIOSK)
                do(CallNext("c1"), officer("an"))
                do(StartService(ticket), officer("an"))
                do(FinishService(ticket), officer("an"))
    store.close()


def until_ready_again(folder: Path, times: int) -> list[float]:
    """Seconds from the start of the process to the first answer, after a SIGKILL each time."""
    centre = RunningCentre(folder, demo=False)
    took = []
    try:
        for _ in range(times):
            centre.kill()
            began = time.monotonic()
            centre.start()
            requests.get(f"{centre.url}/readyz", timeout=5).raise_for_status()
            took.append(time.monotonic() - began)
    finally:
        centre.stop()
    return took


def main() -> None:
    wishes = argparse.ArgumentParser()
    wishes.add_argument("--days", type=int, default=1)
    wishes.add_argument("--visits", type=int, default=1000)
    wishes.add_argument("--kills", type=int, default=5)
    given = wishes.parse_args()
    with tempfile.TemporaryDirectory(prefix="motcua-recovery-") as place:
        folder = Path(place) / "data"
        live(folder / "motcua.db", given.days, given.visits)
        size = (folder / "motcua.db").stat().st_size / 1e6
        took = sorted(until_ready_again(folder, given.kills))
        print(f"SIGKILL to ready: median {took[len(took) // 2]:.1f} s, longest {took[-1]:.1f} s")
        taken = take(Path(place) / "backups", SqliteSource(folder / "motcua.db"), KEEP, datetime.now(UTC))
        entries = sum(proof.entries for proof in taken.proofs)
        print(
            f"backup of {entries} entries, {size:.0f} MB: {taken.size / 1e6:.1f} MB in {taken.seconds:.1f} s"
        )
        done = restore(taken.path, folder / "motcua.db", Wish(replace=True), round(time.time() * 1000))
        print(f"restore of it, proved: {done.seconds:.1f} s")


if __name__ == "__main__":
    main()
