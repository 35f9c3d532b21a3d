"""A hall under random orders, for tests of what must hold whatever people do."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from queue_server.core.commands import (
    CallNext,
    CallTicket,
    CancelTicket,
    CloseCounter,
    Command,
    FinishService,
    MarkNoShow,
    OpenCounter,
    PauseCounter,
    RecallTicket,
    ResumeCounter,
    ReturnTicket,
    StartService,
    TransferTicket,
)
from queue_server.core.model import DeskState, TicketState
from queue_server.core.refusals import Refused
from tests.halls import TestHall

COUNTERS = ("c1", "c2", "c3", "c4")
QUEUES = ("dat", "tu", "thue")
CLASSES = ("ordinary", "ordinary", "elderly", "merit")
_CALLED = (StartService, StartService, StartService, RecallTicket, MarkNoShow, ReturnTicket, CancelTicket)
_SERVING = (FinishService, FinishService, FinishService, ReturnTicket, CancelTicket)
_ANY = (*_CALLED, *_SERVING)


class RandomHall:
    """Orders that are mostly sensible and sometimes not; refusals are part of it.

    `minutes`: how much time may pass between two of them.
    """

    def __init__(
        self, hall: TestHall, chance: random.Random, minutes: tuple[float, ...] = (0, 0.1, 1, 7)
    ) -> None:
        self.hall = hall
        self.minutes = minutes
        self.chance = chance
        self.tickets: list[str] = []

    def step(self) -> None:
        """One random order; time passes."""
        self.hall.wait(self.chance.choice(self.minutes))
        try:
            self._order()
        except Refused:
            pass

    def _order(self) -> None:
        kind = self.chance.random()
        if kind < 0.3 or not self.tickets:
            queue, priority = self.chance.choice(QUEUES), self.chance.choice(CLASSES)
            origin = self.chance.choice(("k1", "k2", None))
            self.tickets.append(self.hall.issue(queue, priority, origin=origin))
        elif kind < 0.8:
            self.hall.do(self._at_counter(self.chance.choice(COUNTERS)))
        elif kind < 0.92:
            self.hall.do(self._sending(self.chance.choice(self.tickets)))
        else:
            self.hall.do(self.chance.choice(_ANY)(self.chance.choice(self.tickets)))

    def _at_counter(self, counter: str) -> Command:
        """What an officer may do there, as things stand."""
        desk, unusual = self.hall.desk(counter), self.chance.random() < 0.15
        if desk.state is DeskState.CLOSED:
            return OpenCounter(counter)
        if desk.state is DeskState.PAUSED:
            return CloseCounter(counter) if unusual else ResumeCounter(counter)
        if desk.ticket is None:
            away = (CloseCounter(counter), PauseCounter(counter, "break"))
            return self.chance.choice(away) if unusual else CallNext(counter)
        if unusual:
            return self._sending(desk.ticket) if self.chance.random() < 0.6 else CloseCounter(counter)
        is_called = self.hall.ticket(desk.ticket).state is TicketState.CALLED
        verb: Callable[[str], Command] = self.chance.choice(_CALLED if is_called else _SERVING)
        return verb(desk.ticket)

    def _sending(self, ticket: str) -> Command:
        return self.chance.choice(
            (
                TransferTicket(ticket, queue=self.chance.choice(QUEUES)),
                TransferTicket(ticket, counter=self.chance.choice(COUNTERS)),
                TransferTicket(ticket, counter=self.chance.choice(COUNTERS)),
                CallTicket(self.chance.choice(COUNTERS), ticket),
                CancelTicket(ticket),
            )
        )


def applied(rows: dict[str, Any], change: tuple[Any, Any] | None) -> dict[str, Any]:
    """What a screen holds that had `rows` and gets `change`."""
    after = {collection: dict(kept) for collection, kept in rows.items()}
    put, drop = change or ({}, {})
    for collection, new in put.items():
        after.setdefault(collection, {}).update(new)
    for collection, keys in drop.items():
        for key in keys:
            after.get(collection, {}).pop(key, None)
    return after
