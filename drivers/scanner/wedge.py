"""Scanners that pose as a keyboard, read from their input device, so that no key reaches the page."""

from __future__ import annotations

import errno
import fcntl
import os
import select
import struct
from pathlib import Path
from typing import Final

from drivers.fault import unreachable

EVENT: Final = struct.Struct("@llHHi")
"""struct input_event of linux/input.h: seconds, microseconds, type, code, value."""
_KEY: Final = 1
_RELEASED, _PRESSED = 0, 1
_GRAB: Final = 0x40044590  # EVIOCGRAB
_SHIFTS: Final = (42, 54)
_ENTERS: Final = (28, 96)
_TAB: Final = 15

_ROWS: Final = ((2, "1234567890-=", "!@#$%^&*()_+"), (16, "qwertyuiop[]", "QWERTYUIOP{}"))
_MORE: Final = ((30, "asdfghjkl;'`", 'ASDFGHJKL:"~'), (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"), (57, " ", " "))
_PLAIN: Final = {start + at: row[at] for start, row, _ in (*_ROWS, *_MORE) for at in range(len(row))}
_SHIFTED: Final = {start + at: row[at] for start, _, row in (*_ROWS, *_MORE) for at in range(len(row))}
KEYS: Final = {
    **{letter: (key, True) for key, letter in _SHIFTED.items()},
    **{letter: (key, False) for key, letter in _PLAIN.items()},
}
"""Letter → (key code, with shift) on the US layout, which scanners pose with."""


class WedgeChannel:
    """Key presses as the bytes they stand for. What such a scanner cannot type, Vietnamese letters above all,
    arrives mangled: the age band of a card survives that, and nothing else of it is looked at."""

    def __init__(self, path: Path) -> None:
        try:
            self._node = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        except OSError as error:
            raise unreachable(str(path), error) from error
        try:
            fcntl.ioctl(self._node, _GRAB, 1)
        except OSError as error:
            # No input device, such as a pipe, has nobody else who reads it. One that another program holds
            # would type every code into whatever page stands in front.
            if error.errno not in (errno.ENOTTY, errno.EINVAL):
                os.close(self._node)
                raise unreachable(str(path), error) from error
        self._arrived, self._is_shifted = b"", False

    def write(self, data: bytes) -> None:
        """A keyboard is not written to."""

    def read(self, seconds: float) -> bytes:
        if not select.select([self._node], [], [], seconds)[0]:
            return b""
        try:
            part = os.read(self._node, EVENT.size * 64)
        except BlockingIOError:
            return b""
        if not part:
            raise OSError("the scanner is gone")
        self._arrived += part
        whole = len(self._arrived) // EVENT.size * EVENT.size
        events, self._arrived = self._arrived[:whole], self._arrived[whole:]
        return b"".join(self._typed(*event[2:]) for event in EVENT.iter_unpack(events))

    def close(self) -> None:
        os.close(self._node)

    def _typed(self, kind: int, key: int, value: int) -> bytes:
        if kind != _KEY:
            return b""
        if key in _SHIFTS:
            self._is_shifted = value != _RELEASED
        elif value == _PRESSED:
            if key in _ENTERS or key == _TAB:
                return b"\n"
            return (_SHIFTED if self._is_shifted else _PLAIN).get(key, "").encode()
        return b""
