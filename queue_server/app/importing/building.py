"""From checked tables to the frozen facts of a site."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from queue_server.app.importing.reading import Item
from queue_server.app.importing.tables import Tables
from queue_server.app.importing.values import DAYS
from queue_server.core.calling_rule import CallingRule
from queue_server.core.reasons import Reason
from queue_server.core.site import (
    Agency,
    Area,
    Board,
    Counter,
    Group,
    Holiday,
    Kiosk,
    Opening,
    PriorityClass,
    Queue,
    Right,
    Service,
    Site,
)

_Fact = TypeVar("_Fact")
_Values = dict[str, object]


def build(tables: Tables) -> Site:
    """Only for tables in which nothing was found wrong."""
    lists = tables.lists
    agencies = tuple(_each(lists["agencies"], _made(Agency)))
    by_id = {agency.id: agency for agency in agencies}
    queues = tuple(_each(lists["queues"], lambda values: _queue(values, by_id)))
    pace = {queue.id: queue.service_minutes for queue in queues}
    make: Callable[..., Site] = Site
    return make(
        **tables.site.values,
        hours=_openings(lists["hours"]),
        holidays=tuple(sorted(_each(lists["holidays"], _made(Holiday)), key=lambda holiday: holiday.date)),
        classes=tuple(_each(lists["classes"], _made(PriorityClass))),
        groups=tuple(_each(lists["groups"], _made(Group))),
        agencies=agencies,
        queues=queues,
        services=tuple(_each(lists["services"], lambda values: _service(values, pace))),
        areas=tuple(_each(lists["areas"], _made(Area))),
        counters=tuple(_each(lists["counters"], _counter)),
        boards=tuple(_each(lists["boards"], _made(Board))),
        kiosks=tuple(_each(lists["kiosks"], _made(Kiosk))),
        reasons=tuple(_each(lists["reasons"], _made(Reason))),
        rights=tuple(_each(lists["rights"], _made(Right))),
        rule=_made(CallingRule)(dict(tables.rule.values)),
    )


def _each(items: Iterable[Item], make: Callable[[_Values], _Fact]) -> Iterable[_Fact]:
    return (make(dict(item.values)) for item in items)


def _made(fact: Callable[..., _Fact]) -> Callable[[_Values], _Fact]:
    """For kinds whose keys bear the names of the fact's fields."""
    return lambda values: fact(**values)


def _queue(values: _Values, agencies: dict[str, Agency]) -> Queue:
    """A queue without a name or a prefix of its own bears its agency's."""
    agency = agencies[str(values["agency"])]
    make: Callable[..., Queue] = Queue
    minutes = values.pop("minutes")
    return make(
        **values
        | {
            "name": values["name"] or agency.name,
            "prefix": values["prefix"] or agency.chip,
            "service_minutes": minutes,
        }
    )


def _service(values: _Values, pace: dict[str, float]) -> Service:
    """A service without a duration takes as long as its queue does on the average."""
    make: Callable[..., Service] = Service
    return make(**values | {"minutes": values["minutes"] or pace[str(values["queue"])]})


def _counter(values: _Values) -> Counter:
    make: Callable[..., Counter] = Counter
    return make(**values | {"id": values["id"] or str(values["number"]).lower()})


def _openings(items: Iterable[Item]) -> tuple[Opening, ...]:
    found: list[Opening] = []
    for item in items:
        days, spans = item.values["days"], item.values["open"]
        if isinstance(days, tuple) and isinstance(spans, tuple):
            found += [Opening(DAYS.index(day), *span) for day in days for span in spans]
    return tuple(sorted(found, key=lambda opening: (opening.weekday, opening.start)))
