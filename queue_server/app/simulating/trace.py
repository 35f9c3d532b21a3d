"""Reads a trace: a CSV of tickets with arrival, class and service time, plain or gzipped."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ...core.site import ORDINARY

_SERVICE = {"service": 60_000, "service_minutes": 60_000, "service_seconds": 1000}
_COLUMNS = frozenset(
    "site queue ticket arrival called finished class counter open_counters outcome".split()
) | frozenset(_SERVICE)


class BadTrace(Exception):
    """A trace that cannot be read; the message names the line and what would be right."""


@dataclass(frozen=True, slots=True)
class Row:
    """One ticket. Times are local, as milliseconds of a clock without zones; None or "" where unknown."""

    line: int
    site: str
    queue: str
    ticket: str
    arrival: int
    called: int | None
    finished: int | None
    priority: str
    counter: str
    open_counters: int | None
    abandoned: bool
    service_ms: int | None

    @property
    def day(self) -> str:
        return datetime.fromtimestamp(self.arrival / 1000, UTC).date().isoformat()


def read_trace(path: Path) -> list[Row]:
    """The rows of a file (gzipped if its name ends in .gz), in their order. Raises BadTrace."""
    data = path.read_bytes()
    try:
        text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise BadTrace(f"{path.name} is not a CSV file in UTF-8: {error}") from error
    return list(rows_of(io.StringIO(text, newline="")))


def rows_of(lines: Iterable[str]) -> Iterator[Row]:
    """The rows of CSV `lines`, the first of which is the header."""
    reader = csv.DictReader(lines)
    columns = set(reader.fieldnames or ())
    if "arrival" not in columns:
        raise BadTrace("line 1: a trace needs a header with a column 'arrival'")
    if unknown := sorted(columns - _COLUMNS):
        raise BadTrace(f"line 1: unknown column {unknown[0]!r}; there is: {', '.join(sorted(_COLUMNS))}")
    for told in reader:
        try:
            yield _row(reader.line_num, told)
        except ValueError as error:
            raise BadTrace(f"line {reader.line_num}: {error}") from error


def _row(line: int, told: Mapping[str, str | None]) -> Row:
    value = {name: (text or "").strip() for name, text in told.items() if isinstance(name, str)}
    if not value["arrival"]:
        raise ValueError("no arrival")
    arrival = _time(value["arrival"])
    called, finished = (_later(value.get(name, ""), arrival, name) for name in ("called", "finished"))
    outcome = value.get("outcome", "")
    opened = value.get("open_counters", "")
    return Row(
        line=line,
        site=value.get("site", ""),
        queue=value.get("queue") or "1",
        ticket=value.get("ticket", ""),
        arrival=arrival,
        called=called,
        finished=finished,
        priority=value.get("class") or ORDINARY,
        counter=value.get("counter", ""),
        open_counters=int(opened) if opened else None,
        abandoned=outcome == "abandoned",
        service_ms=_service(value, called, finished),
    )


def _service(value: Mapping[str, str], called: int | None, finished: int | None) -> int | None:
    for column, unit in _SERVICE.items():
        if value.get(column):
            length = round(float(value[column]) * unit)
            if length < 0:
                raise ValueError(f"{column} is below zero")
            return length
    if called is None or finished is None:
        return None
    if finished < called:
        raise ValueError("finished lies before called")
    return finished - called


def _later(text: str, arrival: int, name: str) -> int | None:
    if not text:
        return None
    at = _time(text)
    if at < arrival:
        raise ValueError(f"{name} lies before arrival")
    return at


def _time(text: str) -> int:
    """Local time as the trace gives it ("2026-11-23T08:45:10", or "08:45"); an offset is left aside."""
    if len(text) <= 8 and ":" in text:
        text = f"1970-01-01T{text.zfill(5)}"
    try:
        told = datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        raise ValueError(f"{text!r} is no time such as 2026-11-23T08:45") from None
    return (told - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
