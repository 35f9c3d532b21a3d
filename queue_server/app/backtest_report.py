"""What a backtest found: errors, coverage and baselines, per queue and in total, as JSON and as a table."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from queue_server.core.waiting import MINUTE, Forecast

SLACK = 1e-6


@dataclass(slots=True)
class Outcome:
    """One prediction and, once called, the wait that came of it; everything in ms but `share`.

    `arrival`: local time, as in the trace. `share`: people ahead ÷ open counters. `moving_average`,
    `last_called`: what those baselines would say.
    """

    queue: str
    share: float
    said: Forecast
    moving_average: float
    last_called: float
    waited: int = 0
    arrival: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """Figures by queue ("site/queue") and over all; times in minutes, the rest shares of 1."""

    total: dict[str, Any]
    queues: dict[str, dict[str, Any]]

    @classmethod
    def of(cls, outcomes: Iterable[Outcome], left_out: int = 0) -> Report:
        """The report on some outcomes. The constant of the baseline is the best one in hindsight over all.

        `left_out`: rows of the trace that made no sense.
        """
        by_queue: defaultdict[str, list[Outcome]] = defaultdict(list)
        for outcome in outcomes:
            by_queue[outcome.queue].append(outcome)
        everything = [outcome for each in by_queue.values() for outcome in each]
        constant = best_constant(everything)
        queues = {queue: _figures(by_queue[queue], constant) for queue in sorted(by_queue)}
        return cls(_figures(everything, constant) | {"left_out": left_out}, queues)

    def to_json(self) -> str:
        return json.dumps({"total": self.total, "queues": self.queues}, ensure_ascii=False, indent=1)

    def table(self) -> str:
        """One line per queue and one for all, for a terminal."""
        heads = ("tickets", "mae", "bias", "under", "cover", "width", "constant", "moving", "last")
        width = max([len(queue) for queue in self.queues] + [len("total")])
        lines = [f"{'':{width}}" + "".join(f"{head:>9}" for head in heads)]
        for name, figures in [*self.queues.items(), ("total", self.total)]:
            lines.append(f"{name:{width}}" + "".join(f"{value:>9}" for value in _columns(figures)))
        return "\n".join(lines)


def best_constant(outcomes: Sequence[Outcome]) -> float:
    """The ms per person ahead and counter with the least mean absolute error: a weighted median of ratios."""
    ratios = sorted((o.waited / o.share, o.share) for o in outcomes if o.share > 0)
    half = sum(weight for _, weight in ratios) / 2
    for ratio, weight in ratios:
        half -= weight
        if half <= 0:
            return ratio
    return 0.0


def _figures(outcomes: Sequence[Outcome], constant: float) -> dict[str, Any]:
    if not outcomes:
        return {"tickets": 0}
    count = len(outcomes)
    over = sum(o.waited > o.said.high + SLACK for o in outcomes)
    below = sum(o.waited < o.said.low - SLACK for o in outcomes)
    width = sum(o.said.high - o.said.low for o in outcomes) / count
    baselines = {
        "constant": _errors(outcomes, lambda o: o.share * constant) | {"minutes": _minutes(constant)},
        "moving_average": _errors(outcomes, lambda o: o.moving_average),
        "last_called": _errors(outcomes, lambda o: o.last_called),
    }
    return {
        "tickets": count,
        **_errors(outcomes, lambda o: o.said.likely),
        "under": round(over / count, 4),
        "coverage80": round(1 - (over + below) / count, 4),
        "width80": _minutes(width),
        "mean_wait": _minutes(sum(o.waited for o in outcomes) / count),
        "baselines": baselines,
    }


def _errors(outcomes: Sequence[Outcome], says: Callable[[Outcome], float]) -> dict[str, float]:
    errors = [says(outcome) - outcome.waited for outcome in outcomes]
    return {
        "mae": _minutes(sum(map(abs, errors)) / len(errors)),
        "bias": _minutes(sum(errors) / len(errors)),
    }


def _minutes(milliseconds: float) -> float:
    return round(milliseconds / MINUTE, 4)


def _columns(figures: dict[str, Any]) -> list[str]:
    if not figures["tickets"]:
        return ["0"]
    own = [f"{figures[name]:.2f}" for name in ("mae", "bias", "under", "coverage80", "width80")]
    baselines = figures["baselines"]
    others = [f"{baselines[name]['mae']:.2f}" for name in ("constant", "moving_average", "last_called")]
    return [str(figures["tickets"]), *own, *others]
