"""What a kiosk serves to its own page, and how it hears from its server."""

from __future__ import annotations

import random
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from flask.testing import FlaskClient

from kiosk.agent.live import LivePage
from kiosk.agent.pages import Folders, create_app
from kiosk.agent.server import Answer, HttpServer, Silence, Unreached
from tests.crash.offline_hall import Fate, KioskSide, ServerSide
from tests.servers import in_time
from tests.web_stand import ROOT

PAGES = ROOT / "queue_server" / "pages"
FOLDERS = Folders(
    ROOT / "kiosk" / "pages", PAGES / "shared", PAGES / "node_modules", ROOT / "queue_server" / "texts"
)
TAKE = {"queue": "dat", "class": "ordinary", "language": "vi"}


class Stand:
    def __init__(self, folder: Path) -> None:
        self.server = ServerSide(folder)
        self.kiosk = KioskSide(self.server, "k1", folder / "k1", Fate(random.Random(1)))
        self.kiosk.tick()
        agent = self.kiosk.agent
        assert agent is not None
        self.copied: list[str] = []
        self.app = create_app(agent, FOLDERS, "127.0.0.1", self._copy)
        self.live = LivePage(self.app, agent.rows, lambda: "2026-11-23T09:00:00+07:00")
        self.client: FlaskClient = self.app.test_client()

    def _copy(self, ticket: str) -> Answer:
        self.copied.append(ticket)
        return Answer(200, {"id": ticket})

    def post(self, path: str, body: Any, **headers: str) -> Any:
        return self.client.post(
            f"/api/v1{path}", json=body, headers=headers, base_url="http://127.0.0.1:8090"
        )

    def get(self, path: str, **more: Any) -> Any:
        return self.client.get(path, base_url=more.pop("base_url", "http://127.0.0.1:8090"), **more)


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Stand]:
    stand = Stand(tmp_path)
    yield stand
    stand.kiosk.die()
    stand.server.store.close()


def test_the_pages_find_everything_where_the_server_has_it(stand: Stand) -> None:
    assert stand.get("/").headers["Location"] == "/kiosk/k1"
    for path in (
        "/kiosk/k1",
        "/kiosk-assets/kiosk.js",
        "/assets/api.js",
        "/assets/tokens.css",
        "/vendor/htm/preact/standalone.module.js",
        "/vendor/socket.io-client/dist/socket.io.esm.min.js",
        "/texts/vi.ftl",
        "/texts/en.ftl",
        "/api/v1/site",
        "/api/v1/queues/dat/services?popular=6",
    ):
        answer = stand.get(path)
        assert answer.status_code == 200, path
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    again = stand.get(
        "/assets/api.js", headers={"If-None-Match": stand.get("/assets/api.js").headers["ETag"]}
    )
    assert again.status_code == 304


def test_nothing_else_is_to_be_had(stand: Stand) -> None:
    for path in (
        "/assets/../package.json",
        "/kiosk-assets/../slip.py",
        "/kiosk-assets/%2e%2e/slip.py",
        "/assets/.secret.js",
        "/texts/..ftl",
        "/api/v1/counters/c1",
        "/desk",
    ):
        assert stand.get(path).status_code == 404, path


def test_a_page_of_somebody_else_under_another_name_gets_nothing(stand: Stand) -> None:
    assert stand.get("/api/v1/site", base_url="http://rebound.test:8090").status_code == 403
    assert stand.get("/api/v1/site", base_url="http://localhost:8090").status_code == 200


def test_a_form_of_a_foreign_page_takes_no_number(stand: Stand) -> None:
    answer = stand.client.post(
        "/api/v1/tickets",
        data='{"queue": "dat"}',
        content_type="text/plain",
        base_url="http://127.0.0.1:8090",
    )
    assert answer.status_code == 422
    for body in (None, [], {"queue": 1}, {"queue": "dat", "number": "1"}, {"queue": "x" * 90}, {}):
        assert stand.post("/tickets", body).status_code == 422, body
    assert stand.server.tickets() == {}


def test_one_key_is_one_number_on_the_way_through_the_kiosk(stand: Stand) -> None:
    first = stand.post("/tickets", TAKE, **{"Idempotency-Key": "k"})
    again = stand.post("/tickets", TAKE, **{"Idempotency-Key": "k"})
    assert (first.status_code, again.json) == (201, first.json)
    other = stand.post("/tickets", TAKE, **{"Idempotency-Key": "l"})
    assert [first.json["label"], other.json["label"]] == ["A001", "A002"]


def test_a_refusal_of_the_server_reaches_the_page_in_its_language(stand: Stand) -> None:
    answer = stand.post("/tickets", {**TAKE, "queue": "none"}, **{"Accept-Language": "en"})
    assert (answer.status_code, answer.json["code"]) == (422, "unknown_queue")
    assert answer.content_type == "application/problem+json"
    assert "no such queue" in answer.json["detail"]


