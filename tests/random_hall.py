"""A hall under random orders, for tests of what must hold whatever people do."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from queue_server.core.commands import (
    AddService,
    AnswerCall,
    AskForHelp,
    CallNext,
    CallTicket,
    CancelTicket,
    CloseCounter,
    CloseQueue,
    Command,
    FinishService,
    LimitQueue,
    MarkNoShow,
    OpenCounter,
    OpenQueue,
    ParkTicket,
    PauseCounter,
    RecallTicket,
    ResumeCounter,
    ReturnTicket,
    StartService,
    SummonOfficer,
    TakeOver,
    TransferTicket,
    UndoTicket,
    UnparkTicket,
    WriteNote,
)
from queue_server.core.model import Actor, DeskState, TicketState
from queue_server.core.refusals import Refused
from tests.halls import SUPERVISOR, TestHall, officer

QUEUES = ("dat", "tu", "thue")
CLASSES = ("ordinary", "ordinary", "elderly", "merit")
Verb = Callable[[str], Command]


def _park(ticket: str) -> Command:
    return ParkTicket(ticket, "copy", 10)


def _next_stop(ticket: str) -> Command:
    return AddService(ticket, "tu")


def _note(ticket: str) -> Command:
    return WriteNote(ticket, f"về {ticket[-2:]}")


_CALLED: tuple[Verb, ...] = (
    *(StartService, StartService, StartService, RecallTicket, MarkNoShow, MarkNoShow),
    *(ReturnTicket, CancelTicket, UndoTicket, _park, _note),
)
_SERVING: tuple[Verb, ...] = (
    *(FinishService, FinishService, FinishService, ReturnTicket, CancelTicket, _park, _next_stop),
)
_OFF_DESK: tuple[Verb, ...] = (UnparkTicket, ReturnTicket, UndoTicket)
_ANY = (*_CALLED, *_SERVING, *_OFF_DESK)


class RandomHall:
    """Orders that are mostly sensible and sometimes not; refusals are part of it.

    `minutes`: how much time may pass between two of them. `counters` are those of the hall's site.
    """

    def __init__(
        self, hall: TestHall, chance: random.Random, minutes: tuple[float, ...] = (0, 0.1, 1, 7)
    ) -> None:
        self.hall = hall
        self.counters = [counter.id for counter in hall.site.counters]
        self.minutes = minutes
        self.chance = chance
        self.tickets: list[str] = []

    def begin(self) -> None:
        """A few people take numbers, and most counters open."""
        self.tickets += [self.hall.issue(queue) for queue in QUEUES]
        for counter in self.counters[:-2]:
            self.hall.do(OpenCounter(counter), officer(counter))

    def step(self) -> None:
        """One random order; time passes."""
        self.hall.wait(self.chance.choice(self.minutes))
        try:
            self._order()
        except Refused:
            pass

    def _order(self) -> None:
        kind = self.chance.random()
        if kind < 0.2 or not self.tickets:
            queue, priority = self.chance.choice(QUEUES), self.chance.choice(CLASSES)
            origin = self.chance.choice(("k1", "k2", None))
            self.tickets.append(self.hall.issue(queue, priority, origin=origin))
        elif kind < 0.75:
            counter = self.chance.choice(self.counters)
            self.hall.do(self._at_counter(counter), self._officer(counter))
        elif kind < 0.85:
            self.hall.do(self._sending(self.chance.choice(self.tickets)))
        elif kind < 0.93:
            self.hall.do(self.chance.choice(_ANY)(self.chance.choice(self.tickets)))
        else:
            counter, queue = self.chance.choice(self.counters), self.chance.choice(QUEUES)
            self.hall.do(*self._leading(counter, queue))

    def _officer(self, counter: str) -> Actor:
        """Mostly the counter's own officer; else somebody else, who is refused, or who leads."""
        dice = self.chance.random()
        if dice < 0.1:
            return officer(self.chance.choice(self.counters))
        return SUPERVISOR if dice < 0.2 else officer(counter)

    def _leading(self, counter: str, queue: str) -> tuple[Command, Actor]:
        """What those who look after the hall do, and what officers ask of them."""
        return self.chance.choice(
            (
                (TakeOver(counter), SUPERVISOR),
                (SummonOfficer(counter, "come"), SUPERVISOR),
                (AnswerCall(counter), self._officer(counter)),
                (AskForHelp(counter), officer(counter)),
                (CloseQueue(queue), SUPERVISOR),
                (OpenQueue(queue), SUPERVISOR),
                (LimitQueue(queue, self.chance.randrange(4)), SUPERVISOR),
            )
        )

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
        verb: Verb = self.chance.choice(_CALLED if is_called else _SERVING)
        return verb(desk.ticket)

    def _sending(self, ticket: str) -> Command:
        return self.chance.choice(
            (
                TransferTicket(ticket, queue=self.chance.choice(QUEUES)),
                TransferTicket(ticket, counter=self.chance.choice(self.counters)),
                TransferTicket(ticket, counter=self.chance.choice(self.counters)),
                CallTicket(self.chance.choice(self.counters), ticket),
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
