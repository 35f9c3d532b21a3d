"""The shapes of answers, from which the OpenAPI document is made; bodies.py has those of requests."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field

ID = "^[a-z0-9][a-z0-9._-]{0,39}$"
Id = Annotated[str, Meta(pattern=ID, max_length=40, examples=["land-1"])]
TicketId = Annotated[str, Meta(pattern="^[0-9a-f]{32}$", examples=["5f0c9a3e7b1d4f6289ab0c1d2e3f4a5b"])]
# Anything that can stand in one line of text. (The reader refuses halves of surrogate pairs everywhere.)
Words = Annotated[str, Meta(min_length=1, max_length=200, pattern="^[^\\u0000-\\u001f\\u007f]*$")]
Text = Annotated[dict[str, str], Meta(description="By language code: {vi, en}.")]
Time = Annotated[
    str, Meta(description="RFC 3339 with the site's offset", examples=["2026-11-23T08:45:00.123+07:00"])
]
Date = Annotated[str, Meta(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$", examples=["2026-11-23"])]
Count = Annotated[int, Meta(ge=0)]
Rows = dict[str, dict[str, Any]]
Arrow = Literal["left", "right", "ahead", "up-left", "up-right", "back"]
TicketState = Literal["waiting", "called", "serving", "finished", "no_show", "parked", "cancelled", "expired"]


class Problem(Struct):
    """A problem document (RFC 9457). `code` is for programs, `detail` for people."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    params: dict[str, Any]
    instance: Annotated[str, Meta(description="An error's name in the server's log.")] | None = None


class Estimate(Struct):
    low: Count
    high: Count


class Parked(Struct):
    counter: str
    reason: str
    since: Time
    remind_at: Time | None


class Grace(Struct):
    """Whoever missed their call may come back until then, or for so many more calls of the queue."""

    until: Time
    tickets: Count


class Ticket(Struct):
    id: TicketId
    label: str
    number: Count
    queue: str
    agency: str
    service: str | None
    class_: str = field(name="class")
    language: str
    state: TicketState
    day: Date
    issued_at: Time
    called_at: Time | None
    started_at: Time | None
    ended_at: Time | None
    counter: str | None
    calls: Count
    ahead: Count
    estimate: Estimate | None
    counters: list[str]
    origin: str | None
    slot: Annotated[Time, Meta(description="The time of the appointment.")] | None
    parked: Parked | None
    then: Annotated[list[str], Meta(description="The queues that the visit still leads to.")]
    undo_until: Annotated[Time, Meta(description="Until when the last act may be undone.")] | None
    grace: Grace | None
    slip: str | None = None
    tracking: (
        Annotated[str, Meta(description="The citizen's page; only in the answer to the issuer.")] | None
    ) = None


class CounterName(Struct):
    id: str
    number: str


class Call(Struct):
    ticket: Ticket
    counter: CounterName
    reason: Annotated[dict[str, Any], Meta(description="rule, words {vi, en}, and the figures of the pick")]


class Officer(Struct):
    id: str
    name: Annotated[str | None, Meta(description="Where it is known.")] = None


class Summons(Struct):
    reason: str
    at: Time


class Gate(Struct):
    """Whether a queue gives numbers today, up to which (`limit`), and the last one given."""

    queue: str
    gate: Literal["open", "closed"]
    limit: Count | None
    given: Count


class Counter(Struct):
    id: str
    number: str
    state: Literal["closed", "open", "paused"]
    officer: Officer | None
    since: Time | None
    reason: str | None
    away: Annotated[bool, Meta(description="Nothing has been heard of the officer's page for a while.")]
    summons: Summons | None
    help_asked_at: Time | None
    queues: list[str]
    helps: Annotated[list[str], Meta(description="Served only while nobody waits in `queues`.")]
    ticket: Ticket | None


class TrackedCounter(Struct):
    counter: str
    area: Text
    direction: Text
    arrow: Arrow


class TrackedArea(Struct):
    name: Text
    direction: Text
    arrow: Arrow


class Tracked(Struct):
    """What the holder of a slip may know: the least that their page needs."""

    label: str
    state: TicketState
    centre: Text
    agency: Text
    counter: TrackedCounter | None
    areas: list[TrackedArea]
    ahead: Count
    estimate: Estimate | None
    day: Date
    issued_at: Time
    called_at: Time | None
    grace: Annotated[Grace, Meta(description="While a missed number may still come back.")] | None
    then: Annotated[list[Text], Meta(description="The agencies that the visit still leads to.")]
    topic: str
    seq: Count


class BoardView(Struct):
    """The snapshot of a board's live topic, true up to journal entry `seq`: key → row in each collection."""

    seq: Count
    board: Rows
    calls: Rows
    lines: Rows
    announcements: Rows


class CounterView(Struct):
    """The snapshot of a counter's live topic: key → row in each collection."""

    counter: Rows
    ticket: Rows
    next: Rows
    lines: Rows
    recent: Rows
    parked: Rows
