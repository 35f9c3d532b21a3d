"""`motcua serve` and `motcua demo`: run a centre."""

from __future__ import annotations

from pathlib import Path

import click

from queue_server.options import Settings

from . import Trouble, chosen_site, with_settings

_SERVING = ("data", "site", "host", "port", "public_url", "async_mode")


@click.command()
@with_settings(*_SERVING)
def serve(settings: Settings) -> None:
    """Serve the centre in the data folder."""
    _run(settings, is_demo=False)


@click.command()
@with_settings(*_SERVING)
def demo(settings: Settings) -> None:
    """Serve the sample centre, with demo sign-ins and the virtual printer's slips on its front page."""
    _run(settings, is_demo=True)


def _run(settings: Settings, *, is_demo: bool) -> None:
    from queue_server import concurrency

    if not is_demo and not settings.database and not settings.file.exists():
        raise Trouble(f"there is no centre in {settings.folder}: first `motcua import FILE --data DIR`")
    if not 0 <= settings.port <= 65_535:
        raise Trouble(f"there is no port {settings.port}: choose one from 1 to 65535, or 0 for a free one")
    entered = concurrency.enter(settings.async_mode)  # before anything else opens sockets or locks
    from queue_server import demonstration, main
    from queue_server.store.sqlite import SqliteStore

    try:
        listener = main.open_listener(settings)
    except OSError as error:
        raise Trouble(
            f"cannot listen on {settings.host}:{settings.port}: {error.strerror}; choose another --port"
        ) from error
    store = SqliteStore(settings.file)
    if is_demo:
        demonstration.prepare(store)
    installation = main.build(settings, store, chosen_site(store, settings), entered)
    url = main.url_of(listener, settings)
    if is_demo:
        demonstration.install(installation, Path(settings.data))
    main.serve(installation, listener, settings.public_url or url, f"Một Cửa: {url}/")
