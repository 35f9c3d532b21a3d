"""How long a citizen will wait: what each queue has learnt of its own pace, and the interval it promises.

Several plain forecasts (delay history and queue length × pace ÷ counters, after Ibrahim and Whitt), their
median, and around it a band learnt from how such medians have failed before; docs/waiting-time.md tells why.
What is stored is made with + − × ÷ alone, so that a journal replays to the same bits on any machine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Any
from zlib import crc32

from .waiting_habits import Cells, band, cell_names, moved_level, noted

MINUTE = 60_000
STALE = 4 * 60 * MINUTE
"""After this long without a call the last one says nothing of the line today."""

LONG, SHORT, HOUR = 0.995, 0.9, 0.98
"""How much of the older evidence a newer piece leaves: for the habit of days, the last minutes, an hour's."""

PAUSE = 4.0
"""A step between two calls that is longer than so many usual ones is a pause, and counts for no more."""

CONFIGURED = 2.0
"""To how many calls the configured service time is worth."""

HOURLY = 50.0
"""To how many places the queue's general pace is worth against one hour of the week."""

Memo = tuple[int, ...]
"""What a ticket must remember from its issue until its call: keep it with the ticket, give it to `called`."""

Mean = tuple[float, float]
"""A fading sum and its fading weight."""

