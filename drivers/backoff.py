"""When to try again what failed: soon at first, then ever more seldom."""

from __future__ import annotations


class Backoff:
    """Waits of `first`, 2·`first`, 4·`first`, … and at most `most` seconds; a success starts anew."""

    def __init__(self, first: float, most: float) -> None:
        self._first, self._most = first, most
        self._failures = 0
        self._again_at = 0.0

    @property
    def is_failing(self) -> bool:
        return self._failures > 0

    def failed(self, now: float) -> None:
        self._again_at = now + min(self._most, self._first * 2 ** min(self._failures, 30))
        self._failures += 1

    def succeeded(self) -> None:
        self._failures = 0
        self._again_at = 0.0

    def wait(self, now: float) -> float:
        """Seconds until the next try; 0 for now."""
        return max(0.0, self._again_at - now)
