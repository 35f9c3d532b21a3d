"""Cuts what a scanner sends into codes, and keeps a scanner that never stops from drowning anybody."""

from __future__ import annotations

from typing import Final

from drivers.scanner.codes import LONGEST

QUIET_SECONDS: Final = 0.15
"""Silence that ends a code, for scanners that send no end of line."""
_ENDS: Final = b"\r\n\x03"
_MOST_PER_SECOND: Final = 5
_CALM_SECONDS: Final = 2.0


class Framing:
    """Pure but for what has arrived so far; `now` is seconds of any clock. Holds no more than one code.

    `is_babbling`: more arrives than a person can hold in front of a scanner: codes without end, or more than
    five a second. All of it is thrown away until there were two seconds of sense or of silence.
    """

    def __init__(self) -> None:
        self._arrived = bytearray()
        self._last_at = 0.0
        self._recent: list[float] = []
        self._is_overlong = False
        self._babble_until = 0.0

    def feed(self, data: bytes, now: float) -> list[bytes]:
        """The codes that are whole now."""
        codes = self.rest(now)
        self._last_at = now
        for byte in data:
            if byte not in _ENDS:
                self._take(byte, now)
            elif (code := self._finish(now)) is not None:
                codes.append(code)
        return codes

    def rest(self, now: float) -> list[bytes]:
        """The code that silence has ended, if there is one."""
        if not self._arrived or now - self._last_at < QUIET_SECONDS:
            return []
        code = self._finish(now)
        return [] if code is None else [code]

    def is_babbling(self, now: float) -> bool:
        return now < self._babble_until

    def _take(self, byte: int, now: float) -> None:
        if len(self._arrived) < LONGEST:
            self._arrived.append(byte)
        else:
            self._is_overlong = True
            self._babble_until = now + _CALM_SECONDS

    def _finish(self, now: float) -> bytes | None:
        code, self._arrived = bytes(self._arrived).strip(), bytearray()
        was_overlong, self._is_overlong = self._is_overlong, False
        if not code:
            return None
        self._recent = [at for at in self._recent if now - at < 1] + [now]
        if len(self._recent) > _MOST_PER_SECOND:
            self._recent = self._recent[-_MOST_PER_SECOND:]
            self._babble_until = now + _CALM_SECONDS
        return None if was_overlong or self.is_babbling(now) else code
