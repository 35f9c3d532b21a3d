"""Counts of requests, and the figures of the centre, in Prometheus' text format.

Written by hand: the format is a few lines of text, and the usual client library guards each number with a
lock and keeps a registry per process, which one hub of green threads has no use for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0)

_NAME = re.compile(r"[^a-zA-Z0-9_]")


class Meter:
    """How many requests each route answered, with which status, and how long they took in seconds."""

    def __init__(self) -> None:
        self._requests: dict[tuple[str, int], int] = {}
        self._buckets: dict[str, list[int]] = {}
        self._seconds: dict[str, float] = {}

    def timer(self, route: str) -> Callable[[int, float], None]:
        """What to tell (status, seconds) for each request of a route."""
        counts, seconds = self._requests, self._seconds
        buckets = self._buckets.setdefault(route, [0] * (len(BUCKETS) + 1))
        seconds[route] = 0.0

        def observe(status: int, took: float) -> None:
            key = (route, status)
            counts[key] = counts.get(key, 0) + 1
            seconds[route] += took
            for index, bound in enumerate(BUCKETS):
                if took <= bound:
                    buckets[index] += 1
                    return
            buckets[-1] += 1

        return observe

    def page(self, stats: Mapping[str, Any]) -> str:
        """The whole page; `stats` are numbers by name, or numbers by label value by name."""
        lines = ["# TYPE motcua_http_requests_total counter"]
        for (route, status), count in sorted(self._requests.items()):
            lines.append(f'motcua_http_requests_total{{route="{route}",status="{status}"}} {count}')
        lines.append("# TYPE motcua_http_request_seconds histogram")
        for route, buckets in sorted(self._buckets.items()):
            lines += _histogram(route, buckets, self._seconds[route])
        for name, value in sorted(stats.items()):
            lines += _gauge(name, value)
        return "\n".join(lines) + "\n"


def _histogram(route: str, buckets: list[int], seconds: float) -> list[str]:
    lines, total = [], 0
    name = "motcua_http_request_seconds"
    for bound, count in zip((*BUCKETS, "+Inf"), buckets, strict=True):
        total += count
        lines.append(f'{name}_bucket{{route="{route}",le="{bound}"}} {total}')
    return [
        *lines,
        f'{name}_sum{{route="{route}"}} {seconds:.6f}',
        f'{name}_count{{route="{route}"}} {total}',
    ]


def _gauge(name: str, value: Any) -> list[str]:
    metric = "motcua_" + _NAME.sub("_", name)
    kind = "counter" if metric.endswith("_total") else "gauge"
    if value is None:
        return []
    if isinstance(value, str):
        value = {value: 1}
    if isinstance(value, Mapping):
        rows = [
            f'{metric}{{of="{_escaped(str(key))}"}} {_number(item)}' for key, item in sorted(value.items())
        ]
        return [f"# TYPE {metric} {kind}", *rows]
    return [f"# TYPE {metric} {kind}", f"{metric} {_number(value)}"]


def _number(value: Any) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)


def _escaped(label: str) -> str:
    return label.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
