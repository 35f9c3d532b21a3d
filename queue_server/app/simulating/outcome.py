"""What became of everybody on a day, recorded or simulated: calls, stays in line, the counters' time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from ...core.model import Ticket

Fate = Literal["called", "abandoned", "left"]
"""How a stay in a line ended: called to a counter, gone before, or still there at the end of the day."""


@dataclass(frozen=True, slots=True)
class Call:
    """A ticket was called to a counter at `at` (epoch ms)."""

    at: int
    counter: str
    ticket: str
    label: str


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay of a ticket in one line. Times are epoch ms.

    `since` with `seq` is its seniority there, `joined` when it came (again), `ended` when it was called,
    went or the day was over, `turn` the place of that end among all ends of the day. `first`: not a stay
    after a return.
    """

    ticket: str
    queue: str
    priority: str
    since: int
    seq: int
    joined: int
    ended: int
    turn: int
    fate: Fate
    first: bool

    @property
    def waited(self) -> int:
        return self.ended - self.joined


@dataclass(frozen=True, slots=True)
class DeskTime:
    """How long a counter was open, and how much of that somebody stood at it (ms)."""

    counter: str
    open_ms: int
    busy_ms: int

    @property
    def idle_ms(self) -> int:
        return max(0, self.open_ms - self.busy_ms)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A whole day: `calls` in their order, `stays` in the order in which they ended."""

    calls: tuple[Call, ...]
    stays: tuple[Stay, ...]
    desks: tuple[DeskTime, ...]


class Diary:
    """Notes what happens and gives the day's outcome at its end."""

    def __init__(self) -> None:
        self._calls: list[Call] = []
        self._ended: list[Stay] = []
        self._standing: dict[str, Stay] = {}
        self._seen: set[str] = set()
        self._opened: dict[str, int] = {}
        self._called: dict[str, int] = {}
        self._open_ms: dict[str, int] = {}
        self._stood: dict[str, dict[int, int]] = {}  # counter → when somebody came → when they left

    def joined(self, ticket: Ticket, at: int) -> None:
        """A ticket stands in a line, newly or in another than before."""
        earlier = self._standing.get(ticket.id)
        self._standing[ticket.id] = Stay(
            ticket=ticket.id,
            queue=ticket.queue,
            priority=ticket.priority,
            since=ticket.since,
            seq=ticket.seq,
            joined=earlier.joined if earlier else at,
            ended=at,
            turn=0,
            fate="left",
            first=earlier.first if earlier else ticket.id not in self._seen,
        )
        self._seen.add(ticket.id)

    def called(self, ticket: Ticket, counter: str, at: int) -> None:
        self._calls.append(Call(at, counter, ticket.id, ticket.label))
        self._end(ticket.id, "called", at)
        self._called[counter] = at

    def gone(self, ticket: str, at: int) -> None:
        """A waiting ticket gave up or was taken out."""
        self._end(ticket, "abandoned", at)

    def done(self, counter: str, at: int) -> None:
        """Whoever stood at the counter has left it."""
        self._stood.setdefault(counter, {})[self._called.pop(counter, at)] = at

    def resumed(self, counter: str, begun: int) -> None:
        """Who came at `begun` and was said to have left stands there still."""
        self._called[counter] = begun

    def opened(self, counter: str, at: int) -> None:
        self._opened.setdefault(counter, at)

    def closed(self, counter: str, at: int) -> None:
        """The counter closed or paused."""
        begun = self._opened.pop(counter, at)
        self._open_ms[counter] = self._open_ms.get(counter, 0) + at - begun

    def close(self, at: int) -> Outcome:
        """The day is over at `at`: whoever still stands in a line is left."""
        for counter in list(self._called):
            self.done(counter, max(at, self._called[counter]))
        for counter in list(self._opened):
            self.closed(counter, max(at, self._opened[counter]))
        for ticket in list(self._standing):
            self._end(ticket, "left", max(at, self._standing[ticket].joined))
        counters = sorted(self._open_ms.keys() | self._stood.keys())
        desks = tuple(DeskTime(one, self._open_ms.get(one, 0), self._busy_ms(one)) for one in counters)
        return Outcome(tuple(self._calls), tuple(self._ended), desks)

    def _busy_ms(self, counter: str) -> int:
        return sum(left - came for came, left in self._stood.get(counter, {}).items())

    def _end(self, ticket: str, fate: Fate, at: int) -> None:
        stay = self._standing.pop(ticket)
        self._ended.append(replace(stay, ended=at, turn=len(self._ended), fate=fate))
