"""A site's small tables, kept from one transaction to the next for as long as nobody changes them.

Every transaction that changes them also counts up `head.changes`, under the site's lock. So whoever reads
that count in a transaction knows which state its snapshot shows: what was once read at the same count is what
it would read now. A lost connection throws all of it away: the server that comes back may be a restored one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from ..core.model import Changes, Day, Desk, Device, Line, LineKey, Tally, Ticket, TicketState

Heads = dict[str, dict[LineKey, Ticket]]


@dataclass(slots=True)
class Rows:
    """The tables themselves: what is in here is never changed, only replaced."""

    day: Day | None
    desks: dict[str, Desk]
    lines: dict[LineKey, Line]
    tallies: dict[str, Tally]
    devices: dict[str, Device]

    def after(self, changes: Changes) -> Rows:
        newest = max(changes.days.values(), key=lambda day: day.date, default=None)
        return Rows(
            newest if newest and (self.day is None or newest.date >= self.day.date) else self.day,
            {**self.desks, **changes.desks} if changes.desks else self.desks,
            {**self.lines, **changes.lines} if changes.lines else self.lines,
            {**self.tallies, **changes.tallies} if changes.tallies else self.tallies,
            {**self.devices, **changes.devices} if changes.devices else self.devices,
        )


@dataclass(slots=True)
class KeptHall:
    """A site after so many `changes`: what was looked at. `heads` knows all lines of each queue in it."""

    changes: int = 0
    seq: int = 0
    hash: str = ""
    version: int | None = None
    rows: Rows | None = None
    heads: Heads = field(default_factory=dict)

    def own(self) -> KeptHall:
        """One to change, that nobody else sees."""
        return replace(self, heads=dict(self.heads))

    def unknown(self, queues: Iterable[str]) -> list[str]:
        """Those of `queues` whose heads were not looked at."""
        return [queue for queue in queues if queue not in self.heads]

    def seat(self, ticket: Ticket) -> None:
        """Bring the heads of the lines up to date with a ticket as it is now."""
        for queue, known in list(self.heads.items()):
            for key, head in known.items():
                if head.id == ticket.id and not _stays(head, key, ticket):
                    del self.heads[queue]  # who is next there is not known
                    break
        lines = self.heads.get(ticket.queue)
        if lines is not None and ticket.state is TicketState.WAITING:
            first = lines.get(ticket.line)
            if first is None or _seniority(ticket) <= _seniority(first):
                self.heads[ticket.queue] = {**lines, ticket.line: ticket}


class KeptHalls:
    """The newest that is known of each site. Shared by threads: entries are replaced whole."""

    def __init__(self) -> None:
        self._halls: dict[str, KeptHall] = {}

    def at(self, site: str, row: tuple[Any, ...] | None) -> KeptHall:
        """The hall as it was when its row of `head` was (changes, seq, hash, version)."""
        hall = KeptHall(*row) if row else KeptHall()
        known = self._halls.get(site)
        if known is not None and (known.changes, known.hash) == (hall.changes, hall.hash):
            return known
        if known is None or known.changes < hall.changes:
            self._halls[site] = hall
        return hall

    def newest(self, site: str) -> KeptHall:
        """The newest that is known, which may be out of date."""
        return self._halls.get(site) or KeptHall()

    def put(self, site: str, hall: KeptHall) -> None:
        """What now stands, committed."""
        self._halls[site] = hall

    def forget(self) -> None:
        self._halls = {}


def _stays(head: Ticket, key: LineKey, ticket: Ticket) -> bool:
    still = ticket.state is TicketState.WAITING and ticket.line == key
    return still and _seniority(ticket) == _seniority(head)


def _seniority(ticket: Ticket) -> tuple[int, int]:
    return (ticket.since, ticket.seq)
