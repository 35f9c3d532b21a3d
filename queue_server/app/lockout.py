"""Locking an account after wrong passwords in a row: a rule over what is kept of a login, nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from .access_rules import AccessRules


@dataclass(frozen=True, slots=True)
class Lockout:
    """What is kept of wrong passwords under one login, whether or not such a login exists.

    `failures` in a row since the last lock; `locks` in a row; times are epoch milliseconds.
    """

    failures: int = 0
    locks: int = 0
    last_at: int = 0
    locked_until: int = 0

    def locked_for(self, now: int, rules: AccessRules) -> int:
        """Milliseconds until it opens by itself; 0 where it is open."""
        left = self.locked_until - now
        # A clock that was set back must not keep anybody out for longer than any lock lasts.
        return left if 0 < left <= rules.longest_lock_ms else 0


class Locked(Exception):
    """Too many wrong passwords in a row; `seconds` until the account opens by itself."""

    def __init__(self, milliseconds: int) -> None:
        self.seconds = -(-milliseconds // 1000)
        super().__init__(self.seconds)


def attempted(kept: Lockout | None, now: int, rules: AccessRules) -> Lockout:
    """What to keep once one more password is tried: counted as wrong until it proved right. Raises Locked.

    Counting first leaves no gap in which several processes could try more than the rule allows.
    """
    if kept is None or now - kept.last_at >= rules.forget_ms:
        kept = Lockout()
    if left := kept.locked_for(now, rules):
        raise Locked(left)
    if kept.failures + 1 < rules.tries:
        return Lockout(kept.failures + 1, kept.locks, now)
    lasts = min(rules.lock_ms << min(kept.locks, 20), rules.longest_lock_ms)
    return Lockout(0, kept.locks + 1, now, now + lasts)
