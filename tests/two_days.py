"""Two days of a hall in which every statement of a store is used, for looking at how each finds its rows."""

from __future__ import annotations

from typing import Any

from queue_server.app.relay import entries_after
from queue_server.app.views import topics
from queue_server.app.views.touched import touched_by
from queue_server.core.commands import (
    CallNext,
    CancelTicket,
    CloseCounter,
    FinishService,
    OpenCounter,
    StartService,
    TransferTicket,
)
from tests.halls import TestHall
from tests.sites import DAY


def live_two_days(hall: TestHall) -> None:
    """Everything that people, officers and screens ask of a store."""
    for _ in range(2):
        with hall.store.reading(hall.site.id) as reading:
            begun = max(reading.head()[0], 2)
        tickets = [hall.issue("dat", origin="k1") for _ in range(4)]
        hall.do(OpenCounter("c1"), key=f"open {hall.now}", fingerprint="f")
        hall.do(OpenCounter("c2"))
        for ticket in tickets[:2]:
            hall.do(CallNext("c1"))
            hall.do(StartService(ticket))
            hall.do(FinishService(ticket))
        hall.do(CallNext("c2"))
        hall.do(TransferTicket(tickets[3], counter="c1"))
        hall.do(CancelTicket(tickets[3]))
        hall.do(CloseCounter("c2"))
        _look(hall, tickets[2], begun)
        hall.now += DAY


def _look(hall: TestHall, ticket: str, begun: int) -> None:
    secret = hall.ticket(ticket).secret
    with hall.store.writing(hall.site.id) as transaction:
        transaction.due("slip", "k1", hall.now, 1)
    hall.store.heads()
    hall.store.site_of_secret(secret)
    with hall.store.reading(hall.site.id) as reading:
        touched = touched_by(reading, entries_after(reading, begun, 500))
        for topic in (
            "board:main",
            "board:b",
            "counter:c1",
            "kiosk:k1",
            f"site:{hall.site.id}",
            f"ticket:{secret}",
        ):
            topics.snapshot(reading, hall.site, topic, hall.now)
            topics.change(reading, hall.site, topic, touched, hall.now)
        reading.journal_of(ticket)
        reading.last_called(9, ["c1", "c2"])
        found: Any = reading.ticket(ticket)
        reading.next_in_line(found)
        reading.ahead_of(found)
