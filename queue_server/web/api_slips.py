"""The API's paper: a copy of a slip, for whoever lost it or got only half."""

from __future__ import annotations

from functools import partial

from ..app.views import printers
from ..core.commands import ReprintSlip
from ..core.refusals import Code
from . import bodies, kiosk_shapes, schemas
from .routes import COUNTER_STAFF, ITSELF, Asked, Building, Reply, RouteTable

table = RouteTable("slips")

_REFUSALS = (Code.UNKNOWN_TICKET, Code.WRONG_STATE, Code.UNKNOWN_KIOSK, Code.KEY_REUSED)


@table.get("/printers", who=COUNTER_STAFF, answers={200: kiosk_shapes.Printers})
def where_copies_print(building: Building, asked: Asked) -> Reply:
    """The kiosks where a copy can be printed now, and how their printers are."""
    return Reply(body=building.centre.view(printers.printers))


@table.get(
    "/tickets",
    who=COUNTER_STAFF,
    query=bodies.LabelQuery,
    answers={200: schemas.Ticket},
    refusals=(Code.UNKNOWN_TICKET,),
)
def ticket_by_label(building: Building, asked: Asked) -> Reply:
    """The number `label` among those who are in the hall or have just missed their call."""
    return Reply(body=building.centre.view(partial(printers.by_label, asked.query.label)))


@table.post(
    "/tickets/{ticket}/reprint",
    who=COUNTER_STAFF,
    body=bodies.Reprint,
    answers={200: schemas.Ticket},
    refusals=(*_REFUSALS, Code.NO_PRINTER),
)
def reprint_slip(building: Building, asked: Asked) -> Reply:
    """Print a copy of the slip, marked as one, at `kiosk` or else where the number was taken."""
    return _reprint(building, asked, ReprintSlip(asked.path["ticket"], asked.body.kiosk))


@table.post(
    "/kiosks/{kiosk}/copies",
    who=ITSELF,
    body=bodies.ChosenTicket,
    answers={200: schemas.Ticket},
    refusals=(*_REFUSALS, Code.NOT_YOUR_TICKET),
)
def copy_slip(building: Building, asked: Asked) -> Reply:
    """The citizen asks the kiosk for a copy of the slip of a number taken there. Where the kiosk prints by
    itself, this only writes down that it does."""
    return _reprint(building, asked, ReprintSlip(asked.body.ticket, asked.path["kiosk"]))


def _reprint(building: Building, asked: Asked, command: ReprintSlip) -> Reply:
    ticket = building.centre.do(command, asked.actor, key=asked.key, fingerprint=asked.fingerprint)
    return Reply(body=ticket)
