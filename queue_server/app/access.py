"""Who may ask: signing in and out, making and revoking tokens, and telling whose a token or session is."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from .access_log import Act
from .access_rules import RULES
from .access_store import AccessStore
from .attempts import Attempts, TooManyAttempts
from .credentials import (
    ANYWHERE,
    BOUND,
    DEVICES,
    PEOPLE,
    BadCredentials,
    LoginTaken,
    Passwords,
    Person,
    Principal,
    Role,
    Session,
    SessionOver,
    SignedIn,
    Token,
    UnknownLogin,
)
from .lockout import Locked
from .password_rule import WeakPassword
from .roster import plain, plain_login
from .signing_in import SigningIn, csrf_token, digest, principal_of

SESSION_MS = RULES.session_ms

RECHECK_MS = 2_000
"""For how long a known token or session is believed without looking it up again: the delay of a revocation
made by another process."""

_REMEMBERED = 10_000
_T = TypeVar("_T")


class OffHub(Protocol):
    """Runs slow work where it does not hold up other requests."""

    def __call__(self, job: Callable[[], _T], /) -> _T:
        """Wait for it: the job's result, or its exception."""

    def later(self, job: Callable[[], object], /) -> None:
        """Do not wait for it, nor hear how it went."""


class _AtOnce:
    """Does slow work where one stands: right for the command line and for tests."""

    def __call__(self, job: Callable[[], _T], /) -> _T:
        return job()

    def later(self, job: Callable[[], object], /) -> None:
        job()


at_once = _AtOnce()


@dataclass
class Access(SigningIn):
    """People and devices of one site. What belongs to another site does not exist here."""

    off_hub: OffHub = at_once
    by_address: Attempts = field(default_factory=lambda: Attempts(limit=60, window_ms=60_000))

    def __post_init__(self) -> None:
        super().__post_init__()
        self._known: dict[str, tuple[Principal, int]] = {}
        self._seen: dict[str, int] = {}

    # ---- devices ------------------------------------------------------------------------------------------

    def create_token(self, role: Role, subject: str | None = None, name: str = "") -> str:
        """A new token, to be shown once; ValueError where its role is no device's or lacks its subject."""
        if role not in DEVICES:
            raise ValueError(f"no device is a {role.value}")
        if role in BOUND and not subject:
            raise ValueError(f"a token for a {role.value} is bound to one: name it")
        secret = f"mc_{role.value}_{self.random()}"
        token = Token(secrets.token_hex(8), role, subject, name or subject or role.value, self.clock())
        about = " ".join(part for part in (token.id, role.value, subject) if part)
        self.store.add_token(
            self.site, digest(secret), token, note=self._noted(Act.TOKEN_CREATED, None, about)
        )
        return secret

    def tokens(self) -> list[Token]:
        return self.store.tokens(self.site)

    def revoke_token(self, token_id: str) -> bool:
        note = self._noted(Act.TOKEN_REVOKED, None, token_id)
        done = self.store.revoke_token(self.site, token_id, self.clock(), note=note)
        self._known.clear()
        return done

    def by_token(self, secret: str) -> Principal | None:
        """Whose token this is; None for one that is unknown, revoked, or of another site."""
        return self._believed(digest(secret), self._token_holder)

    # ---- people -------------------------------------------------------------------------------------------

    def sign_in(self, login: str, password: str, address: str) -> SignedIn:
        """A new session. BadCredentials, Locked, or TooManyAttempts from an address that fails too often.

        Whether there is such a login shows in none of them, nor in how long they take.
        """
        login, password = plain_login(login), plain(password)
        return self._guarded(address, lambda: self._sign_in(login, password, address))

    def change_password(self, secret: str, current: str, new: str, address: str) -> SignedIn:
        """Take a new password and begin a new session; all others of the person end.

        Raises WeakPassword, BadCredentials for a wrong `current`, Locked, SessionOver, TooManyAttempts.
        """
        current, new = plain(current), plain(new)
        hashed = digest(secret)

        def change() -> SignedIn:
            found = self._signed_in(hashed)
            if found is None:
                raise SessionOver
            return self._change_password(found[1], current, new, address)

        signed_in = self._guarded(address, change)
        self._known.clear()
        return signed_in

    def _guarded(self, address: str, job: Callable[[], SignedIn]) -> SignedIn:
        now = self.clock()
        self.by_address.check(address, now)
        try:
            return self.off_hub(job)
        except (BadCredentials, Locked):
            self.by_address.count(address, now)
            raise

    def sign_out(self, secret: str, address: str = "") -> None:
        hashed = digest(secret)
        self.off_hub(lambda: self._sign_out(hashed, address))
        self._known.pop(hashed, None)

    def by_session(self, secret: str) -> Principal | None:
        """Who signed in under this cookie; None once the session ended or the person may no longer.

        Asking keeps the session alive: so does a page whose live connection is looked after.
        """
        return self._believed(digest(secret), self._session_holder)

    def name_of(self, actor: str) -> str | None:
        """What to call an actor of the journal on a screen; None for one that is unknown."""
        kind, _, rest = actor.partition(":")
        if kind != "person":
            return None
        person = self.store.person(self.site, rest)
        return person.name if person else None

    # ---- whose it is --------------------------------------------------------------------------------------

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
        found = self._signed_in(hashed)
        if found is None:
            return None
        session, person = found
        self._see(hashed, session)
        return principal_of(person)

    def _signed_in(self, hashed: str) -> tuple[Session, Person] | None:
        """A session in force, last seen when this process or another one saw it last, and whose it is."""
        kept = self.store.session(self.site, hashed)
        if kept is None:
            return None
        session = replace(kept, seen_at=max(kept.seen_at, self._seen.get(hashed, 0)))
        person = self.store.person(self.site, session.person) if self._in_force(session) else None
        return None if person is None or person.disabled else (session, person)

    def _see(self, hashed: str, session: Session) -> None:
        """Keep that a session is alive, but not more exactly than to the minute."""
        now = self.clock()
        if now - session.seen_at < self.rules.seen_ms:
            return
        if len(self._seen) >= _REMEMBERED:
            self._seen.clear()
        self._seen[hashed] = now
        self.off_hub.later(lambda: self.store.see_session(self.site, hashed, now))


__all__ = [
    "ANYWHERE",
    "DEVICES",
    "PEOPLE",
    "Access",
    "AccessStore",
    "BadCredentials",
    "Locked",
    "LoginTaken",
    "OffHub",
    "Passwords",
    "Person",
    "Principal",
    "Role",
    "Session",
    "SessionOver",
    "SignedIn",
    "Token",
    "TooManyAttempts",
    "UnknownLogin",
    "WeakPassword",
    "at_once",
    "csrf_token",
    "digest",
]
