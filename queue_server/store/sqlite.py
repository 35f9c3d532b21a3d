"""The embedded store: one SQLite file in WAL mode, through sqlite-utils."""

from __future__ import annotations

import os
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from ..app.ports import StoreTrouble
from ..core.site import Site
from .file_leadership import FileLeadership
from .schema import bring_up_to_date
from .sqlite_access import SqliteAccessStore
from .sqlite_errors import is_trouble, told
from .sqlite_place import Place
from .sqlite_reading import SqliteReading
from .sqlite_writing import SqliteWriting

BUSY_SECONDS = 15.0
"""How long a writer waits for another process (the command line, a backup) that holds the file."""

QUICK_SECONDS = 0.003
"""Commits that take less are not worth a change of threads: others wait as long for an order's own work."""

KEPT = 16
"""Idle connections kept for reading: a burst of readers must not hold its files and caches for ever."""

_PRAGMAS = (
    "synchronous=FULL",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    "cache_size=-8192",
    "journal_size_limit=67108864",  # a long reader lets the log grow; it need not stay so
    "wal_autocheckpoint=4000",  # 16 MB: a busy page is written back once in place of four times
)

# A seek for each site: an index over all sites' secrets would cost every ticket a page to write.
_SITES = "(SELECT DISTINCT site FROM site) AS known"
_HEADS = f"SELECT site, coalesce((SELECT max(seq) FROM journal WHERE site = known.site), 0) FROM {_SITES}"
_SITE_OF_SECRET = f"SELECT known.site FROM {_SITES} CROSS JOIN ticket USING (site) WHERE secret = ?"


class SqliteStore:
    """A store in the file `path`, made and migrated when it is opened.

    WAL with synchronous=FULL: what was committed is there after a power cut. Readers never wait for the
    writer. Connections are pooled without locks, so that native and green threads may share the pools; one
    that left a transaction behind or met trouble is not lent again. Raises StoreTrouble where the file cannot
    be opened, is no database, or was made by a newer program.

    Whoever writes in a green thread calls `wait_by` first: then waiting for other programs, and for a disk
    that is not quick, is done by another native thread, and everybody else's requests go on meanwhile.
    """

    yields = False

    def __init__(self, path: Path) -> None:
        self._path = path
        self._place = Place(path)
        self._readers: deque[Database] = deque()
        self._writers: deque[Database] = deque()
        self._hasty: deque[Database] = deque()
        self._aside: Callable[[Callable[[], Any]], Any] | None = None
        self._commit_seconds = QUICK_SECONDS
        """What a commit takes at present."""
        self._descriptions: dict[str, tuple[int, Site]] = {}
        self._leaderships: list[FileLeadership] = []
        self._closed = False
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _for_its_owner(path)
        except OSError as error:
            raise StoreTrouble(f"{path.parent}: {error.strerror}") from error
        with told(str(path)):
            db = self._connect()
            self._place.found()
            db.execute("PRAGMA journal_mode=WAL")
            bring_up_to_date(db, path.name)
        self._writers.append(db)

    @property
    def path(self) -> Path:
        return self._path

    @contextmanager
    def connection(self) -> Iterator[Database]:
        """A pooled connection outside any transaction, for storage that shares the file."""
        with self._lent(self._writers) as db:
            yield db

    @contextmanager
    def reading(self, site: str) -> Iterator[SqliteReading]:
        """See app.ports.Store. A long block only keeps the log from being written back."""
        with told(self._path.name), self._lent(self._readers) as db:
            db.execute("BEGIN")
            yield SqliteReading(db, site, self._descriptions)

    @contextmanager
    def writing(self, site: str) -> Iterator[SqliteWriting]:
        aside = self._aside
        with told(self._path.name), self._lent(self._writers if aside is None else self._hasty) as db:
            self._place.check()
            if aside is None:
                db.execute("BEGIN IMMEDIATE")
            else:
                _begin(db, aside)
            yield SqliteWriting(db, site, self._descriptions, self._path.name)
            if aside is None or self._commit_seconds < QUICK_SECONDS:
                self._commit(db)
            else:
                aside(lambda: self._commit(db))
            self._place.check()  # again: nobody may be told of what went into a file that is gone
            self._place.check_log()

    def _commit(self, db: Database) -> None:
        begun = time.perf_counter()
        db.execute("COMMIT")
        self._commit_seconds += (time.perf_counter() - begun - self._commit_seconds) / 8

    def wait_by(self, aside: Callable[[Callable[[], Any]], Any]) -> None:
        """Let `aside` do what makes `writing` wait; it gives back a job's result, or raises what that did."""
        self._aside = aside

    def sites(self) -> list[str]:
        with told(self._path.name), self.connection() as db:
            return [row[0] for row in db.execute("SELECT DISTINCT site FROM site ORDER BY site")]

    def heads(self) -> dict[str, int]:
        with told(self._path.name), self.connection() as db:
            return dict(db.execute(_HEADS).fetchall())

    def site_of_secret(self, secret: str) -> str | None:
        with told(self._path.name), self.connection() as db:
            row = db.execute(_SITE_OF_SECRET, (secret,)).fetchone()
            return str(row[0]) if row else None

    def access(self) -> SqliteAccessStore:
        return SqliteAccessStore(self)

    def leadership(self, name: str) -> FileLeadership:
        self._leaderships.append(FileLeadership(self._path.with_name(f"{self._path.name}.{name}.lock")))
        return self._leaderships[-1]

    def close(self) -> None:
        """Let go of the file; whoever asks afterwards is told so."""
        self._closed = True
        for leadership in self._leaderships:
            leadership.release()
        for pool in (self._readers, self._writers, self._hasty):
            while pool:
                pool.pop().conn.close()

    @contextmanager
    def _lent(self, pool: deque[Database]) -> Iterator[Database]:
        """A connection for the time of a block; what the block left undone is rolled back."""
        db = self._borrow(pool)
        sound = True
        try:
            yield db
        except BaseException as error:
            sound = not is_trouble(error)
            raise
        finally:
            try:
                if db.conn.in_transaction:
                    db.conn.execute("ROLLBACK")
            except sqlite3.Error:
                sound = False
            if sound and not self._closed and len(pool) < KEPT:
                pool.append(db)
            else:
                db.conn.close()

    def _borrow(self, pool: deque[Database]) -> Database:
        if self._closed:
            raise StoreTrouble(f"{self._path.name} is closed")
        with suppress(IndexError):
            return pool.pop()
        self._place.check()  # one connection must not see another file than the rest
        return self._connect(0.0 if pool is self._hasty else BUSY_SECONDS)

    def _connect(self, patience: float = BUSY_SECONDS) -> Database:
        connection = sqlite3.connect(
            self._path,
            timeout=patience,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
        db = Database(connection)
        for pragma in _PRAGMAS:
            db.execute(f"PRAGMA {pragma}")
        return db


def _for_its_owner(path: Path) -> None:
    """A new file is readable by its owner only: it holds what passwords and tokens are checked against."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, 0o600))


def _begin(db: Database, aside: Callable[[Callable[[], Any]], Any]) -> None:
    """Take the lock at once where it is free, and wait for it elsewhere where it is not."""
    try:
        db.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        db.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000:.0f}")
        aside(lambda: db.execute("BEGIN IMMEDIATE"))
        db.execute("PRAGMA busy_timeout=0")
