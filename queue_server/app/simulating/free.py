"""Runs a day with counters that call as soon as they are free: for other numbers of them, and for traces.

Here a service belongs to the citizen: it lasts as long at whatever counter, whenever it begins. A discrete-
event simulation: the only moments looked at are those at which somebody comes, gives up or is done, or a
counter opens or closes.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ...core.model import Desk, DeskState, Ticket, TicketState
from ...core.rule import Rule
from ...core.site import Site
from .lines import Waiting
from .outcome import Diary, Outcome
from .rules import Choosing


@dataclass(frozen=True, slots=True)
class Leg:
    """One stay in a line and the visit to a counter after it (ms). `patience_ms`: gives up after so long a
    wait.

    `gap_ms`: from the end of the visit until they stand in the line of the next leg. `begins_anew`: they
    came into this line behind everybody else, not by the time they had waited already.
    """

    queue: str
    service_ms: int
    patience_ms: int | None = None
    gap_ms: int = 0
    begins_anew: bool = False


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who came: `ticket` as issued (`issued_at` is the arrival, `since` the seniority), `legs` in
    their order, at least one."""

    ticket: Ticket
    legs: tuple[Leg, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A counter that is staffed from `opens` to `closes` (epoch ms; None: as long as anybody comes).

    It ends the visit it has begun; where no other counter serves a queue, it also serves who still waits
    there.
    """

    counter: str
    opens: int
    closes: int | None


_OPEN, _DONE, _COME, _CLOSE, _GIVE_UP = range(5)
"""What comes first within one millisecond. Whoever can be called at the moment of giving up is called."""


def run_free(site: Site, visitors: Iterable[Visitor], spans: Iterable[Span], rule: Rule | None) -> Outcome:
    """The day of `site` (whose counters say which queues they serve) under `rule`; None: the site's own."""
    return _FreeDay(site, list(visitors), list(spans), rule).run()


class _FreeDay:
    def __init__(
        self, site: Site, visitors: Sequence[Visitor], spans: Sequence[Span], rule: Rule | None
    ) -> None:
        self._choosing = Choosing(site, rule)
        self._site = site
        self._serving: dict[str, list[str]] = {}
        for counter in site.counters:
            for queue in counter.serves:
                self._serving.setdefault(queue, []).append(counter.id)
        self._waiting = Waiting()
        self._desks: dict[str, Desk] = {}
        self._closing: set[str] = set()
        self._free_since: dict[str, tuple[int, int]] = {}
        self._visitors = {visitor.ticket.id: visitor for visitor in visitors}
        self._leg: dict[str, int] = {}
        self._at: dict[str, str] = {}
        self._diary = Diary()
        self._now = self._count = 0
        self._events: list[tuple[int, int, int, str, int]] = []
        for visitor in sorted(visitors, key=lambda one: (one.ticket.issued_at, one.ticket.seq)):
            self._push(visitor.ticket.issued_at, _COME, visitor.ticket.id, 0)
        for span in spans:
            self._push(span.opens, _OPEN, span.counter)
            if span.closes is not None:
                self._push(span.closes, _CLOSE, span.counter)

    def run(self) -> Outcome:
        while self._events:
            self._now, kind, _, name, leg = heapq.heappop(self._events)
            if kind == _COME:
                self._come(name, leg)
            elif kind == _DONE:
                self._done(name)
            elif kind == _OPEN:
                self._open(name)
            elif kind == _CLOSE:
                self._closing.add(name)
                self._dispatch(name)
            elif name in self._waiting and self._leg[name] == leg:
                self._waiting.leave(name)
                self._diary.gone(name, self._now)
        return self._diary.close(self._now)

    def _push(self, at: int, kind: int, name: str, leg: int = 0) -> None:
        self._count += 1
        heapq.heappush(self._events, (at, kind, self._count, name, leg))

    def _come(self, name: str, leg: int) -> None:
        visitor = self._visitors[name]
        part = visitor.legs[leg]
        self._leg[name] = leg
        row = replace(visitor.ticket, queue=part.queue, only_counter="", state=TicketState.WAITING)
        if part.begins_anew:
            row = replace(row, since=self._now)
        self._waiting.join(row)
        self._diary.joined(row, self._now)
        if part.patience_ms is not None:
            self._push(self._now + part.patience_ms, _GIVE_UP, name, leg)
        free = [one for one in self._serving.get(part.queue, ()) if one in self._free_since]
        for counter in sorted(free, key=lambda one: self._free_since[one]):
            if self._dispatch(counter):
                return

    def _open(self, counter: str) -> None:
        self._closing.discard(counter)
        if counter not in self._desks or self._desks[counter].state is not DeskState.OPEN:
            self._desks[counter] = Desk(counter, DeskState.OPEN, counter, self._now)
            self._diary.opened(counter, self._now)
            self._set_free(counter)
        self._dispatch(counter)

    def _done(self, counter: str) -> None:
        name = self._at.pop(counter)
        self._diary.done(counter, self._now)
        visitor, leg = self._visitors[name], self._leg[name] + 1
        gap = visitor.legs[leg - 1].gap_ms if leg < len(visitor.legs) else None
        if gap == 0:  # in the next line before anybody is called
            self._come(name, leg)
        elif gap is not None:
            self._push(self._now + gap, _COME, name, leg)
        self._set_free(counter)
        self._dispatch(counter)

    def _set_free(self, counter: str) -> None:
        self._count += 1
        self._free_since[counter] = (self._now, self._count)

    def _dispatch(self, counter: str) -> bool:
        """Let a free counter call, or close where its time is over; whether it called."""
        if counter not in self._free_since:
            return False
        only: list[str] = []
        if counter in self._closing:
            only = [queue for queue in self._site.counter[counter].serves if self._is_last(counter, queue)]
            if not only:
                self._close(counter)
                return False
        ticket = self._choosing.choose(self._waiting, self._desks, counter, self._now, only)
        if ticket is None:
            if counter in self._closing:
                self._close(counter)
            return False
        self._waiting.leave(ticket.id)
        del self._free_since[counter]
        self._at[counter] = ticket.id
        self._diary.called(ticket, counter, self._now)
        leg = self._visitors[ticket.id].legs[self._leg[ticket.id]]
        self._push(self._now + leg.service_ms, _DONE, counter)
        return True

    def _is_last(self, counter: str, queue: str) -> bool:
        return not any(
            one != counter
            and one not in self._closing
            and one in self._desks
            and self._desks[one].state is DeskState.OPEN
            for one in self._serving[queue]
        )

    def _close(self, counter: str) -> None:
        self._desks[counter] = Desk(counter, DeskState.CLOSED, None, self._now)
        self._closing.discard(counter)
        self._free_since.pop(counter, None)
        self._diary.closed(counter, self._now)
