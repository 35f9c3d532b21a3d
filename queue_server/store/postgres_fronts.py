"""The fronts of lines while a transaction changes them: who is next after the next, without asking again."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable

from ..core.model import LineKey, Ticket, TicketState


class Fronts:
    """The first few of every line of some queues, as they were read and as they have been changed since.

    A line of which `deep` were read may go on behind them; a shorter one is known whole.
    """

    def __init__(self, queues: Iterable[str], deep: int, tickets: Iterable[Ticket]) -> None:
        self._lines: dict[str, dict[LineKey, list[Ticket]]] = {queue: {} for queue in queues}
        for ticket in tickets:
            self._lines[ticket.queue].setdefault(ticket.line, []).append(ticket)
        for lines in self._lines.values():
            for line in lines.values():
                line.sort(key=_seniority)
        self._goes_on = {
            key for lines in self._lines.values() for key, line in lines.items() if len(line) >= deep
        }

    def heads(self, queue: str) -> list[Ticket] | None:
        """Who is first in each line of `queue`; None where that is not known."""
        lines = self._lines.get(queue)
        return None if lines is None else [line[0] for line in lines.values() if line]

    def seat(self, ticket: Ticket) -> None:
        """Take over a ticket as it is now."""
        for queue, lines in list(self._lines.items()):
            for key, line in lines.items():
                line[:] = [other for other in line if other.id != ticket.id]
                if not line and key in self._goes_on:
                    self._lines.pop(queue, None)  # who comes next there is not known
        if ticket.state is not TicketState.WAITING or ticket.queue not in self._lines:
            return
        line = self._lines[ticket.queue].setdefault(ticket.line, [])
        if ticket.line not in self._goes_on or _seniority(ticket) < _seniority(line[-1]):
            insort(line, ticket, key=_seniority)


def _seniority(ticket: Ticket) -> tuple[int, int]:
    return (ticket.since, ticket.seq)
