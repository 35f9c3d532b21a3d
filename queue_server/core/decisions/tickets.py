"""What an officer does with a ticket at the desk, from its recall to its end, and taking that back."""

from __future__ import annotations

from .. import events as e
from ..commands import (
    CancelTicket,
    FinishService,
    MarkNoShow,
    RecallTicket,
    ReturnTicket,
    StartService,
    UndoTicket,
    WriteNote,
)
from ..lifecycle import forbids
from ..model import Actor, Hall, Ticket, TicketState
from ..refusals import Code, Refusal
from .desks import authority, busy, not_open
from .placing import comeback, is_of_the_past, line_is_gone, seniority
from .reach import Outcome, at_desk, on_ticket
from .reasons import unlisted


@at_desk
def recall(hall: Hall, command: RecallTicket, ticket: Ticket, counter: str, now: int) -> Outcome:
    silent_ms = hall.site.rule.recall_seconds * 1000 - (now - (ticket.rang_at or 0))
    if 0 < silent_ms <= hall.site.rule.recall_seconds * 1000:  # a clock that was set back forbids nothing
        return Refusal(Code.RECALL_TOO_SOON, {"label": ticket.label, "seconds": -(-silent_ms // 1000)})
    return (e.TicketRecalled(ticket.id, counter, ticket.calls + 1),)


@at_desk
def start(hall: Hall, command: StartService, ticket: Ticket, counter: str, now: int) -> Outcome:
    return (e.ServiceStarted(ticket.id, counter),)


@at_desk
def finish(hall: Hall, command: FinishService, ticket: Ticket, counter: str, now: int) -> Outcome:
    """Finish the service; where the visit leads on, the same number waits at its next stop."""
    if refusal := unlisted(hall, "outcome", command.outcome):
        return refusal
    noted = () if command.note is None else (_noted(ticket, command.note),)
    finished = e.ServiceFinished(ticket.id, counter, command.outcome)
    stop = next((queue for queue in ticket.stops if queue in hall.site.queue), None)
    if stop is None:
        return (*noted, finished)
    since = seniority(hall, hall.site.rule.next_place, ticket, stop, "", now)
    return (*noted, finished, e.VisitContinued(ticket.id, counter, ticket.queue, stop, since))


@at_desk
def no_show(hall: Hall, command: MarkNoShow, ticket: Ticket, counter: str, now: int) -> Outcome:
    needed = hall.site.rule.calls_before_no_show
    if ticket.calls < needed:
        facts = {"label": ticket.label, "calls": ticket.calls, "needed": needed}
        return Refusal(Code.TOO_FEW_CALLS, facts)
    return (e.TicketNoShow(ticket.id, counter),)


@on_ticket
def put_back(hall: Hall, command: ReturnTicket, ticket: Ticket, now: int) -> Outcome:
    if refusal := line_is_gone(hall, ticket):
        return refusal
    if ticket.state is not TicketState.NO_SHOW:
        return (e.TicketReturned(ticket.id, ticket.counter),)
    if refusal := comeback(hall, ticket, now):
        return refusal
    place = hall.site.rule.grace_place
    since = seniority(hall, place, ticket, ticket.queue, ticket.only_counter, now)
    return (e.TicketReturned(ticket.id, ticket.counter, since),)


def undo(hall: Hall, command: UndoTicket, actor: Actor, now: int) -> Outcome:
    """Take back a call, a no-show or a finish of a moment ago; only at the counter where it was done."""
    ticket = hall.tickets.get(command.ticket)
    if ticket is None:
        return Refusal(Code.UNKNOWN_TICKET)
    if refusal := forbids(UndoTicket, ticket.state, ticket.label):
        return refusal
    counter = ticket.counter or ""
    if authority(hall, counter, actor):
        return Refusal(Code.NOT_YOUR_TICKET, {"label": ticket.label})
    was_called = ticket.state is TicketState.CALLED
    if not was_called and (refusal := not_open(hall, counter) or busy(hall, counter)):
        return refusal
    done_at = (ticket.called_at if was_called else ticket.ended_at) or 0
    seconds = hall.site.rule.undo_seconds
    # An end without a call before it is one that came back when the call of it was taken back.
    is_settled = not was_called and ticket.before is None
    if is_settled or is_of_the_past(hall, ticket) or now - done_at > seconds * 1000:
        return Refusal(Code.UNDO_TOO_LATE, {"label": ticket.label, "seconds": seconds})
    if was_called:
        back_to = ticket.before or TicketState.WAITING.value
    else:
        back_to = (TicketState.CALLED if ticket.state is TicketState.NO_SHOW else TicketState.SERVING).value
    return (e.TicketUndone(ticket.id, counter, back_to),)


@on_ticket
def cancel(hall: Hall, command: CancelTicket, ticket: Ticket, now: int) -> Outcome:
    if refusal := unlisted(hall, "cancel", command.reason):
        return refusal
    return (e.TicketCancelled(ticket.id, ticket.counter, command.reason),)


@on_ticket
def note(hall: Hall, command: WriteNote, ticket: Ticket, now: int) -> Outcome:
    return (_noted(ticket, command.note),)


def _noted(ticket: Ticket, words: str) -> e.NoteWritten:
    return e.NoteWritten(ticket.id, erased=not words.strip())