def test_a_copy_is_asked_for_by_ticket(stand: Stand) -> None:
    assert stand.post("/kiosks/k1/copies", {"ticket": "abc"}).status_code == 200
    assert stand.post("/kiosks/k1/copies", {"label": "A001"}).status_code == 422
    assert stand.copied == ["abc"]


def test_the_site_says_where_phones_find_it_and_whether_the_doors_are_open_now(stand: Stand) -> None:
    site = stand.get("/api/v1/site").json
    assert (site["public_url"], site["open"], site["notice"]) == ("http://centre.test", True, None)
    stand.kiosk.fate.is_cut = True
    stand.server.now += 3 * 3_600_000
    assert stand.get("/api/v1/site").json["notice"] == "outside_hours"


def test_the_page_hears_at_once_that_the_server_is_gone_and_what_became_of_slips(stand: Stand) -> None:
    page = stand.live.socketio.test_client(stand.app)
    assert page.emit("join", {"topic": "kiosk:k1"}, callback=True) == {"ok": True}
    greeting = in_time(page.get_received)
    row = greeting[0]["args"][0]["data"]["kiosk"]["_"]
    stand.live._tell(beat=True)
    assert [message["name"] for message in page.get_received()] == ["beat"]
    assert (row["server"], row["printer"], row["id"]) == ("up", "ready", "k1")
    stand.live._tell(beat=False)
    assert page.get_received() == []  # nothing has changed
    stand.kiosk.fate.is_cut = True
    ticket = stand.post("/tickets", TAKE).json["id"]
    stand.live._tell(beat=False)
    data = page.get_received()[-1]["args"][0]["data"]
    assert data["kiosk"]["_"]["server"] == "down"
    assert data["slips"][ticket]["state"] == "queued"
    assert data["lines"]["dat"]["waiting"] is None


def test_another_topic_is_refused(stand: Stand) -> None:
    page = stand.live.socketio.test_client(stand.app)
    answer = page.emit("join", {"topic": "counter:1"}, callback=True)
    assert answer["problem"]["code"] == "unknown_topic"


# ---- the way to the server -------------------------------------------------------------------------------


def _answering(raw: bytes) -> str:
    """The address of a server that answers one request with `raw` and hangs up, never where it is empty."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with closing(listener):
            near, _ = listener.accept()
            with closing(near):
                near.recv(65_536)
                if raw:
                    near.sendall(raw)
                else:
                    near.recv(1)

    Thread(target=serve, daemon=True).start()
    return f"http://127.0.0.1:{listener.getsockname()[1]}"


def _reply(status: str, body: bytes) -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def test_who_refuses_the_connection_has_surely_heard_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(Unreached):
        HttpServer(f"http://127.0.0.1:{port}", "t").ask("GET", "/kiosk")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{",
        b"nonsense\r\n\r\n",
        _reply("503 Service Unavailable", b"{}"),
        _reply("502 Bad Gateway", b"<html>"),
        _reply("200 OK", b"<html>a login page of the hotel's network</html>"),
    ],
    ids=["silence", "half an answer", "nonsense", "not ready", "a gateway's page", "a foreign page"],
)
def test_whatever_is_no_answer_of_the_server_may_have_been_heard(raw: bytes) -> None:
    with pytest.raises(Silence):
        HttpServer(_answering(raw), "t", patience=0.5).ask("POST", "/tickets", {"queue": "dat"}, "key")


def test_an_answer_is_an_answer_also_where_it_is_no() -> None:
    answer = HttpServer(_answering(_reply("409 Conflict", b'{"code": "queue_closed"}')), "t").ask(
        "GET", "/kiosk"
    )
    assert (answer.status, answer.code, answer.is_good) == (409, "queue_closed", False)


@pytest.mark.parametrize("url", ["centre:8080", "ftp://centre", "http://", "/api"])
def test_an_address_that_is_none_is_said_to_be(url: str) -> None:
    with pytest.raises(ValueError, match="write the server's address"):
        HttpServer(url, "t")


def test_a_slips_place_is_asked_of_the_server_for_whoever_scanned_it(stand: Stand) -> None:
    asked: list[tuple[str, str]] = []

    def track(secret: str, language: str) -> Answer:
        asked.append((secret, language))
        return Answer(200, {"label": "A001"})

    agent = stand.kiosk.agent
    assert agent is not None
    client = create_app(agent, FOLDERS, "127.0.0.1", stand._copy, track).test_client()
    answer = client.get(
        "/api/v1/track/secret-1", base_url="http://127.0.0.1:8090", headers={"Accept-Language": "en"}
    )
    assert (answer.status_code, answer.json) == (200, {"label": "A001"})
    assert asked == [("secret-1", "en")]
    assert stand.get("/api/v1/track/secret-1").status_code == 503, "where there is nobody to ask"
