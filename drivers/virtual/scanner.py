"""Twins of scanners: codes are handed to them, and they send them on as the real ones would, or babble."""

from __future__ import annotations

import time
from collections import deque
from pathlib import Path
from typing import Final

from drivers.scanner.wedge import EVENT, KEYS

_LOOK_SECONDS: Final = 0.05
_NOISE: Final = bytes(range(0x20, 0x7F)) * 40
_SYN = EVENT.pack(0, 0, 0, 0, 0)


class ScannerTwin:
    """A scanner for the end of a cable. `babbles`: it sends rubbish without end and without a line's end."""

    is_stuck = False
    bytes_per_second: int | None = None

    def __init__(self) -> None:
        self.babbles = False
        self.is_unplugged = False
        self._waiting: deque[bytes] = deque()

    def scan(self, code: str | bytes, end: bytes = b"\r\n") -> None:
        """Somebody holds a code in front of it."""
        self._waiting.append((code.encode() if isinstance(code, str) else code) + end)

    def speak(self) -> bytes:
        if self.babbles:
            return _NOISE
        return self._waiting.popleft() if self._waiting else b""

    def take(self, data: bytes) -> bytes:
        return b""

    def hang_up(self) -> None:
        """Nobody listens any more; a scanner does not notice."""


class MailboxChannel:
    """A channel whose other end is a folder: each file in it is a code, read once, then deleted."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def read(self, seconds: float) -> bytes:
        deadline = time.monotonic() + seconds
        while not (codes := sorted(self._folder.glob("*.code"))):
            left = deadline - time.monotonic()
            if left <= 0:
                return b""
            time.sleep(min(left, _LOOK_SECONDS))
        code = codes[0].read_bytes()
        codes[0].unlink()
        return code + b"\n"

    def write(self, data: bytes) -> None:
        """A scanner is not written to."""

    def close(self) -> None:
        """The folder stays."""


def typed(code: str) -> bytes:
    """The events of a keyboard that types `code` and Enter; letters that it has no key for are left out."""
    events = b""
    for letter in code:
        if letter not in KEYS:
            continue
        key, is_shifted = KEYS[letter]
        if is_shifted:
            events += _key(42, 1)
        events += _key(key, 1) + _key(key, 0)
        if is_shifted:
            events += _key(42, 0)
    return events + _key(28, 1) + _key(28, 0)


def _key(code: int, value: int) -> bytes:
    return EVENT.pack(0, 0, 1, code, value) + _SYN
