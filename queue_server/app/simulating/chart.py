"""Draws a study for a report: waits over the day and how many still wait, by class, two rules compared."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .figures import MINUTE
from .outcome import Stay
from .report import class_name, rule_name
from .study import Run, Study
from .svg import Point, Svg
from .words import Words

PAPER, INK, SOFT, GRID = "#fffefb", "#12202e", "#415060", "#d9d2c3"
COLOURS = ("#0a5c59", "#b83a0b", "#332288", "#882255", "#3f6fb5")
"""One for each class, told apart by the marks on the lines as well; the last for all others together."""

WIDTH, HEIGHT = 1040.0, 500.0
HALF_HOUR = 30
_KINDS = ("dashed", "solid")
_STYLE = f"""
text {{ font-family: "Be Vietnam Pro", "Noto Sans", system-ui, sans-serif; font-size: 13px; fill: {INK}; }}
.title {{ font-size: 19px; font-weight: 600; }}
.heading {{ font-size: 14px; font-weight: 600; }}
.soft {{ fill: {SOFT}; stroke: {PAPER}; stroke-width: 4; stroke-linejoin: round; paint-order: stroke; }}
.paper {{ fill: {PAPER}; }}
.grid {{ stroke: {GRID}; stroke-width: 1; }}
.axis {{ stroke: {SOFT}; stroke-width: 1; }}
.target {{ stroke: {SOFT}; stroke-width: 1.5; stroke-dasharray: 2 3; }}
.solid {{ fill: none; stroke-width: 2.5; stroke-linejoin: round; }}
.dashed {{ fill: none; stroke-width: 1.75; stroke-dasharray: 6 4; stroke-linejoin: round; }}
"""

Series = Mapping[str, Sequence[Point]]


@dataclass(frozen=True, slots=True)
class _Panel:
    """A field for lines; `across` and `up` are the greatest values, `begin` the least across."""

    left: float
    top: float
    width: float
    height: float
    begin: float
    across: float
    up: float

    def place(self, point: Point) -> Point:
        x = self.left + (point[0] - self.begin) / (self.across - self.begin) * self.width
        return x, self.top + self.height * (1 - min(point[1], self.up) / self.up)


def draw(study: Study, target_minutes: float, words: Words) -> str:
    """The SVG text of a chart of the last run (solid) against the one before it, or the record (dashed)."""
    page = Svg(WIDTH, HEIGHT, study.title, _STYLE)
    page.rectangle((0, 0), WIDTH, HEIGHT, "paper")
    page.text((32, 40), study.title, "title")
    compared = [run for run in study.runs[-2:] if run.outcomes]
    classes = _classes(compared)
    _legend(page, study, compared, classes, words)
    waits = [_by_class(run, classes) for run in compared]
    if not any(stays for one in waits for stays in one.values()):
        page.text((32, 140), words("chart-nobody"), "heading")
        return str(page)
    over_day = [{name: _over_the_day(stays, study.minute_of) for name, stays in one.items()} for one in waits]
    sharing = [{name: _still_waiting(stays) for name, stays in one.items()} for one in waits]
    _draw_day(page, over_day, classes, target_minutes, words)
    _draw_shares(page, sharing, classes, target_minutes, words)
    return str(page)


def _classes(runs: Sequence[Run]) -> list[str | None]:
    """The classes to draw, the largest first; None stands for all others together."""
    counts: dict[str, int] = {}
    for run in runs[-1:]:
        for stay in _first_stays(run):
            counts[stay.priority] = counts.get(stay.priority, 0) + 1
    names = sorted(counts, key=lambda name: (-counts[name], name))
    most = len(COLOURS)
    return [*names] if len(names) <= most else [*names[: most - 1], None]


def _first_stays(run: Run) -> Iterator[Stay]:
    return (stay for outcome in run.outcomes for stay in outcome.stays if stay.first)


def _by_class(run: Run, classes: Sequence[str | None]) -> dict[str, list[Stay]]:
    found: dict[str, list[Stay]] = {name or "": [] for name in classes}
    for stay in _first_stays(run):
        name = stay.priority if stay.priority in found else ""
        found.setdefault(name, []).append(stay)
    return found


def _over_the_day(stays: Sequence[Stay], minute_of: Callable[[int], float]) -> list[Point]:
    """(minute of the day, mean minutes waited) for each half hour in which somebody came."""
    bins: dict[int, list[float]] = {}
    for stay in stays:
        bins.setdefault(int(minute_of(stay.joined) // HALF_HOUR), []).append(stay.waited / MINUTE)
    return [((place + 0.5) * HALF_HOUR, sum(found) / len(found)) for place, found in sorted(bins.items())]


def _still_waiting(stays: Sequence[Stay]) -> list[Point]:
    """(minutes, share still waiting after so many) in sixty steps up to the longest wait."""
    waits = sorted(stay.waited / MINUTE for stay in stays)
    if not waits:
        return []
    most = waits[-1]
    steps = [most * step / 60 for step in range(61)] if most else [0.0]
    return [(step, 1 - bisect_right(waits, step) / len(waits)) for step in steps]


def _legend(
    page: Svg, study: Study, compared: Sequence[Run], classes: Sequence[str | None], words: Words
) -> None:
    x = 32.0
    for place, name in enumerate(classes):
        label = words("other-classes") if name is None else class_name(study, name, words)
        page.path([(x, 68), (x + 26, 68)], "solid", COLOURS[place])
        _mark(page, (x + 13, 68), place)
        page.text((x + 34, 72.5), label, "soft")
        x += 58 + 7.6 * len(label)
    x = 32.0
    for kind, run in reversed(list(zip(_KINDS[-len(compared) :], compared, strict=True))):
        page.path([(x, 94), (x + 26, 94)], kind, INK)
        label = rule_name(run.rule, words)
        page.text((x + 34, 98.5), label, "soft")
        x += 58 + 7.6 * len(label)


def _draw_day(
    page: Svg, runs: Sequence[Series], classes: Sequence[str | None], target: float, words: Words
) -> None:
    points = [point for run in runs for line in run.values() for point in line]
    begin = math.floor(min(x for x, _ in points) / 60) * 60
    end = max(math.ceil(max(x for x, _ in points) / 60) * 60, begin + 60)
    up = _round_up(max(target * 1.1, *(y for _, y in points)))
    panel = _Panel(72, 150, 430, 280, begin, end, up)
    page.text((32, 130), words("chart-waits"), "heading")
    _frame_up(
        page, panel, [up * step / 4 for step in range(5)], lambda value: words.number(value, _digits(up))
    )
    every = 60 * math.ceil((end - begin) / 60 / 8)
    for minute in range(int(begin), int(end) + 1, every):
        x, y = panel.place((minute, 0))
        page.text((x, y + 22), f"{minute // 60}:00", "soft", "middle")
    _lines(page, panel, runs, classes, marks=True)
    _, level = panel.place((begin, target))
    page.line((panel.left, level), (panel.left + panel.width, level), "target")
    told = words("chart-target", {"target": f"{target:g}"})
    page.text((panel.left + panel.width, level - 6), told, "soft", "end")


def _draw_shares(
    page: Svg, runs: Sequence[Series], classes: Sequence[str | None], target: float, words: Words
) -> None:
    longest = max(
        (x for run in runs for line in run.values() for x, share in line if share > 0.005), default=1
    )
    panel = _Panel(592, 150, 416, 280, 0, _round_up(max(longest, target * 1.1)), 1)
    page.text((552, 130), words("chart-share"), "heading")
    _frame_up(page, panel, [0, 0.25, 0.5, 0.75, 1], lambda value: f"{value * 100:.0f} %")
    for step in range(5):
        value = panel.across * step / 4
        x, y = panel.place((value, 0))
        page.text((x, y + 22), words.number(value, _digits(panel.across)), "soft", "middle")
    page.text(
        (panel.left + panel.width, panel.top + panel.height + 44), words("chart-minutes"), "soft", "end"
    )
    _lines(page, panel, runs, classes, marks=False)
    x, _ = panel.place((target, 0))
    page.line((x, panel.top), (x, panel.top + panel.height), "target")
    page.text((x + 6, panel.top + 14), words("chart-target", {"target": f"{target:g}"}), "soft")


def _frame_up(page: Svg, panel: _Panel, values: Sequence[float], told: Callable[[float], str]) -> None:
    for value in values:
        _, y = panel.place((panel.begin, value))
        page.line((panel.left, y), (panel.left + panel.width, y), "grid" if value else "axis")
        page.text((panel.left - 10, y + 4.5), told(value), "soft", "end")


def _lines(
    page: Svg, panel: _Panel, runs: Sequence[Series], classes: Sequence[str | None], *, marks: bool
) -> None:
    for kind, run in zip(_KINDS[-len(runs) :], runs, strict=True):
        for place, name in enumerate(classes):
            points = [panel.place(point) for point in run[name or ""] if point[0] <= panel.across]
            if not points:
                continue
            page.path(points, kind, COLOURS[place])
            if kind == "solid":
                for point in points if marks else points[4::12]:
                    _mark(page, point, place)


def _mark(page: Svg, at: Point, place: int) -> None:
    """The sign of the class at `place`: disc, square, triangle, diamond, triangle on its head."""
    x, y = at
    if place == 0:
        return page.disc(at, 4, COLOURS[place])
    signs: dict[int, list[Point]] = {
        1: [(-4, -4), (4, -4), (4, 4), (-4, 4)],
        2: [(0, -5), (5, 4), (-5, 4)],
        3: [(0, -5.5), (5.5, 0), (0, 5.5), (-5.5, 0)],
        4: [(0, 5), (5, -4), (-5, -4)],
    }
    page.shape([(x + dx, y + dy) for dx, dy in signs[place]], COLOURS[place])


def _round_up(value: float) -> float:
    """The next number that four equal steps reach with figures that read well."""
    scale = 10.0 ** math.floor(math.log10(max(value, 0.01)))
    return next(
        step * scale for step in (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10) if step * scale >= value * 0.999
    )


def _digits(up: float) -> int:
    return 0 if up >= 4 and up / 4 == int(up / 4) else 1 if up >= 1 else 2
