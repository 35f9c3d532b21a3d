"""What the writer still knows of a site from its last transaction, so that it need not be read again.

Every change of a hall has its entry in the journal, written in the same transaction. So while the head of the
journal is still the one that was left behind, no row of the hall can differ: one small statement vouches for
all that is remembered, whichever process wrote last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Generic, Protocol, TypeVar, cast

from ..core.commands import Command
from ..core.model import Actor, Changes, Day, Desk, Device, Line, LineKey, Tally, Ticket, TicketState
from ..core.site import Site
from .ports import Record, Writing

MOST_TICKETS = 2_000
"""How many tickets are remembered: those of the last minutes are asked for again, older ones hardly."""

_WRITES = frozenset("remember forget_answers keep_note forget_notes set_cursor owe claim settle".split())
"""What else writes, and changes no row that is remembered."""

_V = TypeVar("_V")


class _Shelf(Generic[_V]):
    """Values by key, as far as they are known: None stands for one that there is not."""

    def __init__(self, key: Callable[[Any], str]) -> None:
        self._key = key
        self._is_whole = False
        self.values: dict[str, _V | None] = {}

    def some(self, keys: Iterable[str] | None, read: Callable[[Iterable[str] | None], list[_V]]) -> list[_V]:
        """The values of `keys` (None: all there are); what is not known yet is read."""
        if keys is None:
            if not self._is_whole:
                self.values, self._is_whole = {self._key(value): value for value in read(None)}, True
            return [value for value in self.values.values() if value is not None]
        keys = tuple(keys)
        if not self._is_whole and (missing := [key for key in keys if key not in self.values]):
            self.values.update(dict.fromkeys(missing))
            self.values.update((self._key(value), value) for value in read(missing))
        found = map(self.values.get, keys)
        return [value for value in found if value is not None]


class Memory:
    """The rows of one site as they stood at `head`; None and what is absent is not known."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        self.head: tuple[int, str] | None = None
        self.described: tuple[int, Site] | None = None
        self.days: list[Day | None] = []
        self.desks: _Shelf[Desk] = _Shelf(lambda desk: desk.id)
        self.tallies: _Shelf[Tally] = _Shelf(lambda tally: tally.queue)
        self.devices: _Shelf[Device] = _Shelf(lambda device: device.id)
        self.lines: dict[str, dict[LineKey, Line]] = {}
        self.firsts: dict[str, dict[LineKey, Ticket]] = {}
        """By queue, all of its lines in which somebody waits, each with its first."""
        self.first_in: dict[str, str] = {}
        """The queue in a line of which a ticket is the first."""
        self.tickets: dict[str, Ticket] = {}

    def keep(self, changes: Changes) -> None:
        """Take over the rows that were just written."""
        self.desks.values.update(changes.desks)
        self.tallies.values.update(changes.tallies)
        self.devices.values.update(changes.devices)
        for key, line in changes.lines.items():
            if key.queue in self.lines:
                self.lines[key.queue][key] = line
        for ticket in changes.tickets.values():
            self.note(ticket)
            self._replace_first(ticket)
        if changes.days:
            self.days.clear()

    def note(self, ticket: Ticket) -> None:
        if len(self.tickets) >= MOST_TICKETS:
            self.tickets.clear()
        self.tickets[ticket.id] = ticket

    def note_firsts(self, queues: Iterable[str], tickets: Iterable[Ticket]) -> None:
        """`tickets` are the firsts of all lines of `queues`."""
        for queue in queues:
            self.firsts[queue] = {}
        for ticket in tickets:
            self.firsts[ticket.queue][ticket.line] = ticket
            self.first_in[ticket.id] = ticket.queue

    def _replace_first(self, ticket: Ticket) -> None:
        """Who was the first of a line leaves one behind that is not known; who joins may be the first."""
        left = self.first_in.pop(ticket.id, None)
        if left is not None:
            for gone in self.firsts.pop(left, {}).values():
                self.first_in.pop(gone.id, None)
        firsts = self.firsts.get(ticket.queue)
        if firsts is None or ticket.state is not TicketState.WAITING:
            return
        first = firsts.get(ticket.line)
        if first is None or (ticket.since, ticket.seq) < (first.since, first.seq):
            if first is not None:
                del self.first_in[first.id]
            firsts[ticket.line] = ticket
            self.first_in[ticket.id] = ticket.queue


