"""Which rows a run of journal entries may have changed: what the live topics send again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ...core import events as e
from ...core.events import Entry
from ...core.model import Ticket
from ..ports import Reading

ANNOUNCED = (e.TicketCalled, e.TicketRecalled, e.TicketTransferred, e.TicketNoShow)


@dataclass
class Touched:
    """Rows by kind. `everything`: the page has turned, so only a whole snapshot will do."""

    everything: bool = False
    tickets: dict[str, Ticket] = field(default_factory=dict)
    counters: set[str] = field(default_factory=set)
    queues: set[str] = field(default_factory=set)
    kiosks: set[str] = field(default_factory=set)
    announced: list[Entry] = field(default_factory=list)


def touched_by(reading: Reading, entries: Iterable[Entry]) -> Touched:
    """What `entries` touched; tickets are read as they stand now."""
    touched = Touched()
    for entry in entries:
        event = entry.event
        if isinstance(event, e.DayOpened | e.DayClosed | e.SiteDescribed):
            touched.everything = True
        if isinstance(event, ANNOUNCED):
            touched.announced.append(entry)
        _touch_ticket(reading, touched, getattr(event, "ticket", None))
        if counter := getattr(event, "counter", None):
            touched.counters.add(counter)
        touched.queues.update(filter(None, (getattr(event, "queue", None), getattr(event, "left", None))))
        if kiosk := getattr(event, "kiosk", None):
            touched.kiosks.add(kiosk)
    return touched


def _touch_ticket(reading: Reading, touched: Touched, ticket_id: str | None) -> None:
    if ticket_id is None or ticket_id in touched.tickets:
        return
    ticket = reading.ticket(ticket_id)
    if ticket is not None:
        touched.tickets[ticket_id] = ticket
        touched.queues.add(ticket.queue)
