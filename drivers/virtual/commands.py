"""Takes a page's bytes apart into ESC/POS commands, strictly: what is not understood ends the reading.

Only what python-escpos sends for our pages and for plain text is known here (Epson's ESC/POS command
reference names the commands). A twin that skipped the rest in silence would hide the very mistakes that it
is there to show.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

ESC, GS, DLE = 0x1B, 0x1D, 0x10

_FIXED: Final[dict[bytes, int]] = {
    b"\n": 0,
    b"\x1b@": 0,
    b"\x1b2": 0,
    b"\x1b3": 1,
    b"\x1bd": 1,
    b"\x1bJ": 1,
    b"\x1ba": 1,
    b"\x1b!": 1,
    b"\x1bE": 1,
    b"\x1bM": 1,
    b"\x1bt": 1,
    b"\x1d!": 1,
    b"\x1dr": 1,
    b"\x10\x04": 1,
}
"""Commands of a fixed length: the prefix, and how many bytes follow it."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command, named by its prefix ("" for plain text). `at` is its offset, `args` its parameters."""

    name: bytes
    at: int
    args: bytes = b""
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class Mistake:
    """Where and why the reading ended before the page did."""

    at: int
    why: str

    def __str__(self) -> str:
        return f"byte {self.at}: {self.why}"


class _CutShort(Exception):
    """The bytes end within a command."""


def read_commands(page: bytes) -> Iterator[Command | Mistake]:
    """The commands of one page in order; a Mistake, if there is one, comes last."""
    at = 0
    while at < len(page):
        try:
            command, end = _next(page, at)
        except _CutShort:
            yield Mistake(at, f"the page ends within {_hex(page[at : at + 3])}")
            return
        yield command
        if isinstance(command, Mistake):
            return
        at = end


def take_command(arrived: bytes) -> tuple[Command | Mistake, int] | None:
    """The first command of bytes that are still arriving and where it ends; None while it is incomplete."""
    if not arrived:
        return None
    try:
        return _next(arrived, 0)
    except _CutShort:
        return None


def _next(page: bytes, at: int) -> tuple[Command | Mistake, int]:
    if page[at] >= 0x20 and page[at] != 0x7F:
        end = at
        while end < len(page) and page[end] >= 0x20 and page[end] != 0x7F:
            end += 1
        return Command(b"", at, data=page[at:end]), end
    size = 2 if page[at] in (ESC, GS, DLE) else 1
    name = _take(page, at, size)
    if name in _FIXED:
        end = at + size + _FIXED[name]
        return Command(name, at, _take(page, at + size, _FIXED[name])), end
    if name == b"\x1dV":
        return _cut(page, at)
    if name == b"\x1dv":
        return _raster(page, at)
    if name == b"\x1b*":
        return _columns(page, at)
    if name == b"\x1d(":
        return _extended(page, at)
    return Mistake(at, f"unknown command {_hex(name)}"), at


def _cut(page: bytes, at: int) -> tuple[Command | Mistake, int]:
    """GS V m, or GS V m n where m asks for a feed first."""
    mode = _take(page, at + 2, 1)
    if mode in (b"\0", b"\1", b"0", b"1"):
        return Command(b"\x1dV", at, mode), at + 3
    if mode in (b"A", b"B"):
        return Command(b"\x1dV", at, _take(page, at + 2, 2)), at + 4
    return Mistake(at, f"unknown way to cut {_hex(mode)}"), at


def _raster(page: bytes, at: int) -> tuple[Command | Mistake, int]:
    """GS v 0 m xL xH yL yH, then x bytes for each of y rows."""
    head = _take(page, at + 2, 6)
    columns, rows = _number(head[2:4]), _number(head[4:6])
    if head[:1] != b"0" or head[1] not in (0, 1, 2, 3) or not columns or not rows:
        return Mistake(at, f"not a raster picture: {_hex(head)}"), at
    end = at + 8 + columns * rows
    return Command(b"\x1dv0", at, head[1:], _take(page, at + 8, columns * rows)), end


def _columns(page: bytes, at: int) -> tuple[Command | Mistake, int]:
    """ESC * m nL nH, then n columns of 8 or 24 dots."""
    head = _take(page, at + 2, 3)
    if head[0] not in (0, 1, 32, 33):
        return Mistake(at, f"unknown picture density {_hex(head[:1])}"), at
    size = _number(head[1:3]) * (3 if head[0] >= 32 else 1)
    return Command(b"\x1b*", at, head, _take(page, at + 5, size)), at + 5 + size


def _extended(page: bytes, at: int) -> tuple[Command | Mistake, int]:
    """GS ( k (two-dimensional codes) and GS ( L (graphics): pL pH, then that many bytes."""
    name = _take(page, at, 3)
    if name not in (b"\x1d(k", b"\x1d(L"):
        return Mistake(at, f"unknown command {_hex(name)}"), at
    size = _number(_take(page, at + 3, 2))
    return Command(name, at, data=_take(page, at + 5, size)), at + 5 + size


def _take(page: bytes, start: int, size: int) -> bytes:
    part = page[start : start + size]
    if len(part) < size:
        raise _CutShort
    return part


def _number(low_high: bytes) -> int:
    return int.from_bytes(low_high, "little")


def _hex(part: bytes) -> str:
    return part.hex(" ").upper()
