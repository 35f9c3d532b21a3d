"""What has happened in a hall, in the past tense: the vocabulary of the journal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, get_args

from .waiting import Memo


@dataclass(frozen=True, slots=True)
class DayOpened:
    day: str


@dataclass(frozen=True, slots=True)
class DayClosed:
    day: str


@dataclass(frozen=True, slots=True)
class TicketIssued:
    """`ahead`, `low`, `high` (minutes, None where unknown) are what the slip promised."""

    ticket: str
    day: str
    queue: str
    number: int
    label: str
    secret: str
    priority: str
    service: str | None
    language: str
    origin: str | None
    ahead: int
    low: int | None
    high: int | None
    memo: Memo


@dataclass(frozen=True, slots=True)
class TicketCalled:
    """`reason` holds the figures of the pick: see `ranking.Reason`."""

    ticket: str
    counter: str
    reason: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TicketRecalled:
    """`times` counts all the calls so far, the first included."""

    ticket: str
    counter: str
    times: int


@dataclass(frozen=True, slots=True)
class ServiceStarted:
    ticket: str
    counter: str


@dataclass(frozen=True, slots=True)
class ServiceFinished:
    ticket: str
    counter: str
    outcome: str
    note: str | None


@dataclass(frozen=True, slots=True)
class TicketNoShow:
    ticket: str
    counter: str


@dataclass(frozen=True, slots=True)
class TicketReturned:
    ticket: str
    counter: str


@dataclass(frozen=True, slots=True)
class TicketTransferred:
    """From `left` to `queue`, for `only_counter` unless empty; `counter` is the desk it left."""

    ticket: str
    counter: str | None
    left: str
    queue: str
    only_counter: str


@dataclass(frozen=True, slots=True)
class TicketCancelled:
    ticket: str
    counter: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class TicketExpired:
    ticket: str
    counter: str | None


@dataclass(frozen=True, slots=True)
class CounterOpened:
    counter: str
    officer: str


@dataclass(frozen=True, slots=True)
class CounterPaused:
    counter: str
    reason: str


@dataclass(frozen=True, slots=True)
class CounterResumed:
    counter: str


@dataclass(frozen=True, slots=True)
class CounterClosed:
    counter: str


@dataclass(frozen=True, slots=True)
class SiteDescribed:
    """The centre's description was imported; `digest` is the SHA-256 of its canonical form."""

    version: int
    digest: str


@dataclass(frozen=True, slots=True)
class DoorsChanged:
    """The hours of service began or ended; `notice`: "outside_hours", "holiday", None while open."""

    is_open: bool
    notice: str | None


@dataclass(frozen=True, slots=True)
class SlipPrinted:
    """What became of a ticket's paper slip. `outcome`: printed, failed or uncertain; `detail` says why."""

    ticket: str
    kiosk: str
    outcome: str
    detail: str


@dataclass(frozen=True, slots=True)
class PrinterChanged:
    """A kiosk's printer was seen in another state than before ("ready", "paper_out", "unknown", ...)."""

    kiosk: str
    state: str


TicketEvent = (
    TicketCalled
    | TicketRecalled
    | ServiceStarted
    | ServiceFinished
    | TicketNoShow
    | TicketReturned
    | TicketTransferred
    | TicketCancelled
    | TicketExpired
    | SlipPrinted
)
DeskEvent = CounterOpened | CounterPaused | CounterResumed | CounterClosed
HallEvent = DayOpened | DayClosed | DoorsChanged | SiteDescribed | PrinterChanged
Event = HallEvent | TicketIssued | TicketEvent | DeskEvent

BY_NAME: Mapping[str, type[Any]] = {kind.__name__: kind for kind in get_args(Event)}
VERSION = 1


_FIELDS = {kind: tuple(field.name for field in fields(kind)) for kind in BY_NAME.values()}


def to_data(event: Event) -> dict[str, Any]:
    """The event's fields by name; events are flat, so nothing is copied."""
    return {name: getattr(event, name) for name in _FIELDS[type(event)]}


def from_data(name: str, version: int, data: Mapping[str, Any]) -> Event:
    """The event that `name`, `version` and `data` were written from; KeyError for an unknown name."""
    if version != VERSION:
        raise ValueError(f"{name} version {version} is newer than this program")
    event: Event = BY_NAME[name](**data)
    return event


@dataclass(frozen=True, slots=True)
class Entry:
    """An event in its place in the journal: `seq` without gaps, `at` in epoch milliseconds."""

    seq: int
    at: int
    actor: str
    event: Event
