"""The composition root: the one place that builds adapters and puts them together."""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click

import display.voice.bank
import kiosk
from kiosk.print_process import SLIP_SECONDS, PrinterProcess
from queue_server import live, web
from queue_server.app.access import Access
from queue_server.app.centre import Centre
from queue_server.app.passwords import Argon2Passwords
from queue_server.app.side_thread import SideThread
from queue_server.app.slips import Outcome, SlipWork
from queue_server.app.timekeeper import Timekeeper
from queue_server.app.wording import Wording
from queue_server.concurrency import Concurrency, listen
from queue_server.options import Settings
from queue_server.store.sqlite import SqliteStore
from queue_server.store.sqlite_access import SqliteAccessStore

HERE = Path(__file__).parent
PRINTER_PATIENCE = SLIP_SECONDS + 15.0
"""A printing process ends itself over a slip that takes too long; only then is it no longer waited for."""

TEXTS = HERE / "texts"


def clock() -> int:
    """Epoch milliseconds by the machine's clock."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True, slots=True)
class Installation:
    """One centre, opened for serving. `app` is the WSGI application, with the live topics in it."""

    settings: Settings
    store: SqliteStore
    centre: Centre
    access: Access
    app: Any
    sockets: Any
    concurrency: Concurrency


def build_access(store: SqliteStore, site_id: str, off_hub: Any = None) -> Access:
    extra = {} if off_hub is None else {"off_hub": off_hub}
    return Access(SqliteAccessStore(store), site_id, clock, Argon2Passwords(), **extra)


def build(settings: Settings, store: SqliteStore, site_id: str, concurrency: Concurrency) -> Installation:
    """Everything that serves `site_id`, not yet started."""
    centre = Centre(store, site_id, clock, concurrency, settings.public_url)
    access = build_access(store, site_id, SideThread(concurrency, "passwords"))
    wording = Wording(TEXTS)
    folders = web.Folders(
        pages=HERE / "pages",
        kiosk=Path(kiosk.__path__[0]) / "pages",
        board=Path(display.__path__[0]) / "pages",
        texts=(TEXTS,),
        voice=display.voice.bank.CLIPS,
    )
    app = web.create_app(centre, access, wording, folders, web.WebSettings(version=version("motcua")))
    sockets = live.install(app, centre, access, wording, async_mode=concurrency.mode)
    return Installation(settings, store, centre, access, app, sockets, concurrency)


def serve(installation: Installation, listener: socket.socket, public_url: str, banner: str) -> None:
    """Serve until SIGINT or SIGTERM; what was taken in is finished first."""
    centre, sockets = installation.centre, installation.sockets
    centre.start()
    sockets.start_background_task(centre.relay.run, report)
    timekeeper = Timekeeper(installation.store, centre, clock)
    sockets.start_background_task(timekeeper.run, sockets.sleep, report)
    live.start(sockets)
    works = _slip_works(installation, public_url)
    for work in works:
        sockets.start_background_task(work.run, report)
    click.echo(banner)
    try:
        installation.concurrency.serve_until_told(installation.app, listener)
    finally:
        for work in works:
            work.stop()
        for work in works:
            work.wait()
        centre.stop()
        installation.store.close()


def report(trouble: BaseException) -> None:
    """Say on stderr what went wrong in the background; it goes on."""
    click.echo(f"motcua: {type(trouble).__name__}: {trouble}", err=True)


def open_listener(settings: Settings) -> socket.socket:
    return listen(settings.host, settings.port)


def url_of(listener: socket.socket, settings: Settings) -> str:
    """The address to type into a browser on this machine."""
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host
    return f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}"


def virtual_folder(settings: Settings) -> Path:
    return settings.folder / "virtual"


class _KioskPrinter:
    """A kiosk's printer as app.slips wants it."""

    def __init__(self, url: str, folder: Path) -> None:
        self._process = PrinterProcess(url, folder)

    def print(self, facts: dict[str, Any]) -> Outcome:
        answer = self._process.print(facts)
        return Outcome(answer["state"], answer["detail"], answer["status"])

    def status(self) -> str:
        return self._process.status()


def _slip_works(installation: Installation, public_url: str) -> list[SlipWork]:
    """One for each kiosk with a printer."""
    concurrency, folder = installation.concurrency, virtual_folder(installation.settings)
    return [
        SlipWork(
            installation.centre,
            spec.id,
            _KioskPrinter(spec.printer, folder),
            SideThread(concurrency, f"printer {spec.id}", PRINTER_PATIENCE),
            concurrency,
            public_url,
        )
        for spec in installation.centre.site().kiosks
        if spec.printer
    ]
