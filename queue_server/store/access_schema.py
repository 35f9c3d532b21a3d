"""The tables of people, sessions and tokens, as migrations for the database file of the SQLite store."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Migrations

migrations = Migrations("motcua-access")

_TABLES = (
    """
CREATE TABLE person (
    site TEXT NOT NULL, id TEXT NOT NULL, login TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL,
    password TEXT NOT NULL, disabled INTEGER NOT NULL CHECK (disabled IN (0, 1)),
    PRIMARY KEY (site, id),
    UNIQUE (site, login),
    CHECK (role IN ('officer', 'supervisor', 'administrator', 'viewer'))
) STRICT, WITHOUT ROWID
""",
    """
CREATE TABLE person_counter (
    site TEXT NOT NULL, person TEXT NOT NULL, counter TEXT NOT NULL, place INTEGER NOT NULL,
    PRIMARY KEY (site, person, counter),
    FOREIGN KEY (site, person) REFERENCES person (site, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID
""",
    """
CREATE TABLE session (
    site TEXT NOT NULL, digest TEXT NOT NULL, person TEXT NOT NULL, began_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (site, digest),
    FOREIGN KEY (site, person) REFERENCES person (site, id) ON DELETE CASCADE,
    CHECK (length(digest) = 64)
) STRICT, WITHOUT ROWID
""",
    "CREATE INDEX session_of_person ON session (site, person)",
    "CREATE INDEX session_expiry ON session (site, expires_at)",
    """
CREATE TABLE token (
    site TEXT NOT NULL, digest TEXT NOT NULL, id TEXT NOT NULL, role TEXT NOT NULL, subject TEXT,
    name TEXT NOT NULL, created_at INTEGER NOT NULL, revoked_at INTEGER,
    PRIMARY KEY (site, digest),
    UNIQUE (site, id),
    CHECK (role IN ('kiosk', 'board', 'officer', 'integrator')),
    CHECK (role NOT IN ('kiosk', 'officer') OR subject IS NOT NULL),
    CHECK (length(digest) = 64)
) STRICT, WITHOUT ROWID
""",
)


@migrations()
def keep_people_sessions_and_tokens(db: Any) -> None:
    for table in _TABLES:
        db.execute(table)
