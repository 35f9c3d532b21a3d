"""Brings a PostgreSQL database up to date when it is opened: migrations by name, applied in order, once."""

from __future__ import annotations

from ..app.ports import StoreTrouble
from . import postgres_tables
from .postgres_connections import Connection

MIGRATIONS: list[tuple[str, list[str]]] = [
    ("keep_a_hall", postgres_tables.statements()),
]
"""(name, statements), the oldest first. What was published is never changed: later ones are added."""

_LOCK = 0x6D6F74637561  # "motcua": who migrates, among all that open the database at once


def bring_up_to_date(connection: Connection, name: str) -> None:
    """Apply what the database lacks, as one transaction; StoreTrouble where a newer program made it."""
    if not _lacking(connection, name):
        return
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock($1::bigint)", (_LOCK,))
        if not (lacking := _lacking(connection, name)):
            return  # another did it meanwhile
        connection.execute("CREATE SCHEMA IF NOT EXISTS motcua")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS motcua.migration"
            " (name TEXT PRIMARY KEY, applied_at TIMESTAMPTZ NOT NULL DEFAULT now())"
        )
        for migration, statements in lacking:
            for statement in statements:
                connection.execute(statement)
            connection.execute("INSERT INTO motcua.migration (name) VALUES ($1)", (migration,))


def _lacking(connection: Connection, name: str) -> list[tuple[str, list[str]]]:
    applied = _applied(connection)
    known = [migration for migration, _ in MIGRATIONS]
    for migration in applied:
        if migration not in known:
            raise StoreTrouble(
                f"{name} was made by a newer version of this program ({migration}): use that version"
            )
    return [one for one in MIGRATIONS if one[0] not in applied]


def _applied(connection: Connection) -> list[str]:
    # A query sees what others have just committed; to_regclass may remember that it was not there.
    there = connection.execute(_THERE).fetchone()
    if there is None:
        return []
    return [row[0] for row in connection.execute("SELECT name FROM motcua.migration ORDER BY applied_at")]


_THERE = (
    "SELECT 1 FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace"
    " WHERE nspname = 'motcua' AND relname = 'migration'"
)
