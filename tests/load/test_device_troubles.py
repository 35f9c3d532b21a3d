"""A dead sign, a jammed printer and a babbling scanner change nothing for anyone else: how long a call takes.

Everything is as in a hall: the server, a kiosk, the signs' program and the devices are processes of their
own, the devices behind a serial port or TCP. Blocks with and without trouble take turns in one run, so that
all that the machine does besides falls on both.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.clients import FollowingBoard, Http, Keys, busy_site
from tests.crash.running_kiosk import RunningKiosk
from tests.running_signs import RunningSigns
from tests.servers import ROOT, RunningCentre, in_time

CALLS = 40
"""In each block; the first few of each are not counted, for the troubles have only just begun."""
UNCOUNTED = 5
MOST_MEDIAN, MOST_P95, SLACK = 2.0, 3.0, 0.05
SIGNS = {"c1": 1, "c2": 2}
JAMMED = "SELECT state FROM job WHERE state IN ('printing', 'uncertain')"


class Twin:
    """`motcua device twin …` with faults on demand."""

    def __init__(self, kind: str, *options: str) -> None:
        command = [sys.executable, "-m", "queue_server", "device", "twin", kind, *options]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        assert self._process.stdout is not None
        self.url = self._process.stdout.readline().strip()

    def tell(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def __enter__(self) -> Twin:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.communicate()


class TimedBoard(FollowingBoard):
    """Tells when each number came."""

    def __init__(self, url: str, token: str) -> None:
        self._came: dict[str, float] = {}
        self._news = threading.Condition()
        super().__init__(url, token, "board:main")

    def _on_change(self, message: dict[str, Any]) -> None:
        at = time.perf_counter()
        with self._news:
            for label in message["put"].get("calls", {}):
                self._came.setdefault(label, at)
            self._news.notify_all()
        super()._on_change(message)

    def came(self, label: str) -> float:
        with self._news:
            assert self._news.wait_for(lambda: label in self._came, 30), label
            return self._came[label]


@dataclass
class Hall:
    folder: Path
    keys: Keys
    centre: RunningCentre
    board: TimedBoard
    kiosk: RunningKiosk
    signs: RunningSigns
    twins: dict[str, Twin]

    def trouble(self, begins: bool) -> None:
        self.twins["printer"].tell("fail half_slip" if begins else "mend")
        self.twins["scanner"].tell("babble" if begins else "calm")
        self.twins["signs"].tell("kill 1" if begins else "power 1")
        if begins:  # somebody takes a number there: half of its slip comes out, then silence
            self.kiosk.take(f"slip-{time.monotonic_ns()}", time.monotonic() + 20)
            in_time(lambda: self.kiosk.rows("spool.db", JAMMED))
        else:
            in_time(self.kiosk.is_quiet)

    def call(self, counter: str) -> tuple[str, float]:
        """(label, seconds from the officer's click until the board has it)"""
        with Http(self.centre.url, self.keys.counters[counter]) as desk:
            clicked = time.perf_counter()
            status, said = desk.post(f"/counters/{counter}/call-next")
            assert status == 200
            took = self.board.came(said["ticket"]["label"]) - clicked
            for verb in ("start", "finish"):
                assert desk.post(f"/tickets/{said['ticket']['id']}/{verb}")[0] == 200
        return said["ticket"]["label"], took

    def block(self) -> list[float]:
        times = [self.call(("c1", "c2")[number % 2])[1] for number in range(CALLS)]
        return times[UNCOUNTED:]

    def lit(self) -> dict[str, str]:
        """What the signs that are not dark show, by address."""
        kept = json.loads((self.folder / "wall" / "signs.json").read_text(encoding="utf-8"))
        return {address: face["text"] for address, face in kept.items()}


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    keys = Keys(tmp_path, busy_site(2))
    signs_file = tmp_path / "twins.toml"
    signs_file.write_text('kind = "modbus"\n[signs]\nc1 = 1\nc2 = 2\n', encoding="utf-8")
    folder = ("--folder", str(tmp_path))
    with ExitStack() as stack:
        twins = {
            "printer": stack.enter_context(Twin("printer", "--port", "0", *folder)),
            "scanner": stack.enter_context(Twin("scanner", "--pty", str(tmp_path / "scanner"), *folder)),
            "signs": stack.enter_context(
                Twin("signs", "--port", "0", "--name", "wall", "--signs", str(signs_file), *folder)
            ),
        }
        centre = RunningCentre(tmp_path, demo=False)
        stack.callback(centre.stop)
        devices = ("--printer", twins["printer"].url, "--scanner", twins["scanner"].url)
        kiosk = RunningKiosk("k1", tmp_path, keys.kiosk, int(centre.url.rpartition(":")[2]), devices)
        kiosk.start()
        stack.callback(kiosk.stop)
        signs = stack.enter_context(RunningSigns(tmp_path, centre.url, keys.board, twins["signs"].url, SIGNS))
        kiosk.ready()
        in_time(kiosk.knows_the_centre)
        board = TimedBoard(centre.url, keys.board)
        stack.callback(board.close)
        in_time(lambda: board.snapshots)
        yield Hall(tmp_path, keys, centre, board, kiosk, signs, twins)


def test_a_call_takes_no_longer_while_devices_are_in_trouble(hall: Hall) -> None:
    for counter in SIGNS:
        with Http(hall.centre.url, hall.keys.counters[counter]) as desk:
            assert desk.post(f"/counters/{counter}/open")[0] == 200
    with Http(hall.centre.url, hall.keys.kiosk) as kiosk:
        for _ in range(4 * CALLS):
            assert kiosk.post("/tickets", {"queue": "dat"})[0] == 201
    without, beside = [], []
    for has_trouble in (False, True, True, False):
        hall.trouble(has_trouble)
        (beside if has_trouble else without).extend(hall.block())
        if has_trouble:
            in_time(lambda: "Counter c1: The sign does not answer" in hall.signs.log)
            in_time(lambda: hall.lit() == {"2": "0"})  # the one beside the dead one has kept up
    overview = FollowingBoard(hall.centre.url, hall.centre.token("integrator"), "site:dong")
    in_time(lambda: overview.snapshots)
    overview.close()
    assert overview.rows["kiosks"]["k1"]["scanner"] == "babbling"
    assert_no_slower(without, beside)


def assert_no_slower(without: list[float], beside: list[float]) -> None:
    print(f"\nclick to board, {len(without)} calls each, in ms:")
    figures = {}
    for name, times in (("all well", without), ("in trouble", beside)):
        figures[name] = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        print(f"  {name:12} P50 {figures[name][0] * 1000:6.1f}   P95 {figures[name][1] * 1000:6.1f}")
    (median, p95), (median_beside, p95_beside) = figures["all well"], figures["in trouble"]
    print(f"  ratio        P50 {median_beside / median:6.2f}   P95 {p95_beside / p95:6.2f}")
    assert median_beside < MOST_MEDIAN * median + SLACK / 10
    assert p95_beside < MOST_P95 * p95 + SLACK
