"""Moves centres from one database into another, with their whole journal: proved there before it counts.

The source stands still meanwhile: no server may serve it, and nobody else may write it. When the copy is
proved, the source is marked in the transaction that kept others out: no order can come in after its copy.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from ..app.backup_proof import Proof, Unsound, prove
from ..app.ports import Store, StoreTrouble

TABLES = (
    *("site", "journal", "day", "ticket", "line", "tally", "desk", "device", "note", "answer", "cursor"),
    *("delivery", "person", "person_counter", "session", "token", "lockout", "access_log"),
)
"""What is moved, in an order in which every row finds those that it names."""

DERIVED = frozenset({"place", "head", "migration", "_sqlite_migrations", "moved"})
"""What each database makes of the others by itself, or has for itself."""

UNFINISHED = ""
"""The mark of a database that is being filled."""


class MoveRefused(Exception):
    """The centres cannot be moved as things are; the message says what to do."""


class Side(Protocol):
    """A database that centres are moved out of or into; all happens in one transaction, until `keep`."""

    where: str

    def held(self) -> AbstractContextManager[None]:
        """Nobody else serves or writes it while the block lasts. Raises MoveRefused, StoreTrouble."""

    def tables(self) -> set[str]: ...
    def columns(self, table: str) -> list[str]: ...
    def count(self, table: str) -> int: ...
    def rows(self, table: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]: ...
    def fill(self, table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None: ...
    def settle(self) -> None:
        """Once all is filled: make what the database keeps besides the tables."""

    def mark(self) -> str | None:
        """Where its centres have moved to; UNFINISHED while it is being filled, None for a usual one."""

    def set_mark(self, place: str | None) -> None: ...
    def keep(self) -> None:
        """Commit, durably; what follows is in a new transaction."""

    def empty(self) -> None:
        """Take away an unfinished copy."""

    def store(self) -> Store:
        """The store on it, for the proof; sees what was kept."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved: rows by table, what was proved of each centre in its new place, how long it took."""

    rows: dict[str, int]
    proofs: tuple[Proof, ...]
    seconds: float


def move(source: Side, target: Side) -> Moved:
    """Move every centre. Raises MoveRefused, Unsound and StoreTrouble; then the source is as it was."""
    began = time.monotonic()
    if source.where == target.where:
        raise MoveRefused(f"{source.where} cannot be moved into itself")
    with source.held(), target.held():
        if source.mark() == target.where and target.mark() == UNFINISHED:
            return _finish(source, target, began)  # the last step of an earlier move was cut off
        _demand_movable(source, target)
        target.set_mark(UNFINISHED)
        for table in TABLES:
            columns = source.columns(table)
            target.fill(table, columns, source.rows(table, columns))
        target.settle()
        target.keep()
        try:
            _prove(source, target)
        except (Unsound, StoreTrouble):
            target.empty()
            raise
        source.set_mark(target.where)
        source.keep()
        return _finish(source, target, began)


def _finish(source: Side, target: Side, began: float) -> Moved:
    """The source is marked by now: let the target be used."""
    proofs = _prove(source, target)
    target.set_mark(None)
    target.keep()
    counts = {table: target.count(table) for table in TABLES}
    return Moved(counts, tuple(proofs), time.monotonic() - began)


def _demand_movable(source: Side, target: Side) -> None:
    if place := source.mark():
        raise MoveRefused(f"the centres of {source.where} have moved to {place} already")
    if source.mark() == UNFINISHED:
        raise MoveRefused(f"{source.where} is itself the unfinished copy of another: move that one again")
    if target.mark() == UNFINISHED:
        target.empty()  # left by a move that was cut off
    elif any(target.count(table) for table in ("site", "journal", "person", "token")):
        raise MoveRefused(f"{target.where} holds centres already: name an empty database")
    for side in (source, target):
        if strange := side.tables() - set(TABLES) - DERIVED:
            raise MoveRefused(
                f"{side.where} has tables that nobody knows how to move: {', '.join(sorted(strange))}"
            )
    for table in TABLES:
        if set(source.columns(table)) != set(target.columns(table)):
            raise MoveRefused(f"the table {table} is not the same in both: use one version of the program")


def _prove(source: Side, target: Side) -> list[Proof]:
    """Every row is there, the chain of each journal is whole, and the rows are what it says."""
    for table in TABLES:
        had, has = source.count(table), target.count(table)
        if had != has:
            raise Unsound(f"{table}: {has} rows arrived of {had}")
    store = target.store()
    try:
        return prove(store)
    finally:
        store.close()
