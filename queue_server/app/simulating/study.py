"""One study: a day, or a trace, under one or several rules, with what was assumed on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ...core import calendar
from ...core.calling_rule import CallingRule
from ...core.model import Ticket
from ...core.rule import Rule
from ...core.site import ORDINARY, Area, PriorityClass, Queue, Site
from .durations import Durations, durations, uniform
from .free import Leg, Visitor, run_free
from .outcome import Diary, Outcome
from .paced import run_paced
from .people import visitors_of
from .rule_file import check_classes
from .rules import own_rule
from .script import RecordedDay
from .staffing import Staffing, all_day, first_opening, traced
from .trace import Row

Note = tuple[str, Mapping[str, Any]]
"""Something assumed, or found out: the id of its text and the figures in it."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """For what a trace does not tell: the seed of everything drawn, and the classes to give to tickets that
    have none, with their shares."""

    seed: int = 1
    shares: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Run:
    """What came out under one rule; `rule` None for the record itself."""

    rule: Rule | None
    outcomes: tuple[Outcome, ...]


@dataclass(slots=True)
class Study:
    """`runs` begins with the record, where there is one.

    `minute_of` gives the local minute of the day of an outcome's time. `again`: a recorded day once more
    under its own rule, `same`: whether it came out exactly as recorded; None for a
    trace. `paced`: counters call at the recorded moments, so that calls can be compared one by one.
    """

    title: str
    runs: list[Run]
    minute_of: Callable[[int], float]
    notes: list[Note] = field(default_factory=list)
    same: bool | None = None
    paced: bool = False
    again: Outcome | None = None
    class_names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def of_journal(
    recorded: RecordedDay, rules: Sequence[Rule], counters: Staffing | None, own_name: str
) -> Study:
    """A recorded day of a centre's own journal; without rules and counters, once more under its own rule."""
    site = recorded.site
    for rule in rules:
        check_classes(rule, site.priority, every=True)
    study = Study(
        title=f"{site.id} {recorded.day}",
        runs=[Run(None, (recorded.outcome,))],
        minute_of=lambda at: _minute_of(site, at),
        class_names={one.id: one.name for one in site.classes},
    )
    if recorded.redescribed:
        study.notes.append(("simulate-redescribed", {}))
    study.again = run_paced(recorded, None)
    study.same = study.again == recorded.outcome
    chosen = sum(stint.chosen for stint in recorded.stints)
    if counters is None:
        study.paced = True
        study.notes.append(("simulate-paced", {"calls": len(recorded.stints), "chosen": chosen}))
        for rule in rules or [own_rule(site, own_name)]:
            study.runs.append(Run(rule, (run_paced(recorded, rule) if rules else study.again,)))
        return study
    visitors = visitors_of(recorded)
    desks = counters.counters(leg.queue for one in visitors for leg in one.legs)
    study.notes.append(("simulate-free", {"counters": len(desks)}))
    spans = all_day(desks, first_opening(recorded))
    for rule in rules or [own_rule(site, own_name)]:
        outcome = run_free(replace(site, counters=desks), visitors, spans, rule)
        study.runs.append(Run(rule, (outcome,)))
    return study


def of_trace(
    rows: Sequence[Row],
    title: str,
    rules: Sequence[Rule],
    counters: Staffing | None,
    drawing: Drawing,
    day: str | None = None,
) -> Study:
    """A trace, or one `day` of it; each site and day a hall of its own.

    What is missing is learnt from all `rows`. Raises BadRule, BadStaffing.
    """
    lengths = durations(rows, drawing.seed)
    rows = [with_class(row, drawing) for row in rows if day in (None, row.day)]
    classes = sorted({row.priority for row in rows})
    for rule in rules:
        check_classes(rule, classes, every=False)
    halls: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        halls.setdefault((row.site, row.day), []).append(row)
    days = [_TracedDay(found, lengths, classes, counters) for _, found in sorted(halls.items())]
    study = Study(title, [], _minute_of_day)
    if any(row.called is not None for row in rows):
        study.runs.append(Run(None, tuple(day.recorded() for day in days)))
    study.runs += [Run(rule, tuple(day.run(rule) for day in days)) for rule in rules]
    study.notes += _trace_notes(rows, lengths, counters, drawing, len(days))
    return study


