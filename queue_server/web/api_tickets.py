"""The API's tickets: issuing one, reading it, and the verbs of its life."""

from __future__ import annotations

from ..app.access import Role
from ..core.commands import (
    CancelTicket,
    Command,
    FinishService,
    IssueTicket,
    MarkNoShow,
    RecallTicket,
    ReturnTicket,
    StartService,
    TransferTicket,
)
from ..core.refusals import Code
from ..core.site import ORDINARY
from . import schemas
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
    body=schemas.NewTicket,
    answers={201: schemas.Ticket},
    refusals=(
        Code.UNKNOWN_QUEUE,
        Code.UNKNOWN_SERVICE,
        Code.UNKNOWN_CLASS,
        Code.UNKNOWN_LANGUAGE,
        Code.OUTSIDE_HOURS,
        Code.NUMBERS_USED_UP,
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
    "/tickets/{ticket}/recall", who=COUNTER_STAFF, body=schemas.Nothing, answers=_TICKET, refusals=_COMMON
)
def recall_ticket(building: Building, asked: Asked) -> Reply:
    """Call again the ticket that was called and has not come."""
    return _do(building, asked, RecallTicket(asked.path["ticket"]))


@table.post(
    "/tickets/{ticket}/start", who=COUNTER_STAFF, body=schemas.Nothing, answers=_TICKET, refusals=_COMMON
)
def start_service(building: Building, asked: Asked) -> Reply:
    """The citizen has come to the counter: service begins."""
    return _do(building, asked, StartService(asked.path["ticket"]))


@table.post(
    "/tickets/{ticket}/finish", who=COUNTER_STAFF, body=schemas.Finish, answers=_TICKET, refusals=_COMMON
)
def finish_service(building: Building, asked: Asked) -> Reply:
    """Service is over. `outcome` is "done" where none is given."""
    wanted = asked.body
    return _do(building, asked, FinishService(asked.path["ticket"], wanted.outcome or "done", wanted.note))


@table.post(
    "/tickets/{ticket}/no-show", who=COUNTER_STAFF, body=schemas.Nothing, answers=_TICKET, refusals=_COMMON
)
def mark_no_show(building: Building, asked: Asked) -> Reply:
    """The called citizen did not come."""
    return _do(building, asked, MarkNoShow(asked.path["ticket"]))


@table.post(
    "/tickets/{ticket}/return", who=COUNTER_STAFF, body=schemas.Nothing, answers=_TICKET, refusals=_COMMON
)
def return_ticket(building: Building, asked: Asked) -> Reply:
    """Put a called or served ticket back in its old place in the line."""
    return _do(building, asked, ReturnTicket(asked.path["ticket"]))


@table.post(
    "/tickets/{ticket}/transfer",
    who=COUNTER_STAFF,
    body=schemas.Transfer,
    answers=_TICKET,
    refusals=(*_COMMON, Code.UNKNOWN_QUEUE, Code.UNKNOWN_COUNTER, Code.SAME_PLACE, Code.ONE_TARGET),
)
def transfer_ticket(building: Building, asked: Asked) -> Reply:
    """Send a ticket to another queue, or to one counter. It keeps its number and its seniority."""
    return _do(building, asked, TransferTicket(asked.path["ticket"], asked.body.queue, asked.body.counter))


@table.post(
    "/tickets/{ticket}/cancel", who=COUNTER_STAFF, body=schemas.Cancel, answers=_TICKET, refusals=_COMMON
)
def cancel_ticket(building: Building, asked: Asked) -> Reply:
    """Take a ticket out of the line for good."""
    return _do(building, asked, CancelTicket(asked.path["ticket"], asked.body.reason))
