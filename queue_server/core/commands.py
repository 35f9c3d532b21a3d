"""What people and devices may ask of a hall, as imperatives."""

from __future__ import annotations

from dataclasses import dataclass

from .site import ORDINARY


@dataclass(frozen=True, slots=True)
class IssueTicket:
    """Give a number. The caller makes the ids: `ticket` is 32 hex digits, `secret` opens its page."""

    ticket: str
    secret: str
    queue: str
    service: str | None = None
    priority: str = ORDINARY
    language: str = "vi"
    origin: str | None = None


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
class CallNext:
    counter: str


@dataclass(frozen=True, slots=True)
class CallTicket:
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
class MarkNoShow:
    ticket: str


@dataclass(frozen=True, slots=True)
class ReturnTicket:
    """Put a called or served ticket back in its old place."""

    ticket: str


@dataclass(frozen=True, slots=True)
class TransferTicket:
    """Send a ticket to another queue, or to one counter; it keeps its number and its seniority."""

    ticket: str
    queue: str | None = None
    counter: str | None = None


@dataclass(frozen=True, slots=True)
class CancelTicket:
    ticket: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class CloseDay:
    """End the open service day: what still waits expires, every counter closes."""


CounterCommand = OpenCounter | PauseCounter | ResumeCounter | CloseCounter | CallNext
TicketCommand = (
    RecallTicket | StartService | FinishService | MarkNoShow | ReturnTicket | TransferTicket | CancelTicket
)
Command = IssueTicket | CounterCommand | CallTicket | TicketCommand | CloseDay
