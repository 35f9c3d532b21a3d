"""Which rows a run of journal entries may have changed: what the live topics send again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ...core import events as e
from ...core.events import Entry
from ...core.model import Ticket
from ..ports import Reading

ANNOUNCED = (e.TicketCalled, e.TicketRecalled, e.TicketTransferred, e.TicketNoShow)

TURNING = (e.DayOpened, e.DayClosed, e.SiteDescribed, e.CentreRestored)
"""After these nothing on any screen is as it was."""


@dataclass
class Touched:
    """Rows by kind. `everything`: the page has turned, so only a whole snapshot will do.

    `queues` are those whose lines, estimates or next in line may differ; `called` the tickets that were
    called, or whose calls are over or undone: only these may come into or leave a list of calls.
    `doors`: the hours of service began or ended.
    """

    everything: bool = False
    tickets: dict[str, Ticket] = field(default_factory=dict)
    called: dict[str, Ticket] = field(default_factory=dict)
    counters: set[str] = field(default_factory=set)
    queues: set[str] = field(default_factory=set)
    kiosks: set[str] = field(default_factory=set)
    doors: bool = False
    announced: list[Entry] = field(default_factory=list)
    seq: int = 0
    """The newest of the entries."""

    def newer(self, reading: Reading) -> int:
        """How many entries there are since. Rows are read as they stand now: at the end of a short list some
        may be gone already because of those.
        """
        return max(0, reading.head()[0] - self.seq)


def touched_by(reading: Reading, entries: Iterable[Entry]) -> Touched:
    """What `entries` touched; tickets are read as they stand now."""
    touched = Touched()
    for entry in entries:
        event = entry.event
        touched.seq = entry.seq
        if isinstance(event, TURNING):
            touched.everything = True
        if isinstance(event, e.DoorsChanged):
            touched.doors = True
        if isinstance(event, ANNOUNCED):
            touched.announced.append(entry)
        _touch_ticket(reading, touched, getattr(event, "ticket", None))
        if counter := getattr(event, "counter", None):
            touched.counters.add(counter)
            touched.queues.update(_dependent(reading, counter))
            if ticket := touched.tickets.get(getattr(event, "ticket", "")):
                touched.called[ticket.id] = ticket
        touched.queues.update(filter(None, (getattr(event, "queue", None), getattr(event, "left", None))))
        # The kiosk that is about a slip or a printer, or at which a ticket was taken.
        if kiosk := getattr(event, "kiosk", None) or getattr(event, "origin", None):
            touched.kiosks.add(kiosk)
    touched.queues |= _beside(reading, touched.queues)
    return touched


def _touch_ticket(reading: Reading, touched: Touched, ticket_id: str | None) -> None:
    if ticket_id is None or ticket_id in touched.tickets:
        return
    ticket = reading.ticket(ticket_id)
    if ticket is not None:
        touched.tickets[ticket_id] = ticket
        touched.queues.add(ticket.queue)
        touched.counters.update(filter(None, (ticket.parked_by, ticket.counter)))


def _dependent(reading: Reading, counter: str) -> tuple[str, ...]:
    """The queues to which it means something that one counter is open, free or held for somebody: how many
    serve them, how long they take, and whether others may call whom they hold for it."""
    described = reading.site()
    spec = described[1].counter.get(counter) if described else None
    return spec.serves if spec else ()


def _beside(reading: Reading, queues: Iterable[str]) -> set[str]:
    """The queues that wait for the same counters: whether anybody waits in one tells on the others' waits."""
    described = reading.site()
    known = described[1].rivals_of if described else {}
    return {rival for queue in queues for rival in known.get(queue, ())}
