"""Reads a device's URL: which way to it, where, and with which settings."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from urllib.parse import parse_qsl, unquote, urlsplit

from drivers.fault import DeviceFault

_NO_PORT = frozenset({"usb", "cups"})


@dataclass(frozen=True, slots=True)
class Address:
    """A device's URL in parts: `tcp://host:9100?paper=58` or `virtual://lobby` or `file:///dev/usb/lp0`.

    `netloc` is what stands between `//` and the path, whole: `04b8:0e15` is no host with a port.
    """

    url: str
    scheme: str
    host: str
    port: int | None
    path: str
    settings: Mapping[str, str]
    netloc: str = ""

    def only(self, *known: str) -> None:
        """Refuse a setting that nobody reads, so that a typing mistake is found at start-up."""
        for name in self.settings:
            if name not in known:
                raise _mistake(self.url, f"unknown setting {name!r}{_nearest(name, known)}")

    def choice(self, name: str, among: Mapping[str, int], default: str) -> int:
        """The number that a setting's word stands for."""
        word = self.settings.get(name, default)
        if word not in among:
            raise _mistake(self.url, f"{name}={word!r} is not one of {', '.join(among)}")
        return among[word]

    def word(self, name: str, among: Mapping[str, str], default: str) -> str:
        """What a setting's word stands for, where that is a word again."""
        word = self.settings.get(name, default)
        if word not in among:
            raise _mistake(self.url, f"{name}={word!r} is not one of {', '.join(among)}")
        return among[word]

    def host_and_port(self, port: int) -> str:
        """`host:port`, an IPv6 address in its brackets."""
        return f"[{self.host}]:{port}" if ":" in self.host else f"{self.host}:{port}"

    def number(self, name: str, default: int, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        word = self.settings.get(name)
        if word is None:
            return default
        if not (word.isascii() and word.isdigit() and low <= int(word) <= high):
            raise _mistake(self.url, f"{name}={word!r} is not a whole number from {low} to {high}")
        return int(word)


def parse_address(url: str) -> Address:
    """Take a device URL apart; raises DeviceFault("address") naming the mistake."""
    try:
        parts = urlsplit(url)
        port = None if parts.scheme in _NO_PORT else parts.port
        settings = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    except ValueError as error:
        raise _mistake(url, str(error)) from error
    if not parts.scheme:
        raise _mistake(url, "no scheme, such as tcp:// or virtual://")
    host, path = unquote(parts.hostname or ""), unquote(parts.path)
    return Address(url, parts.scheme, host, port, path, MappingProxyType(settings), unquote(parts.netloc))


def unknown_scheme(address: Address, known: Collection[str]) -> DeviceFault:
    """The fault for a URL whose scheme no driver here speaks."""
    listed = ", ".join(f"{scheme}://" for scheme in known)
    return _mistake(
        address.url, f"no driver for {address.scheme}://{_nearest(address.scheme, known)}; known are {listed}"
    )


def _nearest(word: str, known: Collection[str]) -> str:
    close = get_close_matches(word, known, n=1)
    return f" (did you mean {close[0]!r}?)" if close else ""


def _mistake(url: str, what: str) -> DeviceFault:
    return DeviceFault("address", f"{url}: {what}", permanent=True)
