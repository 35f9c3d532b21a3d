"""SIGKILL at random moments under load: nothing that was acknowledged is lost, doubled or contradicted."""

from __future__ import annotations

import http.client
import itertools
import os
import random
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from queue_server.app import journal
from queue_server.app.replay import replay
from queue_server.core.events import TicketCalled
from queue_server.store.sqlite import SqliteStore
from tests.clients import FollowingBoard, Http, Keys, busy_site
from tests.servers import RunningCentre

KILLS = int(os.environ.get("MOTCUA_KILLS") or (50 if os.environ["MOTCUA_ASYNC_MODE"] == "eventlet" else 15))
SEED = int(os.environ.get("MOTCUA_SEED", "20261123"))
KIOSKS, DESKS = 6, 4
AWAY = (OSError, http.client.HTTPException)


class Load:
    """Kiosks and desks that never give up: each request is repeated under its key until it is answered."""

    def __init__(self, url: str, keys: Keys) -> None:
        self._url, self._keys = url, keys
        self._stop = threading.Event()
        self.issued: dict[str, dict[str, Any]] = {}
        self.called: dict[str, dict[str, Any]] = {}
        self.failures: list[BaseException] = []
        kiosks = [threading.Thread(target=self._guard, args=(self._kiosk, str(n))) for n in range(KIOSKS)]
        desks = [threading.Thread(target=self._guard, args=(self._desk, f"c{n + 1}")) for n in range(DESKS)]
        self._threads = kiosks + desks
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(60)
        assert self.failures == []

    def _guard(self, work: Any, name: str) -> None:
        try:
            work(name)
        except BaseException as failure:
            self.failures.append(failure)

    def _insist(self, client: Http, path: str, body: dict[str, Any], key: str) -> tuple[int, Any]:
        while True:
            try:
                status, answer = client.post(path, body, key=key)
            except AWAY:
                time.sleep(0.02)
                continue
            if status != 503:
                return status, answer

    def _kiosk(self, name: str) -> None:
        with Http(self._url, self._keys.kiosk) as client:
            for turn in itertools.count():
                if self._stop.is_set():
                    return
                status, ticket = self._insist(client, "/tickets", {"queue": "dat"}, f"k{name}-{turn}")
                assert status == 201, ticket
                self.issued[ticket["id"]] = ticket
                time.sleep(0.01)

    def _desk(self, counter: str) -> None:
        with Http(self._url, self._keys.counters[counter]) as client:
            self._insist(client, f"/counters/{counter}/open", {}, f"{counter}-open")
            for turn in itertools.count():
                if self._stop.is_set():
                    return
                self._serve_one(client, counter, f"{counter}-{turn}")

    def _serve_one(self, client: Http, counter: str, key: str) -> None:
        status, call = self._insist(client, f"/counters/{counter}/call-next", {}, key)
        if status == 204:
            time.sleep(0.02)
            return
        assert status == 200, call
        ticket = call["ticket"]["id"]
        assert ticket not in self.called, f"{call['ticket']['label']} was called twice"
        self.called[ticket] = call
        for verb in ("start", "finish"):
            status, answer = self._insist(client, f"/tickets/{ticket}/{verb}", {}, f"{key}-{verb}")
            assert status == 200, answer


# The Socket.IO client that plays the board drops the sockets of failed attempts without closing them.
@pytest.mark.filterwarnings("ignore:unclosed .socket:ResourceWarning")
@pytest.mark.timeout(900)
def test_nothing_acknowledged_is_lost_over_fifty_kills(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    keys = Keys(tmp_path, busy_site(DESKS))
    centre = RunningCentre(tmp_path, demo=False)
    board = FollowingBoard(centre.url, keys.board, "board:main")
    load = Load(centre.url, keys)
    try:
        for _ in range(KILLS):
            time.sleep(chance.uniform(0.05, 0.8))
            centre.kill()
            centre.start()
    finally:
        load.stop()
        try:
            _wait_for(board, centre, keys)
        finally:
            board.close()
            status = centre.stop()
    assert status == 0
    store = SqliteStore(tmp_path / "motcua.db")
    with store.reading("dong") as reading:
        _check_tickets(reading, load)
        _check_calls(reading, load, board)
        verdict = journal.verify("dong", reading)
        assert verdict.broken_at is None, verdict.problem
        described = reading.site()
        assert described is not None
        result = replay(reading, described[1])
        assert result.differences == ()
    store.close()
    print(f"\n{KILLS} kills (seed {SEED}): {len(load.issued)} tickets, {len(load.called)} calls, all there")


def _wait_for(board: FollowingBoard, centre: RunningCentre, keys: Keys) -> None:
    """Until the board shows what the server says that it should."""
    deadline = time.monotonic() + 30
    with Http(centre.url, keys.board) as client:
        while time.monotonic() < deadline:
            _, shown = client.get("/boards/main")
            newest = {label: board.rows["calls"].get(label) for label in shown["calls"]}
            waiting = {queue: row["waiting"] for queue, row in board.rows["lines"].items()}
            if newest == shown["calls"] and waiting == {
                q: row["waiting"] for q, row in shown["lines"].items()
            }:
                return
            time.sleep(0.2)
    raise AssertionError("the board never caught up")


def _check_tickets(reading: Any, load: Load) -> None:
    kept = {ticket.id: ticket for ticket in reading.tickets_of_day(reading.day().date)}
    lost = [ticket["label"] for ticket in load.issued.values() if ticket["id"] not in kept]
    assert lost == []
    assert all(kept[ticket["id"]].number == ticket["number"] for ticket in load.issued.values())
    numbers = Counter(ticket.number for ticket in kept.values())
    assert max(numbers.values()) == 1
    assert sorted(numbers) == list(range(1, len(kept) + 1))


def _check_calls(reading: Any, load: Load, board: FollowingBoard) -> None:
    calls = [entry for entry in journal.entries(reading) if isinstance(entry.event, TicketCalled)]
    counters = {entry.event.ticket: entry.event.counter for entry in calls}  # type: ignore[union-attr]
    assert len(counters) == len(calls), "a ticket was called twice"
    assert {ticket: call["counter"]["id"] for ticket, call in load.called.items()}.items() <= counters.items()
    assert board.announced == [entry.seq for entry in calls], "the board missed or repeated a call"
