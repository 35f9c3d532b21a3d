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

    def page(self, process: Mapping[str, Any], centres: Mapping[str, Mapping[str, Any]]) -> str:
        """The whole page; `process` are figures by name, `centres` the same by centre."""
        lines = ["# TYPE motcua_http_requests_total counter"]
        for (route, status), count in sorted(self._requests.items()):
            lines.append(f'motcua_http_requests_total{{route="{route}",status="{status}"}} {count}')
        lines.append("# TYPE motcua_http_request_seconds histogram")
        for route, buckets in sorted(self._buckets.items()):
            lines += _histogram(route, buckets, self._seconds[route])
        for name, value in sorted(process.items()):
            lines += _figure(name, {"": value})
        for name in sorted({name for figures in centres.values() for name in figures}):
            lines += _figure(name, {site: figures.get(name) for site, figures in sorted(centres.items())})
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


def _figure(name: str, values: Mapping[str, Any]) -> list[str]:
    """One figure of each centre ("" for the whole process); a word becomes a label, as Prometheus asks."""
    metric = "motcua_" + _NAME.sub("_", name)
    rows = []
    for site, value in values.items():
        labels = [f'site="{_escaped(site)}"'] if site else []
        if isinstance(value, str):
            labels, value = [*labels, f'is="{_escaped(value)}"'], 1
        if value is not None:
            rows.append(
                f"{metric}{{{','.join(labels)}}} {_number(value)}" if labels else f"{metric} {_number(value)}"
            )
    kind = "counter" if metric.endswith("_total") else "gauge"
    return [f"# TYPE {metric} {kind}", *rows] if rows else []


def _number(value: Any) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)


def _escaped(label: str) -> str:
    return label.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
