"""The figures of a day: waits by class, overtakings, the share over the target, the counters' idle time."""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from .outcome import Outcome, Stay

MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """Of one class, or of everybody (`priority` None). Waits are minutes until the first call.

    `p50`, `p90` by nearest rank; None where nobody was called. `over_target`: share of all who came that
    waited longer than the target, those who gave up or were left included. `overtaken`: tickets that saw a
    younger one of another class called before them from their queue; `overtakings`: how many such calls;
    `worst`: the most that one ticket saw.
    """

    priority: str | None
    people: int
    called: int
    abandoned: int
    left: int
    mean: float | None
    p50: float | None
    p90: float | None
    longest: float | None
    over_target: float
    overtaken: int
    overtakings: int
    worst: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one or several days under one rule; `idle_share` is of the time counters were open."""

    classes: tuple[ClassFigures, ...]
    total: ClassFigures
    calls: int
    counters: int
    open_hours: float
    idle_hours: float
    idle_share: float

    def to_data(self) -> dict[str, Any]:
        return asdict(self)


def figures(outcomes: Sequence[Outcome], target_minutes: float) -> Figures:
    """Pooled over `outcomes`, one for each hall and day."""
    stays: list[tuple[Stay, int]] = []
    for outcome in outcomes:
        stays += zip(outcome.stays, overtakings(outcome.stays), strict=True)
    names = sorted({stay.priority for stay, _ in stays})
    by_class = [
        _of_class(name, [pair for pair in stays if pair[0].priority == name], target_minutes)
        for name in names
    ]
    desks = [desk for outcome in outcomes for desk in outcome.desks]
    opened, idle = sum(desk.open_ms for desk in desks), sum(desk.idle_ms for desk in desks)
    return Figures(
        classes=tuple(by_class),
        total=_of_class(None, stays, target_minutes),
        calls=sum(len(outcome.calls) for outcome in outcomes),
        counters=len(desks),
        open_hours=round(opened / 3_600_000, 2),
        idle_hours=round(idle / 3_600_000, 2),
        idle_share=round(idle / opened, 4) if opened else 0.0,
    )


def overtakings(stays: Sequence[Stay]) -> list[int]:
    """For each stay, how many younger stays of other classes in its queue were called before it ended."""
    counts = [0] * len(stays)
    by_queue: dict[str, list[int]] = {}
    for place, stay in enumerate(stays):
        by_queue.setdefault(stay.queue, []).append(place)
    for places in by_queue.values():
        # From the youngest to the oldest: whoever was called among those seen already is younger.
        places.sort(key=lambda place: (stays[place].since, stays[place].seq), reverse=True)
        everybody: list[int] = []
        same: dict[str, list[int]] = {}
        for place in places:
            stay = stays[place]
            alike = same.setdefault(stay.priority, [])
            counts[place] = bisect_left(everybody, stay.turn) - bisect_left(alike, stay.turn)
            if stay.fate == "called":
                insort(everybody, stay.turn)
                insort(alike, stay.turn)
    return counts


def percentile(ordered: Sequence[float], share: float) -> float:
    """By nearest rank, of values in rising order."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def _of_class(name: str | None, stays: Iterable[tuple[Stay, int]], target_minutes: float) -> ClassFigures:
    pairs = list(stays)
    people = [stay for stay, _ in pairs if stay.first]
    waits = sorted(stay.waited / MINUTE for stay in people if stay.fate == "called")
    over = sum(stay.waited > target_minutes * MINUTE for stay in people)
    seen = [count for _, count in pairs]
    return ClassFigures(
        priority=name,
        people=len(people),
        called=len(waits),
        abandoned=sum(stay.fate == "abandoned" for stay in people),
        left=sum(stay.fate == "left" for stay in people),
        mean=round(sum(waits) / len(waits), 2) if waits else None,
        p50=round(percentile(waits, 0.5), 2) if waits else None,
        p90=round(percentile(waits, 0.9), 2) if waits else None,
        longest=round(waits[-1], 2) if waits else None,
        over_target=round(over / len(people), 4) if people else 0.0,
        overtaken=sum(count > 0 for count in seen),
        overtakings=sum(seen),
        worst=max(seen, default=0),
    )
