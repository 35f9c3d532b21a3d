"""What the orders of one commit will ask for, asked for in one go: a statement for each kind of row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ..app.ports import StoredAnswer
from ..core.model import Ticket
from .columns import TICKET_COLUMNS, to_ticket
from .postgres_fronts import Fronts
from .postgres_reading import HEADS
from .postgres_session import Answer, Session, without_nul

# Row by row by its key, however many are asked for: no planner may take all answers of a centre together.
_ANSWERS = (
    "SELECT wanted.scope, wanted.key, fingerprint, body"
    " FROM unnest(?2::text[], ?3::text[]) AS wanted (scope, key)"
    " CROSS JOIN LATERAL (SELECT fingerprint, body FROM answer"
    " WHERE site = ?1 AND scope = wanted.scope AND key = wanted.key LIMIT 1) AS given"
)
_TICKETS = f"SELECT {TICKET_COLUMNS} FROM ticket WHERE site = ? AND id = ANY(?)"
_FRONTS = (
    HEADS.replace("LIMIT 1", "LIMIT ?3::bigint")
    .replace("site = ? AND", "site = ?1 AND")
    .replace("ANY(?)", "ANY(?2)")
)

MOST_DEEP = 17
"""How many of a line are read at most; where more are called at once, it is asked again."""


class Ahead:
    """First what is to be asked for; once they `came`, the answers, None for what there is not.

    Whoever writes a row takes it out: `answers` by scope and key, `tickets` by id. `fronts` are of the queues
    that are called from, as deep as they may be called in this commit.
    """

    def __init__(self) -> None:
        self.answers: dict[tuple[str, str], StoredAnswer | None] = {}
        self.tickets: dict[str, Ticket | None] = {}
        self.fronts = Fronts((), 1, ())
        self._calls: Counter[str] = Counter()
        self._asked: list[Answer | None] = []

    def want(self, scope: str, key: str | None, ticket: str | None, queues: Iterable[str]) -> None:
        if key is not None and without_nul((scope, key)):
            self.answers[scope, key] = None
        if ticket is not None and without_nul((ticket,)):
            self.tickets[ticket] = None
        self._calls.update(queues)

    def ask(self, session: Session, site: str) -> None:
        """To go out with the next question."""
        scopes, keys = [scope for scope, _ in self.answers], [key for _, key in self.answers]
        self._asked = [
            session.run(_ANSWERS, site, scopes, keys) if keys else None,
            session.run(_TICKETS, site, list(self.tickets)) if self.tickets else None,
            session.run(_FRONTS, site, list(self._calls), self._deep) if self._calls else None,
        ]

    def came(self) -> None:
        """Take the answers in."""
        answers, tickets, fronts = (asked.fetchall() if asked else [] for asked in self._asked)
        self.answers.update(((row[0], row[1]), StoredAnswer(*row[2:])) for row in answers)
        self.tickets.update((ticket.id, ticket) for ticket in map(to_ticket, tickets))
        self.fronts = Fronts(self._calls, self._deep, map(to_ticket, fronts))

    @property
    def _deep(self) -> int:
        """Each call may take one away, and then there is still a next one to be told of."""
        return min(max(self._calls.values(), default=0) + 1, MOST_DEEP)
