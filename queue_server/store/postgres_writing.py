"""Writing one site's rows in an open PostgreSQL transaction that holds the site's lock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg

from ..app.ports import Record, StoreTrouble
from ..core.site import Site
from .postgres_errors import is_trouble, told
from .postgres_reading import PostgresReading
from .postgres_session import Session, demand_no_nul
from .sql_writing import SqlWriting

_HEAD = (
    "INSERT INTO head AS kept (site, seq, hash, changes) VALUES (?, ?, ?, 1)"
    " ON CONFLICT (site) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, changes = kept.changes + 1"
)
_NEW_HEAD = "INSERT INTO head (site, seq, hash, changes) VALUES (?, 0, '', 0) ON CONFLICT DO NOTHING"


class PostgresWriting(PostgresReading, SqlWriting):
    """See app.ports.Writing. `where` names the database in what is said of trouble.

    A savepoint begins with the first thing that is written in it, so what only reads costs nothing.
    """

    def __init__(
        self, session: Session, site: str, descriptions: dict[str, tuple[int, Site]], where: str
    ) -> None:
        super().__init__(session, site, descriptions)
        self._where = where
        self._begun: list[bool] = []

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        self._begun.append(False)
        name = f"order_{len(self._begun)}"
        with told(self._where):
            try:
                yield
                if self._begun[-1]:
                    self._session.run(f"RELEASE {name}")
                    self._session.settle()
            except BaseException as error:
                self._undo(name, error)
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

    def append(self, records: Sequence[Record], tickets: Sequence[str | None]) -> None:
        super().append(records, tickets)
        if records:
            self._run(_HEAD, records[-1].seq, records[-1].hash)

    def describe(self, version: int, site: Site, at: int) -> None:
        super().describe(version, site, at)
        self._run(_NEW_HEAD)

    def _run(self, sql: str, *values: Any) -> None:
        demand_no_nul(values)
        self._begin_savepoints()
        self._session.run(sql, self._site, *values)

    def claim(self, delivery: int, now: int, until: int) -> bool:
        self._begin_savepoints()
        return super().claim(delivery, now, until)

    def _begin_savepoints(self) -> None:
        for level, begun in enumerate(self._begun):
            if not begun:
                self._session.run(f"SAVEPOINT order_{level + 1}")
                self._begun[level] = True
