"""The subcommands of `motcua`, by subject."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from queue_server.options import OPTIONS, BadOption, Settings, settle


class Trouble(Exception):
    """Something a person can mend; the message says what and how."""


def with_settings(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command the options `names` of the table, and the settled `settings` as its first argument."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(command)
        def wrapped(*, config: Path | None, **values: Any) -> Any:
            flags = {name: values.pop(name) for name in names}
            try:
                settings = settle(flags, file=config)
            except BadOption as error:
                raise Trouble(str(error)) from error
            return command(settings, **values)

        made: Callable[..., Any] = wrapped
        for option in reversed(OPTIONS):
            if option.name in names:
                made = _flag(option)(made)
        config_file = click.Path(path_type=Path, dir_okay=False)
        return click.option("--config", type=config_file, help="TOML file with options.")(made)

    return decorate


def _flag(option: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    kind: Any = click.Choice(option.choices) if option.choices else type(option.default)
    text = f"{option.help} [default: {option.default}]" if option.default != "" else option.help
    return click.option(f"--{option.name.replace('_', '-')}", option.name, type=kind, default=None, help=text)


@contextmanager
def opened_store(settings: Settings, *, create: bool = False) -> Iterator[Any]:
    """The store in the data folder, closed afterwards."""
    from queue_server.store.sqlite import SqliteStore

    if not create and not settings.database.exists():
        raise Trouble(
            f"there is no centre in {settings.folder}:"
            " give the right --data, or `motcua import FILE --data DIR` first"
        )
    store = SqliteStore(settings.database)
    try:
        yield store
    finally:
        store.close()


def chosen_site(store: Any, settings: Settings) -> str:
    """The id of the centre that `--site` names, or of the only one there is."""
    sites = store.sites()
    if settings.site:
        if settings.site not in sites:
            raise Trouble(
                f"there is no centre {settings.site!r} in {settings.folder}; there is: {', '.join(sites)}"
            )
        return settings.site
    if len(sites) != 1:
        found = f"several centres ({', '.join(sites)}): choose one with --site" if sites else "no centre yet"
        raise Trouble(f"{settings.folder} holds {found}")
    return str(sites[0])