NOTHING: Mean = (0.0, 0.0)
_ROW_VERSION = 2
_MEMO_LENGTH = 10


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high` whole minutes, 80 % likely; `likely` is the best single guess (the median)."""

    low: int
    high: int
    likely: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """The same in milliseconds of service time: neither breaks added nor minutes rounded."""

    low: float
    high: float
    likely: float


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What is known of a line at one moment, for a ticket with `ahead` people before it.

    `waiting`: everybody in the line but this ticket (for somebody just joining it equals `ahead`).
    `counters`: open counters that serve the queue. `guess_ms`: the configured service time.
    `head_waited_ms`: how long the head of the line has waited so far, None when nobody waits.
    `hour`: weekday × 24 + local hour (0 is Monday midnight). `klass`: the priority class, "" the ordinary.
    `closed_ms`: from now until the centre serves (0 while it serves). `serving_ms`: from then until the
    next break, None when none is known; `break_ms`: how long that break lasts, None when it is closing time.
    `head_ahead`: the first number of the head's memo: how many it had before it when it joined, None unknown.
    `idle`: those of `counters` with nobody at them, None when not known. `rivals`: how many wait in other
    queues that these counters also serve. `waits`: the ticket is in the line already, not about to join it.
    """

    now: int
    ahead: int
    waiting: int
    counters: int
    guess_ms: int
    head_waited_ms: int | None = None
    hour: int = 0
    klass: str = ""
    closed_ms: int = 0
    serving_ms: int | None = None
    break_ms: int | None = 0
    head_ahead: int | None = None
    idle: int | None = None
    rivals: int = 0
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Pace:
    """What one queue has learnt. `Pace()` has learnt nothing.

    `service`: ms per service. `work`: counter-ms per call while a line stood, `gap` and `quick_gap`: ms
    between such calls, over days and over the last few. `place`: ms waited per place in the line, `hours`
    the same by hour of the week ("sum weight"). `counters`: how many are open as a rule. `level`: the
    nominal level of the band, `cells`: its histograms (core/waiting_habits.py).
    """

    service: Mean = NOTHING
    work: Mean = NOTHING
    gap: Mean = NOTHING
    quick_gap: Mean = NOTHING
    place: Mean = NOTHING
    counters: Mean = NOTHING
    last_waited_ms: int | None = None
    last_called_at: int | None = None
    level: float = 0.8
    hours: Mapping[str, str] = field(default_factory=dict)
    cells: Cells = field(default_factory=dict)

    def to_row(self) -> list[Any]:
        """The values in a fixed order, for JSON."""
        means = [self.service, self.work, self.gap, self.quick_gap, self.place, self.counters]
        last = [self.last_waited_ms, self.last_called_at, self.level]
        return [_ROW_VERSION, *means, *last, self.hours, self.cells]

    @classmethod
    def from_row(cls, row: Sequence[Any]) -> Pace:
        """The pace that `to_row` gave, after JSON too; an older kind of row has learnt nothing."""
        if not row or row[0] != _ROW_VERSION or len(row) != 12:
            return cls()
        service, work, gap, quick_gap, place, counters = (tuple(mean) for mean in row[1:7])
        return cls(service, work, gap, quick_gap, place, counters, *row[7:12])


def forecast(facts: LineFacts, pace: Pace) -> Forecast:
    """The wait from now on in milliseconds of service time; as if one counter were open when none is."""
    return _wait(pace, *_reckoning(facts, pace))


def estimate(facts: LineFacts, pace: Pace) -> Interval | None:
    """The wait from now on, or None when it cannot honestly be said (no counter is open or due to open)."""
    if facts.counters <= 0:
        if facts.closed_ms <= 0:
            return None
        facts = replace(facts, counters=max(1, round(_mean(pace.counters, 1.0, 0.5))))
    wait = forecast(facts, pace)
    return Interval(
        _minutes(facts, wait.low), _minutes(facts, wait.high, 0.999), _minutes(facts, wait.likely, 0.5)
    )


def recollection(facts: LineFacts, pace: Pace) -> Memo:
    """What a ticket issued into this line must remember until it is called."""
    base, names = _reckoning(facts, pace)
    wait = _wait(pace, base, names)
    fresh, idle, rivals, group = _circumstance(facts, pace, base)
    counters = max(facts.counters, 1)
    milliseconds = (round(base), round(wait.low), round(wait.high))
    return (facts.ahead, counters, facts.hour, *milliseconds, fresh, idle, rivals, group)


def called(pace: Pace, memo: Memo, waited_ms: int, now: int, closed_ms: int = 0) -> Pace:
    """The pace after a first call. `closed_ms`: the part of the wait in which the centre did not serve."""
    waited = max(waited_ms - closed_ms, 0)
    before = pace.last_called_at
    pace = replace(pace, last_waited_ms=waited, last_called_at=now)
    if len(memo) != _MEMO_LENGTH:
        return pace
    ahead, counters, hour, base, low, high, fresh, idle, rivals, group = memo
    pace = replace(
        pace,
        counters=_faded(pace.counters, counters, 1.0, LONG),
        level=moved_level(pace.level, low <= waited <= high),
        cells=noted(pace.cells, cell_names(ahead, fresh, idle, rivals, group), waited / max(base, 1)),
    )
    if ahead > 0:
        place = _faded(pace.place, waited, ahead + 1.0, LONG)
        pace = replace(pace, place=place, hours=_in_hour(pace.hours, hour, waited, ahead + 1.0))
    if before is None or closed_ms or not 0 <= now - before <= waited:
        return pace  # nobody stood in line between the two calls, or nobody served: no measure of the pace
    return _stepped(pace, now - before, counters)


def served(pace: Pace, service_ms: int, now: int) -> Pace:
    """The pace after a service has ended, `service_ms` after its call."""
    return replace(pace, service=_faded(pace.service, service_ms, 1.0, LONG))


def _reckoning(facts: LineFacts, pace: Pace) -> tuple[float, list[str]]:
    """What the wait is measured against, in ms, and the cells that say what multiple of it to expect."""
    counters = max(facts.counters, 1)
    service = _mean(pace.service, float(facts.guess_ms), CONFIGURED)
    work = _mean(pace.work, service, CONFIGURED)
    gap = _mean(pace.gap, work / counters, CONFIGURED)
    place = _mean(pace.place, work / counters, CONFIGURED)
    step = max(median((gap, work / counters, place)), 1.0)
    stands = facts.ahead > 0 or facts.waits
    base = step
    if stands:
        hourly = _mean(_hour(pace.hours, facts.hour), place, HOURLY)
        quick = _mean(pace.quick_gap, gap, CONFIGURED)
        season = hourly / max(place, 1.0)
        of_service = service / counters if pace.service[1] else work / counters
        usual = (of_service, work / counters * season, gap * season, hourly)
        paces = (*usual, quick, place, _head_pace(facts, hourly))
        places = facts.ahead + 1.0
        base = max(median([p * places for p in paces] + [_last_wait(facts, pace, hourly * places)]), 1.0)
    fresh, idle, rivals, group = _circumstance(facts, pace, step)
    return base, cell_names(max(facts.ahead, int(stands)), fresh, idle, rivals, group)


def _wait(pace: Pace, base: float, names: Sequence[str]) -> Forecast:
    """What `_reckoning` found, as a forecast."""
    low, likely, high = band(pace.cells, names, pace.level)
    return Forecast(low * base, high * base, likely * base)


def _circumstance(facts: LineFacts, pace: Pace, step: float) -> tuple[int, int, int, int]:
    """(fresh, idle, rivals, group) for `cell_names`."""
    since = _since_call(facts, pace)
    fresh = int(since is not None and since <= 0.2 * step)
    idle = -1 if facts.idle is None else facts.idle
    return fresh, idle, int(facts.rivals > 0), _group(facts.klass)


def _since_call(facts: LineFacts, pace: Pace) -> int | None:
    if pace.last_called_at is None or facts.now - pace.last_called_at > STALE:
        return None
    return facts.now - pace.last_called_at


def _last_wait(facts: LineFacts, pace: Pace, otherwise: float) -> float:
    """The wait of the last one called (last to enter service), for as much of the line as is ahead."""
    if pace.last_waited_ms is None or _since_call(facts, pace) is None:
        return otherwise
    return pace.last_waited_ms * (facts.ahead + 1.0) / (max(facts.waiting, facts.ahead) + 1.0)


def _head_pace(facts: LineFacts, usual: float) -> float:
    """Milliseconds per place by the wait so far of the head of the line, who saw all before it leave."""
    if facts.head_waited_ms is None or facts.head_ahead is None:
        return usual
    return (facts.head_waited_ms + 4.0 * usual) / (facts.head_ahead + 4.0)


def _stepped(pace: Pace, gap: int, counters: int) -> Pace:
    """The pace after two calls, `gap` ms apart, between which a line stood."""
    total, weight = pace.gap
    step = min(float(gap), PAUSE * total / weight) if weight >= PAUSE else float(gap)
    return replace(
        pace,
        gap=_faded(pace.gap, step, 1.0, LONG),
        quick_gap=_faded(pace.quick_gap, step, 1.0, SHORT),
        work=_faded(pace.work, step * counters, 1.0, LONG),
    )


def _group(klass: str) -> int:
    """A short number for a class, since a memo is made of numbers; 0 is the ordinary one."""
    return crc32(klass.encode()) % 9973 + 1 if klass else 0


def _hour(hours: Mapping[str, str], hour: int) -> Mean:
    if str(hour) not in hours:
        return NOTHING
    total, weight = hours[str(hour)].split()
    return float(total), float(weight)


def _in_hour(hours: Mapping[str, str], hour: int, waited: int, places: float) -> Mapping[str, str]:
    total, weight = _faded(_hour(hours, hour), waited, places, HOUR)
    return {**hours, str(hour): f"{total!r} {weight!r}"}


def _faded(mean: Mean, amount: float, weight: float, keep: float) -> Mean:
    """The mean after one more piece of evidence; rounded, so that its row stays short."""
    return round(mean[0] * keep + amount, 1), round(mean[1] * keep + weight, 3)


def _mean(mean: Mean, otherwise: float, weight: float) -> float:
    """The mean, leaning on `otherwise` as if that had been seen `weight` times."""
    return (otherwise * weight + mean[0]) / (weight + mean[1])


def _minutes(facts: LineFacts, worked: float, up: float = 0.0) -> int:
    """Working milliseconds as whole minutes on the clock: the break between now and then added."""
    clock = facts.closed_ms + worked
    if facts.serving_ms is not None and worked > facts.serving_ms:
        clock = facts.closed_ms + facts.serving_ms if facts.break_ms is None else clock + facts.break_ms
    return int(clock / MINUTE + up)
