"""Workers on PostgreSQL and Redis under load, any part of it killed: nothing acknowledged is lost."""

from __future__ import annotations

import os
import random
import re
import signal
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
import requests

from queue_server.store.postgres import PostgresStore
from tests.clients import FollowingBoard, Keys
from tests.crash import checks
from tests.crash.people import People, crash_site
from tests.crash.seeds import SEED, often
from tests.engines import DURABLE, PostgresServer, RedisServer, database_of, fresh_database
from tests.servers import RunningCentre, in_time

pytestmark = [
    pytest.mark.in_process,  # always gevent: once is enough
    pytest.mark.timeout(3600),
    pytest.mark.filterwarnings("ignore:unclosed .socket:ResourceWarning"),
]
WORKERS = 2
DESKS = 4
VICTIMS = {"worker": 3, "leader": 3, "backend": 2, "PostgreSQL": 2, "Redis": 2, "everything": 1}
"""How often each is killed; a start of all workers at once takes the longest."""


class Cluster:
    """Two workers, a PostgreSQL and a Redis of its own, each of which can be killed."""

    def __init__(self, folder: Path, end: ExitStack) -> None:
        self.postgres = PostgresServer(DURABLE)
        end.callback(self.postgres.close)
        self.redis = RedisServer()
        end.callback(self.redis.close)
        self.url = fresh_database(self.postgres)
        store = PostgresStore(self.url)
        self.keys = Keys(folder, crash_site(DESKS), store)
        store.close()
        self.centre = RunningCentre(
            folder,
            demo=False,
            mode="gevent",
            database=self.url,
            message_queue=self.redis.url,
            workers=WORKERS,
        )
        end.callback(self.centre.kill)

    def workers(self) -> list[int]:
        """Their process ids, once all are there."""
        listed = Path(f"/proc/{self.centre.pid}/task/{self.centre.pid}/children")
        return in_time(
            lambda: len(pids := [int(pid) for pid in listed.read_text().split()]) == WORKERS and pids
        )

    def leader(self) -> int:
        """The process that leads; asked until it was the one to answer."""

        def told() -> int:
            with suppress(requests.RequestException):
                page = requests.get(
                    f"{self.centre.url}/metrics", timeout=30, headers={"Connection": "close"}
                ).text
                told = dict(re.findall(r"^motcua_([a-z_]+) (\S+)$", page, re.M))
                return int(told["process_id"]) if told.get("leads") == "1" else 0
            return 0

        return int(in_time(told))

    def kill(self, victim: str, dice: random.Random) -> None:
        """SIGKILL it; what nothing else starts again is started again a moment later."""
        pause = dice.uniform(0, 0.3)
        if victim == "worker":
            os.kill(dice.choice(self.workers()), signal.SIGKILL)
        elif victim == "leader":
            os.kill(self.leader(), signal.SIGKILL)
        elif victim == "backend":
            pids = in_time(lambda: self.postgres.backends(database_of(self.url)))
            with suppress(ProcessLookupError):
                self.postgres.kill_backend(dice.choice(pids))
            self.postgres.wait_until_it_answers()
        elif victim == "PostgreSQL":
            self.postgres.kill()
            time.sleep(pause)
            self.postgres.start()
        elif victim == "Redis":
            self.redis.kill()
            time.sleep(pause)
            self.redis.start()
        else:
            self.centre.kill()
            self.centre.start()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    with ExitStack() as end:
        yield Cluster(tmp_path, end)


def test_whatever_is_killed_nothing_acknowledged_is_lost(cluster: Cluster) -> None:
    dice = random.Random(SEED)
    victims = [victim for victim, times in VICTIMS.items() for _ in range(often(times))]
    dice.shuffle(victims)
    board = FollowingBoard(cluster.centre.url, cluster.keys.board, "board:main")
    people = People(cluster.centre.url, cluster.keys, SEED)
    back: dict[str, list[float]] = defaultdict(list)
    try:
        for victim in victims:
            people.wait_for(3)
            time.sleep(dice.uniform(0, 0.4))
            killed = time.monotonic()
            cluster.kill(victim, dice)
            people.wait_for(1)
            back[victim].append(people.ledger.first_after(killed) or 0.0)
        people.wait_for(20)
        ledger = people.stop()
        checks.wait_for_board(board, cluster.centre.url, cluster.keys)
    finally:
        people.go_home()
        board.close()
    assert cluster.centre.stop() == 0, cluster.centre.log
    store = PostgresStore(cluster.url)
    checks.check_board(board, checks.check_store(store, "dong", ledger))
    store.close()
    print(f"\n{len(victims)} kills (seed {SEED}): {ledger}")
    for victim, seconds in back.items():
        print(f"{len(seconds)} x {victim}: served again after {max(seconds):.2f} s at most")
