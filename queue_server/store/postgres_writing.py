"""Writing one site's rows in an open PostgreSQL transaction that holds the site's lock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg

from ..app.ports import Record, StoreTrouble
from ..core.commands import CallNext, Command
from ..core.model import Changes, Ticket
from ..core.site import Site
from .columns import as_kept
from .postgres_errors import is_trouble, told
from .postgres_kept import KeptHall, KeptHalls
from .postgres_reading import HEADS, PostgresReading
from .postgres_session import Session, demand_no_nul, without_nul
from .sql_reading import ANSWER_BY_KEY, TICKET_BY_ID
from .sql_writing import SqlWriting

_HEAD = (
    "INSERT INTO head (site, changes, seq, hash, version) VALUES (?, ?, ?, ?, ?) ON CONFLICT (site) DO UPDATE"
    " SET changes = excluded.changes, seq = excluded.seq, hash = excluded.hash, version = excluded.version"
)


class PostgresWriting(PostgresReading, SqlWriting):
    """See app.ports.Writing. `where` names the database in what is said of trouble.

    A savepoint begins with the first thing that is written in it, so what only reads costs nothing. What was
    written is known: it is not asked for again.
    """

    def __init__(
        self,
        session: Session,
        site: str,
        descriptions: dict[str, tuple[int, Site]],
        kept: KeptHalls,
        where: str,
    ) -> None:
        super().__init__(session, site, descriptions, kept)
        self._where = where
        self._begun: list[bool] = []
        self._is_ours = False
        self._saved: dict[str, Ticket] = {}
        self._asked: dict[tuple[str, str], Any] = {}

    def commit(self) -> None:
        """Durable when this returns; what stands now is known to whoever comes next."""
        if not self._is_ours:
            return self._session.commit()
        hall = self._hall
        hall.changes += 1
        self._session.run(_HEAD, self._site, hall.changes, hall.seq, hall.hash, hall.version)
        self._session.commit()
        self._kept.put(self._site, hall)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        self._begun.append(False)
        before = (self._seen, self._is_ours, dict(self._saved), self._descriptions)
        name = f"order_{len(self._begun)}"
        with told(self._where):
            try:
                yield
                if self._begun[-1]:
                    self._session.run(f"RELEASE {name}")
                    self._session.settle()
            except BaseException as error:
                self._undo(name, error)
                self._seen, self._is_ours, self._saved, self._descriptions = before
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
        self._asked.clear()
        if key is not None:
            self._ask(ANSWER_BY_KEY, scope, key)
        if (ticket := getattr(command, "ticket", None)) is not None and ticket not in self._saved:
            self._ask(TICKET_BY_ID, ticket)
        described = self._descriptions.get(self._site)
        if isinstance(command, CallNext) and described and command.counter in described[1].counter:
            hall = self._seen or self._kept.newest(self._site)
            self._ask(HEADS, hall.unknown(described[1].counter[command.counter].serves))

    def _ask(self, sql: str, *values: Any) -> None:
        if without_nul(values) and values != ([],):
            self._asked[sql, str(values)] = self._session.run(sql, self._site, *values)

    def ticket(self, ticket_id: str) -> Ticket | None:
        return self._saved.get(ticket_id) or super().ticket(ticket_id)

    def save(self, changes: Changes) -> None:
        super().save(changes)
        kept = as_kept(changes)
        hall, small = self._ours(), self._small
        hall.rows = small.after(kept)
        self._saved.update(kept.tickets)
        for ticket in kept.tickets.values():
            hall.seat(ticket)

    def append(self, records: Sequence[Record], tickets: Sequence[str | None]) -> None:
        super().append(records, tickets)
        if records:
            hall = self._ours()
            hall.seq, hall.hash = records[-1].seq, records[-1].hash

    def describe(self, version: int, site: Site, at: int) -> None:
        super().describe(version, site, at)
        self._ours().version = version

    def _ours(self) -> KeptHall:
        """The hall as this transaction changes it: a copy, and another one in each savepoint."""
        self._seen, self._is_ours = self._hall.own(), True
        return self._seen

    def _run(self, sql: str, *values: Any) -> None:
        demand_no_nul(values)
        self._asked.clear()
        self._begin_savepoints()
        if sql.startswith("INSERT"):
            self._session.write(sql, self._site, *values)
        else:
            self._session.run(sql, self._site, *values)

    def _rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        if asked := self._asked.pop((sql, str(values)), None):
            found: list[tuple[Any, ...]] = asked.fetchall()
            return found
        return super()._rows(sql, *values)

    def claim(self, delivery: int, now: int, until: int) -> bool:
        self._begin_savepoints()
        return super().claim(delivery, now, until)

    def _begin_savepoints(self) -> None:
        for level, begun in enumerate(self._begun):
            if not begun:
                self._session.run(f"SAVEPOINT order_{level + 1}")
                self._begun[level] = True
