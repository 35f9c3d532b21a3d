"""The composition root: the one place that builds adapters and puts them together."""

from __future__ import annotations

import gc
import os
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import display.voice.bank
import kiosk
from kiosk.print_process import SLIP_SECONDS, PrinterProcess
from queue_server import live, web
from queue_server.app.access import Access, OffHub, Passwords
from queue_server.app.centre import Centre
from queue_server.app.colleagues import Colleagues
from queue_server.app.courier import Courier
from queue_server.app.duties import Duties
from queue_server.app.lanes import Lanes
from queue_server.app.passwords import Argon2Passwords
from queue_server.app.side_thread import GreenWork, HashedAside, SideThread
from queue_server.app.sites import House, Sites
from queue_server.app.slips import Outcome, SlipWork
from queue_server.app.views import shapes
from queue_server.app.wording import Wording
from queue_server.app.writer import Writer
from queue_server.concurrency import Concurrency
from queue_server.options import Settings
from queue_server.store.last_seen import last_backup

if TYPE_CHECKING:
    from queue_server.store.sqlite_start import Guard

HERE = Path(__file__).parent
PRINTER_PATIENCE = SLIP_SECONDS + 15.0
"""A printing process ends itself over a slip that takes too long; only then is it no longer waited for."""

COMMIT_PATIENCE = 3600.0
"""What a disk is doing cannot be given up on: its requests say sooner that they do not know."""

TEXTS = HERE / "texts"


def clock() -> int:
    """Epoch milliseconds by the machine's clock."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True, slots=True)
class Installation:
    """The centres of one store, opened for serving. `app` is the WSGI application, with the live topics.

    `figures` are what this process tells of itself in /metrics, by name.
    """

    settings: Settings
    store: Any
    sites: Sites
    writer: Writer | Lanes
    courier: Courier
    app: Any
    sockets: Any
    concurrency: Concurrency
    figures: dict[str, Callable[[], Any]]


def build_access(store: Any, site_id: str) -> Access:
    """People and devices of a site, for the command line."""
    return Access(store.access(), site_id, clock, Argon2Passwords())


def _access_of(store: Any, concurrency: Concurrency) -> Callable[[str], Access]:
    """The same while serving: slow passwords do not hold up other requests."""
    aside = SideThread(concurrency, "passwords")
    passwords: Passwords = Argon2Passwords()
    off_hub: OffHub = aside
    if store.yields:  # its connections belong to green threads: only the hashing itself goes elsewhere
        passwords, off_hub = HashedAside(passwords, aside), GreenWork(concurrency.spawn)
    return lambda site: Access(store.access(), site, clock, passwords, off_hub=off_hub)


def build(settings: Settings, store: Any, concurrency: Concurrency, only: str = "") -> Installation:
    """Everything that serves the sites of `store` (or `only` one of them), not yet started."""
    threads = concurrency.green()
    if threads is not concurrency and not store.yields:
        store.wait_by(SideThread(concurrency, "disk", COMMIT_PATIENCE))
    courier = Courier(store, threads, concurrency.spawn, report)
    makes: type[Lanes] | type[Writer] = Lanes if store.yields else Writer
    writer = makes(store, clock, threads, shapes.answer_to, courier.committed)
    access_of = _access_of(store, concurrency)

    def open_house(site: str) -> House:
        return House(site, Centre(store, site, clock, writer, settings.public_url), access_of(site))

    sites = Sites(store, store.access(), open_house, only)
    wording = Wording(TEXTS)
    folders = web.Folders(
        pages=HERE / "pages",
        kiosk=Path(kiosk.__path__[0]) / "pages",
        board=Path(display.__path__[0]) / "pages",
        texts=(TEXTS,),
        voice=display.voice.bank.CLIPS,
    )
    is_secure = settings.public_url.startswith("https://")
    figures = _figures(writer, settings.folder)
    told = web.WebSettings(
        version("motcua"), lambda: {name: figure() for name, figure in figures.items()}, is_secure
    )
    app = web.create_app(sites, wording, folders, told)
    sockets = live.install(app, sites, wording, async_mode=concurrency.mode)
    app.wsgi_app = _behind(settings.proxies, web.prefixed(app.wsgi_app))  # type: ignore[method-assign]
    return Installation(settings, store, sites, writer, courier, app, sockets, concurrency, figures)


def _figures(writer: Writer | Lanes, folder: Path) -> dict[str, Callable[[], Any]]:
    return {
        "orders_total": lambda: writer.orders,
        "commits_total": lambda: writer.commits,
        "process_cpu_seconds_total": lambda: round(time.process_time(), 3),
        "process_resident_bytes": _resident,
        "process_id": os.getpid,
        "last_backup_timestamp_seconds": lambda: last_backup(folder),
    }


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _behind(proxies: int, app: Any) -> Any:
    """Believe what so many proxies in front say of the client's address; nothing where there is none."""
    if not proxies:
        return app
    from werkzeug.middleware.proxy_fix import ProxyFix

    return ProxyFix(app, x_for=proxies, x_proto=proxies, x_host=proxies)


