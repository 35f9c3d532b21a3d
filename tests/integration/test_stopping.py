"""Starting and stopping: a signal ends everything, in every async mode, and says nothing alarming."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from queue_server.concurrency import MODES
from tests.clients import FollowingBoard
from tests.servers import Api, RunningCentre, in_time, motcua

MODE = os.environ.get("MOTCUA_ASYNC_MODE", "eventlet")
MODES_HERE = [mode for mode in MODES if mode == MODE]
"""The suite runs under two modes; the third, for looking for faults, is stopped once beside the first."""

SIGNALS: dict[str, Callable[[int], None]] = {
    "ctrl-c": lambda pid: os.killpg(pid, signal.SIGINT),  # as a terminal sends it: to all in the group
    "term to all": lambda pid: os.killpg(pid, signal.SIGTERM),
    "int alone": lambda pid: os.kill(pid, signal.SIGINT),
    "term alone": lambda pid: os.kill(pid, signal.SIGTERM),
}


def processes_of(group: int) -> list[str]:
    """The command lines of what still runs in a process group."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            if os.getpgid(int(entry.name)) == group:
                found.append((entry / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return [line for line in found if line]


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("mode", "how"),
    [
        *product(MODES_HERE, ("ctrl-c", "term to all", "int alone", "term alone")),
        *([("threading", "term alone")] if MODE == "eventlet" else []),
    ],
)
def test_a_signal_ends_the_server_and_all_it_started(tmp_path: Path, mode: str, how: str) -> None:
    centre = RunningCentre(tmp_path, mode=mode)
    board = FollowingBoard(centre.url, centre.token("board"), "board:main")
    kiosk = Api(centre.url, centre.token("kiosk"))
    assert kiosk.post("/tickets", queue="stp").status_code == 201
    group = os.getpgid(centre.pid)
    try:
        SIGNALS[how](centre.pid)
        assert centre.wait() == 0
    finally:
        board.close()
        kiosk.close()
    in_time(lambda: not processes_of(group))
    assert "Traceback" not in centre.log
    assert "every row is the same" in centre.motcua("replay").stdout


def test_a_taken_port_is_said_with_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = motcua("demo", "--port", port, "--data", str(tmp_path), check=False)
    assert done.returncode == 1
    assert "choose another --port" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_option_names_its_nearest(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "queue_server", "serve", "--data", str(tmp_path)],
        env={**os.environ, "MOTCUA_ASYNC_MODE": "event"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert "async_mode must be one of eventlet, gevent, threading" in done.stderr
