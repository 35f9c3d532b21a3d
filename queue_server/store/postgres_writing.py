"""Writing one site's rows in an open PostgreSQL transaction that holds the site's lock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, replace
from typing import Any

import psycopg

from ..app.ports import Record, StoredAnswer, StoreTrouble
from ..core.commands import CallNext, Command, IssueTicket
from ..core.model import Changes, Ticket
from ..core.site import Site
from .postgres_ahead import Ahead
from .postgres_errors import is_trouble, told
from .postgres_fronts import Fronts
from .postgres_kept import Kept, KeptHalls, State
from .postgres_reading import PostgresReading
from .postgres_session import Session, demand_no_nul, without_nul
from .sql_writing import SqlWriting

_HEAD = (
    "INSERT INTO head (site, changes, seq, hash, version) VALUES (?, ?, ?, ?, ?) ON CONFLICT (site) DO UPDATE"
    " SET changes = excluded.changes, seq = excluded.seq, hash = excluded.hash, version = excluded.version"
)


class PostgresWriting(PostgresReading, SqlWriting):
    """See app.ports.Writing. `where` names the database in what is said of trouble.

    A savepoint begins with the first thing that is written in it, so what only reads costs nothing. It
    remembers nothing from one transaction to the next: that is app/memory.py's.
    """

    def __init__(
        self, session: Session, site: str, descriptions: dict[str, tuple[int, Site]], where: str
    ) -> None:
        super().__init__(session, site, descriptions, KeptHalls())
        self._where = where
        self._begun: list[bool] = []
        self._state: State | None = None
        self._ahead = Ahead()

    def commit(self) -> None:
        """Durable when this returns."""
        if self._state is not None:
            state = replace(self._state, changes=self._state.changes + 1)
            self._session.write(_HEAD, self._site, *astuple(state))
        self._session.commit()

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        self._begun.append(False)
        before = (self._state, self._descriptions)
        name = f"order_{len(self._begun)}"
        with told(self._where):
            try:
                yield
                if self._begun[-1]:
                    self._session.run(f"RELEASE {name}")
                    self._session.settle()
            except BaseException as error:
                self._undo(name, error)
                self._state, self._descriptions = before
                self._ahead.fronts = Fronts((), 1, ())
                self._look_afresh()
                raise
            finally:
                self._begun.pop()

    def _undo(self, name: str, error: BaseException) -> None:
        if is_trouble(error) or isinstance(error, StoreTrouble):
            return  # nothing can be undone by itself any more: the whole transaction goes
        if self._begun[-1]:
            self._session.undo_to(name)
        elif isinstance(error, psycopg.Error):
            raise StoreTrouble(f"{self._where}: the transaction was undone: {error}") from error

    def foresee(self, scope: str, key: str | None, command: Command) -> None:
        if self._seen is not None:
            return  # the first question went out: what comes now is asked for when it is needed
        described = self._descriptions.get(self._site)
        counter = (
            described[1].counter.get(command.counter) if isinstance(command, CallNext) and described else None
        )
        self._ahead.want(scope, key, getattr(command, "ticket", None), counter.serves if counter else ())
        if isinstance(command, IssueTicket) and without_nul((command.queue,)):
            self._beside.add(command.queue)

    @property
    def _hall(self) -> Kept:
        if self._seen is None:
            self._ahead.ask(self._session, self._site)
            self._seen = super()._hall
            self._ahead.came()
        return self._seen

    def answer(self, scope: str, key: str) -> StoredAnswer | None:
        ahead = self._ahead.answers
        return ahead[scope, key] if (scope, key) in ahead else super().answer(scope, key)

    def ticket(self, ticket_id: str) -> Ticket | None:
        ahead = self._ahead.tickets
        return ahead[ticket_id] if ticket_id in ahead else super().ticket(ticket_id)

    def heads(self, queues: Iterable[str]) -> list[Ticket]:
        queues, _ = list(queues), self._hall
        known = [self._ahead.fronts.heads(queue) for queue in queues]
        unknown = [queue for queue, heads in zip(queues, known, strict=True) if heads is None]
        return [head for heads in known if heads for head in heads] + (
            super().heads(unknown) if unknown else []
        )

    def head(self) -> tuple[int, str]:
        return (self._state.seq, self._state.hash) if self._state else super().head()

    def _version(self) -> int | None:
        return self._state.version if self._state else super()._version()

    def save(self, changes: Changes) -> None:
        super().save(changes)
        for ticket in changes.tickets.values():
            self._ahead.tickets.pop(ticket.id, None)
            self._ahead.fronts.seat(ticket)
        self._change()

    def append(self, records: Sequence[Record], tickets: Sequence[str | None]) -> None:
        super().append(records, tickets)
        if records:
            self._change(seq=records[-1].seq, hash=records[-1].hash)

    def describe(self, version: int, site: Site, at: int) -> None:
        super().describe(version, site, at)
        self._change(version=version)

    def remember(self, scope: str, key: str, answer: StoredAnswer, at: int) -> None:
        self._ahead.answers.pop((scope, key), None)
        super().remember(scope, key, answer, at)

    def _change(self, **facts: Any) -> None:
        self._state = replace(self._state or self._hall.state, **facts)
        self._look_afresh()

    def _look_afresh(self) -> None:
        """What was looked at may have been changed since."""
        if self._seen is not None:
            self._seen = Kept(self._seen.state)

    def _run(self, sql: str, *values: Any) -> None:
        demand_no_nul(values)
        self._begin_savepoints()
        if sql.startswith("INSERT"):
            self._session.write(sql, self._site, *values)
        else:
            self._session.run(sql, self._site, *values)

    def claim(self, delivery: int, now: int, until: int) -> bool:
        self._begin_savepoints()
        return super().claim(delivery, now, until)

    def _begin_savepoints(self) -> None:
        for level, begun in enumerate(self._begun):
            if not begun:
                self._session.run(f"SAVEPOINT order_{level + 1}")
                self._begun[level] = True
