"""Connections to PostgreSQL, made when they are needed and kept for the next who needs one."""

from __future__ import annotations

import fcntl
import os
import select
import socket
import termios
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import Any

import psycopg
from psycopg import waiting
from psycopg.abc import Buffer, PQGen
from psycopg.adapt import Dumper, Transformer
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import TransactionStatus
from psycopg.waiting import Ready, Wait

from ..app.ports import StoreTrouble
from .postgres_errors import told

KEPT = 8
"""Connections lent to green threads at a time: a burst of them must neither hold all that the server has nor
make new ones, which costs more than to wait for one."""

TURN_SECONDS = 1.0
"""How long a green thread waits for one to come back; then it gets one of its own, as those who have one may
all be waiting for it. Who has one already gets a second one at once."""

MORE = 8
"""How many green threads at most have one beyond those: while the server stands still, the readers of a whole
hall must not take all the connections that it has for everybody."""

LOCK_SECONDS = 15
"""How long a writer waits for another process that holds the site."""

_SETTINGS = {
    "search_path": "motcua",
    "synchronous_commit": "on",
    "lock_timeout": f"{LOCK_SECONDS}s",
    # A process that stands still inside a transaction must not hold its site for ever.
    "idle_in_transaction_session_timeout": "60s",
    # Who leads, or holds a site, and is cut off must be missed by the server within half a minute, too.
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "20000",
    # Every statement finds its rows by an index, in the order it wants them: a plan that was made while a
    # table was small, or before anything was known of it, must hold later too.
    "enable_seqscan": "off",
    "enable_bitmapscan": "off",
    "enable_sort": "off",
    "plan_cache_mode": "force_generic_plan",
    "jit": "off",
}
_CONNECTING = {
    "connect_timeout": "5",
    "application_name": "motcua",
    "client_encoding": "utf8",
    # A server whose machine or cable is gone says nothing: without these a writer would wait for minutes.
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
}

_wait_natively: Any = getattr(waiting, "wait_c", waiting.wait)
_native_id = threading.get_native_id


class _Number(Dumper):
    """Numbers without a type of their own, as texts have none: else each size makes another statement."""

    oid = 0

    def dump(self, obj: Any) -> Buffer:
        return b"%d" % obj


class Connection(psycopg.Connection[tuple[Any, ...]]):
    """Waits green in the main thread, where the async mode patched it, and natively in any other thread.

    `statements` are the names of those that the server has prepared.
    """

    statements: dict[str | bytes, bytes]
    transformer: Any
    _ear: socket.socket | None = None

    def wait(self, gen: PQGen[Any], *args: Any, **more: Any) -> Any:
        if not _is_green() or not _is_patched():
            return _wait_natively(gen, self.pgconn.socket, *args, **more)
        try:
            wanted = next(gen)
            while True:
                wanted = gen.send(self._hear() if wanted == Wait.R else self._look(wanted))
        except StopIteration as done:
            return done.value

    def _hear(self) -> Ready:
        """Wait until the server says something, by a socket that is watched for good: a poll costs more."""
        if self._ear is None:
            self._ear = socket.socket(fileno=os.dup(self.pgconn.socket))
        with suppress(OSError):  # what is wrong shows when it is read
            self._ear.recv(1, socket.MSG_PEEK)
        return Ready.R

    def _look(self, wanted: Wait) -> Ready:
        line = [self.pgconn.socket]
        readable, writable, _ = select.select(line if wanted & Wait.R else [], line, [])
        return Ready((Ready.R if readable else 0) | (Ready.W if writable else 0))

    def close(self) -> None:
        if self._ear is not None:
            self._ear.close()
        super().close()


