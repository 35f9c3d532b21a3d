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
    """Somebody who signs in. `password` is an argon2 hash; `counters` are those an officer may use.

    `must_change`: somebody else gave the password, and it lets its holder do nothing but choose their own.
    """

    id: str
    login: str
    name: str
    role: Role
    password: str
    counters: tuple[str, ...] = ()
    disabled: bool = False
    must_change: bool = False
    password_at: int = 0


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in. `seen_at` is when it was last heard of, to the minute; `address` is where it began."""

    person: str
    began_at: int
    expires_at: int
    seen_at: int = 0
    address: str = ""


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
    must_change: bool = False
    """Signed in with a first password: nothing is allowed but to change it, to ask who one is, to leave."""

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
    """No such login, or not its password; `left` more may be tried before the account is locked."""

    def __init__(self, left: int = 0) -> None:
        super().__init__(left)
        self.left = left


class SessionOver(Exception):
    """The session ended, or its person may no longer come in."""


class UnknownLogin(Exception):
    """Nobody of this site has that login. For those who look after accounts; a sign-in never says so."""


class LoginTaken(Exception):
    """Somebody of this site has that login already."""


class Passwords(Protocol):
    def hash(self, password: str) -> str: ...
    def matches(self, hashed: str, password: str) -> bool: ...
