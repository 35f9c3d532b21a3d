"""Twins of counter signs: they read frames as signs would, show what they were told, lose power and die."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock
from typing import Final

from drivers.led.checksum import CHECKSUMS, crc16_modbus
from drivers.led.frame import FrameFormat
from drivers.led.modbus import ModbusFormat
from drivers.led.protocol import SignProtocol

_WRITE: Final = 0x10
_LONGEST: Final = 1024


@dataclass(frozen=True, slots=True)
class Shown:
    """What a sign's face shows: letters as they came, and its mode: dark, steady, blink or paused."""

    text: str = ""
    mode: str = "dark"


Found = tuple[bytes, int, int, Shown]
"""A whole frame, where it ends, whom it is for, and what it says."""
Reader = Callable[[bytes], Found | None]
"""Finds the first whole frame; None while there is none."""


class SignTwins:
    """The signs of one line, by address. One thread feeds them; anybody may look. `keeps`: a JSON file that
    always says what they show."""

    def __init__(self, protocol: SignProtocol, addresses: Collection[int], keeps: Path | None = None) -> None:
        self._read, self._acknowledge = _reader(protocol), protocol.answers
        self._lock = Lock()
        self._shown = dict.fromkeys(addresses, Shown())
        self._keeps = keeps
        self._dead: set[int] = set()
        self._arrived = b""
        self.frames: list[int] = []  # the address of each frame that was understood

    def shown(self) -> dict[int, Shown]:
        with self._lock:
            return dict(self._shown)

    def kill(self, address: int) -> None:
        """The sign is dark and deaf from now on."""
        with self._lock:
            self._dead.add(address)
            self._shown[address] = Shown()

    def cut_power(self, address: int) -> None:
        """The sign restarts: dark, until it is told again."""
        with self._lock:
            self._dead.discard(address)
            self._shown[address] = Shown()

    # ---- the cable's side ---------------------------------------------------------------------------------

    is_stuck = False
    is_unplugged = False
    bytes_per_second: int | None = None

    def speak(self) -> bytes:
        return b""

    def hang_up(self) -> None:
        self._arrived = b""

    def take(self, data: bytes) -> bytes:
        said, before = b"", self.shown()
        with self._lock:
            self._arrived = (self._arrived + data)[-_LONGEST:]
            while (found := self._read(self._arrived)) is not None:
                frame, end, address, shown = found
                self._arrived = self._arrived[end:]
                if address in self._shown and address not in self._dead:
                    self._shown[address] = shown
                    self.frames.append(address)
                    said += _acknowledged(frame) if self._acknowledge else b""
        if self._keeps and (self.shown() != before or not self._keeps.exists()):
            keep_shown(self._keeps, self.shown())
        return said


class SignWindow:
    """A channel that ends in signs of its own and keeps what they show in `folder`/signs.json."""

    def __init__(self, folder: Path, protocol: SignProtocol) -> None:
        self._said = b""
        folder.mkdir(parents=True, exist_ok=True)
        self._signs = SignTwins(protocol, range(1, 248), folder / "signs.json")

    def write(self, data: bytes) -> None:
        self._said += self._signs.take(data)

    def read(self, seconds: float) -> bytes:
        said, self._said = self._said, b""
        return said

    def close(self) -> None:
        """What they show stays on show."""


def keep_shown(file: Path, shown: Mapping[int, Shown]) -> None:
    """Write down what the signs that are not dark show, for the page of virtual devices."""
    lit = {address: asdict(one) for address, one in shown.items() if one != Shown()}
    draft = file.with_suffix(".new")
    draft.write_text(json.dumps(lit, ensure_ascii=False), encoding="utf-8")
    draft.replace(file)


def _reader(protocol: SignProtocol) -> Reader:
    if isinstance(protocol, FrameFormat):
        return _frame_reader(protocol)
    if isinstance(protocol, ModbusFormat):
        return _read_registers
    raise TypeError(f"no twin for {type(protocol).__name__}")


def _frame_reader(made: FrameFormat) -> Reader:
    size = len(CHECKSUMS[made.checksum](b""))
    fields = {
        "{address}": b"(?P<address>.)",
        "{address:dec2}": rb"(?P<digits>\d\d)",
        "{address:dec3}": rb"(?P<digits>\d\d\d)",
        "{address:hex2}": rb"(?P<hex>[0-9A-F]{2})",
        "{text}": b"(?P<text>.{%d})" % made.text,
        "{mode}": b"(?P<mode>.)",
        "{check}": b"(?P<check>.{%d})" % size,
        "{check:hex}": b"(?P<check>.{%d})" % (2 * size),
        "[": b"(?P<covered>",
        "]": b")",
    }
    tokens = made.template.split()
    parts = [fields[token] if token in fields else re.escape(bytes.fromhex(token)) for token in tokens]
    pattern = re.compile(b"".join(parts), re.DOTALL)
    modes = {byte: name for name, byte in made.modes.items()}

    def read(arrived: bytes) -> Found | None:
        for at in range(len(arrived)):
            found = pattern.match(arrived, at)
            if found is None or not _is_sound(found, made.checksum):
                continue
            groups = found.groupdict()
            text = found["text"].decode(made.encoding, "replace").strip()
            mode = modes.get(groups.get("mode") or b"", "steady" if text else "dark")
            return found[0], found.end(), _address(groups), Shown(text, "dark" if mode == "blank" else mode)
        return None

    return read


def _is_sound(found: re.Match[bytes], checksum: str) -> bool:
    groups = found.groupdict()
    if groups.get("check") is None:
        return True
    covered = groups.get("covered") or found[0][: found.start("check") - found.start()]
    check = CHECKSUMS[checksum](covered)
    return groups["check"] in (check, check.hex().upper().encode())


def _address(groups: dict[str, bytes]) -> int:
    if "address" in groups:
        return groups["address"][0]
    return int(groups["digits"]) if "digits" in groups else int(groups.get("hex", b"0"), 16)


def _read_registers(arrived: bytes) -> Found | None:
    """Function 16 as the Modbus specification has it, read without the library that wrote it."""
    for at in range(len(arrived) - 8):
        size = 9 + arrived[at + 6]
        frame = arrived[at : at + size]
        if frame[1] == _WRITE and len(frame) == size and crc16_modbus(frame[:-2]) == frame[-2:]:
            mode = ("dark", "steady", "blink", "paused")[frame[8] & 3]
            return frame, at + size, frame[0], Shown(frame[9:-2].decode("ascii", "replace").strip(), mode)
    return None


def _acknowledged(request: bytes) -> bytes:
    """The request's head again: address, function, first register, how many."""
    return request[:6] + crc16_modbus(request[:6])
