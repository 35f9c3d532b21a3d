"""The figures of access in one place: how long sessions last, when an account is locked, what is kept."""

from __future__ import annotations

from dataclasses import dataclass

MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS


@dataclass(frozen=True, slots=True)
class AccessRules:
    """All durations in milliseconds."""

    session_ms: int = 12 * HOUR_MS
    """How long a sign-in lasts at most: one working day with room on both sides."""
    idle_ms: int = HOUR_MS
    """A session that asked nothing and followed nothing for so long is over."""
    seen_ms: int = MINUTE_MS
    """How exactly it is kept when a session was last heard of: one write in so long, not one per request."""
    tries: int = 5
    """Wrong passwords in a row that lock an account."""
    lock_ms: int = 15 * MINUTE_MS
    """The first lock; each one after it lasts twice as long."""
    longest_lock_ms: int = 4 * HOUR_MS
    forget_ms: int = DAY_MS
    """A day without a wrong password, and earlier ones count no more."""
    log_kept_ms: int = 90 * DAY_MS
    """How long the access log remembers."""
    shortest_password: int = 10


RULES = AccessRules()
