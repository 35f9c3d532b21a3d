"""Writing one site's rows in an open SQLite transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from sqlite_utils import Database

from ..app.ports import StoreTrouble
from ..core.commands import Command
from ..core.site import Site
from .sql_writing import SqlWriting
from .sqlite_errors import told
from .sqlite_reading import SqliteReading


class SqliteWriting(SqliteReading, SqlWriting):
    """See app.ports.Writing. `where` names the file in what is said of trouble."""

    def __init__(
        self, db: Database, site: str, descriptions: dict[str, tuple[int, Site]], where: str
    ) -> None:
        super().__init__(db, site, descriptions)
        self._where = where

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        with told(self._where):
            self._db.execute("SAVEPOINT one_order")
            try:
                yield
            except BaseException as error:
                self._undo(error)
                raise
            self._db.execute("RELEASE one_order")

    def foresee(self, scope: str, key: str | None, command: Command) -> None:
        """Nothing is far away."""

    def _undo(self, error: BaseException) -> None:
        """A full or failing disk may have undone the whole transaction already: nothing in it may go on."""
        with suppress(sqlite3.Error):
            self._db.execute("ROLLBACK TO one_order")
            self._db.execute("RELEASE one_order")
        if not self._db.conn.in_transaction:
            raise StoreTrouble(f"{self._where}: the transaction was undone: {error}") from error

    def _run(self, sql: str, *values: Any) -> None:
        self._db.execute(sql, (self._site, *values))