def with_class(row: Row, drawing: Drawing) -> Row:
    """The row with a class drawn for it by the assumed shares, where the trace gives it none."""
    if row.priority != ORDINARY or not drawing.shares:
        return row
    draw = uniform(drawing.seed, row, "class")
    for name, share in drawing.shares.items():
        if draw < share:
            return replace(row, priority=name)
        draw -= share
    return row


class _TracedDay:
    """One site on one day of a trace."""

    def __init__(
        self, rows: Sequence[Row], lengths: Durations, classes: Sequence[str], counters: Staffing | None
    ) -> None:
        self._rows = rows
        queues = sorted({row.queue for row in rows})
        if counters is None:
            desks, self._spans = traced(rows)
        else:
            desks = counters.counters(queues)
            self._spans = all_day(desks, min(row.arrival for row in rows))
        self._site = replace(_EMPTY, queues=_queues(queues), classes=_classes(classes), counters=desks)
        self._visitors = [
            Visitor(ticket, (Leg(row.queue, lengths.of(row), _patience(row)),))
            for row, ticket in zip(rows, map(_ticket, rows), strict=True)
        ]

    def run(self, rule: Rule) -> Outcome:
        return run_free(self._site, self._visitors, self._spans, rule)

    def recorded(self) -> Outcome:
        """The day as the trace tells it."""
        diary = Diary()
        events: list[tuple[int, int, int, Row, Ticket]] = []
        for row in self._rows:
            ticket = _ticket(row)
            events.append((row.arrival, 0, row.line, row, ticket))
            if row.called is not None:
                events.append((row.called, 1, row.line, row, ticket))
            elif row.abandoned and row.finished is not None:
                events.append((row.finished, 1, row.line, row, ticket))
        for at, kind, _, row, ticket in sorted(events, key=lambda one: one[:3]):
            if kind == 0:
                diary.joined(ticket, at)
            elif row.called is None:
                diary.gone(ticket.id, at)
            else:
                diary.called(ticket, row.counter or row.queue, at)
        outcome = diary.close(max(row.called or row.arrival for row in self._rows))
        return replace(outcome, desks=())


def _trace_notes(
    rows: Sequence[Row],
    lengths: Durations,
    counters: Staffing | None,
    drawing: Drawing,
    days: int,
) -> list[Note]:
    notes: list[Note] = [("simulate-trace", {"tickets": len(rows), "days": days})]
    notes += [
        (f"simulate-service-{source}", {"tickets": many, "seed": str(drawing.seed)})
        for source, many in lengths.used.items()
    ]
    if drawing.shares:
        told = ", ".join(f"{name} {share:.0%}" for name, share in drawing.shares.items())
        notes.append(("simulate-shares", {"shares": told, "seed": str(drawing.seed)}))
    if any(row.abandoned for row in rows):
        notes.append(("simulate-patience", {"tickets": sum(row.abandoned for row in rows)}))
    if counters is None:
        named = any(row.counter for row in rows)
        notes.append(("simulate-counters-named" if named else "simulate-counters-told", {}))
    return notes


def _patience(row: Row) -> int | None:
    return row.finished - row.arrival if row.abandoned and row.finished is not None else None


def _ticket(row: Row) -> Ticket:
    return Ticket(
        id=str(row.line),
        day=row.day,
        queue=row.queue,
        series=row.queue,
        number=row.line,
        label=row.ticket or f"#{row.line}",
        secret="",
        priority=row.priority,
        service=None,
        language="",
        origin=None,
        seq=row.line,
        issued_at=row.arrival,
        since=row.arrival,
    )


def _queues(names: Sequence[str]) -> tuple[Queue, ...]:
    return tuple(Queue(name, "", "", {}) for name in names)


def _classes(names: Sequence[str]) -> tuple[PriorityClass, ...]:
    return tuple(PriorityClass(name, {}, 1.0) for name in names)


def _minute_of_day(at: int) -> float:
    return at % 86_400_000 / 60_000


def _minute_of(site: Site, at: int) -> float:
    here = calendar.local(site, at)
    return here.hour * 60 + here.minute + here.second / 60


_EMPTY = Site(
    id="trace",
    name={},
    timezone="UTC",
    languages=("vi", "en"),
    hours=(),
    outside_hours="warn",
    holidays=(),
    classes=(),
    groups=(),
    agencies=(),
    queues=(),
    services=(),
    areas=(Area("", {}, {}, "ahead"),),
    counters=(),
    boards=(),
    kiosks=(),
    rule=CallingRule(cap_minutes=None),
)
