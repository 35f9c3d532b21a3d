"""The appliance as a program: puts the kiosk's parts together, and runs them until it is told to end."""

from __future__ import annotations

import signal
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import quote

from werkzeug.serving import WSGIRequestHandler, make_server

from drivers.scanner import Scanner, open_scanner
from kiosk.agent import hall
from kiosk.agent.agent import Agent, Setting
from kiosk.agent.live import LivePage
from kiosk.agent.pages import Folders, create_app
from kiosk.agent.scanning import Scanning
from kiosk.agent.server import Answer, HttpServer, Silence, Unreached
from kiosk.agent.touching import problem
from kiosk.print_process import PrinterProcess
from kiosk.print_work import PrintWork
from kiosk.spool import Spool

LOOK_SECONDS = 1.5


@dataclass(frozen=True, slots=True)
class Options:
    """`printers` are URLs, the preferred one first; `folder` holds all that must outlive the program."""

    server: str
    token: str
    printers: tuple[str, ...]
    folder: Path
    host: str
    port: int
    version: str
    scanner: str = ""


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Requests are not printed: an appliance's log is for trouble."""


def listen(host: str, port: int) -> socket.socket:
    """OSError where the address cannot be had."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listener.bind((host, port))
    listener.listen(64)
    return listener


def run(
    options: Options,
    folders: Folders,
    listener: socket.socket,
    said: Callable[[str], Any],
    report: Callable[[BaseException], Any],
) -> None:
    """Serve until SIGINT or SIGTERM. `said` gets the address of the page, `report` what goes wrong."""
    told, wake = Event(), Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: told.set())
    spool = Spool(options.folder / "spool.db")
    work = PrintWork(spool, _printers(options), on_state=lambda _: wake.set(), report=report)
    server = HttpServer(options.server, options.token)
    setting = Setting(options.folder, options.server, options.version)
    scanning = Scanning(_steady, lambda: page.poke())
    agent = Agent(setting, server, spool, work, lambda: time.time_ns() // 1_000_000, _steady, scanning)
    scanners = _scanners(options, scanning, agent)
    copy, track = partial(_copy, agent, server), partial(_track, agent, server)
    app = create_app(agent, folders, options.host, copy, track)
    page = LivePage(app, agent.rows, lambda: hall.rfc3339(agent.clock.now()))
    agent.subscribe(page.poke)
    spool.subscribe(page.poke)
    spool.subscribe(lambda _: wake.set())
    serving = _serve(app, options.host, listener)
    work.start()
    page.start()
    for scanner in scanners:
        scanner.start()
    said(f"http://{options.host}:{listener.getsockname()[1]}/")
    looking = Thread(target=_look, args=(agent, page, wake, told, report), name="server", daemon=True)
    looking.start()
    told.wait()
    wake.set()
    looking.join(5.0)
    for scanner in scanners:
        scanner.close()
    work.stop()
    page.stop()
    serving.shutdown()


def _serve(app: Any, host: str, listener: socket.socket) -> Any:
    """The running web server; each request has its thread."""
    port, file = listener.getsockname()[1], listener.fileno()
    serving: Any = make_server(host, port, app, threaded=True, request_handler=_Quiet, fd=file)
    serving.daemon_threads = True
    Thread(target=serving.serve_forever, name="pages", daemon=True).start()
    return serving


def _look(
    agent: Agent, page: LivePage, wake: Event, told: Event, report: Callable[[BaseException], Any]
) -> None:
    while not told.is_set():
        try:
            agent.tick()
        except Exception as trouble:
            report(trouble)
        page.poke()
        wake.wait(LOOK_SECONDS)
        wake.clear()


def _copy(agent: Agent, server: HttpServer, ticket: str) -> Answer:
    """Print a copy, and let the server write down that the citizen asked for one."""
    touch = agent.records.of_ticket(ticket)
    job = agent.spool.again(ticket) if touch else None
    if touch is None or job is None:
        return problem(404, "not_found", "vi")
    if agent.is_up and agent.id is not None:
        try:
            server.ask("POST", f"/kiosks/{agent.id}/copies", {"ticket": ticket}, f"copy-{job.id}")
        except (Unreached, Silence):
            agent.is_up = False
    return Answer(200, touch.ticket or {})


def _track(agent: Agent, server: HttpServer, secret: str, language: str) -> Answer:
    """What the holder of a slip may know of it; nothing of it is kept here."""
    if agent.is_up:
        try:
            return server.ask("GET", f"/track/{quote(secret, safe='')}", language=language)
        except (Unreached, Silence):
            pass  # the next look finds out whether the server is gone
    return problem(503, "unreachable", language)


def _scanners(options: Options, scanning: Scanning, agent: Agent) -> list[Scanner]:
    """The scanner, not yet listening, or none. DeviceFault where its address is none."""

    def opened(url: str) -> Scanner:
        folder = options.folder / "virtual"
        return open_scanner(
            url, scanning.scanned, today=agent.today, noticed=scanning.noticed, virtual_folder=folder
        )

    return [opened(url) for url in (options.scanner,) if url]


def _printers(options: Options) -> Sequence[tuple[str, PrinterProcess]]:
    return [(url, PrinterProcess(url, options.folder / "virtual")) for url in options.printers]


def _steady() -> int:
    return time.monotonic_ns() // 1_000_000
