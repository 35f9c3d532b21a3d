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
    """Give a command the options `names` of the table, and the settled `settings` as its first argument.

    Whatever works on the data folder works on a PostgreSQL database as well.
    """
    if "data" in names and "database" not in names:
        names = (*names, "database")

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


def demand_centre(settings: Settings, *, create: bool = False) -> None:
    """Trouble where the data folder holds no database, unless it is to be made."""
    if not create and not settings.database and not settings.file.exists():
        raise Trouble(
            f"there is no centre in {settings.folder}:"
            " give the right --data, or `motcua import FILE --data DIR` first"
        )


@contextmanager
def opened_store(settings: Settings, *, create: bool = False) -> Iterator[Any]:
    """The store that `settings` name, closed afterwards."""
    from queue_server.store.opening import open_store

    demand_centre(settings, create=create)
    store = open_store(settings.database, settings.file)
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
                f"there is no centre {settings.site!r} in {settings.place}; there is: {', '.join(sites)}"
            )
        return settings.site
    if len(sites) != 1:
        found = f"several centres ({', '.join(sites)}): choose one with --site" if sites else "no centre yet"
        raise Trouble(f"{settings.place} holds {found}")
    return str(sites[0])
