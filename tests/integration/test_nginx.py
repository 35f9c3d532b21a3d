"""The nginx site that comes with the product, run by a real nginx in front of a real server."""

from __future__ import annotations

import json
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
import websocket
from requests.adapters import HTTPAdapter

from tests.clients import Keys, busy_site
from tests.engines import free_port
from tests.servers import PATIENCE, ROOT, RunningCentre

pytestmark = pytest.mark.in_process  # what is looked at here is the same in every async mode

SITE = ROOT / "queue_server" / "system" / "motcua-nginx.conf"
_MAIN = """
daemon off; worker_processes 1; pid nginx.pid; error_log error.log; {user}
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fast; uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    include {site};
}}
"""


@dataclass
class Door:
    """The centre as its people reach it: over TLS, through nginx."""

    plain: str
    port: int
    certificate: Path
    keys: Keys
    centre: RunningCentre

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}"

    def session(self, source: str = "127.0.0.1") -> requests.Session:
        """What comes from the address `source`."""
        session = requests.Session()
        session.mount("https://", _From(source))
        session.trust_env = False  # no proxy, no other certificates
        session.verify = str(self.certificate)
        return session

    def post(self, session: requests.Session, path: str, token: str, **body: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {token}"}
        return session.post(f"{self.url}/api/v1{path}", json=body, headers=headers, timeout=30)


class _From(HTTPAdapter):
    def __init__(self, source: str) -> None:
        self._source = source
        super().__init__()

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        super().init_poolmanager(*arguments, **options, source_address=(self._source, 0))


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    folder = tmp_path_factory.mktemp("nginx")
    keys = Keys(folder, busy_site(2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTCUA_PROXIES", "1")
        centre = RunningCentre(folder, demo=False)
    certificate = _certificate(folder)
    plain, port = free_port(), free_port()
    _configure(folder, centre, plain, port)
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
    assert program, "nginx is missing: ./dev test installs it"
    with (folder / "nginx.log").open("wb") as log:
        arguments = [program, "-p", str(folder), "-c", "nginx.conf", "-e", "error.log"]
        nginx = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        _wait_for(nginx, port, folder)
        yield Door(f"http://localhost:{plain}", port, certificate, keys, centre)
    finally:
        nginx.terminate()
        nginx.wait(PATIENCE)
        centre.stop()


def _certificate(folder: Path) -> Path:
    certificate, key = folder / "fullchain.pem", folder / "privkey.pem"
    asked = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    named = ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(["openssl", *asked.split(), *named], check=True, capture_output=True)
    return certificate


def _configure(folder: Path, centre: RunningCentre, plain: int, port: int) -> None:
    """The site as it is shipped, with this test's ports, server and certificate in place of a centre's."""
    site = SITE.read_text(encoding="utf-8")
    for shipped, ours in (
        ("server 127.0.0.1:8080;", f"server {centre.url.removeprefix('http://')};"),
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen [::]:80;", ""),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{port} ssl http2;"),
        ("listen [::]:443 ssl http2;", ""),
        ("/etc/ssl/motcua/", f"{folder}/"),
    ):
        assert shipped in site, shipped
        site = site.replace(shipped, ours)
    (folder / "site.conf").write_text(site, encoding="utf-8")
    user = "user root;" if Path("/proc/self").stat().st_uid == 0 else ""
    (folder / "nginx.conf").write_text(_MAIN.format(site="site.conf", user=user), encoding="utf-8")


def _wait_for(nginx: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and nginx.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    raise AssertionError((folder / "nginx.log").read_text() + (folder / "error.log").read_text())


def test_a_ticket_is_taken_and_a_board_follows_its_call_through_nginx(door: Door) -> None:
    with door.session() as session, closing(_board(door)) as board:
        ticket = door.post(session, "/tickets", door.keys.kiosk, queue="dat").json()
        desk = door.keys.counters["c1"]
        assert door.post(session, "/counters/c1/open", desk).status_code == 200
        assert door.post(session, "/counters/c1/call-next", desk).json()["ticket"]["id"] == ticket["id"]
        heard = _until(board, lambda event, told: ticket["label"] in told.get("put", {}).get("calls", {}))
    assert heard["put"]["calls"][ticket["label"]]["state"] == "called"


def test_who_comes_without_tls_is_sent_to_it(door: Door) -> None:
    answer = requests.get(f"{door.plain}/t/abc", allow_redirects=False, timeout=30)
    assert (answer.status_code, answer.headers["Location"]) == (301, "https://localhost/t/abc")


def test_the_server_knows_the_clients_address_and_believes_no_forged_one(door: Door) -> None:
    with door.session("127.0.0.3") as session:
        wrong = {"login": "nobody", "password": "wrong"}
        forged = {"X-Forwarded-For": "192.0.2.66", "X-Forwarded-Host": "evil.example"}
        answer = session.post(f"{door.url}/api/v1/session", json=wrong, headers=forged, timeout=30)
    assert answer.status_code == 401
    log = door.centre.motcua("access-log").stdout
    assert "127.0.0.3" in log and "192.0.2.66" not in log


def test_figures_are_for_this_machine_alone(door: Door) -> None:
    with door.session() as here, door.session("127.0.0.3") as elsewhere:
        assert "motcua_waiting" in here.get(f"{door.url}/metrics", timeout=30).text
        assert elsewhere.get(f"{door.url}/metrics", timeout=30).status_code == 403
        assert elsewhere.get(f"{door.url}/healthz", timeout=30).status_code == 200


def test_what_is_too_large_or_too_often_is_stopped_before_the_server(door: Door) -> None:
    with door.session("127.0.0.4") as session:
        large = session.post(f"{door.url}/api/v1/tickets", data=b"x" * 70_000, timeout=30)
        assert (large.status_code, "nginx" in large.text) == (413, True)
        asked = [401]
        while asked[-1] == 401 and len(asked) < 400:
            asked.append(session.get(f"{door.url}/api/v1/session", timeout=30).status_code)
    assert asked[-1] == 429 and len(asked) > 20
    with door.session("127.0.0.5") as session:  # others go on
        assert session.get(f"{door.url}/api/v1/session", timeout=30).status_code == 401


def _board(door: Door) -> websocket.WebSocket:
    """A board's socket that has its snapshot."""
    address = f"wss://localhost:{door.port}/socket.io/?EIO=4&transport=websocket"
    options = {"cert_reqs": ssl.CERT_REQUIRED, "ca_certs": str(door.certificate)}
    board = websocket.create_connection(address, timeout=30, sslopt=options)
    board.send("40" + json.dumps({"token": door.keys.board}))
    while not str(board.recv()).startswith("40"):
        pass
    board.send("42" + json.dumps(["join", {"topic": "board:main"}]))
    _until(board, lambda event, told: event == "snapshot")
    return board


def _until(board: websocket.WebSocket, is_it: Any) -> dict[str, Any]:
    """The first message that `is_it`; the socket's own patience ends the search."""
    while True:
        said = str(board.recv())
        if said == "2":
            board.send("3")
        elif said.startswith("42"):
            event, told = json.loads(said[2:])
            if is_it(event, told):
                found: dict[str, Any] = told
                return found
