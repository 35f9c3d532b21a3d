"""Who may ask: signing in and out, making and revoking tokens, and telling whose a token or session is."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from .attempts import Attempts, TooManyAttempts
from .credentials import (
    ANYWHERE,
    BOUND,
    DEVICES,
    PEOPLE,
    AccessStore,
    BadCredentials,
    LoginTaken,
    Passwords,
    Person,
    Principal,
    Role,
    Session,
    SignedIn,
    Token,
)

SESSION_MS = 12 * 3_600_000
"""How long a sign-in lasts: one working day with room on both sides."""

RECHECK_MS = 2_000
"""For how long a known token or session is believed without looking it up again: the delay of a revocation
made by another process."""

_REMEMBERED = 10_000
_T = TypeVar("_T")


def at_once(job: Callable[[], _T]) -> _T:
    """Do slow work where one stands: right for the command line and for tests."""
    return job()


class OffHub(Protocol):
    """Runs slow work where it does not hold up other requests, and waits for it."""

    def __call__(self, job: Callable[[], _T], /) -> _T: ...


@dataclass
class Access:
    """People and devices of one site. What belongs to another site does not exist here."""

    store: AccessStore
    site: str
    clock: Callable[[], int]
    passwords: Passwords
    off_hub: OffHub = at_once
    random: Callable[[], str] = field(default=lambda: secrets.token_urlsafe(24))
    by_login: Attempts = field(default_factory=lambda: Attempts(limit=10, window_ms=60_000))
    by_address: Attempts = field(default_factory=lambda: Attempts(limit=60, window_ms=60_000))

    def __post_init__(self) -> None:
        self._known: dict[str, tuple[Principal, int]] = {}
        self._decoy: str | None = None

    # ---- devices ------------------------------------------------------------------------------------------

    def create_token(self, role: Role, subject: str | None = None, name: str = "") -> str:
        """A new token, to be shown once; ValueError where its role is no device's or lacks its subject."""
        if role not in DEVICES:
            raise ValueError(f"no device is a {role.value}")
        if role in BOUND and not subject:
            raise ValueError(f"a token for a {role.value} is bound to one: name it")
        secret = f"mc_{role.value}_{self.random()}"
        token = Token(secrets.token_hex(8), role, subject, name or subject or role.value, self.clock())
        self.store.add_token(self.site, digest(secret), token)
        return secret

    def tokens(self) -> list[Token]:
        return self.store.tokens(self.site)

    def revoke_token(self, token_id: str) -> bool:
        self._known.clear()
        return self.store.revoke_token(self.site, token_id, self.clock())

    def by_token(self, secret: str) -> Principal | None:
        """Whose token this is; None for one that is unknown, revoked, or of another site."""
        return self._believed(digest(secret), self._token_holder)

    # ---- people -------------------------------------------------------------------------------------------

    def create_person(
        self, login: str, password: str, role: Role, *, name: str = "", counters: Iterable[str] = ()
    ) -> Person:
        """A new person; ValueError for a device's role, LoginTaken for a login in use."""
        if role not in PEOPLE:
            raise ValueError(f"nobody signs in as a {role.value}")
        login = _plain(login).strip().lower()
        hashed = self.passwords.hash(_plain(password))
        person = Person(secrets.token_hex(8), login, name or login, role, hashed, tuple(counters))
        self.store.save_person(self.site, person)
        return person

    def people(self) -> list[Person]:
        return self.store.people(self.site)

    def sign_in(self, login: str, password: str, address: str) -> SignedIn:
        """A new session. BadCredentials, or TooManyAttempts for a login or address that fails too often."""
        login, now = _plain(login).strip().lower(), self.clock()
        self.by_login.check(login, now)
        self.by_address.check(address, now)
        try:
            signed_in = self.off_hub(lambda: self._sign_in(login, password, now))
        except BadCredentials:
            self.by_login.count(login, now)
            self.by_address.count(address, now)
            raise
        self.by_login.forget(login)
        return signed_in

    def sign_out(self, secret: str) -> None:
        hashed = digest(secret)
        self._known.pop(hashed, None)
        self.off_hub(lambda: self.store.end_session(self.site, hashed))

    def by_session(self, secret: str) -> Principal | None:
        """Who signed in under this cookie; None once the session ended or the person may no longer."""
        return self._believed(digest(secret), self._session_holder)

    def name_of(self, actor: str) -> str | None:
        """What to call an actor of the journal on a screen; None for one that is unknown."""
        kind, _, rest = actor.partition(":")
        if kind != "person":
            return None
        person = self.store.person(self.site, rest)
        return person.name if person else None

    # ---- inside -------------------------------------------------------------------------------------------

    def _sign_in(self, login: str, password: str, now: int) -> SignedIn:
        person = self.store.person_by_login(self.site, login)
        # A login that does not exist costs as long as one that does, so that time tells nothing.
        hashed = person.password if person else self._decoy_hash()
        if not self.passwords.matches(hashed, _plain(password)) or person is None or person.disabled:
            raise BadCredentials(login)
        secret = self.random()
        session = Session(person.id, now, now + SESSION_MS)
        self.store.add_session(self.site, digest(secret), session)
        return SignedIn(_principal(person), secret, csrf_token(secret), session.expires_at)

    def _decoy_hash(self) -> str:
        if self._decoy is None:
            self._decoy = self.passwords.hash(self.random())
        return self._decoy

    def _believed(self, hashed: str, look_up: Callable[[str], Principal | None]) -> Principal | None:
        now = self.clock()
        known = self._known.get(hashed)
        if known is not None and 0 <= now - known[1] < RECHECK_MS:
            return known[0]
        principal = look_up(hashed)
        if principal is None:
            self._known.pop(hashed, None)
            return None
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[hashed] = (principal, now)
        return principal

    def _token_holder(self, hashed: str) -> Principal | None:
        token = self.store.token(self.site, hashed)
        if token is None or token.revoked_at is not None:
            return None
        counters = frozenset({token.subject or ""}) if token.role is Role.OFFICER else None
        # A token stands for the place it is bound to: one that replaces it carries on where it stopped.
        place = token.subject or token.id
        kind = "desk" if token.role is Role.OFFICER else token.role.value
        return Principal(f"{kind}:{place}", token.role, token.name, None, token.subject, counters)

    def _session_holder(self, hashed: str) -> Principal | None:
        session = self.store.session(self.site, hashed)
        if session is None or session.expires_at <= self.clock():
            return None
        person = self.store.person(self.site, session.person)
        return None if person is None or person.disabled else _principal(person)


def digest(secret: str) -> str:
    """What is stored of a secret of 144 random bits or more: its SHA-256, in hex."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def csrf_token(session_secret: str) -> str:
    """The token that a page sends with every change: made from the session, useless for finding it."""
    return digest(f"csrf:{session_secret}")


def _principal(person: Person) -> Principal:
    counters = frozenset(person.counters) if person.role is Role.OFFICER else None
    return Principal(f"person:{person.id}", person.role, person.name, person.login, None, counters)


def _plain(text: str) -> str:
    # Vietnamese keyboards send the same letter composed or in parts.
    return unicodedata.normalize("NFC", text)


__all__ = [
    "ANYWHERE",
    "DEVICES",
    "PEOPLE",
    "Access",
    "AccessStore",
    "BadCredentials",
    "LoginTaken",
    "OffHub",
    "Passwords",
    "Person",
    "Principal",
    "Role",
    "Session",
    "SignedIn",
    "Token",
    "TooManyAttempts",
    "at_once",
    "csrf_token",
    "digest",
]
