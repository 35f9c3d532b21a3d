"""Proving who one is by a password, and what follows: a session, a lock, an entry in the access log."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import NoReturn

from .access_log import Act, Noted
from .credentials import BadCredentials, Person, Principal, Role, Session, SessionOver, SignedIn
from .lockout import Locked, Lockout, attempted
from .password_rule import demand_good
from .roster import Roster, lock_key


@dataclass
class SigningIn(Roster):
    """The slow and durable part of access: everything here hashes or writes, and belongs off the hub."""

    def __post_init__(self) -> None:
        self._decoy: str | None = None

    def _sign_in(self, login: str, password: str, address: str) -> SignedIn:
        person = self.store.person_by_login(self.site, login)
        stranger = Noted(self.clock(), Act.SIGN_IN_FAILED, person.id if person else None, "", address)
        tried = self._try(login, stranger, Act.SIGN_IN_REFUSED)
        # A login that does not exist costs as long as one that does, so that time tells nothing.
        decoy = self._decoy_hash()
        right = self.passwords.matches(person.password if person else decoy, password)
        if not right or person is None or person.disabled:
            self._failed(tried, stranger)
        secret, session = self._new_session(person, address)
        note = replace(stranger, act=Act.SIGNED_IN, actor=f"person:{person.id}")
        self.store.add_session(self.site, digest(secret), session, forgives=lock_key(login), note=note)
        return SignedIn(principal_of(person), secret, csrf_token(secret), session.expires_at)

    def _change_password(self, person: Person, current: str, new: str, address: str) -> SignedIn:
        demand_good(new, person.login, current)
        actor = f"person:{person.id}"
        note = Noted(self.clock(), Act.PASSWORD_CHANGE_FAILED, person.id, actor, address)
        tried = self._try(person.login, note, Act.PASSWORD_CHANGE_FAILED)
        if not self.passwords.matches(person.password, current):
            self._failed(tried, note)
        password, now, proved = self.passwords.hash(new), self.clock(), person.password

        def changed(kept: Person) -> Person:
            if kept.disabled or kept.password != proved:  # an administrator was quicker
                raise SessionOver
            return replace(kept, password=password, must_change=False, password_at=now)

        secret, session = self._new_session(person, address)
        held = self.store.change_person(
            self.site,
            person.id,
            changed,
            ends_sessions=True,
            begins=(digest(secret), session),
            forgives=lock_key(person.login),
            note=replace(note, act=Act.PASSWORD_CHANGED),
        )
        if held is None:
            raise SessionOver
        return SignedIn(principal_of(held), secret, csrf_token(secret), session.expires_at)

    def _sign_out(self, hashed: str, address: str) -> None:
        session = self.store.session(self.site, hashed)
        if session is not None:
            actor = f"person:{session.person}"
            note = Noted(self.clock(), Act.SIGNED_OUT, session.person, actor, address)
            self.store.end_session(self.site, hashed, note=note)

    def _try(self, login: str, note: Noted, refused: Act) -> Lockout:
        """Count one more wrong password until it proves right; Locked, and noted as `refused`."""
        now = note.at
        try:
            return self.store.change_lockout(
                self.site,
                lock_key(login),
                lambda kept: attempted(kept, now, self.rules),
                now - self.rules.forget_ms,
            )
        except Locked:
            self.store.note(self.site, replace(note, act=refused, detail="the account is locked"))
            raise

    def _failed(self, tried: Lockout, note: Noted) -> NoReturn:
        self.store.note(self.site, note)
        if left := tried.locked_for(note.at, self.rules):
            locked = Locked(left)
            self.store.note(
                self.site, replace(note, act=Act.LOCKED, detail=f"for {locked.seconds // 60} minutes")
            )
            raise locked
        raise BadCredentials(self.rules.tries - tried.failures)

    def _new_session(self, person: Person, address: str) -> tuple[str, Session]:
        now = self.clock()
        return self.random(), Session(person.id, now, now + self.rules.session_ms, now, address)

    def _decoy_hash(self) -> str:
        if self._decoy is None:
            self._decoy = self.passwords.hash(self.random())
        return self._decoy


def digest(secret: str) -> str:
    """What is stored of a secret of 144 random bits or more: its SHA-256, in hex."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def csrf_token(session_secret: str) -> str:
    """The token that a page sends with every change: made from the session, useless for finding it."""
    return digest(f"csrf:{session_secret}")


def principal_of(person: Person) -> Principal:
    counters = frozenset(person.counters) if person.role is Role.OFFICER else None
    return Principal(
        f"person:{person.id}", person.role, person.name, person.login, None, counters, person.must_change
    )
