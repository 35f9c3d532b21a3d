"""Plays the simulated province on a PostgreSQL and a Redis of its own: `python -m tests.load.province`.

The arguments are those of `motcua simulate-load`.
"""

from __future__ import annotations

import sys

from tests.load.own_engines import run

if __name__ == "__main__":
    sys.exit(run("simulate-load", "--province", "--workers", "4", *sys.argv[1:]))
