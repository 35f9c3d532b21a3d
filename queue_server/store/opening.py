"""Opens the store that the options name: a SQLite file, or a PostgreSQL database."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def open_store(database: str, file: Path) -> Any:
    """The store at the address `database`, or in `file` where that is empty. Raises StoreTrouble."""
    if database:
        from .postgres import PostgresStore

        return PostgresStore(database)
    from .sqlite import SqliteStore

    return SqliteStore(file)
