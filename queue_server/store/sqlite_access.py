"""People, sessions and tokens in the database file of the SQLite store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from sqlite_utils import Database

from .access_schema import migrations
from .sql_access import SqlAccessStore
from .sqlite_errors import told


class Connections(Protocol):
    """Whoever owns the file and lends connections to it: the SQLite store."""

    def connection(self) -> AbstractContextManager[Database]: ...


class SqliteAccessStore(SqlAccessStore):
    """See access_store.AccessStore. Shares a SqliteStore's file and connections; makes its own tables."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        with connections.connection() as db:
            migrations.apply(db)

    @contextmanager
    def _looking(self) -> Iterator[Database]:
        with told("people and tokens"), self._connections.connection() as db:
            yield db

    @contextmanager
    def _transaction(self, site: str) -> Iterator[Database]:
        with told("people and tokens"), self._connections.connection() as db:
            db.execute("BEGIN IMMEDIATE")  # what the block leaves open, its owner rolls back
            yield db
            db.execute("COMMIT")
