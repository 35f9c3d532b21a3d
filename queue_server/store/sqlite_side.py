"""A SQLite file that centres are moved out of or into."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..app.ports import StoreTrouble
from .moving import MoveRefused
from .sqlite import SqliteStore
from .sqlite_errors import told
from .sqlite_restoring import BESIDE, serving_lock

_MARK = "SELECT place FROM moved"
_SHUT = (
    "CREATE TRIGGER the_centre_has_moved BEFORE INSERT ON journal"
    " BEGIN SELECT RAISE(ABORT, 'the centre has moved to another database'); END"
)


def mark_of(db: Any) -> str | None:
    """See moving.Side.mark."""
    if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'moved'").fetchone() is None:
        return None
    row = db.execute(_MARK).fetchone()
    return None if row is None else str(row[0])


class SqliteSide:
    """See moving.Side. A source is brought up to date first; a target is made where there is none."""

    def __init__(self, path: Path, *, is_source: bool) -> None:
        if is_source and not path.exists():
            raise MoveRefused(f"there is no database {path}")
        self.where = str(path)
        self._path = path
        self._db: Any = None

    @contextmanager
    def held(self) -> Iterator[None]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        lock = serving_lock(self._path)
        if not lock.held():
            raise MoveRefused(f"a server works with {self._path}: stop it first")
        try:
            SqliteStore(self._path).close()  # brought up to date
            with told(self.where):
                self._begin()
                yield
        finally:
            if self._db is not None:
                self._db.close()
            lock.release()

    def _begin(self) -> None:
        self._db = sqlite3.connect(self._path, timeout=15.0, isolation_level=None)
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.execute("BEGIN IMMEDIATE")

    def tables(self) -> set[str]:
        found = self._db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {name for (name,) in found if not name.startswith("sqlite_")}

    def columns(self, table: str) -> list[str]:
        return [row[1] for row in self._db.execute(f"PRAGMA table_info({table})")]

    def count(self, table: str) -> int:
        return int(self._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        yield from self._db.execute(f"SELECT {', '.join(columns)} FROM {table}")

    def fill(self, table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
        marks = ", ".join("?" * len(columns))
        self._db.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)

    def settle(self) -> None:
        """Triggers have made the rest."""

    def mark(self) -> str | None:
        return mark_of(self._db)

    def set_mark(self, place: str | None) -> None:
        """A database whose centres have moved takes no entry any more, from whatever program."""
        self._db.execute("DROP TRIGGER IF EXISTS the_centre_has_moved")
        self._db.execute("CREATE TABLE IF NOT EXISTS moved (place TEXT NOT NULL, at INTEGER NOT NULL) STRICT")
        self._db.execute("DELETE FROM moved")
        if place is not None:
            self._db.execute("INSERT INTO moved VALUES (?, ?)", (place, round(time.time() * 1000)))
        if place:
            self._db.execute(_SHUT)

    def keep(self) -> None:
        self._db.execute("COMMIT")
        self._db.execute("BEGIN IMMEDIATE")

    def empty(self) -> None:
        self._db.execute("ROLLBACK")
        self._db.close()
        for end in ("", *BESIDE):
            self._path.with_name(self._path.name + end).unlink(missing_ok=True)
        SqliteStore(self._path).close()
        self._begin()

    def store(self) -> SqliteStore:
        return SqliteStore(self._path)


def demand_usable(store: SqliteStore) -> None:
    """Trouble where the centres have moved out of this database, or not wholly into it."""
    with told(store.path.name), store.connection() as db:
        mark = mark_of(db)
    if mark is None:
        return
    raise StoreTrouble(_REFUSAL[bool(mark)].format(where=store.path, place=mark))


_REFUSAL = {
    True: "the centres of {where} have moved to {place}: serve them from there",
    False: "{where} is the unfinished copy of another database: run `motcua migrate` again",
}
