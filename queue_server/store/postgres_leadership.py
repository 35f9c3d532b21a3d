"""Who leads among the processes that share a PostgreSQL database: whoever holds an advisory lock in it."""

from __future__ import annotations

import hashlib
from contextlib import suppress

import psycopg

from ..app.ports import StoreTrouble
from .postgres_connections import Connection, Connections


class PostgresLeadership:
    """See app.ports.Leadership: a lock on a connection of its own, lost with it. For one thread at a time."""

    def __init__(self, connections: Connections, name: str) -> None:
        self._connections = connections
        self._lock = lock_number(f"leader:{name}")
        self._connection: Connection | None = None
        self._is_ours = False

    def held(self) -> bool:
        with suppress(psycopg.Error, StoreTrouble):
            if self._connection is None:
                self._connection = self._connections.connect()
            asked = "SELECT true" if self._is_ours else f"SELECT pg_try_advisory_lock({self._lock})"
            row = self._connection.execute(asked.encode()).fetchone()
            self._is_ours = bool(row and row[0])
            return self._is_ours
        self._let_go()
        return False

    def release(self) -> None:
        if self._connection is not None and self._is_ours:
            with suppress(psycopg.Error):
                self._connection.execute(f"SELECT pg_advisory_unlock({self._lock})".encode())
        self._let_go()

    def _let_go(self) -> None:
        self._is_ours = False
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def lock_number(name: str) -> int:
    """An advisory lock's number: 64 bits that are the same in every process."""
    return int.from_bytes(hashlib.sha256(f"motcua:{name}".encode()).digest()[:8], signed=True)