class Ordered(Protocol):
    """An order, as far as it can be told what it needs: see write_path.Order."""

    @property
    def command(self) -> Command: ...
    @property
    def actor(self) -> Actor: ...
    @property
    def key(self) -> str | None: ...


class Spoiled(Exception):
    """Something failed after it had written, in a transaction that cannot undo a part of itself."""


class _Remembering:
    """A transaction that reads only what `memory` does not hold, and keeps in it what it writes."""

    def __init__(self, inner: Writing, memory: Memory, is_bold: bool, orders: Iterable[Ordered]) -> None:
        for order in orders:
            inner.foresee(order.actor.id, order.key, order.command)
        self._inner = inner
        self._memory = memory
        self._is_bold = is_bold
        self._written = 0
        self.news: list[Record] = []
        memory.described = None  # a description may be put in force without an entry of its own
        head = inner.head()
        if memory.head != head:
            memory.forget()
            memory.head = head

    def site(self) -> tuple[int, Site] | None:
        if self._memory.described is None:
            self._memory.described = self._inner.site()
        return self._memory.described

    def head(self) -> tuple[int, str]:
        if self._memory.head is None:
            self._memory.head = self._inner.head()
        return self._memory.head

    def day(self) -> Day | None:
        if not self._memory.days:
            self._memory.days.append(self._inner.day())
        return self._memory.days[0]

    def ticket(self, ticket_id: str) -> Ticket | None:
        known = self._memory.tickets.get(ticket_id)
        if known is None and (known := self._inner.ticket(ticket_id)) is not None:
            self._memory.note(known)
        return known

    def desks(self, counters: Iterable[str] | None = None) -> list[Desk]:
        return self._memory.desks.some(counters, self._inner.desks)

    def tallies(self, queues: Iterable[str] | None = None) -> list[Tally]:
        return self._memory.tallies.some(queues, self._inner.tallies)

    def devices(self) -> list[Device]:
        return self._memory.devices.some(None, lambda _: self._inner.devices())

    def lines(self, queues: Iterable[str] | None = None) -> list[Line]:
        if queues is None:
            return self._inner.lines()
        queues, lines = tuple(queues), self._memory.lines
        if missing := [queue for queue in queues if queue not in lines]:
            lines.update((queue, {}) for queue in missing)
            for line in self._inner.lines(missing):
                lines[line.key.queue][line.key] = line
        return [line for queue in queues for line in lines[queue].values()]

    def heads(self, queues: Iterable[str]) -> list[Ticket]:
        queues, firsts = tuple(queues), self._memory.firsts
        if missing := [queue for queue in queues if queue not in firsts]:
            self._memory.note_firsts(missing, self._inner.heads(missing))
        return [ticket for queue in queues for ticket in firsts[queue].values()]

    def save(self, changes: Changes) -> None:
        self._written += 1
        self._inner.save(changes)
        self._memory.keep(changes)

    def append(self, records: Sequence[Record], tickets: Sequence[str | None]) -> None:
        self._written += 1
        self._inner.append(records, tickets)
        self.news.extend(records)
        if records:
            self._memory.head = (records[-1].seq, records[-1].hash)

    def __getattr__(self, name: str) -> Any:
        if name in _WRITES:
            self._written += 1
        return getattr(self._inner, name)

    def describe(self, version: int, site: Site, at: int) -> None:
        self._written += 1
        self._inner.describe(version, site, at)
        self._memory.described = None

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        before, told = self._written, len(self.news)
        try:
            if self._is_bold:
                yield
            else:
                with self._inner.savepoint():
                    yield
        except BaseException as error:
            if self._written != before:
                self._memory.forget()
                del self.news[told:]
                if self._is_bold:
                    raise Spoiled from error
            raise


class Remembering(Writing, Protocol):
    """A transaction that also knows what it has added to the journal."""

    news: list[Record]


def remembering(
    transaction: Writing, memory: Memory, *, is_bold: bool = False, orders: Iterable[Ordered] = ()
) -> Remembering:
    """The same transaction, which need not read what `memory` still knows. Forget all where it fails.

    `orders` are those that will come: what they need of a store that is far away is asked for in one go.
    A bold one makes no savepoints, which cost as much as what they guard; it raises Spoiled where it would
    have needed one, and has to be done again.
    """
    return cast(Remembering, _Remembering(transaction, memory, is_bold, orders))
