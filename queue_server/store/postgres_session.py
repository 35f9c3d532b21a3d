"""One transaction on PostgreSQL in few round trips: statements go out as they come, answers come later."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager, suppress
from functools import cache
from itertools import count
from typing import Any

import psycopg

from ..app.ports import Conflict, StoreTrouble
from .postgres_connections import Connection


class Session:
    """A connection in pipeline mode between `begin` and `commit`.

    What `run` sends is carried out in order, and what goes wrong with it comes up at the next `rows` or
    `settle`. What `write` is given goes along with the next, several rows in one statement. Statements are in
    SQLite's words: values stand for `?` (in turn) or `?1` (by number).
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._mode: AbstractContextManager[psycopg.Pipeline] | None = None
        self._pipeline: Any = None
        self._rows = RowsToWrite()

    def begin(self, how: str) -> None:
        self._enter()
        self.run(how)

    def run(self, sql: str, *values: Any) -> Any:
        """Send a statement; a cursor, for who wants its rows later."""
        self._send_rows()
        return self._connection.execute(translated(sql), values)

    def write(self, sql: str, site: str, *values: Any) -> None:
        """Insert a row of a site some time before the next statement is carried out."""
        if not self._rows.add(sql, site, values):
            self._send_rows()
            self._rows.add(sql, site, values)

    def _send_rows(self) -> None:
        if rows := self._rows.taken():
            self._connection.execute(*rows)

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self.run(sql, *values).fetchall()
        return rows

    def settle(self) -> None:
        """Wait until all that was sent is done; raises the first error."""
        self._send_rows()
        self._pipeline.sync()

    def undo_to(self, savepoint: str) -> None:
        """Undo what came after the savepoint, be it that it failed."""
        self._rows.taken()
        self.abandon()
        self._connection.execute(f"ROLLBACK TO {savepoint}")
        self._connection.execute(f"RELEASE {savepoint}")
        self._enter()

    def commit(self) -> None:
        """StoreTrouble where the transaction was lost on the way: PostgreSQL's COMMIT then says ROLLBACK."""
        if self._mode is None:
            return  # it is done
        done = self.run("COMMIT")
        self._leave()
        if done.statusmessage != "COMMIT":
            raise StoreTrouble("the transaction was undone")

    def abandon(self) -> None:
        """After trouble: leave the transaction for the pool to roll back."""
        with suppress(psycopg.Error):
            self._leave()

    def _enter(self) -> None:
        self._mode = self._connection.pipeline()
        self._pipeline = self._mode.__enter__()

    def _leave(self) -> None:
        """Wait for all that is under way; raises the first error of it."""
        mode, self._mode = self._mode, None
        if mode is not None:
            mode.__exit__(None, None, None)


class RowsToWrite:
    """Rows for different places, to be inserted by one statement: one round for what is one order.

    Its parts are carried out in no certain order and do not see each other. So no row comes twice in it, and
    of tables whose rows exclude each other (one ticket at a counter) there is one row only.
    """

    def __init__(self) -> None:
        self._parts: list[tuple[str, tuple[Any, ...]]] = []
        self._site = ""
        self._places: set[Any] = set()

    def add(self, sql: str, site: str, values: tuple[Any, ...]) -> bool:
        """False where it must wait for what is here already."""
        table = sql.split(maxsplit=3)[2]
        named = _KEYS[table]
        place = (table, len(self._parts)) if named is None else (table, *values[:named])
        if self._parts and (site != self._site or place in self._places or len(self._parts) == _MOST):
            return False
        self._site = site
        self._places.add(place)
        self._parts.append((sql, values))
        return True

    def taken(self) -> tuple[bytes, tuple[Any, ...]] | None:
        """The statement and its values; None where there are no rows."""
        if not self._parts:
            return None
        parts, self._parts = self._parts, []
        self._places.clear()
        values = tuple(value for _, more in parts for value in more)
        return merged(tuple(sql for sql, _ in parts)), (self._site, *values)


_MOST = 12
_KEYS: dict[str, int | None] = {
    **dict.fromkeys(("site", "day", "journal", "tally", "device", "cursor", "note"), 1),
    "answer": 2,
    "line": 3,
    "ticket": 0,
    "desk": 0,
    "delivery": None,
}
"""How many values name a row: none where any two exclude each other, None where no two can be the same."""


@cache
def merged(statements: tuple[str, ...]) -> bytes:
    """Several INSERTs as one statement; the first value of each is the site, which all share."""
    numbers = count(2)
    texts = []
    for sql in statements:
        first, *others = sql.split("?")
        texts.append(f"{first}$1" + "".join(f"{other}${next(numbers)}" for other in others[:-1]) + others[-1])
    ahead = ", ".join(f"part{number} AS ({text})" for number, text in enumerate(texts[:-1]))
    return (f"WITH {ahead} {texts[-1]}" if ahead else texts[-1]).encode()


@cache
def translated(sql: str) -> bytes:
    """A statement of SQLite's in PostgreSQL's words."""
    numbers = count(1)
    return re.sub(r"\?(\d*)", lambda found: f"${found[1] or next(numbers)}", sql).encode()


def without_nul(values: tuple[Any, ...]) -> bool:
    """Whether PostgreSQL can take the texts among `values`: it keeps no NUL, so no row has one."""
    return not any(isinstance(value, str) and "\0" in value for value in values)


def demand_no_nul(values: tuple[Any, ...]) -> None:
    if not without_nul(values):
        raise Conflict("a text holds a NUL character")
