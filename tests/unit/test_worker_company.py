"""The parent of several processes: ends all of them, whenever it is told to, and does not try for ever."""

from __future__ import annotations

import subprocess
import sys

BEGINNING = """
import os, signal, sys, time
from queue_server.workers import keep_running

def waits(is_first):
    time.sleep(60)
"""


def ends_with(lines: str) -> int:
    """The exit code of a process that does this; it may take 20 s."""
    done = subprocess.run(
        [sys.executable, "-c", BEGINNING + lines], timeout=20, capture_output=True, check=False
    )
    return done.returncode


TOLD_WHILE_FORKING = """
fork, forks = os.fork, []

def fork_and_hear():
    child = fork()
    if child:
        forks.append(child)
        if len(forks) == 2:
            os.kill(os.getpid(), signal.SIGTERM)
    return child

os.fork = fork_and_hear
"""


def test_a_process_that_is_made_while_the_end_is_asked_for_ends_as_well() -> None:
    assert ends_with(f"{TOLD_WHILE_FORKING}keep_running(2, waits)") == 0


def test_where_the_first_cannot_begin_all_end_with_its_status() -> None:
    fails = """
def fails(is_first):
    sys.exit(7)
"""
    assert ends_with(f"{fails}keep_running(2, fails)") == 7
