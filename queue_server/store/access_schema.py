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


_LATER = (
    "ALTER TABLE person ADD COLUMN must_change INTEGER NOT NULL DEFAULT 0 CHECK (must_change IN (0, 1))",
    "ALTER TABLE person ADD COLUMN password_at INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE session ADD COLUMN seen_at INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE session ADD COLUMN address TEXT NOT NULL DEFAULT ''",
    "UPDATE session SET seen_at = began_at",
    # `login` is the digest of a login that was tried, whether or not there is one of that name.
    """
CREATE TABLE lockout (
    site TEXT NOT NULL, login TEXT NOT NULL, failures INTEGER NOT NULL, locks INTEGER NOT NULL,
    last_at INTEGER NOT NULL, locked_until INTEGER NOT NULL,
    PRIMARY KEY (site, login),
    CHECK (length(login) = 64)
) STRICT, WITHOUT ROWID
""",
    "CREATE INDEX lockout_age ON lockout (site, last_at)",
    """
CREATE TABLE access_log (
    id INTEGER PRIMARY KEY, site TEXT NOT NULL, at INTEGER NOT NULL, act TEXT NOT NULL, person TEXT,
    actor TEXT NOT NULL, address TEXT NOT NULL, detail TEXT NOT NULL
) STRICT
""",
    "CREATE INDEX access_log_age ON access_log (site, at)",
    "CREATE INDEX access_log_of_person ON access_log (site, person, id)",
    """
CREATE TRIGGER access_log_is_never_changed BEFORE UPDATE ON access_log
BEGIN SELECT RAISE(ABORT, 'the access log is never changed'); END
""",
    # A little less than the 90 days that are kept, so that the two clocks involved need not agree.
    """
CREATE TRIGGER access_log_is_never_cut BEFORE DELETE ON access_log
WHEN OLD.at > (CAST(strftime('%s', 'now') AS INTEGER) - 89 * 86400) * 1000
BEGIN SELECT RAISE(ABORT, 'the access log keeps 90 days'); END
""",
)


@migrations()
def lock_accounts_see_sessions_and_keep_a_log(db: Any) -> None:
    for statement in _LATER:
        db.execute(statement)


@migrations()
def find_the_site_of_a_token_and_a_session(db: Any) -> None:
    db.execute("CREATE INDEX token_digest ON token (digest)")
    db.execute("CREATE INDEX session_digest ON session (digest)")
