"""The hall's time at a kiosk: the server's clock, as far as the kiosk knows it.

While the program runs, time is counted on from the server's last word by a clock that never jumps, so that
nobody who sets the machine's clock moves it. After a start without the server it is the machine's clock,
corrected by what was learnt before, and never earlier than a time that was seen already.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

Milliseconds = Callable[[], int]


class HallClock:
    """`wall` is the machine's clock (epoch ms), `steady` counts ms and never jumps.

    `offset` is to be added to `wall`, `floor` the latest time known before: both as kept by an earlier run.
    """

    def __init__(self, wall: Milliseconds, steady: Milliseconds, offset: int = 0, floor: int = 0) -> None:
        self._wall = wall
        self._steady = steady
        self._lock = Lock()
        self._ahead: int | None = None  # the server's time less `steady`; None before its first word
        self.offset = offset
        self.floor = floor

    def now(self) -> int:
        """Epoch milliseconds by the server's clock."""
        with self._lock:
            return self._now()

    def heard(self, server_at: int, asked: int) -> int:
        """The server's clock stood at `server_at` between `asked` (by `steady`) and now; returns the offset.

        What the server says replaces a time that ran ahead, too.
        """
        with self._lock:
            answered = self._steady()
            at = server_at + (answered - asked) // 2
            self._ahead = at - answered
            self.offset = at - self._wall()
            self.floor = at
            return self.offset

    def stamp(self) -> int:
        """A time for a new number: later than every one before it."""
        with self._lock:
            self.floor = max(self._now(), self.floor + 1)
            return self.floor

    def steady(self) -> int:
        return self._steady()

    def _now(self) -> int:
        at = self._wall() + self.offset if self._ahead is None else self._steady() + self._ahead
        return max(at, self.floor)
