"""What SQLite's errors mean to the application: a broken constraint, or a store in trouble."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from ..app.ports import Conflict, StoreTrouble


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
        raise StoreTrouble(f"{where}: {error}") from error


def is_trouble(error: BaseException) -> bool:
    """Whether the file is at fault (locked, full, damaged, no database at all), and not the program."""
    # A damaged file raises the base class itself; its other subclasses mean wrong use.
    return isinstance(error, sqlite3.OperationalError) or type(error) is sqlite3.DatabaseError
