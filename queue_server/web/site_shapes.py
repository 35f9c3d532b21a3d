"""The shapes of a centre's description, as the API gives it."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from .schemas import Arrow, Count, Date, Text


class Hours(Struct):
    weekday: Annotated[int, Meta(ge=0, le=6, description="0 is Monday.")]
    from_: str = field(name="from")
    to: str


class Centre(Struct):
    id: str
    name: Text


class Sites(Struct):
    sites: list[Centre]


class Agency(Struct):
    id: str
    code: str
    chip: str
    name: Text
    about: Text
    group: str


class Group(Struct):
    id: str
    name: Text


class Queue(Struct):
    id: str
    agency: str
    prefix: str
    width: Annotated[int, Meta(ge=1, description="How many digits a number has at least.")]
    name: Text
    areas: list[str]
    counters: list[str]


class PriorityClass(Struct):
    id: str
    name: Text
    about: Text
    rate: float


class Area(Struct):
    id: str
    name: Text
    direction: Text
    arrow: Arrow


class CounterFacts(Struct):
    id: str
    number: str
    area: str
    queues: list[str]


class ReasonFacts(Struct):
    id: str
    name: Text


class Reasons(Struct):
    """What people choose from, each in the order in which it is offered."""

    pause: list[ReasonFacts]
    park: list[ReasonFacts]
    cancel: list[ReasonFacts]
    outcome: list[ReasonFacts]
    summon: list[ReasonFacts]


class RuleFacts(Struct):
    target_minutes: Count
    service_minutes: Count
    recall_seconds: Count
    calls_before_no_show: Count
    undo_seconds: Count
    grace_minutes: Count
    grace_tickets: Count


class BoardFacts(Struct):
    id: str
    name: Text
    areas: list[str]


class KioskFacts(Struct):
    """`offline_first` to `offline_last` are the numbers of each queue that the kiosk alone gives; 0: none."""

    id: str
    name: Text
    offline_first: Count
    offline_last: Count
    without_paper: Annotated[
        Literal["screen", "close"], Meta(description="What it does while it cannot print.")
    ]


class Holiday(Struct):
    date: Date
    name: Text


class Site(Struct):
    id: str
    name: Text
    slogan: Text
    public_url: str
    timezone: str
    languages: list[str]
    day: Date
    open: bool
    notice: Literal["outside_hours", "holiday"] | None
    hours: list[Hours]
    outside_hours: Annotated[Literal["refuse", "warn"], Meta(description="What happens outside them.")]
    holidays: list[Holiday]
    agencies: list[Agency]
    groups: list[Group]
    queues: list[Queue]
    classes: list[PriorityClass]
    areas: list[Area]
    counters: list[CounterFacts]
    boards: list[BoardFacts]
    kiosks: list[KioskFacts]
    reasons: Reasons
    rule: RuleFacts


class Service(Struct):
    id: str
    name: Text
    field: str
    days: str
    fee: str


class Services(Struct):
    services: list[Service]
    total: Count
