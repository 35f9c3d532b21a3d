"""A sign's frame as a technician writes it down from the maker's sheet: bytes, fields, a checksum."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from drivers.fault import DeviceFault
from drivers.led.checksum import CHECKSUMS
from drivers.led.showing import Showing

_FIELD: Final = re.compile(r"\{(address|text|mode|check)(?::([a-z0-9]+))?\}")
_BYTE: Final = re.compile(r"[0-9A-Fa-f]{2}")
_ADDRESS: Final[dict[str, Callable[[int], bytes]]] = {
    "": lambda address: bytes([address]),
    "dec2": lambda address: b"%02d" % address,
    "dec3": lambda address: b"%03d" % address,
    "hex2": lambda address: b"%02X" % address,
}
_MODES: Final = {"steady": "00", "blink": "01", "paused": "02", "blank": "03"}
_SETTINGS: Final = ("template", "checksum", "text", "align", "fill", "paused", "encoding", "modes", "blinks")
TEMPLATE: Final = "02 [ {address} {mode} {text} ] {check} 03"


@dataclass(frozen=True, slots=True)
class FrameFormat:
    """`template` is bytes in hex and fields, apart by spaces: `02 [ {address} {mode} {text} ] {check} 03`.

    `{address}` is one byte, `{address:dec2}`, `{address:dec3}` and `{address:hex2}` are digits; `{text}` is
    `text` letters; `{mode}` a byte of `modes` (steady, blink, paused, blank); `{check}` the checksum over
    what stands in the brackets (of all before it, without brackets), `{check:hex}` as digits.
    `blinks`: signs blink by themselves when the mode says so. Such signs do not answer.
    """

    template: str = TEMPLATE
    checksum: str = "xor"
    text: int = 4
    align: str = "right"
    fill: str = " "
    paused: str = "----"
    encoding: str = "ascii"
    modes: Mapping[str, bytes] = field(default_factory=lambda: _bytes_of(_MODES))
    blinks: bool = True

    answers: bool = field(default=False, init=False)

    def frame(self, address: int, showing: Showing) -> bytes:
        out, start, end = bytearray(), 0, None
        for token in self.template.split():
            if token == "[":
                start = len(out)
            elif token == "]":
                end = len(out)
            elif matched := _FIELD.fullmatch(token):
                name, how = matched[1], matched[2] or ""
                covered = bytes(out[start:end])
                out += self._field(name, how, address, showing, covered)
            else:
                out += bytes.fromhex(token)
        return bytes(out)

    def is_answer(self, address: int, heard: bytes) -> bool:
        return True

    def words(self, showing: Showing) -> bytes:
        """The text field: always `text` letters; what a sign cannot show is a blank."""
        said = self.paused if showing.paused else showing.number
        raw = b"".join(_letter(letter, self.encoding) for letter in said)[: self.text]
        fill = self.fill.encode(self.encoding)
        return raw.ljust(self.text, fill) if self.align == "left" else raw.rjust(self.text, fill)

    def mode(self, showing: Showing) -> bytes:
        if showing.paused:
            return self.modes["paused"]
        if not showing.number:
            return self.modes["blank"]
        return self.modes["blink" if showing.blinking else "steady"]

    def _field(self, name: str, how: str, address: int, showing: Showing, covered: bytes) -> bytes:
        match name:
            case "address":
                return _ADDRESS[how](address)
            case "text":
                return self.words(showing)
            case "mode":
                return self.mode(showing)
        check = CHECKSUMS[self.checksum](covered)
        return check.hex().upper().encode() if how == "hex" else check


def frame_format(described: Mapping[str, Any]) -> FrameFormat:
    """The format that a configuration describes; raises DeviceFault("address") naming the first mistake."""
    for name in described:
        if name not in _SETTINGS:
            raise _mistake(f"unknown setting {name!r}; known are {', '.join(_SETTINGS)}")
    settings = dict(described)
    modes = _MODES | dict(settings.pop("modes", {}))
    if set(modes) != set(_MODES) or not all(_BYTE.fullmatch(str(byte)) for byte in modes.values()):
        raise _mistake(f"modes are two hex digits each for {', '.join(_MODES)}")
    made = FrameFormat(**settings, modes=_bytes_of(modes))
    _check(made)
    return made


def _check(made: FrameFormat) -> None:
    if made.checksum not in CHECKSUMS:
        raise _mistake(f"checksum={made.checksum!r} is not one of {', '.join(CHECKSUMS)}")
    if made.align not in ("left", "right"):
        raise _mistake(f"align={made.align!r} is not left or right")
    if not isinstance(made.text, int) or not 1 <= made.text <= 64:
        raise _mistake(f"text={made.text!r} is not a number of letters from 1 to 64")
    for token in made.template.split():
        matched = _FIELD.fullmatch(token)
        is_known = token in ("[", "]") or _BYTE.fullmatch(token) or matched
        if not is_known or (matched and matched[1] == "address" and (matched[2] or "") not in _ADDRESS):
            raise _mistake(f"{token!r} in the template is neither a byte (two hex digits) nor a field")
    if "{text}" not in made.template:
        raise _mistake("the template has no {text}")
    try:
        if len(made.fill.encode(made.encoding)) != 1:
            raise _mistake(f"fill={made.fill!r} is not one letter")
    except (LookupError, UnicodeEncodeError) as error:
        raise _mistake(f"encoding: {error}") from error


def _bytes_of(modes: Mapping[str, str]) -> dict[str, bytes]:
    return {name: bytes.fromhex(byte) for name, byte in modes.items()}


def _letter(letter: str, encoding: str) -> bytes:
    try:
        return letter.encode(encoding)
    except UnicodeEncodeError:
        return b" "


def _mistake(what: str) -> DeviceFault:
    return DeviceFault("address", f"the signs' frame: {what}", permanent=True)
