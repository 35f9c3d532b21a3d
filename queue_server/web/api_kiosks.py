"""The API's side for kiosks that run by themselves: what they need to know, their reports, their numbers."""

from __future__ import annotations

from functools import partial

from ..app import faults
from ..app.access import Role
from ..app.kiosks import Settled
from ..core.commands import AdoptTicket
from ..core.refusals import Code, Refused
from ..core.site import ORDINARY
from . import bodies, kiosk_shapes, schemas
from .routes import API, ITSELF, Asked, Building, Reply, RouteTable

table = RouteTable("kiosks")

_OVERSEERS = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR, Role.VIEWER, Role.INTEGRATOR})


@table.get(
    "/kiosks/{kiosk}/faults",
    who=_OVERSEERS,
    query=bodies.FaultsQuery,
    answers={200: kiosk_shapes.Faults},
    refusals=(Code.UNKNOWN_KIOSK,),
)
def kiosk_faults(building: Building, asked: Asked) -> Reply:
    """What was wrong with a kiosk and its devices in the last days, the newest first, 200 at most."""
    wanted = partial(faults.history, asked.path["kiosk"], asked.query.days)
    return Reply(body=building.centre.view(wanted))


@table.get("/kiosk", who=ITSELF, answers={200: kiosk_shapes.KioskView}, refusals=(Code.UNKNOWN_KIOSK,))
def own_kiosk(building: Building, asked: Asked) -> Reply:
    """The kiosk that this token is for: its numbers, its row and the lines, as its live topic has them, and
    the copies that the staff wish from it."""
    subject = asked.principal.subject if asked.principal is not None else None
    if subject is None:
        raise Refused(Code.UNKNOWN_KIOSK, kiosk="")
    return Reply(body=building.centre.view_kiosk(subject))


@table.post(
    "/kiosks/{kiosk}/tickets",
    who=ITSELF,
    body=kiosk_shapes.GivenTicket,
    answers={200: schemas.Ticket},
    refusals=(
        Code.NOT_YOUR_NUMBER,
        Code.NUMBER_TAKEN,
        Code.UNKNOWN_QUEUE,
        Code.UNKNOWN_KIOSK,
        Code.DAY_NOT_OPEN,
        Code.KEY_REUSED,
    ),
)
def adopt_ticket(building: Building, asked: Asked) -> Reply:
    """Take over a number that the kiosk gave by itself while it could not reach the server. Once is once:
    the same `id` again changes nothing. Send the key of the touch: a ticket that the server made for the same
    touch, unheard, then shows as `key_reused`."""
    given, kiosk = asked.body, asked.path["kiosk"]
    command = AdoptTicket(
        given.id,
        given.secret,
        given.queue,
        given.number,
        round(given.taken_at.timestamp() * 1000),
        kiosk,
        given.service,
        given.priority or ORDINARY,
        given.language or "vi",
        given.instead_of,
    )
    ticket = building.centre.adopt(command, asked.actor, key=asked.key, fingerprint=asked.fingerprint)
    return Reply(200, ticket, (("Location", f"{API}/tickets/{given.id}"),))


@table.post(
    "/kiosks/{kiosk}/report",
    who=ITSELF,
    body=kiosk_shapes.Report,
    answers={200: kiosk_shapes.Heard},
    refusals=(Code.UNKNOWN_KIOSK,),
    remembers=False,
)
def report_kiosk(building: Building, asked: Asked) -> Reply:
    """Tell how the kiosk is: every ten seconds, and when something changes. What is new is journalled; after
    sixty seconds of silence the kiosk counts as silent and its printer as unknown."""
    told = asked.body
    slips = [Settled(slip.ticket, slip.outcome, slip.detail, slip.copy, slip.wish) for slip in told.slips]
    heard = building.centre.hear_kiosk(
        asked.path["kiosk"], told.printer, kiosk_shapes.facts_of(told), slips, asked.actor
    )
    return Reply(body=heard)
