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
    """`ahead`, `low`, `high` (minutes, None where unknown) are what the slip promised.

    `since` is the seniority of an appointment with the time `slot`; None: from now on.
    """

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
    slot: int | None = None
    since: int | None = None


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


@dataclass(frozen=True, slots=True)
class ServiceAdded:
    """The visit will lead on to `queue`."""

    ticket: str
    counter: str
    queue: str


@dataclass(frozen=True, slots=True)
class VisitContinued:
    """The service at `left` is finished; the same number now waits in `queue`, with the seniority `since`."""

    ticket: str
    counter: str
    left: str
    queue: str
    since: int


@dataclass(frozen=True, slots=True)
class TicketNoShow:
    ticket: str
    counter: str


@dataclass(frozen=True, slots=True)
class TicketReturned:
    """Back in its line with the seniority `since` (None: that which it had); `counter` is the one it left, or
    that whose call it had missed."""

    ticket: str
    counter: str | None
    since: int | None = None


@dataclass(frozen=True, slots=True)
class TicketUndone:
    """The last act was taken back: the ticket is again in the state `back_to`."""

    ticket: str
    counter: str
    back_to: str


@dataclass(frozen=True, slots=True)
class TicketParked:
    """Set aside by `counter` for `reason`; its officer is reminded at `remind_at` (epoch ms)."""

    ticket: str
    counter: str
    reason: str
    remind_at: int | None


@dataclass(frozen=True, slots=True)
class TicketUnparked:
    """Back in its line with the seniority `since`; `counter` is the one that had parked it."""

    ticket: str
    counter: str
    since: int


@dataclass(frozen=True, slots=True)
class NoteWritten:
    """That a note was written or erased, and no word of it: notes can be forgotten, the journal cannot."""

    ticket: str
    erased: bool


@dataclass(frozen=True, slots=True)
class TicketTransferred:
    """From `left` to `queue`, for `only_counter` unless empty; `counter` is the desk it left.

    `since` is its seniority there; None: that which it had.
    """

    ticket: str
    counter: str | None
    left: str
    queue: str
    only_counter: str
    since: int | None = None


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
class CounterTakenOver:
    """`officer` works at the counter in place of `previous`."""

    counter: str
    officer: str
    previous: str


@dataclass(frozen=True, slots=True)
class OfficerSummoned:
    counter: str
    reason: str


@dataclass(frozen=True, slots=True)
class SummonsAnswered:
    counter: str


@dataclass(frozen=True, slots=True)
class HelpAsked:
    counter: str


@dataclass(frozen=True, slots=True)
class HelpAnswered:
    counter: str


@dataclass(frozen=True, slots=True)
class OfficerVanished:
    """Nothing has been heard of the officer's page for as long as the rule allows."""

    counter: str


@dataclass(frozen=True, slots=True)
class OfficerBack:
    counter: str


@dataclass(frozen=True, slots=True)
class CounterAssigned:
    """A supervisor gave the counter other queues; the description of the site follows."""

    counter: str
    queues: tuple[str, ...]
    helps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueueClosed:
    queue: str


@dataclass(frozen=True, slots=True)
class QueueOpened:
    queue: str


@dataclass(frozen=True, slots=True)
class QueueLimited:
    """`limit` is the last number that may be given today."""

    queue: str
    limit: int


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
    | TicketUndone
    | TicketParked
    | TicketUnparked
    | ServiceAdded
    | VisitContinued
    | NoteWritten
    | SlipPrinted
)
DeskEvent = (
    CounterOpened
    | CounterPaused
    | CounterResumed
    | CounterClosed
    | CounterTakenOver
    | OfficerSummoned
    | SummonsAnswered
    | HelpAsked
    | HelpAnswered
    | OfficerVanished
    | OfficerBack
    | CounterAssigned
)
QueueEvent = QueueClosed | QueueOpened | QueueLimited
HallEvent = DayOpened | DayClosed | DoorsChanged | SiteDescribed | PrinterChanged
Event = HallEvent | TicketIssued | TicketEvent | DeskEvent | QueueEvent

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
