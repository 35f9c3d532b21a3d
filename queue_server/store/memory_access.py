"""People, sessions, tokens, locks and the access log in memory: for tests and simulations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..app.access_log import Noted
from ..app.access_rules import RULES
from ..app.credentials import LoginTaken, Person, Session, Token
from ..app.lockout import Lockout


class MemoryAccessStore:
    """See access_store.AccessStore. For one thread at a time."""

    def __init__(self) -> None:
        self._tokens: dict[tuple[str, str], Token] = {}
        self._people: dict[tuple[str, str], Person] = {}
        self._sessions: dict[tuple[str, str], Session] = {}
        self._lockouts: dict[tuple[str, str], Lockout] = {}
        self._noted: list[tuple[str, Noted]] = []

    # ---- tokens -------------------------------------------------------------------------------------------

    def add_token(self, site: str, digest: str, token: Token, *, note: Noted | None = None) -> None:
        self._tokens[site, digest] = token
        self._note(site, note)

    def token(self, site: str, digest: str) -> Token | None:
        return self._tokens.get((site, digest))

    def site_of_token(self, digest: str) -> str | None:
        return next((site for site, known in self._tokens if known == digest), None)

    def tokens(self, site: str) -> list[Token]:
        found = [token for (where, _), token in self._tokens.items() if where == site]
        return sorted(found, key=lambda token: (token.created_at, token.id))

    def revoke_token(self, site: str, token_id: str, at: int, *, note: Noted | None = None) -> bool:
        for key, token in self._tokens.items():
            if key[0] == site and token.id == token_id and token.revoked_at is None:
                self._tokens[key] = replace(token, revoked_at=at)
                self._note(site, note)
                return True
        return False

    # ---- people -------------------------------------------------------------------------------------------

    def save_person(self, site: str, person: Person, *, note: Noted | None = None) -> None:
        other = self.person_by_login(site, person.login)
        if other is not None and other.id != person.id:
            raise LoginTaken(person.login)
        self._people[site, person.id] = person
        self._note(site, note)

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
        person = self._people.get((site, person_id))
        if person is None:
            return None
        changed = change(person)
        self._people[site, person_id] = changed
        if ends_sessions:
            self.end_sessions_of(site, person_id)
        if begins is not None:
            self.add_session(site, *begins)
        self._lockouts.pop((site, forgives or ""), None)
        self._note(site, note)
        return changed

    def person(self, site: str, person_id: str) -> Person | None:
        return self._people.get((site, person_id))

    def person_by_login(self, site: str, login: str) -> Person | None:
        return next((person for person in self.people(site) if person.login == login), None)

    def people(self, site: str) -> list[Person]:
        found = [person for (where, _), person in self._people.items() if where == site]
        return sorted(found, key=lambda person: person.login)

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
        for key, old in list(self._sessions.items()):
            if key[0] == site and old.expires_at <= session.began_at:
                del self._sessions[key]
        self._sessions[site, digest] = session
        self._lockouts.pop((site, forgives or ""), None)
        self._note(site, note)

    def session(self, site: str, digest: str) -> Session | None:
        return self._sessions.get((site, digest))

    def site_of_session(self, digest: str) -> str | None:
        return next((site for site, known in self._sessions if known == digest), None)

    def sessions(self, site: str) -> list[Session]:
        found = [(key[1], session) for key, session in self._sessions.items() if key[0] == site]
        found.sort(key=lambda one: (-one[1].began_at, one[1].person, one[0]))
        return [session for _, session in found]

    def see_session(self, site: str, digest: str, at: int) -> None:
        session = self._sessions.get((site, digest))
        if session is not None and session.seen_at < at:
            self._sessions[site, digest] = replace(session, seen_at=at)

    def end_session(self, site: str, digest: str, *, note: Noted | None = None) -> bool:
        if self._sessions.pop((site, digest), None) is None:
            return False
        self._note(site, note)
        return True

    def end_sessions_of(self, site: str, person_id: str, *, note: Noted | None = None) -> int:
        mine = [key for key, one in self._sessions.items() if key[0] == site and one.person == person_id]
        for key in mine:
            del self._sessions[key]
        self._note(site, note if mine else None)
        return len(mine)

    # ---- locks and the log --------------------------------------------------------------------------------

    def lockout(self, site: str, key: str) -> Lockout | None:
        return self._lockouts.get((site, key))

    def change_lockout(
        self, site: str, key: str, change: Callable[[Lockout | None], Lockout], forget_before: int
    ) -> Lockout:
        changed = change(self._lockouts.get((site, key)))
        for place, kept in list(self._lockouts.items()):
            if place[0] == site and kept.last_at < forget_before:
                del self._lockouts[place]
        self._lockouts[site, key] = changed
        return changed

    def forget_lockout(self, site: str, key: str, *, note: Noted | None = None) -> bool:
        if self._lockouts.pop((site, key), None) is None:
            return False
        self._note(site, note)
        return True

    def note(self, site: str, note: Noted) -> None:
        self._note(site, note)

    def noted(self, site: str, person_id: str | None, limit: int) -> list[Noted]:
        found = [note for where, note in self._noted if where == site and person_id in (None, note.person)]
        return found[-limit:]

    def _note(self, site: str, note: Noted | None) -> None:
        if note is not None:
            old = note.at - RULES.log_kept_ms
            self._noted = [(where, one) for where, one in self._noted if where != site or one.at >= old]
            self._noted.append((site, note))
