"""Copies of a SQLite database: taken while it is written to, packed, unpacked, looked into when damaged."""

from __future__ import annotations

import gzip
import os
import shutil
import sqlite3
import time
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from ..app.ports import StoreTrouble
from .sqlite_errors import told

PAGES = 1024
"""Pages copied at a time; between them everybody else has the disk."""

PAUSE_SECONDS = 0.005
PATIENCE_SECONDS = 5.0
_CHUNK = 1 << 20
_SQLITE, _GZIP, _POSTGRES = b"SQLite format 3\0", b"\x1f\x8b", b"PGDMP"

_HEADS = """
SELECT known.site, journal.seq, journal.at, journal.hash FROM (SELECT DISTINCT site FROM site) AS known
JOIN journal ON journal.site = known.site
    AND journal.seq = (SELECT max(seq) FROM journal WHERE site = known.site)
"""


def copy_online(source: Path, target: Path) -> None:
    """A copy of the database as it stands at this moment, by SQLite's backup API, page by page.

    In WAL mode the read transaction that is held meanwhile keeps no writer waiting, and what is written
    meanwhile does not make the copying begin anew. Raises StoreTrouble.
    """
    with _room(target.parent, source), told(source.name), reader(source) as db:
        db.execute("BEGIN")
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on it is one moment
        with closing(sqlite3.connect(target, isolation_level=None)) as copy:
            db.backup(copy, pages=PAGES, progress=lambda *_: time.sleep(PAUSE_SECONDS))
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
        db.execute("ROLLBACK")


def pack(source: Path, target: Path) -> None:
    """`source` compressed into the new file `target`, for its owner's eyes only; on the disk at the end."""
    with _room(target.parent, source), source.open("rb") as plain:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "wb") as file:
            with gzip.GzipFile("", "wb", 6, file, mtime=0) as packed:
                shutil.copyfileobj(plain, packed, _CHUNK)
            file.flush()
            os.fsync(file.fileno())


def unpack(source: Path, target: Path) -> None:
    """The database in `source`, a backup or a plain copy of a database, as the new file `target`."""
    begin = _first_bytes(source)
    if begin.startswith(_SQLITE):
        copy_online(source, target)
    elif begin.startswith(_GZIP):
        with _room(target.parent, source):
            _unpack(source, target)
    elif begin.startswith(_POSTGRES):
        raise StoreTrouble(f"{source} is a backup of a PostgreSQL database: restore it with --database")
    else:
        raise StoreTrouble(f"{source} is neither a backup nor a SQLite database")


def _unpack(source: Path, target: Path) -> None:
    try:
        with gzip.open(source) as packed, target.open("xb") as plain:
            shutil.copyfileobj(packed, plain, _CHUNK)
            plain.flush()
            os.fsync(plain.fileno())
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise StoreTrouble(f"{source} is damaged ({error}): take another backup") from error


def integrity(path: Path) -> list[str]:
    """What SQLite finds wrong in the whole file, a few lines; nothing where it is sound."""
    with told(path.name), reader(path) as db:
        found = [str(row[0]) for row in db.execute("PRAGMA integrity_check(5)")]
    return [] if found == ["ok"] else found


def heads(path: Path) -> dict[str, tuple[int, int, str]]:
    """(seq, at, hash) of the newest entry of every centre. Raises StoreTrouble where that cannot be read."""
    with told(path.name), reader(path) as db:
        return {site: (seq, at, seal) for site, seq, at, seal in db.execute(_HEADS)}


def hash_of(path: Path, site: str, seq: int) -> str | None:
    """The hash of one entry; None where the journal has none of that seq."""
    with told(path.name), reader(path) as db:
        row = db.execute("SELECT hash FROM journal WHERE site = ? AND seq = ?", (site, seq)).fetchone()
        return str(row[0]) if row else None


def last_numbers(path: Path, site: str) -> dict[str, tuple[str, int]]:
    """(day, last number given) of every queue of a centre, from a file that nothing else may be known of."""
    with told(path.name), reader(path) as db:
        rows = db.execute("SELECT queue, day, last_number FROM tally WHERE site = ?", (site,))
        return {queue: (day, number) for queue, day, number in rows}


def sync_folder(folder: Path) -> None:
    """Let what was renamed in `folder` survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def reader(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that changes nothing and waits a while for a writer; the file must be there."""
    with closing(
        sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=PATIENCE_SECONDS)
    ) as db:
        db.isolation_level = None
        db.execute("PRAGMA query_only=ON")
        yield db


@contextmanager
def _room(folder: Path, source: Path) -> Iterator[None]:
    """Errors of the file system inside, told with how much room there is and is needed."""
    try:
        yield
    except (OSError, StoreTrouble, sqlite3.OperationalError) as error:
        text = getattr(error, "strerror", None) or str(error)
        if isinstance(error, StoreTrouble) and "full" not in text and "I/O" not in text:
            raise
        free = shutil.disk_usage(folder).free / 1e6
        size = source.stat().st_size / 1e6
        raise StoreTrouble(
            f"copying {source.name} into {folder}: {text};"
            f" {free:.0f} MB are free, the file that is copied has {size:.0f} MB"
        ) from error


def _first_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(16)
    except OSError as error:
        raise StoreTrouble(f"{path}: {error.strerror}") from error
