"""One transaction on PostgreSQL in few round trips: statements gather, and go out when an answer is wanted.

It speaks through psycopg's own binding of libpq. Its cursors would send and wait statement by statement, and
make half a dozen objects for each: that cost more than all that the server does.
"""

from __future__ import annotations

import re
from collections import deque
from contextlib import suppress
from functools import cache
from itertools import count
from typing import Any

import psycopg
from psycopg.adapt import PyFormat
from psycopg.errors import PipelineAborted, error_from_result
from psycopg.generators import fetch_many, send
from psycopg.pq import ExecStatus

from ..app.ports import Conflict, StoreTrouble
from .postgres_connections import Connection
from .postgres_rows import RowsToWrite

MOST_PREPARED = 400
"""Statements that each connection keeps prepared; those beyond are planned each time."""

_names = count()


class Answer:
    """What the server says to one statement, once it is asked for."""

    def __init__(self, session: Session, prepares: str | bytes | None = None) -> None:
        self._session = session
        self._prepares = prepares
        self.result: Any = None

    def fetchall(self) -> list[tuple[Any, ...]]:
        return self._session.rows_of(self)

    def fetchone(self) -> tuple[Any, ...] | None:
        rows = self.fetchall()
        return rows[0] if rows else None

    def come(self, result: Any, connection: Connection) -> None:
        """Raises what went wrong with the statement."""
        self.result = result
        if result.status in _DONE:
            return
        if self._prepares is not None:
            connection.statements.pop(self._prepares, None)
        if result.status == ExecStatus.PIPELINE_ABORTED:
            raise PipelineAborted("pipeline aborted")
        raise error_from_result(result, encoding="utf-8")


_DONE = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK, ExecStatus.PIPELINE_SYNC)


class Session:
    """A connection in pipeline mode between `begin` and `commit`.

    What `run` takes is carried out in order, and what goes wrong with it comes up at the next `rows` or
    `settle`. What `write` is given goes along with the next, several rows in one statement. Statements are in
    SQLite's words: values stand for `?` (in turn) or `?1` (by number).
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._line = connection.pgconn
        self._is_open = False
        self._is_flushed = False
        self._awaited: deque[Answer] = deque()
        self._rows = RowsToWrite()

    def begin(self, how: str) -> None:
        self._enter()
        self.run(how)

    def run(self, sql: str, *values: Any) -> Answer:
        """Take a statement, to go out with the next question."""
        self._send_rows()
        return self._put(sql, values)

    def write(self, sql: str, site: str, *values: Any) -> None:
        """Insert a row of a site some time before the next statement is carried out."""
        if not self._rows.add(sql, site, values):
            self._send_rows()
            self._rows.add(sql, site, values)

    def _send_rows(self) -> None:
        for sql, values in self._rows.taken():
            self._put(sql, values)

    def _put(self, sql: str | bytes, values: tuple[Any, ...]) -> Answer:
        self._is_flushed = False
        dumped = [self._dumped(value) for value in values]
        name = self._connection.statements.get(sql)
        if name is None:
            text = sql if isinstance(sql, bytes) else translated(sql)
            if len(self._connection.statements) >= MOST_PREPARED:
                self._line.send_query_params(text, dumped)
                self._awaited.append(answer := Answer(self))
                return answer
            name = self._connection.statements[sql] = b"motcua_%d" % next(_names)
            self._line.send_prepare(name, text)
            self._awaited.append(Answer(self, prepares=sql))
        self._line.send_query_prepared(name, dumped)
        self._awaited.append(answer := Answer(self))
        return answer

    def _dumped(self, value: Any) -> Any:
        """As text, whose type the server finds by where it stands."""
        if value is None:
            return None
        if isinstance(value, str):
            return value.encode()
        if isinstance(value, int):
            return b"%d" % value
        return self._connection.transformer.get_dumper(value, PyFormat.TEXT).dump(value)

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        return self.run(sql, *values).fetchall()

    def rows_of(self, answer: Answer) -> list[tuple[Any, ...]]:
        if answer.result is None:
            if not self._is_flushed:
                self._line.send_flush_request()
                self._is_flushed = True
            self._await(answer)
        else:
            answer.come(answer.result, self._connection)  # what went wrong is told to whoever asks again
        if answer.result.status != ExecStatus.TUPLES_OK:
            return []
        transformer = self._connection.transformer
        transformer.set_pgresult(answer.result)
        rows: list[tuple[Any, ...]] = transformer.load_rows(0, answer.result.ntuples, tuple)
        return rows

    def settle(self) -> None:
        """Wait until all that was taken is done; raises the first error."""
        self._send_rows()
        self._line.pipeline_sync()
        self._awaited.append(last := Answer(self))
        self._await(last)

    def _await(self, last: Answer) -> None:
        """Have every answer up to `last`; raises the first error among them."""
        connection = self._connection
        if self._line.flush():
            connection.wait(send(self._line))
        error: psycopg.Error | None = None
        while last.result is None:
            results = connection.wait(fetch_many(self._line))
            try:
                self._awaited.popleft().come(results[0], connection)
            except psycopg.Error as failed:
                error = error or failed
        if error is not None:
            raise error

    def undo_to(self, savepoint: str) -> None:
        """Undo what came after the savepoint, be it that it failed."""
        self._rows.forget()
        with suppress(psycopg.Error):
            self.settle()
        self.run(f"ROLLBACK TO {savepoint}")
        self.run(f"RELEASE {savepoint}")
        self.settle()

    def commit(self) -> None:
        """StoreTrouble where the transaction was lost on the way: PostgreSQL's COMMIT then says ROLLBACK."""
        if not self._is_open:
            return  # it is done
        done = self.run("COMMIT")
        self.settle()
        self._leave()
        if done.result.command_status != b"COMMIT":
            raise StoreTrouble("the transaction was undone")

    def abandon(self) -> None:
        """After trouble: undo the transaction, where the server can still be told to."""
        self._rows.forget()
        with suppress(psycopg.Error):
            if self._is_open:
                with suppress(psycopg.Error):
                    self.settle()
                self._put("ROLLBACK", ())
                self.settle()
                self._leave()

    def _enter(self) -> None:
        self._line.enter_pipeline_mode()
        self._is_open = True

    def _leave(self) -> None:
        self._is_open = False
        self._line.exit_pipeline_mode()


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
