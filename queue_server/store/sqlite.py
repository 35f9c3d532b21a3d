"""The embedded store: one SQLite file in WAL mode, through sqlite-utils."""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlite_utils import Database

from ..app.ports import Conflict, StoreTrouble
from ..core.site import Site
from .schema import migrations
from .sqlite_rows import SqliteReading, SqliteWriting

BUSY_SECONDS = 15.0
"""How long a writer waits for another process (the command line, a backup) that holds the file."""


class SqliteStore:
    """A store in the file `path`, made and migrated when it is opened.

    WAL with synchronous=FULL: what was committed is there after a power cut. Readers never wait for the
    writer. Connections are pooled without locks, so that native and green threads may share the pools.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._readers: deque[Database] = deque()
        self._writers: deque[Database] = deque()
        self._descriptions: dict[str, tuple[int, Site]] = {}
        path.parent.mkdir(parents=True, exist_ok=True)
        db = self._connect()
        db.execute("PRAGMA journal_mode=WAL")
        migrations.apply(db)
        self._writers.append(db)

    @property
    def path(self) -> Path:
        return self._path

    @contextmanager
    def connection(self) -> Iterator[Database]:
        """A pooled connection outside any transaction, for storage that shares the file."""
        db = self._borrow(self._writers)
        try:
            yield db
        finally:
            self._writers.append(db)

    @contextmanager
    def reading(self, site: str) -> Iterator[SqliteReading]:
        db = self._borrow(self._readers)
        try:
            db.execute("BEGIN")
            yield SqliteReading(db, site, self._descriptions)
        finally:
            if db.conn.in_transaction:
                db.execute("COMMIT")
            self._readers.append(db)

    @contextmanager
    def writing(self, site: str) -> Iterator[SqliteWriting]:
        db = self._borrow(self._writers)
        try:
            _begin(db)
            try:
                yield SqliteWriting(db, site, self._descriptions)
                db.execute("COMMIT")
            except BaseException as error:
                with suppress(sqlite3.Error):
                    db.execute("ROLLBACK")
                if isinstance(error, sqlite3.IntegrityError):
                    raise Conflict(str(error)) from error
                if isinstance(error, sqlite3.OperationalError):
                    raise StoreTrouble(f"{self._path.name}: {error}") from error
                raise
        finally:
            self._writers.append(db)

    def sites(self) -> list[str]:
        with self.connection() as db:
            return [row[0] for row in db.execute("SELECT DISTINCT site FROM site ORDER BY site")]

    def close(self) -> None:
        for pool in (self._readers, self._writers):
            while pool:
                pool.pop().conn.close()

    def _borrow(self, pool: deque[Database]) -> Database:
        with suppress(IndexError):
            return pool.pop()
        return self._connect()

    def _connect(self) -> Database:
        connection = sqlite3.connect(
            self._path,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
        db = Database(connection)
        for pragma in ("synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY", "cache_size=-16384"):
            db.execute(f"PRAGMA {pragma}")
        return db


def _begin(db: Database) -> None:
    try:
        db.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        raise StoreTrouble(f"cannot begin to write: {error}") from error
