"""What is noted of signing in and of who may: acts that concern security, without any secret."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Act(StrEnum):
    """What was done to, or by, the person or token that an entry is about."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGN_IN_REFUSED = "sign_in_refused"
    """Tried while the account was locked, with whatever password."""
    LOCKED = "locked"
    UNLOCKED = "unlocked"
    PASSWORD_CHANGED = "password_changed"
    PASSWORD_CHANGE_FAILED = "password_change_failed"
    PASSWORD_RESET = "password_reset"
    PERSON_CREATED = "person_created"
    PERSON_CHANGED = "person_changed"
    PERSON_DISABLED = "person_disabled"
    PERSON_ENABLED = "person_enabled"
    SESSIONS_ENDED = "sessions_ended"
    TOKEN_CREATED = "token_created"
    TOKEN_REVOKED = "token_revoked"


@dataclass(frozen=True, slots=True)
class Noted:
    """One entry.

    `person` is an id, None where the login that was tried is nobody's: what somebody typed there may be a
    password, so it is not kept. `actor` is who did it ("person:…", "shell:…", "" for a stranger),
    `address` from where ("" on the machine itself), `detail` what else to know, in a few words.
    """

    at: int
    act: Act
    person: str | None = None
    actor: str = ""
    address: str = ""
    detail: str = ""
