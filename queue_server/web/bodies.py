"""The shapes of what is asked, from which validation and the OpenAPI document are made."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct, field

from .schemas import Id, TicketId

NoteText = Annotated[str, Meta(max_length=500, pattern="^[^\\u0000-\\u001f\\u007f]*$")]


class Request(Struct, forbid_unknown_fields=True):
    """A request's body: a field that is not listed is refused."""


class Nothing(Request):
    """No fields. The body may be `{}` or missing."""


class NewTicket(Request):
    queue: Id
    service: Id | None = None
    priority: Id | None = field(default=None, name="class")
    language: Annotated[str, Meta(pattern="^[a-z]{2,3}$", examples=["vi"])] | None = None
    slot: (
        Annotated[datetime, Meta(tz=True, description="The time of an appointment today, RFC 3339.")] | None
    ) = None


class Listed(Request):
    """One of the site's reasons."""

    reason: Id


class Park(Request):
    reason: Id
    minutes: Annotated[int, Meta(ge=1, le=480, description="When to remind the officer.")] | None = None


class NextStop(Request):
    queue: Id


class Note(Request):
    """What the next officer should know; an empty text erases it."""

    text: NoteText


class Assignment(Request):
    queues: Annotated[list[Id], Meta(min_length=1, max_length=50)]
    helps: Annotated[list[Id], Meta(max_length=50)] = []


class Limit(Request):
    numbers: Annotated[int, Meta(ge=0, le=9999, description="How many more may be given today.")]


class ChosenTicket(Request):
    ticket: TicketId


class Reprint(Request):
    kiosk: Id | None = None


class Finish(Request):
    outcome: Id | None = None
    note: NoteText | None = None


class Cancel(Request):
    reason: Id | None = None


class Transfer(Request):
    """Exactly one of the two."""

    queue: Id | None = None
    counter: Id | None = None


class LabelQuery(Request):
    label: Annotated[str, Meta(max_length=12, pattern="^[0-9A-Za-z]*$", examples=["A012"])] = ""


class FaultsQuery(Request):
    days: Annotated[int, Meta(ge=1, le=31, description="Today and the days before it.")] = 7


class ServicesQuery(Request):
    popular: Annotated[int, Meta(ge=1, le=50, description="Only so many, the most used first.")] | None = None
