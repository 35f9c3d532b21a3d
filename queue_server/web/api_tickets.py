"""The API's tickets: issuing one, reading it, and the verbs of its life."""

from __future__ import annotations

from ..app.access import Role
from ..core.commands import (
    AddService,
    CancelTicket,
    Command,
    FinishService,
    IssueTicket,
    MarkNoShow,
    ParkTicket,
    RecallTicket,
    ReturnTicket,
    StartService,
    TransferTicket,
    UndoTicket,
    UnparkTicket,
    WriteNote,
)
from ..core.refusals import Code
from ..core.site import ORDINARY
from . import bodies, schemas
from .routes import API, COUNTER_STAFF, ISSUERS, TICKET_READERS, Asked, Building, Reply, RouteTable

table = RouteTable("tickets")

_COMMON = (Code.UNKNOWN_TICKET, Code.WRONG_STATE, Code.NOT_YOUR_TICKET, Code.KEY_REUSED)
_TICKET = {200: schemas.Ticket}


def _do(building: Building, asked: Asked, command: Command) -> Reply:
    done = building.centre.do(command, asked.actor, key=asked.key, fingerprint=asked.fingerprint)
    return Reply(body=done)


@table.post(
    "/tickets",
    who=ISSUERS,
    body=bodies.NewTicket,
    answers={201: schemas.Ticket},
    refusals=(
        Code.UNKNOWN_QUEUE,
        Code.UNKNOWN_SERVICE,
        Code.UNKNOWN_CLASS,
        Code.UNKNOWN_LANGUAGE,
        Code.OUTSIDE_HOURS,
        Code.NUMBERS_USED_UP,
        Code.QUEUE_CLOSED,
        Code.QUEUE_FULL,
        Code.SLOT_OF_ANOTHER_DAY,
        Code.DAY_NOT_OPEN,
        Code.KEY_REUSED,
    ),
)
def issue_ticket(building: Building, asked: Asked) -> Reply:
    """Give a number. `tracking` is the path of the citizen's own page."""
    wanted, principal = asked.body, asked.principal
    command = IssueTicket(
        building.new_ticket(),
        building.new_secret(),
        wanted.queue,
        wanted.service,
        wanted.priority or ORDINARY,
        wanted.language or "vi",
        principal.subject if principal is not None and principal.role is Role.KIOSK else None,
        round(wanted.slot.timestamp() * 1000) if wanted.slot else None,
    )
    ticket = building.centre.do(command, asked.actor, key=asked.key, fingerprint=asked.fingerprint)
    place = ticket["id"] if ticket else command.ticket
    return Reply(201, ticket, (("Location", f"{API}/tickets/{place}"),))


@table.get(
    "/tickets/{ticket}", who=TICKET_READERS, answers={200: schemas.Ticket}, refusals=(Code.UNKNOWN_TICKET,)
)
def ticket(building: Building, asked: Asked) -> Reply:
    """A ticket: its state, its place, its likely wait."""
    return Reply(body=building.centre.view_ticket(asked.path["ticket"]))


@table.post(
    "/tickets/{ticket}/recall",
    who=COUNTER_STAFF,
    body=bodies.Nothing,
    answers=_TICKET,
    refusals=(*_COMMON, Code.RECALL_TOO_SOON),
)
def recall_ticket(building: Building, asked: Asked) -> Reply:
    """Call again the ticket that was called and has not come."""
    return _do(building, asked, RecallTicket(asked.path["ticket"]))


@table.post(
    "/tickets/{ticket}/start", who=COUNTER_STAFF, body=bodies.Nothing, answers=_TICKET, refusals=_COMMON
)
def start_service(building: Building, asked: Asked) -> Reply:
    """The citizen has come to the counter: service begins."""
    return _do(building, asked, StartService(asked.path["ticket"]))


@table.post(
    "/tickets/{ticket}/finish",
    who=COUNTER_STAFF,
    body=bodies.Finish,
    answers=_TICKET,
    refusals=(*_COMMON, Code.UNKNOWN_REASON),
)
def finish_service(building: Building, asked: Asked) -> Reply:
    """Service is over. `outcome` is "done" where none is given. A visit with a further stop goes on there."""
    wanted = asked.body
    return _do(building, asked, FinishService(asked.path["ticket"], wanted.outcome or "done", wanted.note))


