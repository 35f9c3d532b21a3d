"""A centre as its technician describes it: agencies, queues, counters, hours, classes; read-only facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from .calling_rule import CallingRule
from .reasons import COMMON_REASONS, Reason, ReasonKind
from .text import Text

Arrow = Literal["left", "right", "ahead", "up-left", "up-right", "back"]

ORDINARY = "ordinary"


@dataclass(frozen=True)
class Opening:
    """One span of service on a weekday (0 = Monday); minutes after local midnight, `start` < `end`."""

    weekday: int
    start: int
    end: int


@dataclass(frozen=True)
class Holiday:
    """A local date ("2026-04-30") on which the centre is closed."""

    date: str
    name: Text


@dataclass(frozen=True)
class PriorityClass:
    """A class of citizens. `rate` is its credit per minute waited, against 1.0 for the ordinary class."""

    id: str
    name: Text
    rate: float
    about: Text = field(default_factory=dict)


@dataclass(frozen=True)
class Group:
    """A heading under which the kiosk shows related agencies."""

    id: str
    name: Text


@dataclass(frozen=True)
class Agency:
    """An agency with a desk in the hall; `chip` is the letter that stands for it on every screen."""

    id: str
    code: str
    chip: str
    name: Text
    about: Text
    group: str


@dataclass(frozen=True)
class Queue:
    """A line with its own numbers: `prefix`, then `first`..`last` padded to `width` digits ("A001")."""

    id: str
    agency: str
    prefix: str
    name: Text
    first: int = 1
    last: int = 9999
    width: int = 3
    service_minutes: float = 10.0


@dataclass(frozen=True)
class Service:
    """A procedure. `popular` is its rank among its queue's most used (1 is first), None where not ranked."""

    id: str
    queue: str
    name: Text
    field: str
    minutes: float
    days: str = ""
    fee: str = ""
    popular: int | None = None


@dataclass(frozen=True)
class Area:
    """A part of the hall and how to walk there from the kiosks."""

    id: str
    name: Text
    direction: Text
    arrow: Arrow


@dataclass(frozen=True)
class Counter:
    """A desk: the number on its sign, the area it stands in, the queues it serves.

    `helps` are queues it serves only while nobody waits in its own `queues`. `in_order`: it calls from the
    first of its `queues` in which anybody waits, not from all of them alike.
    """

    id: str
    number: str
    area: str
    queues: tuple[str, ...]
    helps: tuple[str, ...] = ()
    in_order: bool = False

    @property
    def serves(self) -> tuple[str, ...]:
        return self.queues + self.helps


@dataclass(frozen=True)
class Board:
    """A hall board: the areas it shows (none means all) and whether its page speaks."""

    id: str
    name: Text
    areas: tuple[str, ...] = ()
    speaks: bool = True


@dataclass(frozen=True)
class Kiosk:
    """A touch kiosk and the address of the printer that the server drives for it ("virtual://lobby"), if any.

    `offline_first`..`offline_last` are the numbers of each queue that it keeps for when it cannot reach the
    server; 0 means none. `without_paper`: whether it shows numbers on its screen alone while it cannot print,
    or gives none.
    """

    id: str
    name: Text
    printer: str = ""
    offline_first: int = 0
    offline_last: int = 0
    without_paper: Literal["screen", "close"] = "screen"


@dataclass(frozen=True)
class Right:
    """Which roles may do an action, in place of core/rights.py's own answer."""

    action: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class Site:
    """The whole description of one centre. Ids are unique within their kind."""

    id: str
    name: Text
    timezone: str
    languages: tuple[str, ...]
    hours: tuple[Opening, ...]
    outside_hours: Literal["refuse", "warn"]
    holidays: tuple[Holiday, ...]
    classes: tuple[PriorityClass, ...]
    groups: tuple[Group, ...]
    agencies: tuple[Agency, ...]
    queues: tuple[Queue, ...]
    services: tuple[Service, ...]
    areas: tuple[Area, ...]
    counters: tuple[Counter, ...]
    boards: tuple[Board, ...]
    kiosks: tuple[Kiosk, ...]
    rule: CallingRule = field(default_factory=CallingRule)
    slogan: Text = field(default_factory=dict)
    reasons: tuple[Reason, ...] = ()
    rights: tuple[Right, ...] = ()

    def reasons_for(self, kind: ReasonKind) -> tuple[Reason, ...]:
        """The centre's own list, or the one that comes with the product."""
        own = tuple(reason for reason in self.reasons if reason.kind == kind)
        return own or tuple(reason for reason in COMMON_REASONS if reason.kind == kind)

    @cached_property
    def holiday_dates(self) -> frozenset[str]:
        return frozenset(holiday.date for holiday in self.holidays)

    @cached_property
    def agency(self) -> Mapping[str, Agency]:
        return {item.id: item for item in self.agencies}

    @cached_property
    def queue(self) -> Mapping[str, Queue]:
        return {item.id: item for item in self.queues}

    def agency_of(self, queue: str) -> Agency:
        """Whose queue it is. Tickets outlive their queue: one that an import took away goes by its id."""
        known = self.queue.get(queue)
        if known is None:
            return Agency(queue, "", "", {"vi": queue}, {}, "")
        return self.agency[known.agency]

    @cached_property
    def service(self) -> Mapping[str, Service]:
        return {item.id: item for item in self.services}

    @cached_property
    def services_of(self) -> Mapping[str, tuple[Service, ...]]:
        return _grouped(self.services)

    @cached_property
    def area(self) -> Mapping[str, Area]:
        return {item.id: item for item in self.areas}

    @cached_property
    def counter(self) -> Mapping[str, Counter]:
        return {item.id: item for item in self.counters}

    @cached_property
    def board(self) -> Mapping[str, Board]:
        return {item.id: item for item in self.boards}

    @cached_property
    def kiosk(self) -> Mapping[str, Kiosk]:
        return {item.id: item for item in self.kiosks}

    @cached_property
    def kept_numbers(self) -> tuple[tuple[int, int], ...]:
        """The ranges of numbers, both ends included, that only kiosks by themselves may give."""
        return tuple((one.offline_first, one.offline_last) for one in self.kiosks if one.offline_first)

    @cached_property
    def priority(self) -> Mapping[str, PriorityClass]:
        return {item.id: item for item in self.classes}

    @cached_property
    def counters_of(self) -> Mapping[str, tuple[Counter, ...]]:
        """The counters that have each queue as their own, in the order of the file; helpers do not count."""
        serving: dict[str, list[Counter]] = {queue.id: [] for queue in self.queues}
        for counter in self.counters:
            for queue in counter.queues:
                serving[queue].append(counter)
        return {queue: tuple(counters) for queue, counters in serving.items()}

    @cached_property
    def rivals_of(self) -> Mapping[str, tuple[str, ...]]:
        """For each queue the other queues that its counters have as their own."""
        own = {
            queue: [other for one in counters for other in one.queues]
            for queue, counters in self.counters_of.items()
        }
        return {
            queue: tuple(dict.fromkeys(one for one in others if one != queue))
            for queue, others in own.items()
        }


def _grouped(services: Iterable[Service]) -> dict[str, tuple[Service, ...]]:
    by_queue: dict[str, list[Service]] = {}
    for service in services:
        by_queue.setdefault(service.queue, []).append(service)
    return {queue: tuple(items) for queue, items in by_queue.items()}
