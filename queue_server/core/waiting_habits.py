"""How far real waits stray from a queue's reckoning: weights by circumstance, and the 80 % band they give.

A wait is kept as a multiple of what was reckoned for it, counted in bins, in one small histogram for each
circumstance (a cell). Fine cells lean on coarse ones until they have seen enough, and those on a prior, so
that a band is wide while little is known. All weights are integers: a replayed journal gives the same ones.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

EDGES = (0.02, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9, 1.05, 1.2, 1.4, 1.65, 2.0, 2.5, 3.2, 4.5, 7.0)
"""Where a bin of multiples ends and the next begins; the first holds "at once", the last one all beyond."""

LAST_EDGE = 12.0
"""Where the last bin is taken to end."""

ONE = 16
"""The weight of one wait when it is noted; it halves each time the cell is full."""

FULL = 512 * ONE
LEAN = (8.0, 12.0, 12.0, 12.0)
"""To how many waits of its own the coarser cell's opinion is worth, by fineness."""

TARGET = 0.8
NARROWEST, WIDEST, STEP = 0.65, 0.88, 0.01
"""Hits and misses move the nominal level by up to a STEP, between these, to hold TARGET in the long run."""

Cells = Mapping[str, str]
"""Histograms by name of cell, as text ("32,,16"): many are stored with a queue, few are read at a time."""

_STANDING = (1, 1, 1, 1, 2, 3, 3, 3, 3, 3, 2, 2, 1.5, 1, 0.6, 0.3, 0.2)
_ALL_BUSY = (1, 1, 2, 2, 2, 2, 1.5, 1.5, 1.5, 1, 1, 1, 0.8, 0.5, 0.3, 0.2, 0.1)
_ONE_FREE = (14, 1, 0.6, 0.4, 0.3, 0.3, 0.3, 0.3, 0.2, 0.2, 0.2, 0.1, 0.1, 0.1, 0.1, 0.05, 0.05)
_UNTOLD = (10, 0.5, 0.5, 0.5, 0.5, 1, 1, 1, 1, 1, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.1)
_PRIORS: Mapping[str, tuple[float, ...]] = {"s": _STANDING, "b": _ALL_BUSY, "f": _ONE_FREE, "u": _UNTOLD}


def cell_names(ahead: int, fresh: int, idle: int, rivals: int, group: int) -> list[str]:
    """The cells a wait belongs to, from coarse to fine; the first letter of the first names its prior.

    `fresh`: 1 when a call went out just now. `idle`: free counters, -1 when not known. `rivals`: 1 when
    others wait for the same counters. `group`: the class, 0 the ordinary.
    """
    mark = f"k{group}" if group else ""
    if ahead > 0:
        size = 1 if ahead == 1 else 2 if ahead < 4 else 4 if ahead < 8 else 8
        return ["s", f"s{size}{mark}"] if not mark else ["s", f"s{mark}", f"s{size}{mark}"]
    kind = "u" if idle < 0 else "f" if idle else "b"
    fine = f"{kind}{mark}" if idle > 0 else f"{kind}{fresh}{mark}"
    free = 0 if idle <= 0 else idle if idle < 3 else 3 if idle < 5 else 5
    names = [kind, f"{kind}{mark}", fine, f"{fine}i{free}r{rivals}"]
    return list(dict.fromkeys(names))


def noted(cells: Cells, names: Sequence[str], multiple: float) -> Cells:
    """The cells after one more wait, `multiple` times what was reckoned, in each of the cells named."""
    place = bisect_right(EDGES, multiple)
    changed = {}
    for name in names:
        weights = _read(cells.get(name, ""))
        weights[place] += ONE
        if sum(weights) > FULL:
            weights = [weight // 2 for weight in weights]
        changed[name] = ",".join(str(weight) if weight else "" for weight in weights).rstrip(",")
    return {**cells, **changed}


def band(cells: Cells, names: Sequence[str], level: float) -> tuple[float, float, float]:
    """Low, median and high multiples: `level` of the waits lie from low to high (from 0 if many are none)."""
    shares = _shares(cells, names)
    tail = (1.0 - level) / 2.0
    high = 1.0 - tail if shares[0] < tail else level
    return _quantile(shares, tail), _quantile(shares, 0.5), _quantile(shares, high)


def moved_level(level: float, held: bool) -> float:
    """The nominal level after a band has held or not (Gibbs and Candès 2021)."""
    moved = level + STEP * (TARGET - 1.0 if held else TARGET)
    return round(min(WIDEST, max(NARROWEST, moved)), 4)


def _shares(cells: Cells, names: Sequence[str]) -> list[float]:
    """The share of waits in each bin, as the finest cell has it as far as it has seen enough."""
    prior = _PRIORS[names[0]]
    whole = sum(prior)
    shares = [weight / whole for weight in prior]
    for lean, name in zip(LEAN, names, strict=False):
        if name in cells:
            weights = _read(cells[name])
            whole = sum(weights) / ONE + lean
            shares = [(w / ONE + lean * s) / whole for w, s in zip(weights, shares, strict=True)]
    return shares


def _read(text: str) -> list[int]:
    weights = [int(weight) if weight else 0 for weight in text.split(",")]
    return weights + [0] * (len(EDGES) + 1 - len(weights))


def _quantile(shares: Sequence[float], at: float) -> float:
    """The multiple below which `at` of the waits lie, even within a bin; 0 throughout the first."""
    below = 0.0
    for place, share in enumerate(shares):
        if share > 0.0 and below + share >= at:
            if place == 0:
                return 0.0
            start = EDGES[place - 1]
            end = EDGES[place] if place < len(EDGES) else LAST_EDGE
            return start + (end - start) * (at - below) / share
        below += share
    return LAST_EDGE
