"""Runs a recorded day again at its own pace: every counter calls when it really called, the rule says whom.

What is kept from the record: arrivals, opening and closing of counters, the moments of calling, how long each
visit at a counter took and how it ended (finished, no-show, transfer to another queue), and the tickets
that an officer chose by hand. So two rules differ by nothing but the order; the work done by any minute is
the same.
"""

from __future__ import annotations

import heapq
from collections import deque
from dataclasses import replace

from ...core.model import Desk, DeskState, Ticket, TicketState
from ...core.rule import Rule
from .lines import Waiting
from .outcome import Diary, Outcome
from .rules import Choosing
from .script import (
    ComesBack,
    DeskStands,
    Goes,
    Happening,
    Joins,
    Moves,
    Place,
    RecordedDay,
    Redescribed,
    Stint,
)

_LATE = 1 << 62
"""In the place of a journal seq: after everything that is recorded for that millisecond."""

_Event = tuple[int, int, int, Happening | Stint]


def run_paced(recorded: RecordedDay, rule: Rule | None) -> Outcome:
    """The day under `rule`, None for the rule it was run under."""
    return _PacedDay(recorded, rule).run()


class _PacedDay:
    def __init__(self, recorded: RecordedDay, rule: Rule | None) -> None:
        self._recorded = recorded
        self._choosing = Choosing(recorded.site, rule, recorded.day)
        self._waiting = Waiting()
        self._desks: dict[str, Desk] = {}
        self._here: dict[str, tuple[Stint, Ticket]] = {}
        self._due: dict[str, deque[Stint]] = {}
        self._people: dict[int, Ticket] = {}
        self._coming: dict[int, Place] = {}
        self._away: dict[str, Ticket] = {}
        self._diary = Diary()
        self._now = recorded.happenings[0][0] if recorded.happenings else recorded.end
        self._count = 0
        self._events: list[_Event] = []
        for at, seq, what in recorded.happenings:
            self._push(at, seq, what)
        for stint in recorded.stints:
            self._push(stint.at, stint.seq, stint)

    def run(self) -> Outcome:
        while self._events:
            self._now, _, _, what = heapq.heappop(self._events)
            if isinstance(what, Stint):
                self._at_desk(what)
            else:
                self._happen(what)
                self._catch_up()
        return self._diary.close(max(self._recorded.end, self._now))

    def _push(self, at: int, seq: int, what: Happening | Stint) -> None:
        self._count += 1
        heapq.heappush(self._events, (at, seq, self._count, what))

    def _happen(self, what: Happening) -> None:
        if isinstance(what, Joins):
            self._join(what.ticket)
        elif isinstance(what, Goes):
            if what.ticket in self._waiting:
                self._away[what.ticket] = self._waiting.leave(what.ticket)
                self._diary.gone(what.ticket, self._now)
        elif isinstance(what, Moves):
            if what.to.row.id in self._waiting:
                self._join(_placed(self._waiting.leave(what.to.row.id), what.to))
        elif isinstance(what, ComesBack):
            self._come_back(what)
        elif isinstance(what, DeskStands):
            self._stand(what.desk)
        else:
            assert isinstance(what, Redescribed)
            self._choosing.describe(what.site)

    def _join(self, ticket: Ticket) -> None:
        waiting = replace(ticket, state=TicketState.WAITING, counter=None)
        self._waiting.join(waiting)
        self._diary.joined(waiting, self._now)

    def _come_back(self, what: ComesBack) -> None:
        """Who left earlier joins again; one who is late and still at a counter does so when they leave it."""
        if what.stint is None:
            person = self._away.pop(what.to.row.id, None)
        else:
            person = self._people.get(what.stint)
            if person is not None and any(here[0].index == what.stint for here in self._here.values()):
                self._coming[what.stint] = what.to
                return
        if person is not None:
            self._join(_placed(person, what.to))

    def _stand(self, desk: Desk) -> None:
        before = self._desks.get(desk.id)
        if before is None or before.state is DeskState.CLOSED:
            self._choosing.opens(desk.id)
        self._desks[desk.id] = desk
        if desk.state is DeskState.OPEN:
            self._diary.opened(desk.id, self._now)
        else:
            self._diary.closed(desk.id, self._now)

    def _at_desk(self, stint: Stint) -> None:
        """A stint is due, or over."""
        here = self._here.get(stint.counter)
        if here is None or here[0] is not stint:
            self._due.setdefault(stint.counter, deque()).append(stint)
            self._call(stint.counter)
            return
        ticket = self._here.pop(stint.counter)[1]
        self._diary.done(stint.counter, self._now)
        back = stint.back or self._coming.pop(stint.index, None)
        if back is not None:
            self._join(_placed(ticket, back))
        self._catch_up()

    def _catch_up(self) -> None:
        """Calls that were due while a counter was busy, or nobody waited for it."""
        for counter in sorted(counter for counter, due in self._due.items() if due):
            while self._due[counter] and self._call(counter):
                pass

    def _call(self, counter: str) -> bool:
        """Carry out the oldest call that is due at `counter`, if it can be; whether it was."""
        desk = self._desks.get(counter)
        if counter in self._here or desk is None or desk.state is not DeskState.OPEN:
            return False
        stint = self._due[counter][0]
        ticket = self._waiting.get(stint.ticket) if stint.chosen else None
        if ticket is not None:
            self._choosing.named(ticket, counter)
        else:
            ticket = self._choosing.choose(self._waiting, self._desks, counter, self._now)
        if ticket is None:
            return False
        self._due[counter].popleft()
        self._waiting.leave(ticket.id)
        self._here[counter] = (stint, ticket)
        self._people[stint.index] = ticket
        self._diary.called(ticket, counter, self._now)
        if stint.end_at is not None:
            on_time = self._now == stint.at
            end = stint.end_at if on_time else self._now + stint.end_at - stint.at
            self._push(end, stint.end_seq if on_time else _LATE, stint)
        return True


def _placed(person: Ticket, place: Place) -> Ticket:
    """`person` in the place that the record gives: that very row, where it is the same person."""
    row = place.row
    if person.id == row.id:
        return row
    if place.keeps_seniority:
        return replace(person, queue=row.queue, only_counter=row.only_counter)
    return replace(person, queue=row.queue, only_counter=row.only_counter, since=row.since, seq=row.seq)
