"""Several processes on PostgreSQL and Redis: any takes any request, and what one writes all of them show."""

from __future__ import annotations

import os
import re
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from http.client import HTTPException
from pathlib import Path
from typing import Any

import pytest
import requests

from queue_server.app import journal
from queue_server.app.replay import replay
from queue_server.store.postgres import PostgresStore
from tests.clients import FollowingBoard, Http, Keys, busy_site
from tests.engines import PostgresServer, RedisServer, fresh_database
from tests.servers import RunningCentre, in_time

pytestmark = [
    pytest.mark.in_process,  # always gevent: once is enough
    pytest.mark.timeout(240),
    # The Socket.IO client drops the sockets of failed attempts without closing them.
    pytest.mark.filterwarnings("ignore:unclosed .socket:ResourceWarning"),
]
WORKERS = 3
SITES = ("dong", "tay")


@dataclass
class Company:
    """Three workers that serve two centres."""

    centre: RunningCentre
    store: PostgresStore
    redis: RedisServer
    keys: dict[str, Keys]

    def figures(self) -> dict[int, dict[str, str]]:
        """What each worker tells of itself, by process id: asked until each has answered."""
        found: dict[int, dict[str, str]] = {}

        def all_told() -> bool:
            page = requests.get(
                f"{self.centre.url}/metrics", timeout=30, headers={"Connection": "close"}
            ).text
            told = dict(re.findall(r"^motcua_([a-z_]+) (\S+)$", page, re.M))
            found[int(told["process_id"])] = told
            return len([pid for pid in found if _lives(pid)]) >= WORKERS

        in_time(all_told)
        return {pid: told for pid, told in found.items() if _lives(pid)}

    def leaders(self) -> list[int]:
        return [pid for pid, told in self.figures().items() if told["leads"] == "1"]

    def boards(self, site: str, count: int) -> list[FollowingBoard]:
        return [FollowingBoard(self.centre.url, self.keys[site].board, "board:main") for _ in range(count)]

    def desk(self, site: str, counter: str) -> Http:
        return Http(self.centre.url, self.keys[site].counters[counter])

    def serve_one(self, site: str, counter: str = "c1") -> str:
        """Give a number, call it, and complete it; its label."""
        with Http(self.centre.url, self.keys[site].kiosk) as kiosk, self.desk(site, counter) as desk:
            taken = insist(lambda: kiosk.post("/tickets", {"queue": "dat"}, key=f"t{time.time_ns()}"))
            assert taken[0] == 201, taken
            key = f"c{time.time_ns()}"
            called = insist(lambda: desk.post(f"/counters/{counter}/call-next", key=key))
            assert called[0] == 200, called
            ticket = called[1]["ticket"]
            for verb in ("start", "finish"):
                done = insist(partial(desk.post, f"/tickets/{ticket['id']}/{verb}", key=f"{key}{verb}"))
                assert done[0] == 200, done
        return str(ticket["label"])


def insist(ask: Callable[[], tuple[int, Any]]) -> tuple[int, Any]:
    """Ask again, under the same key, while nobody answers: as every client of ours does."""
    for _ in range(200):
        try:
            status, answer = ask()
        except (OSError, HTTPException):
            status, answer = 503, None
        if status != 503:
            return status, answer
        time.sleep(0.1)
    raise AssertionError("nobody ever answered")


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture(scope="module")
def company(postgres_server: PostgresServer) -> Iterator[Company]:
    url = fresh_database(postgres_server)
    with tempfile.TemporaryDirectory(prefix="motcua-") as name, ExitStack() as end:
        store = PostgresStore(url)
        end.callback(store.close)
        keys = {site: Keys(Path(name), replace(busy_site(4), id=site), store) for site in SITES}
        redis = RedisServer()
        end.callback(redis.close)
        running = RunningCentre(
            Path(name), demo=False, mode="gevent", database=url, message_queue=redis.url, workers=WORKERS
        )
        end.callback(running.stop)
        made = Company(running, store, redis, keys)
        in_time(lambda: len(made.leaders()) == 1)
        for site in SITES:
            for counter in keys[site].counters:
                with made.desk(site, counter) as desk:
                    assert desk.post(f"/counters/{counter}/open")[0] == 200
        yield made


def shown(boards: list[FollowingBoard], label: str) -> None:
    in_time(lambda: all(label in board.rows.get("calls", {}) for board in boards))


def test_what_one_process_writes_is_on_the_boards_of_all(company: Company) -> None:
    boards = company.boards("dong", 8)
    try:
        in_time(lambda: all(board.seq for board in boards))
        shown(boards, company.serve_one("dong"))
        orders = [float(told["orders_total"]) for told in company.figures().values()]
        assert len(orders) == WORKERS and sum(value > 0 for value in orders) >= 2
    finally:
        for board in boards:
            board.close()


def test_one_process_leads_and_another_takes_over_when_it_is_killed(company: Company) -> None:
    boards = company.boards("dong", 6)
    try:
        in_time(lambda: all(board.seq for board in boards))
        for _ in range(2):
            (leader,) = company.leaders()
            os.kill(leader, signal.SIGKILL)
            shown(boards, company.serve_one("dong"))
            in_time(lambda gone=leader: company.leaders() not in ([], [gone]))
            assert len(company.leaders()) == 1
        announced = [board.announced for board in boards]
        assert all(one == announced[0] for one in announced), "every board has told every call"
    finally:
        for board in boards:
            board.close()


def test_without_the_message_queue_a_call_is_late_but_not_lost(company: Company) -> None:
    boards = company.boards("tay", 6)
    try:
        in_time(lambda: all(board.seq for board in boards))
        company.redis.kill()
        shown(boards, company.serve_one("tay"))
        company.redis.start()
        in_time(lambda: all(told["is_alone"] == "0" for told in company.figures().values()))
        shown(boards, company.serve_one("tay"))
    finally:
        for board in boards:
            board.close()


def test_the_journals_verify_and_every_row_is_the_same_as_its_replay(company: Company) -> None:
    for site in SITES:
        company.serve_one(site)
        with company.store.reading(site) as reading:
            verdict = journal.verify(site, reading)
            assert verdict.broken_at is None, verdict.problem
            described = reading.site()
            assert described is not None
            assert replay(reading, described[1]).differences == ()