def serve(
    installation: Installation,
    listener: socket.socket,
    public_url: str,
    banner: str,
    guard: Guard | None = None,
) -> None:
    """Serve until SIGINT or SIGTERM; what was taken in is finished first. `guard` has begun."""
    spawn, sleep = installation.concurrency.spawn, installation.sockets.sleep
    store, sites = installation.store, installation.sites
    installation.writer.start()
    spawn(lambda: installation.courier.run(sites))
    duties = Duties(
        store,
        sites,
        clock,
        store.leadership("duties"),
        lambda house: _slip_works(installation, house, public_url),
        spawn,
        report,
    )
    installation.figures["leads"] = lambda: duties.leads
    if installation.settings.message_queue:
        _talk(installation, duties)
    spawn(lambda: duties.run(sleep))
    if guard is not None:
        spawn(lambda: guard.run(sleep, report))
    live.start(installation.sockets)
    collect_seldom()
    if banner:
        click.echo(banner)
    try:
        installation.concurrency.serve_until_told(installation.app, listener)
    finally:
        duties.stop()
        installation.writer.stop()
        installation.courier.stop()
        store.close()
        if guard is not None:
            guard.end()


def collect_seldom() -> None:
    """What was loaded stays to the end: a full collection of garbage would stop everybody for a tenth of a
    second to find that out, and with a thousand sockets would do so every few seconds."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(2_000, 10, 50)


def _talk(installation: Installation, duties: Duties) -> None:
    """Tell the other processes of this installation what is written here, and hear it of them."""
    from queue_server.live.redis_bus import RedisBus

    concurrency, sleep = installation.concurrency, installation.sockets.sleep
    channel = f"motcua:{installation.settings.place}"
    bus = RedisBus(installation.settings.message_queue, channel, concurrency.green())
    colleagues = Colleagues(
        bus,
        installation.store,
        installation.sites,
        installation.courier,
        lambda: duties.leads,
        concurrency.spawn,
        report,
    )
    installation.courier.on_commit = lambda site, records: colleagues.committed(site, records[-1].seq)
    installation.figures["messages_sent_total"] = lambda: bus.sent
    installation.figures["messages_lost_total"] = lambda: bus.lost
    installation.figures["is_alone"] = colleagues.is_alone
    for work in (
        bus.run_sending,
        lambda: bus.run_hearing(colleagues.hear, sleep),
        lambda: colleagues.run(sleep),
    ):
        concurrency.spawn(work)


def report(trouble: BaseException) -> None:
    """Say on stderr what went wrong in the background; it goes on."""
    click.echo(f"motcua: {type(trouble).__name__}: {trouble}", err=True)


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


def _slip_works(installation: Installation, house: House, public_url: str) -> list[SlipWork]:
    """One for each kiosk of a house that has a printer."""
    concurrency, folder = installation.concurrency, virtual_folder(installation.settings)
    return [
        SlipWork(
            house.centre,
            spec.id,
            _KioskPrinter(spec.printer, folder),
            SideThread(concurrency, f"printer {spec.id}", PRINTER_PATIENCE),
            concurrency,
            public_url,
        )
        for spec in house.centre.site().kiosks
        if spec.printer
    ]
