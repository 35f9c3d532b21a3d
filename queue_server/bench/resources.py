"""What it takes to start and to be there: seconds until ready, resident memory, beside bare Flask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .measure import Measure, at_most, no_more_than, paired


def measure_starts(
    seconds: Sequence[tuple[float, float]], memory: Sequence[tuple[int, int]]
) -> Iterator[Measure]:
    """From (ours, floor) of servers that were started in turns: seconds until ready, resident bytes then."""
    how = "of `motcua serve` until /readyz is answered, from a cold process; floor: bare Flask-SocketIO"
    yield paired("start.ready", seconds, "s", f"seconds {how}", no_more_than(2.0))
    millions = [(ours / 1e6, floor / 1e6) for ours, floor in memory]
    yield paired(
        "memory.idle", millions, "MB", "resident, once ready and unused; floor: the same", at_most(2.0)
    )
