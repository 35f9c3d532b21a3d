"""People, sessions and tokens in the database file of the SQLite store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Any, Protocol

from sqlite_utils import Database

from ..app.credentials import LoginTaken, Person, Role, Session, Token
from ..app.ports import StoreTrouble
from .access_schema import migrations

_PERSON = "SELECT id, login, name, role, password, disabled FROM person WHERE site = ?"
_SAVE_PERSON = """
    INSERT INTO person (site, id, login, name, role, password, disabled) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (site, id) DO UPDATE SET login = excluded.login, name = excluded.name, role = excluded.role,
        password = excluded.password, disabled = excluded.disabled
"""
_COUNTERS = "SELECT counter FROM person_counter WHERE site = ? AND person = ? ORDER BY place"
_TOKEN = "SELECT id, role, subject, name, created_at, revoked_at FROM token WHERE site = ?"


class Connections(Protocol):
    """Whoever owns the file and lends connections to it: the SQLite store."""

    def connection(self) -> AbstractContextManager[Database]: ...


class SqliteAccessStore:
    """See credentials.AccessStore. Shares a SqliteStore's file and connections; makes its own tables."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        with connections.connection() as db:
            migrations.apply(db)

    def add_token(self, site: str, digest: str, token: Token) -> None:
        row = (site, digest, token.id, token.role.value, token.subject, token.name, token.created_at)
        with self._transaction() as db:
            db.execute(
                "INSERT INTO token (site, digest, id, role, subject, name, created_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                row,
            )

    def token(self, site: str, digest: str) -> Token | None:
        rows = self._rows(f"{_TOKEN} AND digest = ?", (site, digest))
        return _token(rows[0]) if rows else None

    def tokens(self, site: str) -> list[Token]:
        return [_token(row) for row in self._rows(f"{_TOKEN} ORDER BY created_at, id", (site,))]

    def revoke_token(self, site: str, token_id: str, at: int) -> bool:
        with self._transaction() as db:
            done = db.execute(
                "UPDATE token SET revoked_at = ? WHERE site = ? AND id = ? AND revoked_at IS NULL",
                (at, site, token_id),
            )
            return bool(done.rowcount)

    def save_person(self, site: str, person: Person) -> None:
        row = (site, person.id, person.login, person.name, person.role.value, person.password)
        places = [(site, person.id, counter, place) for place, counter in enumerate(person.counters)]
        try:
            with self._transaction() as db:
                db.execute(_SAVE_PERSON, (*row, int(person.disabled)))
                db.execute("DELETE FROM person_counter WHERE site = ? AND person = ?", (site, person.id))
                db.conn.executemany("INSERT INTO person_counter VALUES (?, ?, ?, ?)", places)
        except sqlite3.IntegrityError as error:
            if "person.login" in str(error):
                raise LoginTaken(person.login) from None
            raise

    def person(self, site: str, person_id: str) -> Person | None:
        return self._person(site, f"{_PERSON} AND id = ?", person_id)

    def person_by_login(self, site: str, login: str) -> Person | None:
        return self._person(site, f"{_PERSON} AND login = ?", login)

    def people(self, site: str) -> list[Person]:
        logins = self._rows("SELECT login FROM person WHERE site = ? ORDER BY login", (site,))
        found = (self.person_by_login(site, login) for (login,) in logins)
        return [person for person in found if person is not None]

    def add_session(self, site: str, digest: str, session: Session) -> None:
        with self._transaction() as db:
            db.execute("DELETE FROM session WHERE site = ? AND expires_at <= ?", (site, session.began_at))
            db.execute(
                "INSERT INTO session (site, digest, person, began_at, expires_at) VALUES (?, ?, ?, ?, ?)",
                (site, digest, session.person, session.began_at, session.expires_at),
            )

    def session(self, site: str, digest: str) -> Session | None:
        rows = self._rows(
            "SELECT person, began_at, expires_at FROM session WHERE site = ? AND digest = ?", (site, digest)
        )
        return Session(*rows[0]) if rows else None

    def end_session(self, site: str, digest: str) -> None:
        with self._transaction() as db:
            db.execute("DELETE FROM session WHERE site = ? AND digest = ?", (site, digest))

    def end_sessions_of(self, site: str, person_id: str) -> None:
        with self._transaction() as db:
            db.execute("DELETE FROM session WHERE site = ? AND person = ?", (site, person_id))

    def _person(self, site: str, query: str, value: str) -> Person | None:
        with self._connections.connection() as db:
            row = db.execute(query, (site, value)).fetchone()
            if row is None:
                return None
            person_id, login, name, role, password, disabled = row
            counters = tuple(counter for (counter,) in db.execute(_COUNTERS, (site, person_id)))
        return Person(person_id, login, name, Role(role), password, counters, bool(disabled))

    def _rows(self, query: str, values: tuple[Any, ...]) -> list[Any]:
        with self._connections.connection() as db:
            return db.execute(query, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[Database]:
        with self._connections.connection() as db:
            try:
                db.execute("BEGIN IMMEDIATE")
                yield db
                db.execute("COMMIT")
            except BaseException as error:
                with suppress(sqlite3.Error):
                    db.execute("ROLLBACK")
                if isinstance(error, sqlite3.OperationalError):
                    raise StoreTrouble(f"people and tokens: {error}") from error
                raise


def _token(row: tuple[Any, ...]) -> Token:
    token_id, role, subject, name, created_at, revoked_at = row
    return Token(token_id, Role(role), subject, name, created_at, revoked_at)
