"""Slowing down those who guess: how often something failed lately, by key."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field


class TooManyAttempts(Exception):
    """Too many failures under one key; `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


@dataclass
class Attempts:
    """At most `limit` failures within `window_ms` for one key. Keeps `capacity` keys, the latest."""

    limit: int
    window_ms: int
    capacity: int = 10_000
    _failures: OrderedDict[str, tuple[int, int]] = field(default_factory=OrderedDict)

    def check(self, key: str, now: int) -> None:
        """TooManyAttempts while the limit is reached."""
        count, since = self._failures.get(key, (0, now))
        left = since + self.window_ms - now
        if count >= self.limit and left > 0:
            raise TooManyAttempts(-(-left // 1000))

    def count(self, key: str, now: int) -> None:
        """Note one failure."""
        count, since = self._failures.pop(key, (0, now))
        if now - since >= self.window_ms:
            count, since = 0, now
        self._failures[key] = (count + 1, since)
        while len(self._failures) > self.capacity:
            self._failures.popitem(last=False)

    def forget(self, key: str) -> None:
        self._failures.pop(key, None)
