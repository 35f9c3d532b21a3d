"""Backups of a PostgreSQL database by its own pg_dump and pg_restore; no password on a command line."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ..app.backup_proof import Proof, prove
from ..app.ports import StoreTrouble
from ..app.restoring import Known
from .postgres import PostgresStore
from .postgres_connections import Connection, Connections
from .postgres_errors import told
from .postgres_side import others
from .restoring import Head, Restored, RestoreRefused, Wish, go_on, loss

_SAME = "host hostaddr port user password passfile service sslmode sslcert sslkey sslrootcert"
_VARIABLES = {name: f"PG{name.upper()}" for name in _SAME.split()} | {"dbname": "PGDATABASE"}
"""Where the programs look for what stands in an address."""

_GUARD = "REVOKE UPDATE, DELETE, TRUNCATE ON motcua.journal FROM PUBLIC, CURRENT_USER"
"""What the dump leaves out with all other rights, for its roles need not exist where it is restored."""


class PostgresSource:
    """See backup_folder.Source: one moment of the whole schema, which others may read and write meanwhile.

    `by_reading` is True where the server did not let the last backup be restored into a database of its own.
    """

    kind = "pgdump"

    def __init__(self, url: str) -> None:
        self._url = url
        self._connections = Connections(url)
        self.by_reading = False

    def save(self, target: Path, work: Path) -> None:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        _run(self._url, "pg_dump", "--format=custom", "--schema=motcua", "--no-password", f"--file={target}")
        with target.open("rb") as file:
            os.fsync(file.fileno())

    def prove(self, file: Path, work: Path) -> list[Proof]:
        """Restore it into a database of its own; without the right to make one, read all of it, and check
        the database that it was made of."""
        name = f"motcua_proof_{secrets.token_hex(6)}"
        with told(self._connections.where), self._connections.connect() as db:
            try:
                db.execute(f"CREATE DATABASE {name} TEMPLATE template0")
            except psycopg.errors.InsufficientPrivilege:
                self.by_reading = True
                return self._prove_by_reading(file)
            try:
                url = make_conninfo(self._url, dbname=name)
                _load(url, file)
                return _proofs(url)
            finally:
                db.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _prove_by_reading(self, file: Path) -> list[Proof]:
        _run(self._url, "pg_restore", f"--file={os.devnull}", str(file))
        return _proofs(self._url)


def restore(file: Path, url: str, wish: Wish, now: int) -> Restored:
    """Put a backup in the place of the schema, prove it there, and keep the old one under another name.

    Raises RestoreRefused, Unsound, restoring.NumbersUnknown and StoreTrouble; then the old one is back.
    """
    began = time.monotonic()
    connections = Connections(url)
    _run(url, "pg_restore", "--list", str(file))  # whether it is a backup at all
    with told(connections.where), connections.connect() as db:
        if others(db):
            raise RestoreRefused(f"a server or a command works with {connections.where}: stop it first")
        old = _old(url) if _has_schema(db, "motcua") else {}
        with _old_aside(db, now) as aside:
            _load(url, file)
            store = PostgresStore(url)
            try:
                proofs = prove(store)
                if not wish.replace and (lost := _loss(old, store)):
                    raise RestoreRefused(
                        f"{connections.where} {lost};"
                        f" to put it aside and go on with {file.name} all the same, add --replace"
                    )
                known = {site: Known(given, seq=head[0]) for site, (head, given) in old.items()}
                sites = [proof.site for proof in proofs]
                centres = go_on(store, sites, lambda site: known.get(site, Known()), wish, now)
            finally:
                store.close()
    return Restored(tuple(proofs), centres, aside, time.monotonic() - began)


def _old(url: str) -> dict[str, tuple[Head, dict[str, tuple[str, int]]]]:
    """(newest entry, last numbers by queue) of every centre that is there now."""
    store = PostgresStore(url)
    found = {}
    try:
        for site in store.sites():
            with store.reading(site) as reading:
                seq, seal = reading.head()
                last = reading.journal(seq - 1, 1) if seq else []
                given = {tally.queue: (tally.day, tally.last_number) for tally in reading.tallies()}
            found[site] = ((seq, last[0].at if last else 0, seal), given)
    finally:
        store.close()
    return found


def _loss(old: dict[str, tuple[Head, dict[str, tuple[str, int]]]], store: PostgresStore) -> str:
    def hash_of(site: str, seq: int) -> str | None:
        with store.reading(site) as reading:
            found = reading.journal(seq - 1, 1)
        return found[0].hash if found else None

    return loss({site: head for site, (head, _) in old.items()}, store.heads(), hash_of)


@contextmanager
def _old_aside(db: Connection, now: int) -> Iterator[str]:
    """The schema under another name while the block fills a new one; back again where it raises."""
    stamp = datetime.fromtimestamp(now / 1000, UTC).strftime("%Y%m%dt%H%M%S")
    aside = f"motcua_aside_{stamp}" if _has_schema(db, "motcua") else ""
    if aside:
        db.execute(f"ALTER SCHEMA motcua RENAME TO {aside}")
    try:
        yield aside
    except BaseException:
        db.execute("DROP SCHEMA IF EXISTS motcua CASCADE")
        if aside:
            db.execute(f"ALTER SCHEMA {aside} RENAME TO motcua")
        raise


def _has_schema(db: Connection, name: str) -> bool:
    return db.execute("SELECT 1 FROM pg_namespace WHERE nspname = $1", (name,)).fetchone() is not None


def _load(url: str, file: Path) -> None:
    """Restore a dump into a database that has no schema of ours, all or nothing."""
    options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", "--no-password")
    name = str(conninfo_to_dict(url).get("dbname", ""))
    _run(url, "pg_restore", *options, f"--dbname={name}", str(file))
    with Connections(url).connect() as db:
        db.execute(_GUARD)


def _proofs(url: str) -> list[Proof]:
    store = PostgresStore(url)
    try:
        return prove(store)
    finally:
        store.close()


def _run(url: str, program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL's client for the database at `url`; StoreTrouble with what it said."""
    path = shutil.which(program)
    if path is None:
        raise StoreTrouble(f"{program} is missing: install postgresql-client, as new as the server")
    given = conninfo_to_dict(url)
    variables = {_VARIABLES[name]: str(value) for name, value in given.items() if name in _VARIABLES}
    done = subprocess.run(
        [path, *arguments],
        env={**os.environ, **variables, "PGCONNECT_TIMEOUT": "10"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
    )
    if done.returncode:
        said = " ".join(done.stderr.split()) or f"it ended with {done.returncode}"
        raise StoreTrouble(f"{program}: {said}")
