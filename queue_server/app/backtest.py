"""Plays recorded days through the waiting-time method and compares what it said with what came."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from queue_server.app.backtest_report import Outcome, Report
from queue_server.app.traces import Visit, read_trace
from queue_server.core.waiting import MINUTE, LineFacts, Memo, Pace, called, forecast, recollection, served

DAY = 24 * 60 * MINUTE
ON_DUTY = 15 * MINUTE
"""Where a trace does not count open counters: one is open while it serves and for so long after."""

MOVING = 20
"""How many services, or steps between calls where services are not recorded, the moving average takes."""

ARRIVES, IS_CALLED, IS_DONE, LEAVES = range(4)


def run(paths: Iterable[Path], service_minutes: float = 10.0) -> Report:
    """The report on some traces. `service_minutes`: the configured service time, known before any visit.

    Raises TraceUnreadable, OSError.
    """
    traces = [read_trace(path) for path in paths]
    visits = [visit for trace in traces for visit in trace.visits]
    return Report.of(play(visits, service_minutes), sum(trace.left_out for trace in traces))


def run_journal(visits: Sequence[Visit], service_minutes: float | None = None, day: str = "") -> Report:
    """The report on the visits that a centre's own journal tells of, those of one `day` if it is given.

    Everything before that day is played too, so that there is something learnt. `service_minutes`: in place
    of what each queue has configured.
    """
    if service_minutes is not None:
        visits = [replace(visit, guess_ms=round(service_minutes * MINUTE)) for visit in visits]
    return Report.of(outcome for outcome in play(visits) if not day or day_of(outcome.arrival) == day)


def day_of(at: int) -> str:
    """The date of a trace's local time."""
    return datetime.fromtimestamp(at / 1000, UTC).date().isoformat()


def play(visits: Sequence[Visit], service_minutes: float = 10.0) -> Iterator[Outcome]:
    """What was said on arrival and what came, for each visit that was called, in order of the calls."""
    halls: dict[str, _Hall] = {}
    said: dict[int, Outcome] = {}
    guess = round(service_minutes * MINUTE)
    for at, kind, number in moments(visits):
        visit = visits[number]
        hall = halls.setdefault(visit.site, _Hall(guess))
        if kind == ARRIVES:
            outcome = hall.joins(number, visit)
            if outcome is not None:
                said[number] = outcome
        elif kind == IS_CALLED:
            hall.calls(number, visit, at)
            outcome = said.pop(number, None)
            if outcome is not None:
                outcome.waited = at - visit.arrival - visit.closed_ms
                yield outcome
        elif kind == IS_DONE:
            hall.finishes(visit, at)
        else:
            hall.leaves(number, visit)
            said.pop(number, None)


def moments(visits: Sequence[Visit]) -> list[tuple[int, int, int]]:
    """(when, what, which visit), in the order in which a hall would learn of them.

    Within one instant, calls and ends of visits that had come before are first, then the arrivals in the
    order of the rows, each followed by its own call where it was called at once. A visit that nobody called
    and that is not known to have left goes at the end of its day.
    """
    found: list[tuple[int, int, int, int, int]] = []
    for number, visit in enumerate(visits):
        came = visit.arrival
        steps = [(came, ARRIVES)]
        if visit.called is not None:
            steps.append((visit.called, IS_CALLED))
            if visit.finished is not None:
                steps.append((visit.finished, IS_DONE))
        else:
            steps.append((visit.finished or came - came % DAY + DAY, LEAVES))
        found += [(at, int(at == came), number, order, kind) for order, (at, kind) in enumerate(steps)]
    return [(at, kind, number) for at, _, number, _, kind in sorted(found)]


@dataclass
class _Line:
    """One queue as it stands, and what has been learnt of it."""

    guess: int
    pace: Pace = field(default_factory=Pace)
    waiting: OrderedDict[int, tuple[int, Memo | None]] = field(default_factory=OrderedDict)
    served_by: set[str] = field(default_factory=set)
    in_service: int = 0
    ends_known: bool = False
    recent: deque[int] = field(default_factory=lambda: deque(maxlen=MOVING))
    counters: int = 1
    called_at: int | None = None
    last_wait: int = 0


