"""A figure beside its floor, whether its goal is met, and how the whole list is shown."""

from __future__ import annotations

import platform
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

_SHOWN_VERSIONS = ("eventlet", "flask", "flask-socketio", "gevent", "msgspec", "psycopg", "sqlite-utils")


@dataclass(frozen=True, slots=True)
class Goal:
    """What is asked of a figure: in words, and as a test of (ours, ours ÷ floor)."""

    words: str
    is_met: Callable[[float, float], bool]


def at_least(ratio: float, beyond: float = 0.0) -> Goal:
    """At least so much of the floor, and more than `beyond` by itself."""
    words = f"≥ {ratio:g} × floor" + (f", > {beyond:g}" if beyond else "")
    return Goal(words, lambda ours, found: found >= ratio and ours > beyond)


def at_most(ratio: float, beneath: float | None = None) -> Goal:
    """At most so much of the floor, and no more than `beneath` by itself."""
    words = f"≤ {ratio:g} × floor" + (f", ≤ {beneath:g}" if beneath is not None else "")
    return Goal(words, lambda ours, found: found <= ratio and (beneath is None or ours <= beneath))


def no_more_than(most: float) -> Goal:
    return Goal(f"≤ {most:g}", lambda ours, _: ours <= most)


@dataclass(frozen=True, slots=True)
class Measure:
    """`ours` and `floor` in `unit`; `how` says in a sentence how they were got. No goal: only reported."""

    name: str
    ours: float
    floor: float
    unit: str
    how: str
    goal: Goal | None = None
    ratio_of_rounds: float | None = None

    @property
    def ratio(self) -> float:
        """Ours ÷ floor: the median over the rounds where they were taken in pairs."""
        if self.ratio_of_rounds is not None:
            return self.ratio_of_rounds
        return self.ours / self.floor if self.floor else 0.0

    @property
    def meets(self) -> bool | None:
        return None if self.goal is None else self.goal.is_met(self.ours, self.ratio)

    def to_json(self) -> dict[str, Any]:
        return {
            "ours": round(self.ours, 4),
            "floor": round(self.floor, 4),
            "ratio": round(self.ratio, 3),
            "goal": self.goal.words if self.goal else None,
            "meets": self.meets,
        }


def paired(
    name: str, pairs: Sequence[tuple[float, float]], unit: str, how: str, goal: Goal | None
) -> Measure:
    """Medians of figures that were taken in turns, (ours, floor) each; the ratio is that of the pairs."""
    ours, floor = (statistics.median(values) for values in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs if b)
    return Measure(name, ours, floor, unit, how, goal, ratio)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` (0 to 1) of all values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def as_json(measures: Sequence[Measure]) -> dict[str, Any]:
    return {
        "measures": {measure.name: measure.to_json() for measure in measures},
        "how": {measure.name: f"{measure.unit}: {measure.how}" for measure in measures},
        "machine": machine(),
    }


def as_table(measures: Sequence[Measure]) -> str:
    """Lines for a terminal, which are a Markdown table too."""
    rows: list[tuple[str, ...]] = [("measure", "unit", "ours", "floor", "ratio", "goal", "")]
    for one in measures:
        verdict = "" if one.meets is None else "met" if one.meets else "MISSED"
        figures = (_short(one.ours), _short(one.floor), f"{one.ratio:.2f}")
        rows.append((one.name, one.unit, *figures, one.goal.words if one.goal else "", verdict))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    rows.insert(1, tuple("-" * width for width in widths))
    return "\n".join(
        "| " + " | ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)) + " |" for row in rows
    )


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def machine() -> dict[str, Any]:
    """What it was measured on: figures mean nothing without it."""
    import os
    import sqlite3

    found = {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version}
    for name in _SHOWN_VERSIONS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "versions": found,
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
