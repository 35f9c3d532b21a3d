"""The store on PostgreSQL, for centres of several processes: one lock per site, nothing global."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ..core.site import Site
from .postgres_access import PostgresAccessStore
from .postgres_connections import Connection, Connections
from .postgres_kept import KeptHalls
from .postgres_leadership import PostgresLeadership, lock_number
from .postgres_reading import PostgresReading, PostgresSnapshot
from .postgres_schema import bring_up_to_date
from .postgres_session import Session, translated, without_nul
from .postgres_writing import PostgresWriting

_SNAPSHOT = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
# Each statement looks afresh, and the first look comes after the lock: it shows all that others have written.
_WRITE = "BEGIN ISOLATION LEVEL READ COMMITTED"
_LOCK = "SELECT pg_advisory_xact_lock(?::bigint)"


class PostgresStore:
    """A store in the database at `url` (postgresql://user:password@host:port/name), in its schema `motcua`.

    The schema is made and migrated when it is opened. Raises StoreTrouble where the server does not answer or
    refuses, or where a newer program made the schema. See docs/adr/0007-postgres.md.
    """

    yields = True

    def __init__(self, url: str) -> None:
        self._connections = Connections(url)
        self._kept = KeptHalls()
        self._connections.on_loss = self._kept.forget
        self._descriptions: dict[str, tuple[int, Site]] = {}
        self._leaderships: list[PostgresLeadership] = []
        try:
            with self._connections.lent() as connection:
                bring_up_to_date(connection, self._connections.where)
        except BaseException:
            self._connections.close()
            raise

    @property
    def where(self) -> str:
        """Host and database, without password."""
        return self._connections.where

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """A pooled connection outside any transaction, for storage that shares the database."""
        with self._connections.lent() as connection:
            yield connection

    @contextmanager
    def reading(self, site: str) -> Iterator[PostgresReading]:
        """See app.ports.Store. Under gevent, each question lets other green threads run."""
        with self._connections.lent() as connection, _session(connection) as session:
            session.begin(_SNAPSHOT)
            yield PostgresSnapshot(session, site, self._descriptions, self._kept)

    @contextmanager
    def writing(self, site: str) -> Iterator[PostgresWriting]:
        with self._connections.lent() as connection, _session(connection) as session:
            session.begin(_WRITE)
            session.run(_LOCK, lock_number(f"site:{site}"))
            writing = PostgresWriting(session, site, self._descriptions, self.where)
            yield writing
            writing.commit()

    def sites(self) -> list[str]:
        return [row[0] for row in self._rows("SELECT DISTINCT site FROM site ORDER BY site")]

    def heads(self) -> dict[str, int]:
        return dict(self._rows("SELECT site, seq FROM head"))

    def site_of_secret(self, secret: str) -> str | None:
        rows = self._rows("SELECT site FROM ticket WHERE secret = ?", secret)
        return rows[0][0] if rows else None

    def access(self) -> PostgresAccessStore:
        return PostgresAccessStore(self._connections)

    def leadership(self, name: str) -> PostgresLeadership:
        self._leaderships.append(PostgresLeadership(self._connections, name))
        return self._leaderships[-1]

    def close(self) -> None:
        """Let go of the server; whoever asks afterwards is told so."""
        for leadership in self._leaderships:
            leadership.release()
        self._connections.close()

    def _rows(self, sql: str, *values: Any) -> list[Any]:
        if not without_nul(values):
            return []
        with self._connections.lent() as connection:
            return connection.execute(translated(sql), values).fetchall()


@contextmanager
def _session(connection: Connection) -> Iterator[Session]:
    """Committed when the block ends, unless it was already; left for the pool to roll back when it raises."""
    session = Session(connection)
    try:
        yield session
        session.commit()
    except BaseException:
        session.abandon()
        raise
