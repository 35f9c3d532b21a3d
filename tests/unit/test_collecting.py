"""The collector of garbage leaves alone what was loaded at the start."""

from __future__ import annotations

import subprocess
import sys

_PROGRAM = """
import gc
from queue_server.main import collect_seldom

loaded = len(gc.get_objects())
collect_seldom()
print(loaded, gc.get_freeze_count(), len(gc.get_objects()), gc.get_threshold()[0])
"""


def test_what_was_loaded_at_the_start_is_never_looked_through_again() -> None:
    told = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True)
    loaded, frozen, left, young = map(int, told.stdout.split())
    assert loaded > 20_000 and frozen > 0.9 * loaded and left < 0.1 * loaded
    assert young > 700, "the usual threshold: a collection for each dozen requests"
