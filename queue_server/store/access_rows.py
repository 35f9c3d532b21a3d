"""People, sessions, tokens, locks and log entries as rows of the SQL stores' tables."""

from __future__ import annotations

from typing import Any, Protocol

from ..app.access_log import Act, Noted
from ..app.access_rules import RULES
from ..app.credentials import Person, Role, Session, Token
from ..app.lockout import Lockout


class Database(Protocol):
    """A connection that understands `?` for a value: SQLite's own, or PostgreSQL's in its words."""

    def execute(self, sql: str, values: tuple[Any, ...] = ()) -> Any:
        """A cursor, with fetchone, fetchall and rowcount."""


TOKEN = "SELECT id, role, subject, name, created_at, revoked_at FROM token WHERE site = ?"
SITE_OF_TOKEN = "SELECT site FROM token WHERE digest = ?"
ADD_TOKEN = (
    "INSERT INTO token (site, digest, id, role, subject, name, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
REVOKE_TOKEN = "UPDATE token SET revoked_at = ? WHERE site = ? AND id = ? AND revoked_at IS NULL"

SESSION = "SELECT person, began_at, expires_at, seen_at, address FROM session WHERE site = ?"
SITE_OF_SESSION = "SELECT site FROM session WHERE digest = ?"
SEE_SESSION = "UPDATE session SET seen_at = ? WHERE site = ? AND digest = ? AND seen_at < ?"
END_SESSION = "DELETE FROM session WHERE site = ? AND digest = ?"
END_SESSIONS = "DELETE FROM session WHERE site = ? AND person = ?"

FORGET_LOCKOUT = "DELETE FROM lockout WHERE site = ? AND login = ?"
NOTED = "SELECT at, act, person, actor, address, detail FROM access_log WHERE site = ?"

_PERSON = (
    "SELECT id, login, name, role, password, disabled, must_change, password_at FROM person WHERE site = ?"
)
_COUNTERS = "SELECT counter FROM person_counter WHERE site = ? AND person = ? ORDER BY place"
_SAVE_PERSON = """
    INSERT INTO person (site, id, login, name, role, password, disabled, must_change, password_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (site, id) DO UPDATE SET login = excluded.login, name = excluded.name, role = excluded.role,
        password = excluded.password, disabled = excluded.disabled, must_change = excluded.must_change,
        password_at = excluded.password_at
"""
_ADD_SESSION = (
    "INSERT INTO session (site, digest, person, began_at, expires_at, seen_at, address)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_SAVE_LOCKOUT = """
    INSERT INTO lockout (site, login, failures, locks, last_at, locked_until) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (site, login) DO UPDATE SET failures = excluded.failures, locks = excluded.locks,
        last_at = excluded.last_at, locked_until = excluded.locked_until
"""
_LOCKOUT = "SELECT failures, locks, last_at, locked_until FROM lockout WHERE site = ? AND login = ?"


def token(row: tuple[Any, ...]) -> Token:
    token_id, role, subject, name, created_at, revoked_at = row
    return Token(token_id, Role(role), subject, name, created_at, revoked_at)


def noted(row: tuple[Any, ...]) -> Noted:
    at, act, person, actor, address, detail = row
    return Noted(at, Act(act), person, actor, address, detail)


def find_person(db: Database, site: str, column: str, value: str) -> Person | None:
    """The person whose `column` (id or login) is `value`."""
    row = db.execute(f"{_PERSON} AND {column} = ?", (site, value)).fetchone()
    if row is None:
        return None
    person_id, login, name, role, password, disabled, must_change, password_at = row
    counters = tuple(counter for (counter,) in db.execute(_COUNTERS, (site, person_id)).fetchall())
    flags = (bool(disabled), bool(must_change))
    return Person(person_id, login, name, Role(role), password, counters, *flags, password_at)


def save_person(db: Database, site: str, person: Person) -> None:
    row = (site, person.id, person.login, person.name, person.role.value, person.password)
    places = [(site, person.id, counter, place) for place, counter in enumerate(person.counters)]
    db.execute(_SAVE_PERSON, (*row, int(person.disabled), int(person.must_change), person.password_at))
    db.execute("DELETE FROM person_counter WHERE site = ? AND person = ?", (site, person.id))
    for place in places:
        db.execute("INSERT INTO person_counter VALUES (?, ?, ?, ?)", place)


def add_session(db: Database, site: str, digest: str, session: Session) -> None:
    db.execute("DELETE FROM session WHERE site = ? AND expires_at <= ?", (site, session.began_at))
    times = (session.began_at, session.expires_at, session.seen_at)
    db.execute(_ADD_SESSION, (site, digest, session.person, *times, session.address))


def find_lockout(db: Database, site: str, key: str) -> Lockout | None:
    row = db.execute(_LOCKOUT, (site, key)).fetchone()
    return Lockout(*row) if row else None


def save_lockout(db: Database, site: str, key: str, kept: Lockout) -> None:
    figures = (kept.failures, kept.locks, kept.last_at, kept.locked_until)
    db.execute(_SAVE_LOCKOUT, (site, key, *figures))


def add_note(db: Database, site: str, note: Noted | None) -> None:
    """Write an entry, and take away those that have been kept for long enough."""
    if note is None:
        return
    db.execute("DELETE FROM access_log WHERE site = ? AND at < ?", (site, note.at - RULES.log_kept_ms))
    facts = (note.at, note.act.value, note.person, note.actor, note.address, note.detail)
    db.execute(
        "INSERT INTO access_log (site, at, act, person, actor, address, detail) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (site, *facts),
    )
