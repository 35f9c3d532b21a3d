"""The state of a hall: tickets, desks, lines and the service day, as immutable rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from .site import Site
from .waiting import Memo, Pace


class TicketState(StrEnum):
    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    FINISHED = "finished"
    NO_SHOW = "no_show"
    PARKED = "parked"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


AT_A_DESK = frozenset({TicketState.CALLED, TicketState.SERVING})
OPEN_STATES = frozenset({TicketState.WAITING, TicketState.PARKED, *AT_A_DESK})
ENDED = frozenset(TicketState) - OPEN_STATES


class DeskState(StrEnum):
    CLOSED = "closed"
    OPEN = "open"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who gives a command. `counter`: the one desk they are bound to; `anywhere` lifts every bond."""

    id: str
    role: str
    counter: str | None = None
    anywhere: bool = False


SYSTEM = Actor("system", "system", anywhere=True)


@dataclass(frozen=True, slots=True)
class Ticket:
    """One person's place in a line. Times are epoch milliseconds; `seq` is the journal entry that issued it.

    `series` is the queue that gave the number; a transfer changes `queue` only. `since` with `seq` is the
    ticket's seniority: the lower, the earlier it joined. `only_counter`, when not empty, reserves it for one
    counter. `slot` is the time of its appointment. `secret` opens its public tracking page. `memo` is what
    the waiting-time method wants to know again at the first call, None once that is no longer meaningful.

    `called_at` is its first call at this counter, `rang_at` its latest, `before` its state until then.
    `parked_by` is the counter that parked it, for the reason `parked_for`. `stops` are the queues that its
    visit still leads to. `missed_at` is how many its queue had called when it did not come; `comebacks` how
    often it was let back in after that.
    """

    id: str
    day: str
    queue: str
    series: str
    number: int
    label: str
    secret: str
    priority: str
    service: str | None
    language: str
    origin: str | None
    seq: int
    issued_at: int
    since: int
    state: TicketState = TicketState.WAITING
    only_counter: str = ""
    counter: str | None = None
    calls: int = 0
    called_at: int | None = None
    started_at: int | None = None
    ended_at: int | None = None
    outcome: str | None = None
    memo: Memo | None = None
    reason: Mapping[str, Any] | None = None
    slot: int | None = None
    rang_at: int | None = None
    before: str | None = None
    parked_by: str | None = None
    parked_for: str | None = None
    parked_at: int | None = None
    remind_at: int | None = None
    stops: tuple[str, ...] = ()
    missed_at: int | None = None
    comebacks: int = 0

    @property
    def line(self) -> LineKey:
        return LineKey(self.queue, self.priority, self.only_counter)


@dataclass(frozen=True, slots=True, order=True)
class LineKey:
    """A first-in-first-out line: one class in one queue, reserved for one counter or ""."""

    queue: str
    priority: str
    only_counter: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """How many wait in one line today; kept, never counted."""

    key: LineKey
    waiting: int


@dataclass(frozen=True, slots=True)
class Tally:
    """A queue's figures on `day`: the last number given, the calls so far, what it has learnt of its pace.

    A supervisor may have closed it for the day, or set the last number that may be given (`limit`).
    """

    queue: str
    day: str
    last_number: int
    pace: Pace
    called: int = 0
    closed: bool = False
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """A counter as it stands now; `ticket` is the one called to it or served at it.

    `passed` counts turns for the rule "one in N". `away_at`: since when nothing is heard of its officer.
    `summons` is why a supervisor calls the officer, since `summoned_at`; `help_at` since when the officer
    asks for help.
    """

    id: str
    state: DeskState = DeskState.CLOSED
    officer: str | None = None
    since: int = 0
    reason: str | None = None
    ticket: str | None = None
    passed: int = 0
    away_at: int | None = None
    summons: str | None = None
    summoned_at: int | None = None
    help_at: int | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A service day, by the site's own calendar ("2026-11-23")."""

    date: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Device:
    """A device as it was last seen; a printer's ("printer:lobby") `state` is its driver's word ("paper_out").

    A kiosk that runs by itself ("kiosk:gate") is "online", with the `facts` that it told last (see
    app/kiosks.py), or "silent" since it was last heard of.
    """

    id: str
    state: str
    since: int
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Changes:
    """The rows that an event replaces."""

    tickets: Mapping[str, Ticket] = field(default_factory=dict)
    desks: Mapping[str, Desk] = field(default_factory=dict)
    lines: Mapping[LineKey, Line] = field(default_factory=dict)
    tallies: Mapping[str, Tally] = field(default_factory=dict)
    devices: Mapping[str, Device] = field(default_factory=dict)
    days: Mapping[str, Day] = field(default_factory=dict)

    def then(self, later: Changes) -> Changes:
        """These rows, and over them those of `later`."""
        return Changes(
            {**self.tickets, **later.tickets},
            {**self.desks, **later.desks},
            {**self.lines, **later.lines},
            {**self.tallies, **later.tallies},
            {**self.devices, **later.devices},
            {**self.days, **later.days},
        )


@dataclass(frozen=True, slots=True)
class Hall:
    """As much of a site's state as one decision may look at.

    A slice for one command holds the tickets it names and the heads of the lines it may call from;
    a replay holds everything. What is absent from `lines` and `tallies` counts as zero. `day` is the newest.
    `devices` are there for those commands alone that ask what a device can do.
    """

    site: Site
    day: Day | None
    tickets: Mapping[str, Ticket] = field(default_factory=dict)
    desks: Mapping[str, Desk] = field(default_factory=dict)
    lines: Mapping[LineKey, Line] = field(default_factory=dict)
    tallies: Mapping[str, Tally] = field(default_factory=dict)
    devices: Mapping[str, Device] = field(default_factory=dict)

    def after(self, changes: Changes) -> Hall:
        return Hall(
            self.site,
            max(changes.days.values(), key=lambda day: day.date, default=self.day),
            {**self.tickets, **changes.tickets},
            {**self.desks, **changes.desks},
            {**self.lines, **changes.lines},
            {**self.tallies, **changes.tallies},
            self.devices,
        )

    def desk(self, counter: str) -> Desk:
        return self.desks.get(counter) or Desk(counter)

    def waiting_in(self, key: LineKey) -> int:
        line = self.lines.get(key)
        return line.waiting if line else 0

    def tally(self, queue: str) -> Tally:
        """The queue's tally for the open day: numbers start again each day, what was learnt stays."""
        known = self.tallies.get(queue)
        today = self.day.date if self.day else ""
        if known and known.day == today:
            return known
        return Tally(queue, today, 0, known.pace if known else Pace())