class Connections:
    """A pool without locks or threads of its own, so that native and green threads may share it.

    Who finds it empty connects, and so hears at once what is wrong. A connection that met trouble, or was
    left in the middle of something, is not lent again; `on_loss` is told. `where` names host and database,
    without password.
    """

    def __init__(self, url: str) -> None:
        try:
            given = conninfo_to_dict(url)
        except psycopg.Error as error:
            raise StoreTrouble(f"--database: {error}") from error
        options = " ".join(f"-c {name}={value}" for name, value in _SETTINGS.items())
        more = {**_CONNECTING, **given, "options": f"{options} {given.get('options') or ''}".strip()}
        self._conninfo = make_conninfo("", **more)
        host = given.get("host") or "localhost"
        self.where = f"{given.get('dbname') or given.get('user') or ''} at {host}:{given.get('port') or 5432}"
        self._idle: deque[Connection] = deque()
        self._turns = threading.BoundedSemaphore(KEPT)  # of the green threads alone: they are many
        self._more = threading.BoundedSemaphore(MORE)
        self._holders: set[int] = set()  # the green threads that have one
        self._closed = False
        self.on_loss: Callable[[], None] = lambda: None

    @contextmanager
    def lent(self) -> Iterator[Connection]:
        """A connection in no transaction, for the time of a block; what that leaves open is rolled back."""
        with self._its_turn() if _is_green() else nullcontext():
            connection = self._borrow()
            try:
                with told(self.where):
                    yield connection
            finally:
                self._take_back(connection)

    @contextmanager
    def _its_turn(self) -> Iterator[None]:
        me = threading.get_ident()
        if me in self._holders:  # what it has is not given back before this is done: it would wait for itself
            yield
            return
        turn = self._turn()
        self._holders.add(me)
        try:
            yield
        finally:
            self._holders.discard(me)
            turn.release()

    def _turn(self) -> threading.BoundedSemaphore:
        """What is to be released afterwards; StoreTrouble where no connection comes back for long."""
        if self._turns.acquire(timeout=TURN_SECONDS):
            return self._turns
        if self._more.acquire(timeout=LOCK_SECONDS):
            return self._more
        raise StoreTrouble(
            f"PostgreSQL, {self.where}: all {KEPT + MORE} connections of this process are busy"
        )

    def connect(self) -> Connection:
        """One that is not of the pool."""
        with told(self.where):
            connection = Connection.connect(
                self._conninfo, autocommit=True, prepare_threshold=None, cursor_factory=psycopg.RawCursor
            )
        connection.statements = {}
        connection.transformer = Transformer(connection)
        connection.adapters.register_dumper(int, _Number)
        return connection

    def close(self) -> None:
        self._closed = True
        while self._idle:
            self._idle.pop().close()

    def _take_back(self, connection: Connection) -> None:
        if not _is_sound(connection):
            self.on_loss()
        elif not self._closed and len(self._idle) < KEPT + MORE:
            self._idle.append(connection)
            return
        connection.close()

    def _borrow(self) -> Connection:
        if self._closed:
            raise StoreTrouble(f"PostgreSQL, {self.where}: the store is closed")
        with suppress(IndexError):
            while True:
                connection = self._idle.pop()
                if _is_alive(connection):
                    return connection
                self.on_loss()
                connection.close()
        return self.connect()


def _is_green() -> bool:
    """Whether this is the main thread, the only one in which green threads run."""
    return _native_id() == os.getpid()


def _is_patched() -> bool:
    """Whether the async mode has put green sockets in place of the standard ones."""
    return socket.socket.__module__ != "socket"


def _is_alive(connection: Connection) -> bool:
    """Whether an idle connection's server is still there: one that went said so, or has closed its end."""
    try:
        said = fcntl.ioctl(connection.pgconn.socket, termios.FIONREAD, bytes(4))
        connection.pgconn.consume_input()
    except (psycopg.Error, OSError):
        return False
    return not any(said) and connection.pgconn.transaction_status == TransactionStatus.IDLE


def _is_sound(connection: Connection) -> bool:
    """Whether it may be lent again; ends a transaction that was left open."""
    status = connection.pgconn.transaction_status
    if status in (TransactionStatus.INTRANS, TransactionStatus.INERROR):
        with suppress(psycopg.Error):
            connection.execute("ROLLBACK")
        status = connection.pgconn.transaction_status
    return status == TransactionStatus.IDLE
