"""Every kind of store, opened fresh, for the tests that all of them must pass."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from queue_server.store.memory import MemoryStore
from queue_server.store.postgres import PostgresStore
from queue_server.store.sqlite import SqliteStore
from tests.engines import emptied_database

KINDS = ("memory", "sqlite", "postgres")


def opener(kind: str, request: pytest.FixtureRequest, folder: Path) -> Callable[[], Any]:
    """Opens the same store each time: what another process would see. The caller closes."""
    if kind == "memory":
        store = MemoryStore()
        return lambda: store
    if kind == "sqlite":
        return lambda: SqliteStore(folder / "motcua.db")
    url = emptied_database(request.getfixturevalue("postgres_server"))
    return lambda: PostgresStore(url)