class _Hall:
    """A site on the way through its trace: what a server would know at each moment, and no more."""

    def __init__(self, guess: int) -> None:
        self._guess = guess
        self._lines: dict[str, _Line] = {}
        self._busy: set[str] = set()
        self._seen: dict[str, int] = {}

    def joins(self, number: int, visit: Visit) -> Outcome | None:
        """What is said to somebody who arrives; nothing to one who comes back."""
        line = self._line(visit)
        if visit.comes_back:
            line.waiting[number] = (visit.arrival, None)
            return None
        facts = self._facts(line, visit)
        line.counters = facts.counters
        line.waiting[number] = (visit.arrival, recollection(facts, line.pace))
        average = sum(line.recent) / len(line.recent) if line.recent else line.guess
        return Outcome(
            queue=f"{visit.site}/{visit.queue}",
            share=facts.ahead / facts.counters,
            said=forecast(facts, line.pace),
            moving_average=facts.ahead * average / facts.counters,
            last_called=line.last_wait,
            arrival=visit.arrival,
        )

    def calls(self, number: int, visit: Visit, at: int) -> None:
        line = self._line(visit)
        arrival, memo = line.waiting.pop(number)
        if memo is not None:
            line.pace = called(line.pace, memo, at - arrival, at, visit.closed_ms)
        if not line.ends_known and line.called_at is not None and at - line.called_at < 60 * MINUTE:
            line.recent.append((at - line.called_at) * line.counters)
        line.called_at, line.last_wait = at, at - arrival - visit.closed_ms
        line.in_service += 1
        if visit.counter:
            self._busy.add(visit.counter)
            self._seen[visit.counter] = at
            line.served_by.add(visit.counter)

    def finishes(self, visit: Visit, at: int) -> None:
        line = self._line(visit)
        service = at - (visit.called or 0)
        line.pace = served(line.pace, service, at)
        line.in_service -= 1
        if not line.ends_known:
            line.ends_known = True
            line.recent.clear()
        line.recent.append(service)
        if visit.counter:
            self._busy.discard(visit.counter)
            self._seen[visit.counter] = at

    def leaves(self, number: int, visit: Visit) -> None:
        self._line(visit).waiting.pop(number, None)

    def _line(self, visit: Visit) -> _Line:
        guess = self._guess if visit.guess_ms is None else visit.guess_ms
        return self._lines.setdefault(visit.queue, _Line(guess))

    def _facts(self, line: _Line, visit: Visit) -> LineFacts:
        head = next(iter(line.waiting.values()), None)
        counters, idle = self._counters(line, visit)
        ahead = len(line.waiting)
        hours = visit.arrival // (60 * MINUTE)
        return LineFacts(
            now=visit.arrival,
            ahead=ahead,
            waiting=ahead,
            counters=counters,
            guess_ms=line.guess,
            head_waited_ms=None if head is None else visit.arrival - head[0],
            hour=(hours // 24 + 3) % 7 * 24 + hours % 24,  # the epoch's first day was a Thursday
            klass=visit.klass,
            head_ahead=None if head is None or head[1] is None else head[1][0],
            idle=idle,
            rivals=self._rivals(line),
        )

    def _rivals(self, line: _Line) -> int:
        """How many wait in other lines that were seen to share a counter with this one."""
        beside = (other for other in self._lines.values() if other is not line)
        return sum(len(other.waiting) for other in beside if not line.served_by.isdisjoint(other.served_by))

    def _counters(self, line: _Line, visit: Visit) -> tuple[int, int | None]:
        """(open, idle) counters of a queue: as recorded, else by who served it and was at work lately."""
        at_desk = line.served_by & self._busy if line.ends_known else set()
        if visit.open_counters is not None:
            taken = len(at_desk) if line.served_by else line.in_service
            idle = max(visit.open_counters - taken, 0) if line.ends_known else None
            return max(visit.open_counters, 1), idle
        since = visit.arrival - ON_DUTY
        free = sum(self._seen[name] > since for name in line.served_by - at_desk)
        return max(len(at_desk) + free, 1), free if line.ends_known and line.served_by else None
