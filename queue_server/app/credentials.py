"""What is known of those who may ask: roles, people, sessions, devices' tokens, and where they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from ..core.model import Actor


class Role(StrEnum):
    KIOSK = "kiosk"
    BOARD = "board"
    OFFICER = "officer"
    INTEGRATOR = "integrator"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    VIEWER = "viewer"


PEOPLE = frozenset({Role.OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.VIEWER})
DEVICES = frozenset({Role.KIOSK, Role.OFFICER, Role.BOARD, Role.INTEGRATOR})
BOUND = frozenset({Role.KIOSK, Role.OFFICER})
"""Devices whose token is worth nothing without the kiosk or counter it is bound to."""
ANYWHERE = frozenset({Role.INTEGRATOR, Role.SUPERVISOR, Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a device's token; the token itself is not kept. `subject` is what it is bound to."""

    id: str
    role: Role
    subject: str | None
    name: str
    created_at: int
    revoked_at: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signs in. `password` is an argon2 hash; `counters` are those an officer may use."""

    id: str
    login: str
    name: str
    role: Role
    password: str
    counters: tuple[str, ...] = ()
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    person: str
    began_at: int
    expires_at: int


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks. `id` is the name in the journal, which holds no personal data.

    `subject` is the kiosk, board or counter a device is bound to (a board without one may be any board);
    `counters` are the only ones it may act on, None where every counter is allowed.
    """

    id: str
    role: Role
    name: str
    login: str | None = None
    subject: str | None = None
    counters: frozenset[str] | None = None

    @property
    def actor(self) -> Actor:
        bond = self.subject if self.role is Role.OFFICER and self.login is None else None
        return Actor(self.id, self.role.value, bond, self.role in ANYWHERE)

    def may_use(self, counter: str) -> bool:
        return self.counters is None or counter in self.counters


@dataclass(frozen=True, slots=True)
class SignedIn:
    """`secret` goes into the session cookie and nowhere else; times are epoch milliseconds."""

    principal: Principal
    secret: str
    csrf: str
    expires_at: int


class BadCredentials(Exception):
    """No such login, or not its password."""


class LoginTaken(Exception):
    """Somebody of this site has that login already."""


class AccessStore(Protocol):
    """Where people, sessions and tokens are kept, per site. Every method is one transaction of its own."""

    def add_token(self, site: str, digest: str, token: Token) -> None: ...
    def token(self, site: str, digest: str) -> Token | None: ...
    def tokens(self, site: str) -> list[Token]:
        """All of them, revoked ones included, oldest first."""

    def revoke_token(self, site: str, token_id: str, at: int) -> bool:
        """False where no such token is valid."""

    def save_person(self, site: str, person: Person) -> None:
        """Add a person or replace the one with that id; LoginTaken where another has the login."""

    def person(self, site: str, person_id: str) -> Person | None: ...
    def person_by_login(self, site: str, login: str) -> Person | None: ...
    def people(self, site: str) -> list[Person]: ...
    def add_session(self, site: str, digest: str, session: Session) -> None:
        """Keep a session, and forget those that had expired by the time it began."""

    def session(self, site: str, digest: str) -> Session | None: ...
    def end_session(self, site: str, digest: str) -> None: ...
    def end_sessions_of(self, site: str, person_id: str) -> None: ...


class Passwords(Protocol):
    def hash(self, password: str) -> str: ...
    def matches(self, hashed: str, password: str) -> bool: ...
