"""Which counters a simulated day has, when they are staffed and what they serve."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ...core.model import DeskState
from ...core.site import Counter
from .free import Span
from .script import DeskStands, RecordedDay
from .trace import Row

AWAY = 15 * 60_000
"""A counter of a trace with nobody at it for longer than this was not staffed meanwhile."""


class BadStaffing(Exception):
    """A number of counters that cannot be; the message says why."""


@dataclass(frozen=True, slots=True)
class Staffing:
    """Another number of counters: so many for each queue of `of_queue`, and `others` shared by all the
    rest."""

    others: int | None = None
    of_queue: Mapping[str, int] = field(default_factory=dict)

    def counters(self, queues: Iterable[str]) -> tuple[Counter, ...]:
        """Raises BadStaffing where a queue is named that is not there, or one would have no counter."""
        known = sorted(set(queues))
        for queue in self.of_queue:
            if queue not in known:
                raise BadStaffing(f"no queue {queue!r}; there is: {', '.join(known)}")
        rest = tuple(queue for queue in known if queue not in self.of_queue)
        if rest and self.others is None:
            raise BadStaffing(
                f"no counter for {', '.join(rest)}: give them too, or a plain number for the rest"
            )
        made: list[tuple[str, tuple[str, ...]]] = [
            (f"{queue}#{n}", (queue,)) for queue, many in self.of_queue.items() for n in range(1, many + 1)
        ]
        made += [(f"#{n}", rest) for n in range(1, (self.others or 0) + 1) if rest]
        return tuple(counter(name, serves) for name, serves in made)


def staffing(told: Iterable[str]) -> Staffing | None:
    """From "5" or "queue=2", any number of them; None from none. Raises BadStaffing."""
    others: int | None = None
    of_queue: dict[str, int] = {}
    for text in told:
        queue, _, many = text.rpartition("=")
        if not many.isdecimal() or int(many) < 1:
            raise BadStaffing(f"{text!r} is no number of counters: write 5, or queue=5")
        if queue:
            of_queue[queue] = int(many)
        else:
            others = int(many)
    return Staffing(others, of_queue) if of_queue or others is not None else None


def counter(name: str, queues: tuple[str, ...], helps: tuple[str, ...] = ()) -> Counter:
    return Counter(name, name, "", queues, helps)


def traced(rows: Sequence[Row]) -> tuple[tuple[Counter, ...], list[Span]]:
    """The counters of one site and day as its rows tell of them: by name, else by how many were open."""
    if any(row.counter for row in rows):
        return _by_name(rows)
    counters: list[Counter] = []
    spans: list[Span] = []
    for queue in sorted({row.queue for row in rows}):
        line = sorted((row for row in rows if row.queue == queue), key=lambda row: row.arrival)
        for name, opens, closes in _by_level(queue, line):
            if name not in {one.id for one in counters}:
                counters.append(counter(name, (queue,)))
            spans.append(Span(name, opens, closes))
    return tuple(counters), spans


def _by_name(rows: Sequence[Row]) -> tuple[tuple[Counter, ...], list[Span]]:
    visits: dict[str, list[Row]] = {}
    for row in rows:
        if row.counter and row.called is not None:
            visits.setdefault(row.counter, []).append(row)
    counters, spans = [], []
    for name, seen in sorted(visits.items()):
        counters.append(counter(name, tuple(sorted({row.queue for row in seen}))))
        spans += [Span(name, opens, closes) for opens, closes in _stretches(seen)]
    return tuple(counters), spans


def _stretches(seen: Iterable[Row]) -> list[tuple[int, int]]:
    """When somebody was called or stood at a counter, with short gaps filled."""
    found: list[tuple[int, int]] = []
    for begun, ended in sorted((row.called or 0, row.finished or row.called or 0) for row in seen):
        if found and begun - found[-1][1] <= AWAY:
            found[-1] = (found[-1][0], max(found[-1][1], ended))
        else:
            found.append((begun, ended))
    return found


def _by_level(queue: str, line: Sequence[Row]) -> list[tuple[str, int, int]]:
    """Counters 1..n of a queue, each open while the trace tells of so many, the first one all day."""
    last = max(row.called or row.arrival for row in line)
    spans = [(f"{queue}#1", line[0].arrival, last)]
    most = max((row.open_counters or 1) for row in line)
    for n in range(2, most + 1):
        opens: int | None = None
        for row in line:
            is_open = (row.open_counters or 1) >= n
            if is_open and opens is None:
                opens = row.arrival
            elif not is_open and opens is not None:
                spans.append((f"{queue}#{n}", opens, row.arrival))
                opens = None
        if opens is not None:
            spans.append((f"{queue}#{n}", opens, last))
    return spans


def all_day(counters: Iterable[Counter], opens: int) -> list[Span]:
    """Every counter staffed from `opens` for as long as anybody comes."""
    return [Span(one.id, opens, None) for one in counters]


def first_opening(recorded: RecordedDay) -> int:
    """When the first counter opened on a recorded day."""
    openings = [
        at
        for at, _, what in recorded.happenings
        if isinstance(what, DeskStands) and what.desk.state is DeskState.OPEN
    ]
    return min(openings, default=recorded.end)
