"""What must be true when the day is over: nothing lost, nothing twice, every screen as the server has it."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from ..core.site import Site
from .connection import Connection
from .ledger import Given, Ledger
from .phones import Phone
from .screens import BoardScreen, Screen
from .sites import Keys

PATIENCE = 20.0
"""Seconds that a screen may take to come to rest: far more than the beat by which it finds a gap."""

_LOOK = 0.5

_ESTIMATES = ("low", "high")
"""What is reckoned anew at each look, so it is true for its moment alone."""


class Checking:
    """The checks of all centres over the server at `address`; what is wrong becomes a fault in `ledger`."""

    def __init__(self, ledger: Ledger, address: tuple[str, int]) -> None:
        self._ledger = ledger
        self._address = address

    async def site(
        self, site: Site, keys: Keys, boards: Sequence[tuple[str, BoardScreen]], desks: Sequence[Screen]
    ) -> None:
        connection = Connection(*self._address, keys.integrator)
        mine = [one for one in self._ledger.tickets.values() if one.site == site.id]
        given = await self._boards(connection, site, boards)
        self._numbers(site, mine, given)
        for ticket in mine:
            await self._ticket(connection, ticket)
        for desk in desks:
            name = desk.topic.partition(":")[2]
            await self._at_rest(connection, f"/counters/{name}", desk, site, _desk)
        connection.close()

    async def phones(self, phones: Iterable[Phone]) -> None:
        connection = Connection(*self._address)
        for phone in phones:
            path = f"/track/{phone.given.secret}"
            for _ in range(int(PATIENCE / _LOOK)):
                _, told = await self._ledger.get(connection, path)
                if told is not None and _phone(told) == _phone(phone.screen.row):
                    break
                await asyncio.sleep(_LOOK)
            else:
                self._ledger.fault(f"{phone.given.site}: a phone with {phone.given.label} is behind")
        connection.close()

    def _numbers(self, site: Site, mine: Sequence[Given], given: dict[str, int]) -> None:
        """Each queue's numbers are 1 to the last without a gap: none lost, none twice, none more."""
        by_queue: dict[str, list[int]] = defaultdict(list)
        for ticket in mine:
            by_queue[ticket.queue].append(ticket.number)
        for queue in site.queues:
            numbers = sorted(by_queue[queue.id])
            count = given.get(queue.id, len(numbers))
            if numbers != list(range(queue.first, queue.first + count)):
                self._ledger.fault(
                    f"{site.id} {queue.id}: {count} numbers given, {len(numbers)} acknowledged, "
                    f"{len(set(numbers))} of them different"
                )

    async def _ticket(self, connection: Connection, mine: Given) -> None:
        status, told = await self._ledger.get(connection, f"/tickets/{mine.id}")
        if status != 200:
            self._ledger.fault(f"{mine.site}: {mine.label} is gone ({status})")
            return
        for name in ("label", "number", "queue", "state", "calls"):
            if told[name] != getattr(mine, name):
                self._ledger.fault(
                    f"{mine.site}: {mine.label} has {name} {told[name]!r}, not {getattr(mine, name)!r}"
                )
        if mine.state != "waiting" and told["counter"] != mine.counter:
            self._ledger.fault(f"{mine.site}: {mine.label} was at {told['counter']}, not {mine.counter}")

    async def _boards(
        self, connection: Connection, site: Site, boards: Sequence[tuple[str, BoardScreen]]
    ) -> dict[str, int]:
        """How many numbers each queue has given, as the boards tell."""
        given: dict[str, int] = {}
        for name, screen in boards:
            told = await self._at_rest(connection, f"/boards/{name}", screen, site, _board)
            given |= {queue: row["given"] for queue, row in told.get("lines", {}).items()}
        return given

    async def _at_rest(
        self, connection: Connection, path: str, screen: Screen, site: Site, shape: Any
    ) -> dict[str, Any]:
        """The server's own view, once `screen` shows the same; a fault where it never does."""
        told: dict[str, Any] = {}
        for _ in range(int(PATIENCE / _LOOK)):
            _, answer = await self._ledger.get(connection, path)
            told = answer or {}
            if told and shape(told) == shape(screen.rows):
                return told
            await asyncio.sleep(_LOOK)
        differs = _first_difference(shape(told), shape(screen.rows))
        self._ledger.fault(f"{site.id}: {screen.topic} (at {screen.seq}) differs: {differs}")
        return told


def _first_difference(theirs: Any, mine: Any) -> str:
    """Where two shapes part, and what either has there: the server's, then the screen's."""
    if isinstance(theirs, dict) and isinstance(mine, dict):
        pairs = [(key, theirs.get(key), mine.get(key)) for key in [*theirs, *mine]]
    elif isinstance(theirs, tuple) and isinstance(mine, tuple):
        pairs = list(zip(range(len(theirs)), theirs, mine, strict=True))
    else:
        return f"{theirs!r} here, {mine!r} there"
    for key, one, other in pairs:
        if one != other:
            return f"{key}: {_first_difference(one, other)}"
    return "in nothing"


def _board(rows: dict[str, Any]) -> Any:
    return rows.get("calls"), _lines(rows)


def _desk(rows: dict[str, Any]) -> Any:
    # Not who is next: claims grow with the minutes, and by now another may be first.
    recent = {ticket: row["state"] for ticket, row in rows.get("recent", {}).items()}
    state = rows.get("counter", {}).get("_", {}).get("state")
    return state, rows.get("ticket"), bool(rows.get("next")), recent, _lines(rows)


def _lines(rows: dict[str, Any]) -> Any:
    return {
        queue: {name: value for name, value in row.items() if name not in _ESTIMATES}
        for queue, row in rows.get("lines", {}).items()
    }


def _phone(row: dict[str, Any]) -> Any:
    return tuple(row.get(name) for name in ("label", "state", "counter", "ahead", "called_at", "areas"))
