"""From a call to the screens that show it: one board, and a thousand sockets; time, processor, memory."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from .measure import Goal, Measure, at_most, no_more_than, percentile
from .sockets import Told, figures

PEER_SCREEN = (6.0, 39.0)
"""Milliseconds from a call to a screen, P50 and P99, of the fastest peer on such a machine."""


def measure_screens(mode: str, sockets: int, changes: int, rounds: int) -> Iterator[Measure]:
    """One board, then so many sockets; where there is to be but one, it is asked only once."""
    told = figures(1, 4 * changes, rounds, mode)
    how = "from an officer's POST to one board's socket; floor: bare emit of the same bytes"
    for name, share, peer in (("p50", 0.5, PEER_SCREEN[0]), ("p99", 0.99, PEER_SCREEN[1])):
        yield _time(f"call-to-screen.{name}", told, share, how, no_more_than(peer))
    yield from _many(figures(sockets, changes, rounds, mode) if sockets > 1 else told, sockets)


def _many(told: dict[str, Told], sockets: int) -> Iterator[Measure]:
    how = f"from an officer's POST to the last of {sockets:,} sockets; floor: bare emit of the same bytes"
    for name, share, goal in (("p50", 0.5, None), ("p95", 0.95, at_most(1.3)), ("p99", 0.99, None)):
        yield _time(f"sockets.{sockets}.last.{name}", told, share, how, goal)
    how = "the server's processor time for one change, the order itself included, ÷ sockets; floor: "
    yield _cpu(f"sockets.{sockets}.cpu.emit", told["ours"], told["bare"], how + "bare emit", goal=True)
    yield _cpu(f"sockets.{sockets}.cpu.raw", told["ours"], told["raw"], how + "raw broadcast", goal=False)
    memory = [told[who].memory / 1000 for who in ("ours", "bare")]
    how = f"resident memory that {sockets:,} sockets add, for each; floor: bare Flask-SocketIO"
    yield Measure("memory.socket", memory[0], memory[1], "kB", how, at_most(1.3))


def _time(name: str, told: dict[str, Told], share: float, how: str, goal: Goal | None) -> Measure:
    ours, floor = [1000 * percentile(told[who].times, share) for who in ("ours", "bare")]
    return Measure(name, ours, floor, "ms", how, goal)


def _cpu(name: str, ours: Told, floor: Told, how: str, *, goal: bool) -> Measure:
    pair = [1e6 * statistics.median(one.cpu) for one in (ours, floor)]
    return Measure(name, pair[0], pair[1], "µs", how, at_most(1.3) if goal else None)
