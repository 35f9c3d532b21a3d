"""Whose turn it is on the line that the signs share: pure, so that fairness can be tested without waiting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from drivers.backoff import Backoff
from drivers.led.showing import Showing, SignState

BLINK_SECONDS: Final = 0.5
"""How long a sign that cannot blink by itself is light, and how long dark."""
_FIRST_RETRY, _LONGEST_RETRY = 0.5, 5.0


@dataclass
class _Sign:
    wanted: Showing = field(default_factory=Showing)
    changed_at: float | None = 0.0  # None: what is wanted was sent
    sent_at: float = 0.0
    blinks_until: float = 0.0
    is_dark: bool = False
    state: SignState = SignState.WAITING
    backoff: Backoff = field(default_factory=lambda: Backoff(_FIRST_RETRY, _LONGEST_RETRY))


class Schedule:
    """`refresh` is how often (seconds) a sign is told again what it shows, for it may have lost its power;
    `blink` how long a call blinks. `blinks_itself`: the signs do the blinking.

    Changes of signs that live come first, the oldest first; then signs that blink and refreshing; a sign that
    is silent is tried ever more seldom, every 5 s at last, and never before a change of one that lives.
    """

    def __init__(self, signs: Iterable[str], *, refresh: float, blink: float, blinks_itself: bool) -> None:
        self._signs = {name: _Sign() for name in signs}
        self._refresh, self._blink, self._blinks_itself = refresh, blink, blinks_itself

    def show(self, name: str, showing: Showing, now: float) -> None:
        """The sign `name` is to show this from now on. KeyError for a sign that is not on this line."""
        sign = self._signs[name]
        sign.wanted = showing
        sign.changed_at = now if sign.changed_at is None else sign.changed_at
        sign.blinks_until = now + self._blink if showing.blinking else 0.0
        sign.is_dark = False

    def next(self, now: float) -> tuple[str, Showing] | None:
        """Which sign to send to, and what; None while nothing is due."""
        due = [(at, name) for name, sign in self._signs.items() if (at := self._due_at(sign, now)) <= now]
        if not due:
            return None
        _, name = min(due, key=lambda one: (self._rank(self._signs[one[1]]), one[0]))
        return name, self._face(self._signs[name], now)

    def wait(self, now: float) -> float:
        """Seconds until something is due."""
        return max(
            0.0, min((self._due_at(sign, now) for sign in self._signs.values()), default=now + 60) - now
        )

    def sent(self, name: str, what: Showing, now: float, state: SignState) -> None:
        """`what` went out to the sign, and this is what became of it."""
        sign = self._signs[name]
        sign.sent_at, sign.state = now, state
        if state is SignState.SILENT:
            sign.backoff.failed(now)
            return
        sign.backoff.succeeded()
        if what != self._face(sign, now):
            return  # something else is wanted by now
        sign.changed_at = None
        if self._is_toggling(sign, now):
            sign.is_dark = not sign.is_dark

    def line_is_gone(self) -> None:
        """The port was lost: whatever the signs show now, all are told anew when it is back."""
        for sign in self._signs.values():
            sign.state, sign.changed_at = SignState.ABSENT, 0.0
            sign.backoff.succeeded()

    def states(self) -> dict[str, SignState]:
        return {name: sign.state for name, sign in self._signs.items()}

    # ---- inside -------------------------------------------------------------------------------------------

    def _due_at(self, sign: _Sign, now: float) -> float:
        if sign.backoff.is_failing:
            return now + sign.backoff.wait(now)
        if sign.changed_at is not None:
            return sign.changed_at
        if self._is_toggling(sign, now):
            return sign.sent_at + BLINK_SECONDS
        if sign.wanted.blinking and sign.sent_at < sign.blinks_until:
            return min(sign.blinks_until, sign.sent_at + self._refresh)  # then it is to stand still
        return sign.sent_at + self._refresh

    def _rank(self, sign: _Sign) -> int:
        if sign.backoff.is_failing:
            return 2
        return 0 if sign.changed_at is not None else 1

    def _is_toggling(self, sign: _Sign, now: float) -> bool:
        return sign.wanted.blinking and not self._blinks_itself and now < sign.blinks_until

    def _face(self, sign: _Sign, now: float) -> Showing:
        """What to send now: the wanted showing, light or dark, and still once it has blinked enough."""
        if not sign.wanted.blinking:
            return sign.wanted
        if now >= sign.blinks_until:
            return replace(sign.wanted, blinking=False)
        if self._blinks_itself:
            return sign.wanted
        return Showing() if sign.is_dark else replace(sign.wanted, blinking=False)
