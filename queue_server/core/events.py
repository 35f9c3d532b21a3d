"""What has happened in a hall, in the past tense: the vocabulary of the journal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, get_args

from .events_of_counters import (
    CounterAssigned,
    CounterClosed,
    CounterOpened,
    CounterPaused,
    CounterResumed,
    CounterTakenOver,
    DeskEvent,
    HelpAnswered,
    HelpAsked,
    NumbersSkipped,
    OfficerBack,
    OfficerSummoned,
    OfficerVanished,
    QueueClosed,
    QueueEvent,
    QueueLimited,
    QueueOpened,
    SummonsAnswered,
)
from .events_of_tickets import (
    NoteWritten,
    ServiceAdded,
    ServiceFinished,
    ServiceStarted,
    SlipPrinted,
    SlipReprinted,
    TicketCalled,
    TicketCancelled,
    TicketEvent,
    TicketExpired,
    TicketIssued,
    TicketNoShow,
    TicketParked,
    TicketRecalled,
    TicketReturned,
    TicketTransferred,
    TicketUndone,
    TicketUnparked,
    VisitContinued,
)


@dataclass(frozen=True, slots=True)
class DayOpened:
    day: str


@dataclass(frozen=True, slots=True)
class DayClosed:
    day: str


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
class PrinterChanged:
    """A kiosk's printer was seen in another state than before ("ready", "paper_out", "unknown", ...)."""

    kiosk: str
    state: str


@dataclass(frozen=True, slots=True)
class KioskReported:
    """A kiosk that runs by itself told how it is, other than before; `facts` as in model.Device."""

    kiosk: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class KioskVanished:
    """Nothing has been heard of such a kiosk since `seen_at`; `facts` are what it told last."""

    kiosk: str
    seen_at: int
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CentreRestored:
    """The database came back from a backup that ended with entry `seq`; `lost` entries after it are gone.

    None where nobody can tell how many. Their numbers in the journal, after `seq`, are used again.
    """

    seq: int
    lost: int | None


HallEvent = (
    DayOpened
    | DayClosed
    | DoorsChanged
    | SiteDescribed
    | PrinterChanged
    | KioskReported
    | KioskVanished
    | CentreRestored
)
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


__all__ = [
    "BY_NAME",
    "VERSION",
    "CentreRestored",
    "CounterAssigned",
    "CounterClosed",
    "CounterOpened",
    "CounterPaused",
    "CounterResumed",
    "CounterTakenOver",
    "DayClosed",
    "DayOpened",
    "DeskEvent",
    "DoorsChanged",
    "Entry",
    "Event",
    "HallEvent",
    "HelpAnswered",
    "HelpAsked",
    "KioskReported",
    "KioskVanished",
    "NoteWritten",
    "NumbersSkipped",
    "OfficerBack",
    "OfficerSummoned",
    "OfficerVanished",
    "PrinterChanged",
    "QueueClosed",
    "QueueEvent",
    "QueueLimited",
    "QueueOpened",
    "ServiceAdded",
    "ServiceFinished",
    "ServiceStarted",
    "SiteDescribed",
    "SlipPrinted",
    "SlipReprinted",
    "SummonsAnswered",
    "TicketCalled",
    "TicketCancelled",
    "TicketEvent",
    "TicketExpired",
    "TicketIssued",
    "TicketNoShow",
    "TicketParked",
    "TicketRecalled",
    "TicketReturned",
    "TicketTransferred",
    "TicketUndone",
    "TicketUnparked",
    "VisitContinued",
    "from_data",
    "to_data",
]
