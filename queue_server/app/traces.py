"""Recorded days of a queue: visits read from a trace (CSV, plain or gzipped)."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

COLUMNS = ("site", "queue", "arrival", "called")


class TraceUnreadable(ValueError):
    """The trace cannot be read."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One ticket's life. Times are milliseconds of local time (as if it were UTC), None where unknown.

    A ticket without `called` left its line at `finished`. `klass` is "" for the ordinary class.
    `open_counters`: as recorded when it arrived, None where unknown. `closed_ms`: the part of the wait in
    which the centre did not serve. `guess_ms`: the service time that was configured, None where that is not
    known. `comes_back`: it had been in a line before, so nothing was foretold.
    """

    site: str
    queue: str
    arrival: int
    called: int | None
    finished: int | None
    klass: str = ""
    counter: str = ""
    open_counters: int | None = None
    closed_ms: int = 0
    guess_ms: int | None = None
    comes_back: bool = False


@dataclass(frozen=True, slots=True)
class Trace:
    """The visits of a trace in the order of its rows. `left_out`: how many rows had times that contradict
    each other (called before they came, done before they were called).
    """

    visits: list[Visit]
    left_out: int


def read_trace(path: Path) -> Trace:
    """A trace from its file. Raises TraceUnreadable, OSError."""
    with _opened(path) as file:
        try:
            rows = list(_visits(csv.DictReader(file)))
            visits = [visit for visit in rows if _in_order(visit)]
            return Trace(visits, len(rows) - len(visits))
        except (ValueError, EOFError, csv.Error) as error:
            raise TraceUnreadable(f"{path}: {error}") from error


def _opened(path: Path) -> TextIO:
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    if packed:
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _visits(rows: csv.DictReader[str]) -> Iterator[Visit]:
    missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        raise TraceUnreadable(f"no column {', '.join(missing)}")
    for row in rows:
        try:
            yield _visit(row)
        except ValueError as error:
            raise TraceUnreadable(f"line {rows.line_num}: {error}") from error


def _visit(row: dict[str, str]) -> Visit:
    arrival, called, finished = (_moment(row.get(name)) for name in ("arrival", "called", "finished"))
    if arrival is None:
        raise ValueError("no arrival")
    counters = (row.get("open_counters") or "").strip()
    return Visit(
        site=row["site"] or "",
        queue=row["queue"] or "",
        arrival=arrival,
        called=called,
        finished=finished,
        klass=row.get("class") or "",
        counter=row.get("counter") or "",
        open_counters=int(float(counters)) if counters else None,
    )


def _in_order(visit: Visit) -> bool:
    called = visit.arrival if visit.called is None else visit.called
    return visit.arrival <= called and (visit.finished is None or called <= visit.finished)


def _moment(text: str | None) -> int | None:
    if not text or not text.strip():
        return None
    moment = datetime.fromisoformat(text.strip()).replace(tzinfo=UTC)
    return round(moment.timestamp() * 1000)
