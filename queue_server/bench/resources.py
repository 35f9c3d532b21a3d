"""What it takes to start and to be there: seconds until ready, resident memory, beside bare Flask."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from .measure import Measure, at_most, no_more_than, paired
from .processes import Server


def measure_start(
    centre: Path, folder: Path, mode: str, starts: int, tell: Callable[[str], None]
) -> Iterator[Measure]:
    """Start both in turns and look at them before anybody has asked them anything."""
    tell("starting")
    seconds: list[tuple[float, float]] = []
    memory: list[tuple[float, float]] = []
    for _ in range(starts):
        arguments = ("--data", str(centre), "--port", "0", "--async-mode", mode)
        with Server("queue_server", "serve", *arguments) as ours:
            mine = (ours.seconds, ours.memory() / 1e6)
        with Server("queue_server.bench.bare", mode, str(folder / "bare.db")) as bare:
            seconds.append((mine[0], bare.seconds))
            memory.append((mine[1], bare.memory() / 1e6))
    how = "of `motcua serve` until /readyz is answered, from a cold process; floor: bare Flask-SocketIO"
    yield paired("start.ready", seconds, "s", f"seconds {how}", no_more_than(2.0))
    yield paired(
        "memory.idle", memory, "MB", "resident, once ready and unused; floor: the same", at_most(2.0)
    )
