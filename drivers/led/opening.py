"""From a line's URL and its description to the running signs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from drivers.address import parse_address, unknown_scheme
from drivers.channels import Channel, SerialChannel
from drivers.fault import DeviceFault
from drivers.led.frame import frame_format
from drivers.led.modbus import modbus_format
from drivers.led.protocol import SignProtocol
from drivers.led.service import ANSWER_SECONDS, BLINK_FOR_SECONDS, REFRESH_SECONDS, SignLine
from drivers.led.showing import SignState
from drivers.ports import SCHEMES, SETTINGS, port_at

_KINDS: Final[dict[str, Callable[[Mapping[str, Any]], SignProtocol]]] = {
    "frame": frame_format,
    "modbus": modbus_format,
}
_KNOWN: Final = ("kind", "signs", "refresh_seconds", "blink_seconds", "answer_seconds", *_KINDS)


def open_signs(
    url: str,
    described: Mapping[str, Any],
    *,
    virtual_folder: Path | None = None,
    noticed: Callable[[str, SignState], None] = lambda counter, state: None,
) -> SignLine:
    """The signs at `url` (`serial:///dev/ttyUSB1?baud=9600`, its kin, or `virtual://name`), not yet started.

    `described` is `{kind: "frame"|"modbus", signs: {counter: address}, frame: {…} or modbus: {…}}`, with
    `refresh_seconds`, `blink_seconds` and `answer_seconds` if wished. Raises DeviceFault("address").
    """
    for name in described:
        if name not in _KNOWN:
            raise _mistake(f"unknown setting {name!r}; known are {', '.join(_KNOWN)}")
    kind = described.get("kind", "frame")
    if kind not in _KINDS:
        raise _mistake(f"kind={kind!r} is not one of {', '.join(_KINDS)}")
    protocol = _KINDS[kind](described.get(kind, {}))
    opener, seconds_per_byte = _opener(url, protocol, virtual_folder)
    return SignLine(
        opener,
        protocol,
        _addresses(described.get("signs", {})),
        refresh=_seconds(described, "refresh_seconds", REFRESH_SECONDS),
        blink=_seconds(described, "blink_seconds", BLINK_FOR_SECONDS),
        answer=_seconds(described, "answer_seconds", ANSWER_SECONDS),
        seconds_per_byte=seconds_per_byte,
        noticed=noticed,
    )


def _opener(url: str, protocol: SignProtocol, folder: Path | None) -> tuple[Callable[[], Channel], float]:
    address = parse_address(url)
    if address.scheme in SCHEMES:
        address.only(*SETTINGS)
        port = port_at(address)
        return lambda: SerialChannel(port), port.seconds_per_byte
    if address.scheme != "virtual":
        raise unknown_scheme(address, (*SCHEMES, "virtual"))
    if folder is None or not address.host:
        raise DeviceFault("address", f"{url}: write virtual://name, and set a folder for it", permanent=True)
    from drivers.virtual.signs import SignWindow  # the twin reads the frames of this package

    place = folder / address.host
    return lambda: SignWindow(place, protocol), 0.0


def _addresses(signs: Mapping[str, Any]) -> dict[str, int]:
    for counter, address in signs.items():
        if not isinstance(address, int) or not 1 <= address <= 247:
            raise _mistake(f"the address of {counter!r} is not a whole number from 1 to 247")
    if len(set(signs.values())) != len(signs):
        raise _mistake("two signs have the same address")
    return dict(signs)


def _seconds(described: Mapping[str, Any], name: str, default: float) -> float:
    value = described.get(name, default)
    if not isinstance(value, int | float) or not 0.01 <= value <= 3600:
        raise _mistake(f"{name}={value!r} is not a number of seconds from 0.01 to 3600")
    return float(value)


def _mistake(what: str) -> DeviceFault:
    return DeviceFault("address", f"the signs' line: {what}", permanent=True)
