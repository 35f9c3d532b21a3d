"""The one table of options; values come from defaults, a TOML file, MOTCUA_* variables, flags."""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Option:
    """One setting: its name, its default and what it is for."""

    name: str
    default: Any
    help: str
    choices: tuple[str, ...] = ()


OPTIONS = (
    Option("data", "data", "Folder that holds the database and what the virtual devices keep."),
    Option("site", "", "Id of the centre to serve; empty: the only one in the database."),
    Option("host", "127.0.0.1", "Address to listen on; 0.0.0.0 lets other machines in."),
    Option("port", 8080, "Port to listen on; 0 takes a free one and prints it."),
    Option("public_url", "", "Address under which phones reach the server, for the QR on slips."),
    Option(
        "async_mode",
        "eventlet",
        "How the server juggles connections.",
        ("eventlet", "gevent", "threading"),
    ),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The values in force, frozen once the program has started."""

    data: str = "data"
    site: str = ""
    host: str = "127.0.0.1"
    port: int = 8080
    public_url: str = ""
    async_mode: str = "eventlet"

    @property
    def folder(self) -> Path:
        return Path(self.data)

    @property
    def database(self) -> Path:
        return self.folder / "motcua.db"


class BadOption(Exception):
    """An option that does not exist or has a value it cannot take; the message says what to do."""


def settle(
    flags: Mapping[str, Any], environment: Mapping[str, str] | None = None, file: Path | None = None
) -> Settings:
    """The settings from all sources; a flag wins over a variable, a variable over the file."""
    environment = os.environ if environment is None else environment
    settings = Settings()
    if file is not None:
        settings = _with(settings, _read_file(file), str(file))
    from_environment = {
        option.name: environment[f"MOTCUA_{option.name.upper()}"]
        for option in OPTIONS
        if f"MOTCUA_{option.name.upper()}" in environment
    }
    settings = _with(settings, from_environment, "environment")
    return _with(
        settings, {name: value for name, value in flags.items() if value is not None}, "command line"
    )


def _read_file(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadOption(f"cannot read {file}: {error.strerror}") from error
    except tomllib.TOMLDecodeError as error:
        raise BadOption(f"{file} is not TOML: {error}") from error


def _with(settings: Settings, values: Mapping[str, Any], source: str) -> Settings:
    known = {option.name: option for option in OPTIONS}
    checked = {}
    for name, value in values.items():
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else f"; known are {', '.join(known)}"
            raise BadOption(f"{source}: there is no option {name!r}{hint}")
        checked[name] = _checked(known[name], value, source)
    return replace(settings, **checked)


def _checked(option: Option, value: Any, source: str) -> Any:
    if isinstance(option.default, int):
        try:
            return int(value)
        except (TypeError, ValueError):
            raise BadOption(f"{source}: {option.name} must be a whole number, not {value!r}") from None
    if not isinstance(value, str):
        raise BadOption(f"{source}: {option.name} must be text, not {value!r}")
    if option.choices and value not in option.choices:
        raise BadOption(f"{source}: {option.name} must be one of {', '.join(option.choices)}, not {value!r}")
    return value


assert {option.name for option in OPTIONS} == {field.name for field in fields(Settings)}
