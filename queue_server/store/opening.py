"""Opens the store that the options name: a SQLite file, or a PostgreSQL database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any


def open_store(database: str, file: Path) -> Any:
    """The store at the address `database`, or in `file` where that is empty. Raises StoreTrouble."""
    if database:
        from . import postgres_side
        from .postgres import PostgresStore

        return _usable(PostgresStore(database), postgres_side.demand_usable)
    from . import sqlite_side
    from .sqlite import SqliteStore

    return _usable(SqliteStore(file), sqlite_side.demand_usable)


def _usable(store: Any, demand: Callable[[Any], None]) -> Any:
    try:
        demand(store)
    except BaseException:
        store.close()
        raise
    return store