@table.post(
    "/tickets/{ticket}/no-show",
    who=COUNTER_STAFF,
    body=bodies.Nothing,
    answers=_TICKET,
    refusals=(*_COMMON, Code.TOO_FEW_CALLS),
)
def mark_no_show(building: Building, asked: Asked) -> Reply:
    """The called citizen did not come, though called as often as the rule asks for."""
    return _do(building, asked, MarkNoShow(asked.path["ticket"]))


@table.post(
    "/tickets/{ticket}/return",
    who=COUNTER_STAFF,
    body=bodies.Nothing,
    answers=_TICKET,
    refusals=(*_COMMON, Code.GRACE_OVER, Code.GRACE_USED, Code.UNKNOWN_QUEUE),
)
def return_ticket(building: Building, asked: Asked) -> Reply:
    """Put a called or served ticket back in its old place in the line, or let one that missed its call come
    back, once, where the rule says."""
    return _do(building, asked, ReturnTicket(asked.path["ticket"]))


@table.post(
    "/tickets/{ticket}/undo",
    who=COUNTER_STAFF,
    body=bodies.Nothing,
    answers=_TICKET,
    refusals=(
        *_COMMON,
        Code.UNDO_TOO_LATE,
        Code.COUNTER_BUSY,
        Code.COUNTER_CLOSED,
        Code.COUNTER_PAUSED,
    ),
)
def undo_ticket(building: Building, asked: Asked) -> Reply:
    """Take back a call, a no-show or a finish of a moment ago: see `undo_until`."""
    return _do(building, asked, UndoTicket(asked.path["ticket"]))


@table.post(
    "/tickets/{ticket}/park",
    who=COUNTER_STAFF,
    body=bodies.Park,
    answers=_TICKET,
    refusals=(*_COMMON, Code.UNKNOWN_REASON),
)
def park_ticket(building: Building, asked: Asked) -> Reply:
    """Set a ticket aside, with a reason and perhaps a reminder; the counter is free for others."""
    return _do(building, asked, ParkTicket(asked.path["ticket"], asked.body.reason, asked.body.minutes))


@table.post(
    "/tickets/{ticket}/unpark",
    who=COUNTER_STAFF,
    body=bodies.Nothing,
    answers=_TICKET,
    refusals=(*_COMMON, Code.UNKNOWN_QUEUE),
)
def unpark_ticket(building: Building, asked: Asked) -> Reply:
    """Put a parked ticket back in its line, where the rule says."""
    return _do(building, asked, UnparkTicket(asked.path["ticket"]))


@table.post(
    "/tickets/{ticket}/services",
    who=COUNTER_STAFF,
    body=bodies.NextStop,
    answers=_TICKET,
    refusals=(*_COMMON, Code.UNKNOWN_QUEUE, Code.ALREADY_PLANNED),
)
def add_service(building: Building, asked: Asked) -> Reply:
    """Lead the visit on: once finished here, the same number waits at the next agency."""
    return _do(building, asked, AddService(asked.path["ticket"], asked.body.queue))


@table.post("/tickets/{ticket}/note", who=COUNTER_STAFF, body=bodies.Note, answers=_TICKET, refusals=_COMMON)
def write_note(building: Building, asked: Asked) -> Reply:
    """What the next officer should know. Notes are kept for 30 days and never stand in the journal."""
    return _do(building, asked, WriteNote(asked.path["ticket"], asked.body.text))


@table.post(
    "/tickets/{ticket}/transfer",
    who=COUNTER_STAFF,
    body=bodies.Transfer,
    answers=_TICKET,
    refusals=(*_COMMON, Code.UNKNOWN_QUEUE, Code.UNKNOWN_COUNTER, Code.SAME_PLACE, Code.ONE_TARGET),
)
def transfer_ticket(building: Building, asked: Asked) -> Reply:
    """Send a ticket to another queue, or to one counter. It keeps its number; its place is by the rule."""
    return _do(building, asked, TransferTicket(asked.path["ticket"], asked.body.queue, asked.body.counter))


@table.post(
    "/tickets/{ticket}/cancel",
    who=COUNTER_STAFF,
    body=bodies.Cancel,
    answers=_TICKET,
    refusals=(*_COMMON, Code.UNKNOWN_REASON),
)
def cancel_ticket(building: Building, asked: Asked) -> Reply:
    """Take a ticket out of the line for good."""
    return _do(building, asked, CancelTicket(asked.path["ticket"], asked.body.reason))
