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
    `settle`. Statements are in SQLite's words: values stand for `?` (in turn) or `?1` (by number).
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._mode: AbstractContextManager[psycopg.Pipeline] | None = None
        self._pipeline: Any = None

    def begin(self, how: str) -> None:
        self._enter()
        self.run(how)

    def run(self, sql: str, *values: Any) -> Any:
        """Send a statement; a cursor, for who wants its rows later."""
        return self._connection.execute(translated(sql), values)

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self.run(sql, *values).fetchall()
        return rows

    def settle(self) -> None:
        """Wait until all that was sent is done; raises the first error."""
        self._pipeline.sync()

    def undo_to(self, savepoint: str) -> None:
        """Undo what came after the savepoint, be it that it failed."""
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
