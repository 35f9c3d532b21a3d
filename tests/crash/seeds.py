"""Seeds and counts of the crash tests: a failure prints its seed, and MOTCUA_SEED plays it again."""

from __future__ import annotations

import os

SEED = int(os.environ.get("MOTCUA_SEED", "20261123"))
"""Decides which victim dies when, who asks for what and what a link does; the machine adds its own timing."""

LONG = float(os.environ.get("MOTCUA_LONG", "1"))
"""How many times as long as in the suite: `./dev crash` sets it."""


def often(count: int) -> int:
    """So many times in the suite, more in the long form."""
    return max(1, round(count * LONG))
