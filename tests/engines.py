"""PostgreSQL and Redis for tests: servers of our own on loopback, never the system's service.

Each has its own folder and port, is stopped by its own pid, and ends with the test process whatever ends it.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
import redis

PATIENCE = 60.0
"""Seconds an engine may take to start on a busy machine: it may have a crash to recover from."""

DURABLE: dict[str, Any] = {
    "max_connections": 100,
    "shared_buffers": "32MB",
    "logging_collector": "off",
    "log_min_messages": "warning",
}
FORGETFUL = {**DURABLE, "fsync": "off", "full_page_writes": "off", "autovacuum": "off"}
"""For tests that no power cut is part of: a killed process loses nothing by it."""

_LOCKED_OUT = "strict"
"""A role that has to tell its password, as on a real server."""


class PostgresServer:
    """A PostgreSQL cluster in a folder of its own. `url(database)` is what a client connects to.

    `settings` are the server's, by name. Not as root, for PostgreSQL refuses that: where the tests are root,
    as the user `postgres` or `nobody`.
    """

    def __init__(self, settings: dict[str, Any] | None = None) -> None:
        self._settings = DURABLE if settings is None else settings
        self._user = _unprivileged()
        self.folder = Path(tempfile.mkdtemp(prefix="motcua-postgres-"))
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._databases = count(1)
        try:
            if self._user:
                shutil.chown(self.folder, self._user)
            self._make()
            self.start()
        except BaseException:
            self.close()
            raise

    def url(self, database: str = "postgres", user: str = "postgres", password: str = "") -> str:
        secret = f":{password}" if password else ""
        return f"postgresql://{user}{secret}@127.0.0.1:{self.port}/{database}"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")

    def start(self) -> None:
        """Start (again, on the same port) and wait until it answers."""
        options = [f"--{name}={value}" for name, value in self._settings.items()]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [*self._as_user(), str(_program("postgres")), "-D", str(self.folder / "data"), *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
                start_new_session=True,
            )
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise AssertionError(f"PostgreSQL ended with {self._process.returncode}:\n{self.log}")
            with suppress(psycopg.OperationalError):
                psycopg.connect(self.url(), connect_timeout=2).close()
                return
            time.sleep(0.02)
        raise AssertionError(f"PostgreSQL did not answer within {PATIENCE} s:\n{self.log}")

    def stop(self) -> None:
        """End it in order: who is connected is turned out."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """SIGKILL the server and all its backends at once; `start` then recovers from the log."""
        self._end(signal.SIGKILL)

    def kill_backend(self, pid: int) -> None:
        """SIGKILL one backend. PostgreSQL then turns everybody out and recovers by itself."""
        os.kill(pid, signal.SIGKILL)

    def backends(self, database: str | None = None) -> list[int]:
        """The process ids of those that serve a client (of `database`) now."""
        asked = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'"
        where = " AND pid <> pg_backend_pid() AND coalesce(datname = %s, true)"
        return [row[0] for row in self.ask(asked + where, database)]

    def wait_until_it_answers(self) -> None:
        """After one of its backends was killed."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                psycopg.connect(self.url(), connect_timeout=2).close()
                return
            except psycopg.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)

    def ask(self, statement: str, *values: Any, database: str = "postgres") -> list[Any]:
        """The rows that a statement gives, asked by the superuser."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            cursor = connection.execute(statement, values or None)  # type: ignore[call-overload]
            return cursor.fetchall() if cursor.description else []

    def new_database(self) -> str:
        """The name of a database in which nothing is yet."""
        name = f"motcua_{next(self._databases)}"
        self.ask(f"CREATE DATABASE {name}")
        return name

    def close(self) -> None:
        """Stop it and leave nothing behind."""
        if self._process is not None and self._process.poll() is None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _make(self) -> None:
        data = self.folder / "data"
        quick = ["--no-sync", "--no-instructions", "--auth=trust", "--username=postgres"]
        made = subprocess.run(
            [*self._as_user(), str(_program("initdb")), "-D", str(data), "-E", "UTF8", "--locale=C", *quick],
            cwd=self.folder,
            env={"PATH": os.environ.get("PATH", "")},
            capture_output=True,
            text=True,
        )
        if made.returncode:
            raise AssertionError(f"initdb failed:\n{made.stdout}{made.stderr}")
        access = data / "pg_hba.conf"
        access.write_text(f"host all {_LOCKED_OUT} 127.0.0.1/32 scram-sha-256\n{access.read_text()}")
        with (data / "postgresql.conf").open("a") as settings:
            settings.write(f"listen_addresses = '127.0.0.1'\nport = {self.port}\n")
            settings.write(f"unix_socket_directories = '{self.folder}'\n")

    def _as_user(self) -> list[str]:
        """What comes before the program: it ends when we do, even where we are killed."""
        who = (
            [f"--reuid={self._user}", f"--regid={self._user_group()}", "--clear-groups"] if self._user else []
        )
        return ["setpriv", *who, "--pdeathsig", "INT"]

    def _user_group(self) -> int:
        assert self._user is not None
        return pwd.getpwnam(self._user).pw_gid

    def _end(self, how: signal.Signals) -> None:
        assert self._process is not None
        if how is signal.SIGKILL:
            # Its backends would linger until they miss it; stopped first, it begets no more of them.
            self._process.send_signal(signal.SIGSTOP)
            for child in _children(self.pid):
                with suppress(ProcessLookupError):
                    os.kill(child, how)
        self._process.send_signal(how)
        self._process.wait(timeout=PATIENCE)


class RedisServer:
    """A Redis that keeps nothing on disk. `url` is what a client connects to."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.folder = Path(tempfile.mkdtemp(prefix="motcua-redis-"))
        self._process: subprocess.Popen[bytes] | None = None
        try:
            self.start()
        except BaseException:
            self.close()
            raise

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start (again, on the same port) and wait until it answers."""
        program = shutil.which("redis-server")
        if program is None:
            raise AssertionError("redis-server is missing: ./dev test installs it")
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder)]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", program, *options, "--save", "", "--appendonly", "no"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                start_new_session=True,
            )
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with suppress(redis.ConnectionError):
                with redis.Redis.from_url(self.url) as client:
                    client.ping()
                return
            time.sleep(0.02)
        raise AssertionError(f"Redis did not answer: {(self.folder / 'log').read_text()}")

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def close(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _end(self, how: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(how)
        self._process.wait(timeout=PATIENCE)


def fresh_database(server: PostgresServer) -> str:
    """The URL of a database in which nothing is yet."""
    return server.url(server.new_database())


def emptied_database(server: PostgresServer) -> str:
    """The URL of a database with our tables and nothing in them: quicker than a fresh one, one at a time."""
    name = "motcua_emptied"
    if not server.ask("SELECT 1 FROM pg_database WHERE datname = %s", name):
        server.ask(f"CREATE DATABASE {name}")
    tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'motcua' AND tablename <> 'migration'"
    names = [row[0] for row in server.ask(tables, database=name)]
    deleted = "; ".join(f"DELETE FROM motcua.{table}" for table in names)
    if deleted:  # as a replica, no trigger keeps us from it
        server.ask(f"SET session_replication_role = replica; {deleted}", database=name)
    return server.url(name)


def database_of(url: str) -> str:
    """The name of the database that a URL leads to."""
    return urlsplit(url).path.lstrip("/")


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One for all tests, each with a database of its own. Who kills servers starts one of their own."""
    server = PostgresServer(FORGETFUL)
    yield server
    server.close()


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    """One for all tests that share: who kills servers starts one of their own."""
    server = RedisServer()
    yield server
    server.close()


def _program(name: str) -> Path:
    """The newest that is installed; Debian keeps them off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1]
    if there := shutil.which(name):
        return Path(there)
    raise AssertionError(f"{name} of PostgreSQL is missing: ./dev test installs it")


def _unprivileged() -> str | None:
    if os.getuid() != 0:
        return None
    known = {user.pw_name for user in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in listed.read_text().split()] if listed.exists() else []
