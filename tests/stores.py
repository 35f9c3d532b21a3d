"""Every kind of store, opened fresh, for the tests that all of them must pass."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from queue_server.store.memory import MemoryStore
from queue_server.store.sqlite import SqliteStore

KINDS = ("memory", "sqlite")


def opener(kind: str, request: pytest.FixtureRequest, folder: Path) -> Callable[[], Any]:
    """Opens the same store each time: what another process would see. The caller closes."""
    if kind == "memory":
        store = MemoryStore()
        return lambda: store
    return lambda: SqliteStore(folder / "motcua.db")
