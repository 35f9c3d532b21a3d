"""A recorded day taken apart: what came from outside, and when each counter called and let go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...core.model import Desk, Ticket
from ...core.site import Site
from .outcome import Outcome


@dataclass(frozen=True, slots=True)
class Joins:
    """Somebody took a number; `ticket` is the row as it stood in the line."""

    ticket: Ticket


@dataclass(frozen=True, slots=True)
class Goes:
    """A waiting ticket was cancelled, parked or otherwise taken out of its line."""

    ticket: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a ticket came (back) into a line: its row there, and whether it kept its seniority."""

    row: Ticket
    keeps_seniority: bool


@dataclass(frozen=True, slots=True)
class Moves:
    """A waiting ticket was moved to another line or place."""

    to: Place


@dataclass(frozen=True, slots=True)
class ComesBack:
    """Somebody who had left came back into a line: who stood at `stint`, or (None) that very ticket."""

    to: Place
    stint: int | None


@dataclass(frozen=True, slots=True)
class DeskStands:
    """A counter opened, paused, resumed, closed or changed hands; `desk.ticket` is of no account."""

    desk: Desk


@dataclass(frozen=True, slots=True)
class Redescribed:
    """The centre's description was replaced during the day."""

    site: Site


Happening = Joins | Goes | Moves | ComesBack | DeskStands | Redescribed


@dataclass(slots=True)
class Stint:
    """From a call at a counter until whoever was called had left it again.

    `ticket` is who it was; `chosen`: an officer named the ticket. `end_at` None: still there at the end of
    the day. `back`: where the person went into a line at once (a return, a transfer), None where they left.
    """

    index: int
    counter: str
    at: int
    seq: int
    ticket: str
    queue: str
    chosen: bool
    end_at: int | None = None
    end_seq: int = 0
    back: Place | None = None


@dataclass(frozen=True, slots=True)
class RecordedDay:
    """A day of a centre's own journal. `happenings` are (epoch ms, journal seq, what), in order.

    `site` is the description in force when the day opened; `redescribed` tells that it changed later on.
    """

    day: str
    site: Site
    happenings: tuple[tuple[int, int, Happening], ...]
    stints: tuple[Stint, ...]
    outcome: Outcome
    end: int
    redescribed: bool = False
    first_seq: int = 0
    labels: Mapping[str, str] = field(default_factory=dict)
