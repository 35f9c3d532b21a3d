"""The `motcua` command: each subcommand is loaded only when it is asked for, so that starting stays quick."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

_COMMANDS = {
    "serve": ("serving", "serve"),
    "demo": ("serving", "demo"),
    "kiosk": ("kiosk", "kiosk"),
    "signs": ("signs", "signs"),
    "import": ("describing", "import_site"),
    "token": ("access", "token"),
    "person": ("people", "person"),
    "session": ("people", "session"),
    "access-log": ("access", "access_log"),
    "replay": ("journal", "replay"),
    "audit": ("journal", "audit"),
    "verify": ("journal", "verify"),
    "backup": ("backup", "backup"),
    "restore": ("backup", "restore"),
    "check": ("backup", "check"),
    "migrate": ("migrate", "migrate"),
    "backtest": ("waiting", "backtest"),
    "simulate": ("simulating", "simulate"),
    "simulate-load": ("simulate_load", "simulate_load"),
    "bench": ("bench", "bench"),
    "voice": ("voice", "voice"),
    "device": ("devices", "device"),
}


class _Commands(click.Group):
    def list_commands(self, context: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        module, attribute = _COMMANDS[name]
        command: Any = getattr(importlib.import_module(f"queue_server.cli.{module}"), attribute)
        return command


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def motcua() -> None:
    """Một Cửa: the queue of a public service hall."""


@contextmanager
def said() -> Iterator[None]:
    """What a person can mend is said in one line, without a traceback, and ends the process."""
    from queue_server.app.ports import StoreTrouble
    from queue_server.cli import Trouble

    try:
        yield
    except (Trouble, StoreTrouble) as trouble:
        click.echo(f"motcua: {trouble}", err=True)
        sys.exit(1)


def main() -> None:
    with said():
        motcua(standalone_mode=True)


if __name__ == "__main__":
    main()
