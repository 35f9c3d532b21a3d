"""Which sign hangs above which counter, on which line, and what it shows without a number: from a file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from drivers.fault import DeviceFault
from drivers.led import open_signs

LOST_SECONDS: Final = 20.0
_OURS: Final = ("url", "shows")
_SHOWS: Final = ("free", "lost", "lost_seconds")
_SEE: Final = "docs/hardware.md shows one"


class BadPlan(Exception):
    """What is wrong with a description, and what to write instead."""


@dataclass(frozen=True, slots=True)
class Faces:
    """What signs show when there is no number: `free` above a counter that is open and calls nobody, `lost`
    once nothing was heard of the server for `lost_seconds`. Nothing at all is a dark sign."""

    free: str = "0"
    lost: str = ""
    lost_seconds: float = LOST_SECONDS


@dataclass(frozen=True, slots=True)
class SignPlan:
    """One line: its port, its description for the driver, its faces. `by_number`: no sign is listed, each has
    the number of its counter as its address."""

    url: str
    described: Mapping[str, Any] = field(default_factory=dict)
    faces: Faces = field(default_factory=Faces)
    by_number: bool = False

    @property
    def counters(self) -> tuple[str, ...]:
        return tuple(self.described.get("signs", {}))

    def for_counters(self, numbers: Mapping[str, str]) -> SignPlan:
        """The same line with a sign for each counter whose number can be an address; `numbers` by id."""
        taken = {id: int(number) for id, number in numbers.items() if _is_address(number)}
        signs = {id: address for id, address in taken.items() if list(taken.values()).count(address) == 1}
        return SignPlan(self.url, {**self.described, "signs": signs}, self.faces)


def read_plan(given: str, folder: Path) -> SignPlan:
    """The line that `given` means: a TOML file, or the URL of a line with the counters' numbers as addresses.

    Everything that can be wrong is found here, not when the first number is called: raises BadPlan.
    `folder` is where virtual signs keep what they show.
    """
    try:
        plan = SignPlan(given, by_number=True) if "://" in given else _from_file(Path(given))
        open_signs(plan.url, plan.described, virtual_folder=folder)
    except DeviceFault as fault:
        raise BadPlan(f"{given}: {fault.detail}" if "://" not in given else fault.detail) from fault
    return plan


def description_of(told: Mapping[str, Any]) -> dict[str, Any]:
    """What of a file's content is the driver's."""
    return {name: value for name, value in told.items() if name not in _OURS}


def _from_file(file: Path) -> SignPlan:
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadPlan(f"{file}: {error.strerror}; give the file that describes the signs ({_SEE})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadPlan(f"{file}: {error}; it must be TOML ({_SEE})") from error
    url, shows = told.get("url"), told.get("shows", {})
    if not isinstance(url, str) or not url:
        raise BadPlan(f'{file}: no port; write url = "serial:///dev/ttyUSB1?baud=9600" at its top')
    if not isinstance(told.get("signs"), dict) or not told["signs"]:
        raise BadPlan(f"{file}: no signs; write [signs] and below it a line COUNTER = ADDRESS for each")
    if not isinstance(shows, dict):
        raise BadPlan(f'{file}: write [shows] and below it lines such as free = "0"')
    return SignPlan(url, description_of(told), _faces(file, shows))


def _faces(file: Path, shows: Mapping[str, Any]) -> Faces:
    for name, value in shows.items():
        if name not in _SHOWS:
            raise BadPlan(f"{file}: unknown setting {name!r} in [shows]; known are {', '.join(_SHOWS)}")
        if name != "lost_seconds" and not isinstance(value, str):
            raise BadPlan(f'{file}: {name}={value!r} is no text; write it in quotes, as in {name} = "0"')
    seconds = shows.get("lost_seconds", LOST_SECONDS)
    is_number = isinstance(seconds, int | float) and not isinstance(seconds, bool)
    if not is_number or not 5 <= seconds <= 3600:
        raise BadPlan(f"{file}: lost_seconds={seconds!r} is not a number of seconds from 5 to 3600")
    return Faces(**shows)


def _is_address(number: str) -> bool:
    return number.isascii() and number.isdigit() and 1 <= int(number) <= 247
