"""The crash tests for hours: all of them again and again, each round with a fresh seed and another mode.

`./dev crash [--hours H] [--seed N]`. Each round prints its seed; the first that fails ends it all, with the
command that plays it again.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shlex
import subprocess
import sys
import time

from tests.servers import ROOT

LONG = "3"
"""Times the suite's own number of kills in each round."""

MODES = ("eventlet", "gevent")
_KILLS = re.compile(r"^\.?(\d+) kills", re.M)


def main() -> int:
    """The exit status: 0 where every round passed, at least one."""
    parser = argparse.ArgumentParser(prog="./dev crash", description=__doc__)
    parser.add_argument("--hours", type=float, default=1.0, help="begin rounds for so long (1)")
    parser.add_argument("--seed", type=int, default=None, help="of the first round; else a fresh one")
    asked = parser.parse_args()
    end = time.monotonic() + asked.hours * 3600
    seed = random.SystemRandom().randrange(1_000_000) if asked.seed is None else asked.seed
    dice, turn, kills = random.Random(seed), 0, 0
    while turn == 0 or time.monotonic() < end:
        mode = MODES[turn % len(MODES)]
        print(f"== round {turn + 1}: seed {seed}, {mode}", flush=True)
        died, status = _round(seed, mode)
        kills += died
        if status != 0:
            variables = f"MOTCUA_SEED={seed} MOTCUA_LONG={LONG} MOTCUA_ASYNC_MODE={mode}"
            print(f"== seed {seed} failed; again: {variables} ./dev test tests/crash -x -s", flush=True)
            return status
        turn, seed = turn + 1, dice.randrange(1_000_000)
    print(f"== {turn} rounds, {kills} kills, nothing lost", flush=True)
    return 0


def _round(seed: int, mode: str) -> tuple[int, int]:
    """(how many were killed, pytest's exit status); what pytest says goes on as it comes."""
    command = [sys.executable, "-m", "pytest", "tests/crash", "-x", "-q", "-s"]
    environment = {
        **os.environ,
        "MOTCUA_SEED": str(seed),
        "MOTCUA_LONG": LONG,
        "MOTCUA_ASYNC_MODE": mode,
    }
    print(f"   {shlex.join(command[1:])}", flush=True)
    told: list[str] = []
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        for line in run.stdout:
            told.append(line)
            print(line, end="", flush=True)
    return sum(map(int, _KILLS.findall("".join(told)))), run.returncode


if __name__ == "__main__":
    sys.exit(main())
