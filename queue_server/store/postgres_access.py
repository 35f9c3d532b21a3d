"""People, sessions and tokens in the database of the PostgreSQL store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from .postgres_connections import Connection, Connections
from .postgres_leadership import lock_number
from .postgres_session import demand_no_nul, translated
from .sql_access import SqlAccessStore


class PostgresAccessStore(SqlAccessStore):
    """See access_store.AccessStore. Shares a PostgresStore's database and connections."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    @contextmanager
    def _looking(self) -> Iterator[_Worded]:
        with self._connections.lent() as connection:
            yield _Worded(connection)

    @contextmanager
    def _transaction(self, site: str) -> Iterator[_Worded]:
        with self._connections.lent() as connection, connection.transaction():
            db = _Worded(connection)
            db.execute("SELECT pg_advisory_xact_lock(?::bigint)", (lock_number(f"people:{site}"),))
            yield db


class _Worded:
    """A connection that is asked in SQLite's words."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def execute(self, sql: str, values: tuple[Any, ...] = ()) -> Any:
        demand_no_nul(values)
        return self._connection.execute(translated(sql), values)
