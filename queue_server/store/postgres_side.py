"""A PostgreSQL database that centres are moved out of or into."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from ..app.ports import StoreTrouble
from .moving import MoveRefused
from .postgres import PostgresStore
from .postgres_connections import Connection, Connections
from .postgres_errors import told

_MOVED = "SELECT 1 FROM pg_tables WHERE schemaname = 'motcua' AND tablename = 'moved'"
_OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'motcua'"
    " AND pid <> pg_backend_pid()"
)
_HEADS = """
INSERT INTO motcua.head (site, seq, hash, changes, version)
SELECT known.site, coalesce(newest.seq, 0), coalesce(newest.hash, ''), 1, known.version
FROM (SELECT site, max(version) AS version FROM motcua.site GROUP BY site) AS known LEFT JOIN LATERAL
    (SELECT seq, hash FROM motcua.journal WHERE journal.site = known.site ORDER BY seq DESC LIMIT 1) AS newest
    ON true
"""
_SHUT = (
    "CREATE TRIGGER the_centre_has_moved BEFORE INSERT ON motcua.journal FOR EACH STATEMENT"
    " EXECUTE FUNCTION motcua.forbid('the centre has moved to another database')"
)
_PAGE = 2000
LINGERING_SECONDS = 2.0
"""A connection that was closed is still listed for a moment."""


def mark_of(connection: Connection) -> str | None:
    """See moving.Side.mark."""
    if connection.execute(_MOVED).fetchone() is None:
        return None
    row = connection.execute("SELECT place FROM motcua.moved").fetchone()
    return None if row is None else str(row[0])


def others(connection: Connection) -> int:
    """How many other connections of this program work with the database; those that end are waited for."""
    end = time.monotonic() + LINGERING_SECONDS
    while True:
        row = connection.execute(_OTHERS).fetchone()
        count = int(row[0]) if row else 0
        if not count or time.monotonic() > end:
            return count
        time.sleep(0.05)


class PostgresSide:
    """See moving.Side. The schema is made or brought up to date first."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._connections = Connections(url)
        self.where = self._connections.where
        self._db: Connection

    @contextmanager
    def held(self) -> Iterator[None]:
        PostgresStore(self._url).close()  # brought up to date
        self._db = self._connections.connect()
        try:
            with told(self.where):
                if others(self._db):
                    raise MoveRefused(f"a server or a command works with {self.where}: stop it first")
                self._begin()
                yield
        finally:
            self._db.close()

    def _begin(self) -> None:
        self._db.execute("SET idle_in_transaction_session_timeout = 0")
        self._db.execute("BEGIN ISOLATION LEVEL READ COMMITTED")
        # Not the journal: its own role may not lock what it may not change. Every order changes a head.
        self._db.execute("LOCK TABLE motcua.head, motcua.site, motcua.person IN SHARE ROW EXCLUSIVE MODE")

    def tables(self) -> set[str]:
        found = self._db.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'motcua'")
        return {name for (name,) in found.fetchall()}

    def columns(self, table: str) -> list[str]:
        asked = (
            "SELECT column_name FROM information_schema.columns WHERE table_schema = 'motcua'"
            " AND table_name = $1 ORDER BY ordinal_position"
        )
        return [name for (name,) in self._db.execute(asked, (table,)).fetchall()]

    def count(self, table: str) -> int:
        row = self._db.execute(f"SELECT count(*) FROM motcua.{table}").fetchone()
        assert row is not None
        return int(row[0])

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        self._db.execute(f"DECLARE moving CURSOR FOR SELECT {', '.join(columns)} FROM motcua.{table}")
        while page := self._db.execute(f"FETCH {_PAGE} FROM moving").fetchall():
            yield from page
        self._db.execute("CLOSE moving")

    def fill(self, table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
        with self._db.cursor().copy(f"COPY motcua.{table} ({', '.join(columns)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def settle(self) -> None:
        """The newest entry of each centre, and where the numbers of rows go on."""
        self._db.execute(_HEADS)
        for table in ("delivery", "access_log"):
            sequence = f"pg_get_serial_sequence('motcua.{table}', 'id')"
            self._db.execute(f"SELECT setval({sequence}, greatest((SELECT max(id) FROM motcua.{table}), 1))")

    def mark(self) -> str | None:
        return mark_of(self._db)

    def set_mark(self, place: str | None) -> None:
        self._db.execute("DROP TRIGGER IF EXISTS the_centre_has_moved ON motcua.journal")
        self._db.execute("CREATE TABLE IF NOT EXISTS motcua.moved (place TEXT NOT NULL, at BIGINT NOT NULL)")
        self._db.execute("DELETE FROM motcua.moved")
        if place is not None:
            self._db.execute("INSERT INTO motcua.moved VALUES ($1, $2)", (place, round(time.time() * 1000)))
        if place:
            self._db.execute(_SHUT)

    def keep(self) -> None:
        self._db.execute("COMMIT")
        self._begin()

    def empty(self) -> None:
        self._db.execute("ROLLBACK")
        self._db.execute("DROP SCHEMA motcua CASCADE")
        PostgresStore(self._url).close()
        self._begin()

    def store(self) -> PostgresStore:
        return PostgresStore(self._url)


def demand_usable(store: PostgresStore) -> None:
    """Trouble where the centres have moved out of this database, or not wholly into it."""
    with store.connection() as connection:
        mark = mark_of(connection)
    if mark:
        raise StoreTrouble(f"the centres of {store.where} have moved to {mark}: serve them from there")
    if mark is not None:
        raise StoreTrouble(
            f"{store.where} is the unfinished copy of another database: run `motcua migrate` again"
        )
