"""The API's reading side: the site, services, boards, and what a slip's holder may see."""

from __future__ import annotations

from ..app.problems import Problem
from ..core.refusals import Code, Refused
from . import bodies, schemas, site_shapes
from .routes import BOARD_READERS, EVERYBODY, Asked, Building, Reply, RouteTable

table = RouteTable("hall")


@table.get("/site", who=EVERYBODY, answers={200: site_shapes.Site})
def site(building: Building, asked: Asked) -> Reply:
    """The centre: agencies, queues, classes, areas, counters, boards, kiosks, hours."""
    return Reply(body=building.centre.view_site())


@table.get("/sites", who=EVERYBODY, answers={200: site_shapes.Sites}, anywhere=True)
def sites(building: Building, asked: Asked) -> Reply:
    """The centres that this installation serves. Every address of one also stands under `/@` and its id."""
    return Reply(body={"sites": building.listing()})


@table.get(
    "/queues/{queue}/services",
    who=EVERYBODY,
    query=bodies.ServicesQuery,
    answers={200: site_shapes.Services},
    refusals=(Code.UNKNOWN_QUEUE,),
)
def services(building: Building, asked: Asked) -> Reply:
    """The procedures handled in a queue, in order; with `popular`, the most used ones."""
    try:
        return Reply(body=building.centre.view_services(asked.path["queue"], asked.query.popular))
    except Refused as refused:
        # The same refusal is about a field in POST /tickets, but here about the address.
        raise Problem(refused.refusal.code, refused.refusal.params, status=404) from None


@table.get("/track/{secret}", who=EVERYBODY, answers={200: schemas.Tracked}, refusals=(Code.UNKNOWN_TICKET,))
def track(building: Building, asked: Asked) -> Reply:
    """What the holder of a slip may know. The secret stands in the slip's QR code."""
    return Reply(body=building.centre.view_track(asked.path["secret"]))


@table.get(
    "/boards/{board}", who=BOARD_READERS, answers={200: schemas.BoardView}, refusals=(Code.UNKNOWN_BOARD,)
)
def board(building: Building, asked: Asked) -> Reply:
    """What a board shows now: the snapshot of its live topic, with `seq`."""
    return Reply(body=building.centre.view_board(asked.path["board"]))
