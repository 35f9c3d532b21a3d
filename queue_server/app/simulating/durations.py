"""Service times that a trace does not tell: estimated from the pace of calls, drawn alike every time."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise
from statistics import NormalDist, fmean, median
from typing import Literal

from .trace import Row

MINUTE = 60_000
VARIATION = 0.8
"""Coefficient of variation of a drawn service time. Brown et al., "Statistical analysis of a telephone call
center" (2005), found service times lognormal; halls vary less around their mean than calls do."""

LEAST, MOST = MINUTE // 2, 60 * MINUTE
BREAK = 30 * MINUTE
"""A longer gap between two calls was a break, not a service."""

FULL = 0.95
"""The most of its counters' time that a queue may take by an estimate: everybody was called by the
evening."""

ENOUGH = 20
"""With fewer gaps than this a queue's pace is taken from all queues of the site."""

DEFAULT = 10 * MINUTE
Source = Literal["recorded", "like", "pace", "default"]


@dataclass(slots=True)
class Durations:
    """Gives every row its service time, and counts where they came from.

    "recorded": the trace tells it. "like": one recorded in the same queue, drawn at random. "pace": lognormal
    around the mean that the gaps between calls show. "default": the same around ten minutes.
    """

    seed: int
    recorded: Mapping[tuple[str, str], Sequence[int]]
    pace: Mapping[tuple[str, str], float]
    used: dict[Source, int] = field(default_factory=dict)

    def of(self, row: Row) -> int:
        source, length = self._find(row)
        self.used[source] = self.used.get(source, 0) + 1
        return length

    def _find(self, row: Row) -> tuple[Source, int]:
        if row.service_ms is not None:
            return "recorded", row.service_ms
        share = uniform(self.seed, row, "service")
        alike = self.recorded.get((row.site, row.queue)) or self.recorded.get((row.site, ""))
        if alike:
            return "like", alike[int(share * len(alike))]
        mean = self.pace.get((row.site, row.queue)) or self.pace.get((row.site, ""))
        return ("pace", _lognormal(mean, share)) if mean else ("default", _lognormal(DEFAULT, share))


def durations(rows: Sequence[Row], seed: int) -> Durations:
    """Learns from all `rows` of a trace what the missing service times are like."""
    recorded: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        if row.service_ms is not None:
            recorded.setdefault((row.site, row.queue), []).append(row.service_ms)
            recorded.setdefault((row.site, ""), []).append(row.service_ms)
    return Durations(seed, {key: sorted(found) for key, found in recorded.items()}, paces(rows))


def paces(rows: Iterable[Row]) -> dict[tuple[str, str], float]:
    """Mean ms of counter time per call, by (site, queue) and, under queue "", by site.

    While somebody waits, the counters of a queue call one ticket each in the time of a service: the gaps from
    call to call, times the open counters, over the calls. Only gaps are looked at after which the called
    ticket had been waiting since before the gap began. No queue gets more than its counters could do in
    their days.
    """
    gaps: dict[tuple[str, str], list[int]] = {}
    room: dict[tuple[str, str], tuple[float, int]] = {}
    by_line: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        if row.called is not None:
            by_line.setdefault((row.site, row.queue, row.day), []).append(row)
    for (site, queue, _), line in by_line.items():
        line.sort(key=lambda row: (row.called or 0, row.arrival, row.line))
        time, calls = room.get((site, queue), (0.0, 0))
        room[site, queue] = time + _capacity(line), calls + len(line)
        for worth in _gaps(line):
            gaps.setdefault((site, queue), []).append(worth)
            gaps.setdefault((site, ""), []).append(worth)
    means = {key: fmean(found) for key, found in gaps.items() if len(found) >= ENOUGH}
    for (site, queue), (time, calls) in room.items():
        usual = means.get((site, queue)) or means.get((site, ""))
        if usual is not None:
            means[site, queue] = min(usual, FULL * time / calls)
    return {key: min(max(mean, LEAST), MOST) for key, mean in means.items()}


def _gaps(line: Sequence[Row]) -> Iterator[int]:
    """Counter time from call to call, of the rows of one queue and day in the order of their calls."""
    for before, row in pairwise(line):
        assert before.called is not None and row.called is not None
        gap = row.called - before.called
        if row.arrival < before.called and gap <= BREAK:
            yield gap * max(row.open_counters or 1, 1)


def _capacity(line: Sequence[Row]) -> float:
    """Counter time from the first arrival to the last call of one queue and day."""
    span = (line[-1].called or 0) - min(row.arrival for row in line)
    return span * fmean(max(row.open_counters or 1, 1) for row in line)


def uniform(seed: int, row: Row, purpose: str) -> float:
    """A number in [0, 1) that depends on the row and the seed alone, not on what else is drawn."""
    name = f"{seed}|{purpose}|{row.site}|{row.queue}|{row.ticket}|{row.arrival}|{row.line}"
    return int.from_bytes(sha256(name.encode()).digest()[:7], "big") / (1 << 56)


def _lognormal(mean: float, share: float) -> int:
    spread = math.sqrt(math.log(1 + VARIATION**2))
    middle = math.log(mean) - spread**2 / 2
    length = math.exp(middle + spread * NormalDist().inv_cdf(min(max(share, 1e-9), 1 - 1e-9)))
    return round(min(max(length, 1000), 4 * MOST))


def typical(lengths: Sequence[int]) -> int:
    """The median of recorded lengths, the default where there are none."""
    return round(median(lengths)) if lengths else DEFAULT
