"""The people of a site as those see them who look after accounts: made, changed, shut out, let in again."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from .access_log import Act, Noted
from .access_rules import RULES, AccessRules
from .access_store import AccessStore
from .credentials import PEOPLE, Passwords, Person, Role, Session, UnknownLogin
from .password_rule import demand_good


def _secret() -> str:
    return secrets.token_urlsafe(24)


@dataclass
class Roster:
    """Every act is noted in the access log under `operator`: "system", or whoever types at the machine."""

    store: AccessStore
    site: str
    clock: Callable[[], int]
    passwords: Passwords
    random: Callable[[], str] = field(default=_secret)
    rules: AccessRules = RULES
    operator: str = "system"

    def create_person(
        self,
        login: str,
        password: str,
        role: Role,
        *,
        name: str = "",
        counters: Iterable[str] = (),
        first_password: bool = True,
    ) -> Person:
        """A new person, who must change the password at the first sign-in unless it is no `first_password`.

        ValueError for a device's role, WeakPassword, LoginTaken for a login in use.
        """
        if role not in PEOPLE:
            raise ValueError(f"nobody signs in as a {role.value}")
        login, password = plain_login(login), plain(password)
        demand_good(password, login)
        hashed, now = self.passwords.hash(password), self.clock()
        person = Person(
            secrets.token_hex(8),
            login,
            name or login,
            role,
            hashed,
            tuple(counters),
            must_change=first_password,
            password_at=now,
        )
        self.store.save_person(
            self.site, person, note=self._noted(Act.PERSON_CREATED, person.id, _facts(person))
        )
        return person

    def people(self) -> list[Person]:
        return self.store.people(self.site)

    def person(self, login: str) -> Person:
        """Raises UnknownLogin."""
        person = self.store.person_by_login(self.site, plain_login(login))
        if person is None:
            raise UnknownLogin(login)
        return person

    def reset_password(self, login: str, password: str) -> None:
        """Give a first password: it must be changed at the next sign-in. Sessions end, a lock opens.

        Raises UnknownLogin, WeakPassword.
        """
        person, password = self.person(login), plain(password)
        demand_good(password, person.login)
        hashed, now = self.passwords.hash(password), self.clock()
        self._change(
            person,
            lambda kept: replace(kept, password=hashed, must_change=True, password_at=now),
            self._noted(Act.PASSWORD_RESET, person.id),
            ends_sessions=True,
            forgives=lock_key(person.login),
        )

    def disable(self, login: str) -> bool:
        """Shut somebody out, at once; False where they were already. Raises UnknownLogin."""
        person = self.person(login)
        note = self._noted(Act.PERSON_DISABLED, person.id)
        self._change(person, lambda kept: replace(kept, disabled=True), note, ends_sessions=True)
        return not person.disabled

    def enable(self, login: str) -> bool:
        """Let somebody in again; False where they were never shut out. Raises UnknownLogin."""
        person = self.person(login)
        if person.disabled:
            note = self._noted(Act.PERSON_ENABLED, person.id)
            self._change(person, lambda kept: replace(kept, disabled=False), note)
        return person.disabled

    def change(
        self,
        login: str,
        *,
        role: Role | None = None,
        counters: Iterable[str] | None = None,
        name: str | None = None,
    ) -> Person:
        """Change what is given. In force within two seconds. Raises UnknownLogin, ValueError."""
        if role is not None and role not in PEOPLE:
            raise ValueError(f"nobody signs in as a {role.value}")
        person = self.person(login)
        places = None if counters is None else tuple(counters)

        def changed(kept: Person) -> Person:
            return replace(
                kept,
                role=role or kept.role,
                counters=kept.counters if places is None else places,
                name=name or kept.name,
            )

        note = self._noted(Act.PERSON_CHANGED, person.id, _facts(changed(person)))
        return self._change(person, changed, note)

    def unlock(self, login: str) -> bool:
        """Forget wrong passwords: the account is open at once. False where nothing was kept; UnknownLogin."""
        person = self.person(login)
        note = self._noted(Act.UNLOCKED, person.id)
        return self.store.forget_lockout(self.site, lock_key(person.login), note=note)

    def locked_for(self, person: Person) -> int:
        """Milliseconds until the person's account opens by itself; 0 where it is open."""
        kept = self.store.lockout(self.site, lock_key(person.login))
        return kept.locked_for(self.clock(), self.rules) if kept else 0

    def sessions(self) -> list[Session]:
        """The sessions in force, newest first."""
        return [one for one in self.store.sessions(self.site) if self._in_force(one)]

    def end_sessions(self, login: str) -> int:
        """Sign somebody out everywhere; how many sessions ended. Raises UnknownLogin."""
        person = self.person(login)
        note = self._noted(Act.SESSIONS_ENDED, person.id)
        return self.store.end_sessions_of(self.site, person.id, note=note)

    def log(self, login: str | None = None, limit: int = 1000) -> list[Noted]:
        """The newest entries of the access log, oldest first; UnknownLogin."""
        person = None if login is None else self.person(login).id
        return self.store.noted(self.site, person, limit)

    # ---- for those who build on it ------------------------------------------------------------------------

    def _in_force(self, session: Session) -> bool:
        now = self.clock()
        return now < session.expires_at and now - session.seen_at < self.rules.idle_ms

    def _noted(self, act: Act, person: str | None, detail: str = "") -> Noted:
        return Noted(self.clock(), act, person, self.operator, "", detail)

    def _change(
        self,
        person: Person,
        change: Callable[[Person], Person],
        note: Noted,
        *,
        ends_sessions: bool = False,
        forgives: str | None = None,
    ) -> Person:
        changed = self.store.change_person(
            self.site, person.id, change, ends_sessions=ends_sessions, forgives=forgives, note=note
        )
        if changed is None:
            raise UnknownLogin(person.login)
        return changed


def lock_key(login: str) -> str:
    """Under what the wrong passwords of a login are kept: not the login itself.

    People type passwords into the wrong field, and what they typed there must not be found anywhere.
    """
    return hashlib.sha256(f"login:{login}".encode("utf-8", "surrogatepass")).hexdigest()


def plain(text: str) -> str:
    """Vietnamese keyboards send the same letter composed or in parts: make them one."""
    return unicodedata.normalize("NFC", text)


def plain_login(login: str) -> str:
    return plain(login).strip().lower()


def _facts(person: Person) -> str:
    counters = " ".join(person.counters)
    return f"{person.role.value}, counters: {counters}" if counters else person.role.value
