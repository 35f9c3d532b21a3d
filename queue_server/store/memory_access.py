"""People, sessions and tokens in memory: for tests and simulations."""

from __future__ import annotations

from dataclasses import replace

from ..app.credentials import LoginTaken, Person, Session, Token


class MemoryAccessStore:
    """See credentials.AccessStore. For one thread at a time."""

    def __init__(self) -> None:
        self._tokens: dict[tuple[str, str], Token] = {}
        self._people: dict[tuple[str, str], Person] = {}
        self._sessions: dict[tuple[str, str], Session] = {}

    def add_token(self, site: str, digest: str, token: Token) -> None:
        self._tokens[site, digest] = token

    def token(self, site: str, digest: str) -> Token | None:
        return self._tokens.get((site, digest))

    def tokens(self, site: str) -> list[Token]:
        found = [token for (where, _), token in self._tokens.items() if where == site]
        return sorted(found, key=lambda token: (token.created_at, token.id))

    def revoke_token(self, site: str, token_id: str, at: int) -> bool:
        for key, token in self._tokens.items():
            if key[0] == site and token.id == token_id and token.revoked_at is None:
                self._tokens[key] = replace(token, revoked_at=at)
                return True
        return False

    def save_person(self, site: str, person: Person) -> None:
        other = self.person_by_login(site, person.login)
        if other is not None and other.id != person.id:
            raise LoginTaken(person.login)
        self._people[site, person.id] = person

    def person(self, site: str, person_id: str) -> Person | None:
        return self._people.get((site, person_id))

    def person_by_login(self, site: str, login: str) -> Person | None:
        return next((person for person in self.people(site) if person.login == login), None)

    def people(self, site: str) -> list[Person]:
        found = [person for (where, _), person in self._people.items() if where == site]
        return sorted(found, key=lambda person: person.login)

    def add_session(self, site: str, digest: str, session: Session) -> None:
        for key, old in list(self._sessions.items()):
            if key[0] == site and old.expires_at <= session.began_at:
                del self._sessions[key]
        self._sessions[site, digest] = session

    def session(self, site: str, digest: str) -> Session | None:
        return self._sessions.get((site, digest))

    def end_session(self, site: str, digest: str) -> None:
        self._sessions.pop((site, digest), None)

    def end_sessions_of(self, site: str, person_id: str) -> None:
        for key, session in list(self._sessions.items()):
            if key[0] == site and session.person == person_id:
                del self._sessions[key]
