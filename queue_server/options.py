"""The one table of options; values come from defaults, a TOML file, MOTCUA_* variables, flags."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


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
        "database",
        "",
        "postgresql://USER@HOST/NAME keeps everything there; empty: in the SQLite file motcua.db in --data.",
    ),
    Option("message_queue", "", "redis://HOST:PORT/N, by which several workers tell each other of changes."),
    Option("workers", 1, "Processes that serve; more than one needs PostgreSQL and a message queue."),
    Option("proxies", 0, "How many reverse proxies stand in front; their X-Forwarded headers are believed."),
    Option(
        "async_mode",
        "",
        "How the server juggles connections; empty: eventlet with SQLite, gevent with PostgreSQL.",
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
    database: str = ""
    message_queue: str = ""
    workers: int = 1
    proxies: int = 0
    async_mode: str = ""

    @property
    def folder(self) -> Path:
        return Path(self.data)

    @property
    def file(self) -> Path:
        """The SQLite file, which is in use unless `database` says otherwise."""
        return self.folder / "motcua.db"

    @property
    def place(self) -> str:
        """Where everything is kept, in words for a person: never with a password in it."""
        if not self.database:
            return str(self.folder)
        address = urlsplit(self.database)
        return f"{address.hostname or 'the local server'}{address.path}"

    @property
    def mode(self) -> str:
        """The async mode in force."""
        return self.async_mode or ("gevent" if self.database else "eventlet")


MOST_WORKERS = 64


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
    settings = _with(
        settings, {name: value for name, value in flags.items() if value is not None}, "command line"
    )
    _fit_together(settings)
    return settings


def _fit_together(settings: Settings) -> None:
    """BadOption where options contradict each other."""
    schemes = {"database": ("postgresql", "postgres"), "message_queue": ("redis", "rediss", "unix")}
    for name, known in schemes.items():
        value = getattr(settings, name)
        if value and value.partition(":")[0] not in known:
            raise BadOption(f"{name} must begin with {known[0]}://")  # it may hold a password: not shown
        if not is_address(value):
            raise BadOption(
                f"{name} is no address: in a password write / as %2F, ? as %3F, # as %23, [ as %5B, % as %25"
            )
    if not 1 <= settings.workers <= MOST_WORKERS:
        raise BadOption(f"workers must be from 1 to {MOST_WORKERS}, not {settings.workers}")
    if settings.proxies < 0:
        raise BadOption("proxies cannot be less than 0")
    if settings.workers > 1 and not (settings.database and settings.message_queue):
        raise BadOption(
            "several workers need --database postgresql://… and --message-queue redis://…:"
            " a SQLite file is served fastest by one"
        )
    if settings.database and settings.async_mode == "eventlet":
        raise BadOption(
            "under eventlet one slow query of PostgreSQL holds up everybody: leave async_mode out, or gevent"
        )
    if settings.message_queue and settings.mode == "eventlet":
        raise BadOption("a message queue joins processes on PostgreSQL: with a SQLite file leave it out")


def is_address(value: str) -> bool:
    """Whether user and password end where they should: else a part of them is taken for host, and shown."""
    try:
        address = urlsplit(value)
    except ValueError:
        return False
    rest = address.path + address.query + address.fragment
    return "@" not in rest and not re.search("%(?![0-9A-Fa-f]{2})", value)


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
