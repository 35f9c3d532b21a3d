"""How long a citizen will wait: what each queue has learnt of its own pace, and the interval it promises.

Delay history and queue length × pace ÷ counters, after Ibrahim and Whitt; see docs/waiting-time.md.
Only + − × ÷ and comparisons are used on floats, so that a journal replays to the same bits on any machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace

MINUTE = 60_000
DAY = 86_400_000

Memo = tuple[int, ...]
"""What a ticket must remember from its issue until its call: keep it with the ticket, give it to `called`."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high` whole minutes, 80 % likely; `likely` is the best single guess in between."""

    low: int
    high: int
    likely: int


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What is known of a line at one moment, for a ticket with `ahead` people before it.

    `waiting`: everybody in the line but this ticket (for somebody just joining it equals `ahead`).
    `counters`: open counters that serve the queue. `guess_ms`: the configured service time.
    `head_waited_ms`: how long the head of the line has waited so far, None when nobody waits.
    `hour`: weekday × 24 + local hour (0 is Monday midnight). `klass`: the priority class.
    `closed_ms`: from now until the centre serves (0 while it serves). `serving_ms`: from then until the
    next break, None when none is known; `break_ms`: how long that break lasts, None when it is closing time.
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


@dataclass(frozen=True, slots=True)
class Pace:
    """What one queue has learnt; a row of ints, floats and None. `Pace()` has learnt nothing."""

    calls: int = 0
    places: float = 0.0
    place_ms: float = 0.0
    service_ms: float | None = None
    last_waited_ms: int | None = None
    last_called_at: int | None = None

    def to_row(self) -> list[int | float | None]:
        """The values in a fixed order, for JSON."""
        return list(astuple(self))

    @classmethod
    def from_row(cls, row: Sequence[int | float | None]) -> Pace:
        """The pace that `to_row` gave."""
        return cls(*row)  # type: ignore[arg-type]


def recollection(facts: LineFacts, pace: Pace) -> Memo:
    """What a ticket issued into this line must remember until it is called."""
    return (facts.ahead, max(facts.counters, 1))


def called(pace: Pace, memo: Memo, waited_ms: int, now: int, closed_ms: int = 0) -> Pace:
    """The pace after a first call. `closed_ms`: the part of the wait in which the centre did not serve."""
    ahead, counters = memo[:2]
    waited = max(waited_ms - closed_ms, 0)
    keep = 0.9
    return replace(
        pace,
        calls=pace.calls + 1,
        places=_settle(pace.places * keep + (ahead + 1) / counters),
        place_ms=_settle(pace.place_ms * keep + waited),
        last_waited_ms=waited,
        last_called_at=now,
    )


def served(pace: Pace, service_ms: int, now: int) -> Pace:
    """The pace after a service has ended, `service_ms` after its call."""
    if pace.service_ms is None:
        return replace(pace, service_ms=float(service_ms))
    return replace(pace, service_ms=_settle(pace.service_ms * 0.95 + service_ms * 0.05))


def estimate(facts: LineFacts, pace: Pace) -> Interval | None:
    """The wait from now on, or None when it cannot honestly be said (no counter is open)."""
    if facts.counters <= 0:
        return None
    guess = float(facts.guess_ms) if pace.service_ms is None else pace.service_ms
    known = pace.places
    per_place = (pace.place_ms + 3.0 * guess) / (known + 3.0)
    middle = per_place * facts.ahead / facts.counters
    spread = 0.5 + 1.0 / (1.0 + known)
    low, high = middle / (1.0 + spread), middle * (1.0 + spread) + per_place / facts.counters
    return Interval(_minutes(facts, low), _minutes(facts, high, up=True), _minutes(facts, middle))


def _minutes(facts: LineFacts, worked: float, up: bool = False) -> int:
    """Working milliseconds as whole minutes on the clock: the breaks between now and then added."""
    clock = facts.closed_ms + worked
    if facts.serving_ms is not None and worked > facts.serving_ms:
        clock = facts.closed_ms + facts.serving_ms if facts.break_ms is None else clock + facts.break_ms
    return int(clock / MINUTE + (0.999 if up else 0.5))


def _settle(value: float) -> float:
    """Rounded, so that the row stays short in the journal."""
    return round(value, 3)
