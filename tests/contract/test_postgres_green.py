"""On PostgreSQL a slow question holds up nobody else, and native threads keep out of the hub's way."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from queue_server.store.postgres_connections import KEPT, MORE, TURN_SECONDS
from tests.engines import PostgresServer, emptied_database

ROOT = Path(__file__).resolve().parent.parent.parent


def _told_by(program: str, server: PostgresServer) -> dict[str, Any]:
    """What a program says that ran in a process of its own, on an empty database."""
    asked = subprocess.run(
        [sys.executable, "-c", program, emptied_database(server)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert asked.returncode == 0, asked.stderr
    told: dict[str, Any] = json.loads(asked.stdout)
    return told


# Runs in a process of its own, because an async mode is entered once and for good.
_PROGRAM = """
import json, sys, time
from queue_server.concurrency import enter

concurrency = enter("gevent")
from queue_server.store.postgres import PostgresStore
from tests.halls import TestHall

store = PostgresStore(sys.argv[1])
hall = TestHall(store)
hall.issue()
beats, done = [], {}


def beat():
    while len(done) < 4:
        beats.append(time.monotonic())
        time.sleep(0.01)


def ask_slowly(name):
    with store.reading("nho") as reading:
        begun = time.monotonic()
        reading._session.rows("SELECT pg_sleep(1)")
        done[name] = time.monotonic() - begun


def write():
    begun = time.monotonic()
    for _ in range(20):
        hall.issue()
    with store.writing("nho") as transaction:
        transaction._session.rows("SELECT pg_sleep(1)")
    done["write"] = time.monotonic() - begun
    finished.set(None)


finished = concurrency.completion()
concurrency.spawn(beat)
for name in ("a", "b", "c"):
    concurrency.spawn(lambda name=name: ask_slowly(name))
concurrency.start(write, "writer")
begun = time.monotonic()
finished.wait(30)
while len(done) < 4:
    time.sleep(0.01)
gaps = [later - earlier for earlier, later in zip(beats, beats[1:])]
print(json.dumps({"took": time.monotonic() - begun, "longest": max(gaps), "beats": len(beats), "done": done,
                  "waiting": hall.waiting()}))
store.close()
"""


def test_slow_questions_stall_no_green_thread_under_gevent(postgres_server: PostgresServer) -> None:
    seen = _told_by(_PROGRAM, postgres_server)
    assert seen["took"] < 3, "four slow questions wait beside each other, not one after the other"
    assert seen["longest"] < 0.7, "somebody was held up while others waited for an answer"
    assert set(seen["done"]) == {"a", "b", "c", "write"}
    assert seen["waiting"] == {"dat": 21}


_BURST = """
import json, sys, time
from queue_server.concurrency import enter

concurrency = enter("gevent")
from queue_server.store.postgres import PostgresStore
from tests.halls import TestHall

store = PostgresStore(sys.argv[1])
hall = TestHall(store)
hall.issue()
done = []


def read():
    with store.reading("nho") as reading:
        done.append(reading.head()[0])


other = store._connections.connect()
with other.transaction():
    other.execute("LOCK TABLE head")
    for _ in range(200):
        concurrency.spawn(read)
    time.sleep(2.5)
    used = other.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    ).fetchone()[0]
while len(done) < 200:
    time.sleep(0.01)
missed = [other.execute(f"SHOW tcp_{name}").fetchone()[0] for name in ("keepalives_idle", "user_timeout")]
print(json.dumps({"used": used - 1, "read": len(done), "missed": missed}))
other.close()
store.close()
"""


def test_a_whole_hall_of_readers_leaves_connections_to_others_while_the_server_stands_still(
    postgres_server: PostgresServer,
) -> None:
    seen = _told_by(_BURST, postgres_server)
    assert seen["used"] <= KEPT + MORE
    assert seen["read"] == 200
    assert seen["missed"] == ["10", "20000"], "a process that is cut off would hold its locks for hours"


_NESTED = """
import json, sys, time
from queue_server.concurrency import enter

concurrency = enter("gevent")
from queue_server.store.postgres import PostgresStore
from queue_server.store.postgres_connections import KEPT
from tests.halls import TestHall

store = PostgresStore(sys.argv[1])
hall = TestHall(store)
hall.issue()
begun, done = [], []


def read_amid_reading():
    with store.reading("nho") as outer:
        begun.append(outer.head()[0])
        while len(begun) < KEPT:
            time.sleep(0.01)
        with store.reading("nho") as inner:
            done.append(inner.head()[0])


for _ in range(KEPT):
    concurrency.spawn(read_amid_reading)
start = time.monotonic()
while len(done) < KEPT:
    time.sleep(0.01)
print(json.dumps({"took": time.monotonic() - start}))
store.close()
"""


def test_readers_who_ask_again_amid_a_reading_do_not_wait_for_themselves(
    postgres_server: PostgresServer,
) -> None:
    assert _told_by(_NESTED, postgres_server)["took"] < TURN_SECONDS, (
        "all connections were lent to those who waited"
    )
