"""The simulated day's clock: faster than the real one, and over at the end of the played part."""

from __future__ import annotations

import asyncio
import time

from .plan import Plan


class Clock:
    """Seconds of the day's own time since the part's begin."""

    def __init__(self, plan: Plan) -> None:
        self._speed = plan.speed
        self._start = 0.0
        self._length = plan.seconds

    def start(self) -> None:
        self._start = time.perf_counter()

    @property
    def end(self) -> float:
        """By time.perf_counter."""
        return self._start + self._length

    @property
    def left(self) -> float:
        """Real seconds until the end."""
        return max(0.0, self.end - time.perf_counter())

    @property
    def is_over(self) -> bool:
        return self.left <= 0

    async def until(self, at: float) -> float:
        """Sleep until `at`; real seconds by which it is later than that now."""
        due = self._start + at / self._speed
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        return time.perf_counter() - due

    async def sleep(self, seconds: float) -> None:
        """Sleep for so long, or until the end if that comes first."""
        await asyncio.sleep(min(seconds / self._speed, self.left))
