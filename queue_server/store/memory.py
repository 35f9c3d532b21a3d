"""A store in memory: the same rules as the SQLite store, for tests and simulations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from ..app.ports import Conflict, Delivery, Record, StoredAnswer
from ..core.commands import Command
from ..core.model import (
    AT_A_DESK,
    Changes,
    Desk,
    DeskState,
    Ticket,
    TicketState,
)
from ..core.site import Site
from .memory_access import MemoryAccessStore
from .memory_reading import MemoryReading, Rows


class MemoryStore:
    """Sites in dictionaries. For one thread at a time; a block that raises is undone."""

    yields = False

    def __init__(self) -> None:
        self._sites: dict[str, Rows] = {}
        self._access = MemoryAccessStore()
        self._leaders: dict[str, MemoryLeadership] = {}

    @contextmanager
    def reading(self, site: str) -> Iterator[MemoryReading]:
        yield MemoryReading(self._sites.setdefault(site, Rows()))

    @contextmanager
    def writing(self, site: str) -> Iterator[MemoryWriting]:
        transaction = MemoryWriting(self._sites.setdefault(site, Rows()))
        with transaction.savepoint():
            yield transaction

    def sites(self) -> list[str]:
        return sorted(site for site, rows in self._sites.items() if rows.descriptions)

    def heads(self) -> dict[str, int]:
        return {site: len(self._sites[site].journal) for site in self.sites()}

    def site_of_secret(self, secret: str) -> str | None:
        for site, rows in self._sites.items():
            if MemoryReading(rows).ticket_by_secret(secret):
                return site
        return None

    def access(self) -> MemoryAccessStore:
        return self._access

    def leadership(self, name: str) -> MemoryLeadership:
        return MemoryLeadership(self._leaders, name)

    def close(self) -> None:
        """Nothing to let go of."""


class MemoryLeadership:
    """See app.ports.Leadership: among those who share the store in memory."""

    def __init__(self, leaders: dict[str, MemoryLeadership], name: str) -> None:
        self._leaders = leaders
        self._name = name

    def held(self) -> bool:
        return self._leaders.setdefault(self._name, self) is self

    def release(self) -> None:
        if self._leaders.get(self._name) is self:
            del self._leaders[self._name]


class MemoryWriting(MemoryReading):
    """See app.ports.Writing. Every change leaves behind how to undo it."""

    def __init__(self, rows: Rows) -> None:
        super().__init__(rows)
        self._undo: list[Callable[[], None]] = []

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        mark = len(self._undo)
        try:
            yield
        except BaseException:
            while len(self._undo) > mark:
                self._undo.pop()()
            raise

    def foresee(self, scope: str, key: str | None, command: Command) -> None:
        """Nothing is far away."""

    def save(self, changes: Changes) -> None:
        for ticket in changes.tickets.values():
            self._check_ticket(ticket)
            self._put(self._rows.tickets, ticket.id, ticket)
        for line in changes.lines.values():
            _require(line.waiting >= 0, "line.waiting >= 0")
            self._put(self._rows.lines, line.key, line)
        for tally in changes.tallies.values():
            self._put(self._rows.tallies, tally.queue, tally)
        for desk in changes.desks.values():
            self._check_desk(desk)
            self._put(self._rows.desks, desk.id, desk)
        for device in changes.devices.values():
            self._put(self._rows.devices, device.id, device)
        for day in changes.days.values():
            self._put(self._rows.days, day.date, day)

    def append(self, records: Sequence[Record], tickets: Sequence[str | None]) -> None:
        for record, ticket in zip(records, tickets, strict=True):
            _require(record.seq == len(self._rows.journal) + 1, "journal.seq")
            self._put(self._rows.journal, record.seq, (record, ticket))

    def remember(self, scope: str, key: str, answer: StoredAnswer, at: int) -> None:
        _require((scope, key) not in self._rows.answers, "answer.key")
        self._put(self._rows.answers, (scope, key), (answer, at))

    def forget_answers(self, before: int) -> None:
        for key in [key for key, (_, at) in self._rows.answers.items() if at < before]:
            self._drop(self._rows.answers, key)

    def keep_note(self, ticket_id: str, text: str, author: str, at: int) -> None:
        if text:
            self._put(self._rows.notes, ticket_id, (text, at))
        elif ticket_id in self._rows.notes:
            self._drop(self._rows.notes, ticket_id)

    def forget_notes(self, before: int) -> None:
        for ticket_id in [one for one, (_, at) in self._rows.notes.items() if at < before]:
            self._drop(self._rows.notes, ticket_id)

    def describe(self, version: int, site: Site, at: int) -> None:
        self._put(self._rows.descriptions, version, site)

    def set_cursor(self, name: str, seq: int) -> None:
        self._put(self._rows.cursors, name, seq)

    def owe(self, channel: str, target: str, seq: int, body: str, at: int) -> None:
        delivery = Delivery(len(self._rows.deliveries) + 1, channel, target, seq, body, 0)
        self._put(self._rows.deliveries, delivery.id, (delivery, "owed", at))

    def claim(self, delivery: int, now: int, until: int) -> bool:
        known, state, due_at = self._rows.deliveries[delivery]
        if state not in ("owed", "claimed") or due_at > now:
            return False
        tried = replace(known, attempts=known.attempts + 1)
        self._put(self._rows.deliveries, delivery, (tried, "claimed", until))
        return True

    def settle(self, delivery: int, state: str, at: int) -> None:
        known, _, due_at = self._rows.deliveries[delivery]
        self._put(self._rows.deliveries, delivery, (known, state, due_at))

    def _check_ticket(self, ticket: Ticket) -> None:
        for other in self._rows.tickets.values():
            if other.id == ticket.id:
                continue
            same_number = (other.day, other.series, other.number) == (
                ticket.day,
                ticket.series,
                ticket.number,
            )
            _require(not same_number, "ticket.number")
            _require(other.secret != ticket.secret, "ticket.secret")
            both = ticket.state in AT_A_DESK and other.state in AT_A_DESK
            _require(not (both and other.counter == ticket.counter), "one open call per counter")
        _require(ticket.state not in AT_A_DESK or ticket.counter is not None, "a called ticket has a counter")
        at_none = ticket.state in (TicketState.WAITING, TicketState.PARKED)
        _require(not at_none or ticket.counter is None, "who waits is at no counter")
        _require(ticket.state is not TicketState.PARKED or ticket.parked_by is not None, "parked by whom")

    def _check_desk(self, desk: Desk) -> None:
        closed = desk.state is DeskState.CLOSED
        _require(closed == (desk.officer is None), "a staffed desk has an officer")
        _require(not (closed and desk.ticket), "a closed desk serves nobody")
        for other in self._rows.desks.values():
            taken = desk.ticket is not None and other.ticket == desk.ticket and other.id != desk.id
            _require(not taken, "one counter per called ticket")

    def _put(self, table: dict[Any, Any], key: Any, row: Any) -> None:
        if key in table:
            old = table[key]
            self._undo.append(lambda: table.update({key: old}))
        else:
            self._undo.append(lambda: table.pop(key, None))
        table[key] = row

    def _drop(self, table: dict[Any, Any], key: Any) -> None:
        old = table.pop(key)
        self._undo.append(lambda: table.update({key: old}))


def _require(holds: bool, constraint: str) -> None:
    if not holds:
        raise Conflict(constraint)
