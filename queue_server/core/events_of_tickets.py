"""What has happened to a ticket, from its number to its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .waiting import Memo


@dataclass(frozen=True, slots=True)
class TicketIssued:
    """`ahead`, `low`, `high` (minutes, None where unknown) are what the slip promised.

    `since` is its seniority where that is not the time of the entry: that of an appointment with the time
    `slot`, or of a ticket that a kiosk gave by itself at `taken_at`. Of the latter `memo` is None.
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
    memo: Memo | None
    slot: int | None = None
    since: int | None = None
    taken_at: int | None = None


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
class SlipPrinted:
    """What became of a ticket's paper slip, or of a marked `copy` of it.

    `outcome`: printed, failed or uncertain; `detail` says why.
    """

    ticket: str
    kiosk: str
    outcome: str
    detail: str
    copy: bool = False


@dataclass(frozen=True, slots=True)
class SlipReprinted:
    """Somebody had a marked copy of the slip printed at `kiosk`."""

    ticket: str
    kiosk: str


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
    | SlipReprinted
)
