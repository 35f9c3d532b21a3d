"""What SQLite's errors mean to the application: a broken constraint, or a store in trouble."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from ..app.ports import Conflict, StoreTrouble

_DAMAGED = "the file is damaged: stop the server and restore the newest backup with `motcua restore`"
_WAYS_OUT = {
    "malformed": _DAMAGED,
    "not a database": _DAMAGED,
    "disk is full": "make room on the disk",
    "readonly": "the disk or the file is mounted or set read-only: make it writable for the server's user",
    "database is locked": "another program holds the file: close it",
    "unable to open": "the server's user must be able to read and write the file and its folder",
    "disk I/O error": "the disk fails: look into the system's log, and keep the backups elsewhere",
}
"""What to do about what SQLite says."""


@contextmanager
def told(where: str) -> Iterator[None]:
    """Errors of SQLite inside become Conflict or StoreTrouble; wrong use of the library stays what it is."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise Conflict(str(error)) from error
    except sqlite3.Error as error:
        if not is_trouble(error):
            raise
        raise StoreTrouble(f"{where}: {error}{_way_out(str(error))}") from error


def is_trouble(error: BaseException) -> bool:
    """Whether the file is at fault (locked, full, damaged, no database at all), and not the program."""
    # A damaged file raises the base class itself; its other subclasses mean wrong use.
    return isinstance(error, sqlite3.OperationalError) or type(error) is sqlite3.DatabaseError


def _way_out(said: str) -> str:
    return next((f" ({way})" for sign, way in _WAYS_OUT.items() if sign in said), "")
