"""What people and devices may ask of a hall, as imperatives."""

from __future__ import annotations

from dataclasses import dataclass

from .site import ORDINARY


@dataclass(frozen=True, slots=True)
class IssueTicket:
    """Give a number. The caller makes the ids: `ticket` is 32 hex digits, `secret` opens its page.

    `slot` is the time of an appointment, in epoch milliseconds.
    """

    ticket: str
    secret: str
    queue: str
    service: str | None = None
    priority: str = ORDINARY
    language: str = "vi"
    origin: str | None = None
    slot: int | None = None


@dataclass(frozen=True, slots=True)
class AdoptTicket:
    """Take over a ticket that the kiosk `origin` gave by itself at `taken_at` (epoch ms), under `number`.

    `instead_of` is the ticket that the server made for the same touch, where its answer never arrived: nobody
    holds it, so it goes out of the line.
    """

    ticket: str
    secret: str
    queue: str
    number: int
    taken_at: int
    origin: str
    service: str | None = None
    priority: str = ORDINARY
    language: str = "vi"
    instead_of: str | None = None


@dataclass(frozen=True, slots=True)
class ReprintSlip:
    """Print a marked copy of a ticket's slip at `kiosk`, or else where the number was taken."""

    ticket: str
    kiosk: str | None = None


@dataclass(frozen=True, slots=True)
class OpenCounter:
    counter: str


@dataclass(frozen=True, slots=True)
class PauseCounter:
    counter: str
    reason: str


@dataclass(frozen=True, slots=True)
class ResumeCounter:
    counter: str


@dataclass(frozen=True, slots=True)
class CloseCounter:
    counter: str


@dataclass(frozen=True, slots=True)
class TakeOver:
    """Become the officer of a counter that another has open."""

    counter: str


@dataclass(frozen=True, slots=True)
class SummonOfficer:
    """Call the officer of a counter, for a reason from the site's list."""

    counter: str
    reason: str


@dataclass(frozen=True, slots=True)
class AskForHelp:
    counter: str


@dataclass(frozen=True, slots=True)
class AnswerCall:
    """The officer answers the summons to their counter, a supervisor the cry for help from it."""

    counter: str


@dataclass(frozen=True, slots=True)
class NoticeOfficer:
    """The system notices that `officer` has vanished from a counter, or is heard of again."""

    counter: str
    officer: str
    is_heard: bool


@dataclass(frozen=True, slots=True)
class CallNext:
    counter: str


@dataclass(frozen=True, slots=True)
class CallTicket:
    """Call a chosen ticket: one that waits, or again one that this counter parked, missed or finished."""

    counter: str
    ticket: str


@dataclass(frozen=True, slots=True)
class RecallTicket:
    ticket: str


@dataclass(frozen=True, slots=True)
class StartService:
    ticket: str


@dataclass(frozen=True, slots=True)
class FinishService:
    ticket: str
    outcome: str = "done"
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ParkTicket:
    """Set a ticket aside, and free the counter; `minutes` from now its officer is reminded."""

    ticket: str
    reason: str
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class UnparkTicket:
    ticket: str


@dataclass(frozen=True, slots=True)
class UndoTicket:
    """Take back the last call, no-show or finish, as long as it was a moment ago."""

    ticket: str


@dataclass(frozen=True, slots=True)
class AddService:
    """Lead the visit on to `queue`, under the same number, once the present service is finished."""

    ticket: str
    queue: str


@dataclass(frozen=True, slots=True)
class WriteNote:
    """What the next officer should know; an empty note erases the one before."""

    ticket: str
    note: str


@dataclass(frozen=True, slots=True)
class MarkNoShow:
    ticket: str


@dataclass(frozen=True, slots=True)
class ReturnTicket:
    """Put a called or served ticket back in its old place, one that missed its call where the rule says."""

    ticket: str


@dataclass(frozen=True, slots=True)
class TransferTicket:
    """Send a ticket to another queue, or to one counter; it keeps its number, and its place is by rule."""

    ticket: str
    queue: str | None = None
    counter: str | None = None


@dataclass(frozen=True, slots=True)
class CancelTicket:
    ticket: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class CloseQueue:
    """Give no more numbers for `queue` today."""

    queue: str


@dataclass(frozen=True, slots=True)
class OpenQueue:
    """Give numbers for `queue` again, without a limit."""

    queue: str


@dataclass(frozen=True, slots=True)
class LimitQueue:
    """Give at most `numbers` more for `queue` today."""

    queue: str
    numbers: int


@dataclass(frozen=True, slots=True)
class CloseDay:
    """End the open service day: what still waits expires, every counter closes."""


CounterCommand = (
    OpenCounter
    | PauseCounter
    | ResumeCounter
    | CloseCounter
    | TakeOver
    | SummonOfficer
    | AskForHelp
    | AnswerCall
    | NoticeOfficer
    | CallNext
)
TicketCommand = (
    RecallTicket
    | StartService
    | FinishService
    | MarkNoShow
    | ReturnTicket
    | ParkTicket
    | UnparkTicket
    | UndoTicket
    | AddService
    | WriteNote
    | TransferTicket
    | CancelTicket
)
QueueCommand = CloseQueue | OpenQueue | LimitQueue
Command = (
    IssueTicket
    | AdoptTicket
    | ReprintSlip
    | CounterCommand
    | CallTicket
    | TicketCommand
    | QueueCommand
    | CloseDay
)
