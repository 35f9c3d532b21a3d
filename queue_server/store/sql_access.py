"""People, sessions and tokens in SQL tables: what SQLite and PostgreSQL have in common."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from ..app.access_log import Noted
from ..app.credentials import LoginTaken, Person, Session, Token
from ..app.lockout import Lockout
from ..app.ports import Conflict
from . import access_rows as rows


class SqlAccessStore:
    """See access_store.AccessStore. A subclass knows the connections, and how transactions take turns."""

    # ---- tokens -------------------------------------------------------------------------------------------

    def add_token(self, site: str, digest: str, token: Token, *, note: Noted | None = None) -> None:
        row = (site, digest, token.id, token.role.value, token.subject, token.name, token.created_at)
        with self._transaction(site) as db:
            db.execute(rows.ADD_TOKEN, row)
            rows.add_note(db, site, note)

    def token(self, site: str, digest: str) -> Token | None:
        found = self._rows(f"{rows.TOKEN} AND digest = ?", (site, digest))
        return rows.token(found[0]) if found else None

    def site_of_token(self, digest: str) -> str | None:
        found = self._rows(rows.SITE_OF_TOKEN, (digest,))
        return str(found[0][0]) if found else None

    def tokens(self, site: str) -> list[Token]:
        return [rows.token(row) for row in self._rows(f"{rows.TOKEN} ORDER BY created_at, id", (site,))]

    def revoke_token(self, site: str, token_id: str, at: int, *, note: Noted | None = None) -> bool:
        with self._transaction(site) as db:
            done = bool(db.execute(rows.REVOKE_TOKEN, (at, site, token_id)).rowcount)
            if done:
                rows.add_note(db, site, note)
            return done

    # ---- people -------------------------------------------------------------------------------------------

    def save_person(self, site: str, person: Person, *, note: Noted | None = None) -> None:
        try:
            with self._transaction(site) as db:
                rows.save_person(db, site, person)
                rows.add_note(db, site, note)
        except Conflict as error:
            if re.search(r"person.login", str(error)):  # SQLite names the column, PostgreSQL the constraint
                raise LoginTaken(person.login) from None
            raise

    def change_person(
        self,
        site: str,
        person_id: str,
        change: Callable[[Person], Person],
        *,
        ends_sessions: bool = False,
        begins: tuple[str, Session] | None = None,
        forgives: str | None = None,
        note: Noted | None = None,
    ) -> Person | None:
        with self._transaction(site) as db:
            person = rows.find_person(db, site, "id", person_id)
            if person is None:
                return None
            changed = change(person)
            rows.save_person(db, site, changed)
            if ends_sessions:
                db.execute(rows.END_SESSIONS, (site, person_id))
            if begins is not None:
                rows.add_session(db, site, *begins)
            if forgives is not None:
                db.execute(rows.FORGET_LOCKOUT, (site, forgives))
            rows.add_note(db, site, note)
            return changed

    def person(self, site: str, person_id: str) -> Person | None:
        with self._looking() as db:
            return rows.find_person(db, site, "id", person_id)

    def person_by_login(self, site: str, login: str) -> Person | None:
        with self._looking() as db:
            return rows.find_person(db, site, "login", login)

    def people(self, site: str) -> list[Person]:
        logins = self._rows("SELECT login FROM person WHERE site = ? ORDER BY login", (site,))
        found = (self.person_by_login(site, login) for (login,) in logins)
        return [person for person in found if person is not None]

    # ---- sessions -----------------------------------------------------------------------------------------

    def add_session(
        self,
        site: str,
        digest: str,
        session: Session,
        *,
        forgives: str | None = None,
        note: Noted | None = None,
    ) -> None:
        with self._transaction(site) as db:
            rows.add_session(db, site, digest, session)
            if forgives is not None:
                db.execute(rows.FORGET_LOCKOUT, (site, forgives))
            rows.add_note(db, site, note)

    def session(self, site: str, digest: str) -> Session | None:
        found = self._rows(f"{rows.SESSION} AND digest = ?", (site, digest))
        return Session(*found[0]) if found else None

    def site_of_session(self, digest: str) -> str | None:
        found = self._rows(rows.SITE_OF_SESSION, (digest,))
        return str(found[0][0]) if found else None

    def sessions(self, site: str) -> list[Session]:
        found = self._rows(f"{rows.SESSION} ORDER BY began_at DESC, person, digest", (site,))
        return [Session(*row) for row in found]

    def see_session(self, site: str, digest: str, at: int) -> None:
        with self._transaction(site) as db:
            db.execute(rows.SEE_SESSION, (at, site, digest, at))

    def end_session(self, site: str, digest: str, *, note: Noted | None = None) -> bool:
        with self._transaction(site) as db:
            done = bool(db.execute(rows.END_SESSION, (site, digest)).rowcount)
            if done:
                rows.add_note(db, site, note)
            return done

    def end_sessions_of(self, site: str, person_id: str, *, note: Noted | None = None) -> int:
        with self._transaction(site) as db:
            count = int(db.execute(rows.END_SESSIONS, (site, person_id)).rowcount)
            if count:
                rows.add_note(db, site, note)
            return count

    # ---- locks and the log --------------------------------------------------------------------------------

    def lockout(self, site: str, key: str) -> Lockout | None:
        with self._looking() as db:
            return rows.find_lockout(db, site, key)

    def change_lockout(
        self, site: str, key: str, change: Callable[[Lockout | None], Lockout], forget_before: int
    ) -> Lockout:
        with self._transaction(site) as db:
            changed = change(rows.find_lockout(db, site, key))
            db.execute("DELETE FROM lockout WHERE site = ? AND last_at < ?", (site, forget_before))
            rows.save_lockout(db, site, key, changed)
            return changed

    def forget_lockout(self, site: str, key: str, *, note: Noted | None = None) -> bool:
        with self._transaction(site) as db:
            done = bool(db.execute(rows.FORGET_LOCKOUT, (site, key)).rowcount)
            if done:
                rows.add_note(db, site, note)
            return done

    def note(self, site: str, note: Noted) -> None:
        with self._transaction(site) as db:
            rows.add_note(db, site, note)

    def noted(self, site: str, person_id: str | None, limit: int) -> list[Noted]:
        about, values = ("", ()) if person_id is None else ("AND person = ?", (person_id,))
        found = self._rows(f"{rows.NOTED} {about} ORDER BY id DESC LIMIT ?", (site, *values, limit))
        return [rows.noted(row) for row in reversed(found)]

    # ---- inside -------------------------------------------------------------------------------------------

    def _rows(self, query: str, values: tuple[Any, ...]) -> list[Any]:
        with self._looking() as db:
            found: list[Any] = db.execute(query, values).fetchall()
            return found

    def _looking(self) -> AbstractContextManager[rows.Database]:
        """A connection for one look at the tables."""
        raise NotImplementedError

    def _transaction(self, site: str) -> AbstractContextManager[rows.Database]:
        """A transaction that nobody else changes the site's people in; Conflict, StoreTrouble."""
        raise NotImplementedError
