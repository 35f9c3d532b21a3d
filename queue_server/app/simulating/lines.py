"""Who waits in a simulated hall: one heap per line, so that a head is found in the time of a logarithm."""

from __future__ import annotations

import heapq
from collections.abc import Iterable

from ...core.model import LineKey, Ticket

_Place = tuple[int, int, str]


class Waiting:
    """The tickets that wait, in their lines."""

    def __init__(self) -> None:
        self._rows: dict[str, Ticket] = {}
        self._heaps: dict[LineKey, list[_Place]] = {}
        self._lines_of: dict[str, list[LineKey]] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, ticket: str) -> bool:
        return ticket in self._rows

    def join(self, ticket: Ticket) -> None:
        self._rows[ticket.id] = ticket
        heap = self._heaps.get(ticket.line)
        if heap is None:
            heap = self._heaps[ticket.line] = []
            self._lines_of.setdefault(ticket.queue, []).append(ticket.line)
        heapq.heappush(heap, _place(ticket))

    def leave(self, ticket: str) -> Ticket:
        """Take a ticket out of its line, wherever in it it stands; KeyError if it does not wait."""
        return self._rows.pop(ticket)

    def get(self, ticket: str) -> Ticket | None:
        return self._rows.get(ticket)

    def heads(self, queues: Iterable[str]) -> list[Ticket]:
        """The head of every line of `queues` in which somebody waits."""
        found = (self._head(key) for queue in queues for key in self._lines_of.get(queue, ()))
        return [head for head in found if head is not None]

    def _head(self, key: LineKey) -> Ticket | None:
        heap = self._heaps[key]
        while heap:
            row = self._rows.get(heap[0][2])
            if row is not None and row.line == key and _place(row) == heap[0]:
                return row
            heapq.heappop(heap)  # it left, or stands elsewhere now
        return None


def _place(ticket: Ticket) -> _Place:
    return (ticket.since, ticket.seq, ticket.id)
