"""`motcua serve` and `motcua demo`: run the centres of an installation."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import click

from queue_server.options import Settings

from . import Trouble, demand_centre, with_settings

_SERVING = ("data", "site", "host", "port", "public_url", "message_queue", "workers", "proxies", "async_mode")


@click.command()
@with_settings(*_SERVING)
def serve(settings: Settings) -> None:
    """Serve the centres of the data folder, or of a PostgreSQL database."""
    demand_centre(settings)
    _run(settings, is_demo=False)


@click.command()
@with_settings(*_SERVING)
def demo(settings: Settings) -> None:
    """Serve the sample centre, with demo sign-ins and the virtual printer's slips on its front page."""
    _run(settings, is_demo=True)


def _run(settings: Settings, *, is_demo: bool) -> None:
    listener = _listener(settings)
    if settings.workers == 1:
        _work(settings, listener, is_demo=is_demo)
        return
    from queue_server.workers import keep_running

    keep_running(settings.workers, lambda is_first: _work(settings, listener, is_demo=is_demo, says=is_first))


def _listener(settings: Settings) -> socket.socket:
    from queue_server.concurrency import listen

    if not 0 <= settings.port <= 65_535:
        raise Trouble(f"there is no port {settings.port}: choose one from 1 to 65535, or 0 for a free one")
    try:
        return listen(settings.host, settings.port)
    except OSError as error:
        raise Trouble(
            f"cannot listen on {settings.host}:{settings.port}: {error.strerror}; choose another --port"
        ) from error


def _work(settings: Settings, listener: socket.socket, *, is_demo: bool, says: bool = True) -> None:
    """What each process does; one of them `says` where to find them."""
    from queue_server import concurrency

    entered = concurrency.enter(settings.mode)  # before anything else opens sockets or locks
    from queue_server import demonstration, main
    from queue_server.store.opening import open_store
    from queue_server.store.sqlite_start import Guard

    guard = None if settings.database else Guard(settings.file, main.clock)
    if guard is not None:
        guard.begin(lambda notice: click.echo(f"motcua: {notice}", err=True))
    store = open_store(settings.database, settings.file)
    if is_demo:
        demonstration.prepare(store)
    installation = main.build(settings, store, entered, _only(store, settings))
    url = main.url_of(listener, settings)
    if is_demo:
        demonstration.install(installation, Path(settings.data))
    main.serve(installation, listener, settings.public_url or url, f"Một Cửa: {url}/" if says else "", guard)


def _only(store: Any, settings: Settings) -> str:
    """The one centre to serve where `--site` names one; Trouble where there is none."""
    sites = store.sites()
    if not sites:
        raise Trouble(f"{settings.place} holds no centre yet: first `motcua import FILE`")
    if settings.site and settings.site not in sites:
        raise Trouble(
            f"there is no centre {settings.site!r} in {settings.place}; there is: {', '.join(sites)}"
        )
    return settings.site
