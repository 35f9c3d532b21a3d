"""A hall board in a real browser, its files served from the tree, its server played by the test.

Only two things are not genuine: the Socket.IO client, in whose place the test speaks (`snapshot`, `change`,
`beat`), and the answer of `GET /api/v1/site`. Pages, texts, shared code and the browser's audio are real.
"""

from __future__ import annotations

import json
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, Page, Playwright

from queue_server.core.announcing import Kind, announce
from tests.browser.conftest import CHROMIUM, CHROMIUM_FLAGS, SETTLED

ROOT = Path(__file__).resolve().parents[2]
HANOI = timezone(timedelta(hours=7))
TOPIC = "board:main"
CONTENT_SECURITY_POLICY = "default-src 'self'"

SOUND_BY_ITSELF = "--autoplay-policy=no-user-gesture-required"
SOUND_AFTER_A_TOUCH = "--autoplay-policy=document-user-activation-required"

SITE = {
    "id": "quang-ninh",
    "name": {
        "vi": "Trung tâm Phục vụ hành chính công tỉnh Quảng Ninh",
        "en": "Quang Ninh Provincial Public Administrative Service Centre",
    },
    "timezone": "Asia/Ho_Chi_Minh",
    "languages": ["vi", "en"],
    "hours": [
        {"weekday": day, "from": start, "to": end}
        for day in range(5)
        for start, end in (("07:30", "11:30"), ("13:30", "17:00"))
    ]
    + [{"weekday": 5, "from": "07:30", "to": "11:30"}],
}

FAKE_SOCKET = """
/* In the place of Socket.IO's client: what the page sends is kept, what the test says is heard. */
const hall = (globalThis.hall = { sent: [], handlers: new Map(), connected: false, acks: ACKS });
hall.hear = (event, message) => (hall.handlers.get(event) ?? []).forEach((handler) => handler(message));
const keep = (event, payload) => hall.sent.push({ event, payload, at: performance.now() });
const socket = {
  get connected() { return hall.connected; },
  get active() { return true; },
  on(event, handler) {
    hall.handlers.set(event, [...(hall.handlers.get(event) ?? []), handler]);
    return socket;
  },
  emit(event, payload) { keep(event, payload); return socket; },
  connect() {}, disconnect() {},
  timeout() { return { emitWithAck: async (event, payload) => {
    keep(event, payload);
    return hall.acks[event] ?? { ok: true };
  } }; },
};
export function io() {
  setTimeout(() => { hall.connected = true; hall.hear("connect"); }, 0);
  return socket;
}
"""


def rfc3339(at: datetime) -> str:
    return at.astimezone(HANOI).isoformat(timespec="milliseconds")


def ago(seconds: float) -> str:
    return rfc3339(datetime.now(UTC) - timedelta(seconds=seconds))


class FolderServer:
    """The tree's page folders under the addresses that the product serves them from."""

    def __init__(self, clips: Path) -> None:
        self.folders = {
            "/assets/": ROOT / "queue_server" / "pages" / "shared",
            "/board-assets/": ROOT / "display" / "pages",
            "/vendor/": ROOT / "queue_server" / "pages" / "node_modules",
            "/voice/": clips,
        }
        self.gone: set[str] = set()
        self.refusal: dict[str, str] | None = None
        self.asked: list[str] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                server.answer(self)

            def log_message(self, *_: object) -> None: ...

        class Listener(ThreadingHTTPServer):
            request_queue_size = 128
            daemon_threads = True

            def handle_error(self, *_: object) -> None: ...  # a page that was closed in mid-request

        self.http = Listener(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        path = unquote(urlsplit(request.path).path)
        self.asked.append(path)
        content, kind = self.content(path)
        request.send_response(200 if content is not None else 404)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        request.send_header("Content-Length", str(len(content or b"")))
        request.end_headers()
        with suppress(ConnectionError):  # a page that was closed meanwhile
            request.wfile.write(content or b"")

    def content(self, path: str) -> tuple[bytes | None, str]:
        if path in self.gone:
            return None, "text/plain"
        if path.startswith("/board/"):
            return (self.folders["/board-assets/"] / "index.html").read_bytes(), "text/html; charset=utf-8"
        if path == "/vendor/socket.io-client/dist/socket.io.esm.min.js":
            acks = {"join": {"problem": self.refusal}} if self.refusal else {}
            return FAKE_SOCKET.replace("ACKS", json.dumps(acks)).encode(), "text/javascript"
        if path == "/api/v1/site":
            return json.dumps(SITE).encode(), "application/json"
        if path.startswith("/texts/"):
            files = sorted((ROOT / "queue_server" / "texts" / Path(path).stem).glob("*.ftl"))
            return "\n".join(
                file.read_text(encoding="utf-8") for file in files
            ).encode(), "text/plain; charset=utf-8"
        for prefix, folder in self.folders.items():
            file = folder / path.removeprefix(prefix)
            if path.startswith(prefix) and file.is_file():
                return file.read_bytes(), mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        return None, "text/plain"

    def close(self) -> None:
        self.http.shutdown()
        self.http.server_close()


class Board:
    """A board's page and the words that the server would say to it."""

    def __init__(self, page: Page, server: FolderServer) -> None:
        self.page, self.server = page, server
        self.inspector = page.context.new_cdp_session(page)
        self.seq = 0
        self.ahead = 0.0
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)

    def open(self, query: str = "", refuse: dict[str, str] | None = None) -> None:
        """Load the page until it has asked for its topic; with `refuse`, the answer is that problem."""
        self.server.refusal = refuse
        self.page.goto("about:blank")  # the same address again would only be a jump inside the page
        self.page.goto(f"{self.server.address}/board/main{query}#token=mc_test")
        self.until("globalThis.hall?.sent.some(({ event }) => event === 'join')")

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression. (`Page.evaluate` counts as a touch: it unlocks sound.)"""
        asked = {"expression": expression, "returnByValue": True, "awaitPromise": True, "userGesture": False}
        answer = self.inspector.send("Runtime.evaluate", asked)
        if "exceptionDetails" in answer:
            raise AssertionError(answer["exceptionDetails"]["exception"].get("description"))
        return answer["result"].get("value")

    def settle(self) -> None:
        """Wait until nothing on the glass changes or moves any more."""
        self.evaluate(SETTLED)

    def pass_time(self, seconds: float, *, beating: bool = True) -> None:
        """Let time pass, here and at the server, on a page whose clock is in the test's hands."""
        for part in (1.0,) * int(seconds) + (seconds % 1,):
            self.page.clock.run_for(round(part * 1000))
            self.ahead += part
            if beating:
                self.beat()

    def until(self, condition: str, seconds: float = 60) -> None:
        """Wait until a JavaScript expression holds; asked from outside, since the page forbids `eval`."""
        end = monotonic() + seconds
        while not self.evaluate(f"Boolean({condition})"):
            assert monotonic() < end, f"not within {seconds} s: {condition}"
            self.page.wait_for_timeout(30)

    def snapshot(self, data: dict[str, Any]) -> None:
        self.seq += 1
        self.hear("snapshot", {"topic": TOPIC, "seq": self.seq, "at": self.now, "data": data})

    def change(self, put: dict[str, Any], drop: dict[str, list[str]] | None = None) -> None:
        self.hear("change", self.next_change(put, drop))

    def next_change(self, put: dict[str, Any], drop: dict[str, list[str]] | None = None) -> dict[str, Any]:
        self.seq += 1
        return {
            "topic": TOPIC,
            "seq": self.seq,
            "prev": self.seq - 1,
            "at": self.now,
            "put": put,
            "drop": drop or {},
        }

    @property
    def now(self) -> str:
        """What the server's clock says."""
        return ago(-self.ahead)

    def beat(self) -> None:
        self.hear("beat", {"at": self.now, "seqs": {TOPIC: self.seq}})

    def hear(self, event: str, *messages: dict[str, Any]) -> None:
        """Messages of one kind, each right after the other."""
        self.evaluate(
            f"{json.dumps(messages)}.forEach((one) => globalThis.hall.hear({json.dumps(event)}, one))"
        )

    def sent(self, event: str) -> list[Any]:
        return [said["payload"] for said in self.evaluate("globalThis.hall.sent") if said["event"] == event]


@contextmanager
def chromium(playwright: Playwright, *flags: str) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*CHROMIUM_FLAGS, *flags])
    try:
        yield browser
    finally:
        browser.close()


# ---- what a board can be told ----------------------------------------------------------------------------

AREAS: list[dict[str, Any]] = [
    {"area": {"vi": "Tầng 1, khu A", "en": "Floor 1, area A"}, "arrow": "left",
     "direction": {"vi": "Từ sảnh rẽ trái", "en": "Turn left from the lobby"}},
    {"area": {"vi": "Tầng 1, khu B", "en": "Floor 1, area B"}, "arrow": "ahead",
     "direction": {"vi": "Từ sảnh đi thẳng", "en": "Straight ahead from the lobby"}},
    {"area": {"vi": "Tầng 2, khu E", "en": "Floor 2, area E"}, "arrow": "up-right",
     "direction": {"vi": "Lên tầng 2 bằng thang máy bên phải, rẽ trái",
                   "en": "Take the lift on the right to floor 2, turn left"}},
]  # fmt: skip


def board_row(**changed: Any) -> dict[str, Any]:
    row = {"id": "main", "name": {"vi": "Bảng chính ở sảnh", "en": "Main board"}, "languages": ["vi", "en"]}
    return {"_": {**row, "centre": SITE["name"], "speaks": True, "open": True, "notice": None, **changed}}


def call_row(
    label: str, counter: str, seconds_ago: float, state: str = "called", **changed: Any
) -> dict[str, Any]:
    place = AREAS[sum(map(ord, counter)) % len(AREAS)]
    row = {"label": label, "chip": label[0], "counter": counter, **place, "at": ago(seconds_ago)}
    return {**row, "calls": 1, "state": state, **changed}


def calls(*rows: dict[str, Any]) -> dict[str, Any]:
    return {row["label"]: row for row in rows}


def announcement(
    number: int,
    label: str,
    counter: str,
    *,
    kind: Kind = "call",
    age: float = 0,
    shelf: float = 60,
    times: int = 1,
) -> dict[str, Any]:
    words, clips = announce(kind, label=label, counter=counter, times=times)
    at = datetime.now(UTC) - timedelta(seconds=age)
    row = {"id": number, "kind": kind, "label": label, "counter": counter, "words": words, "clips": clips}
    return {**row, "at": rfc3339(at), "expires": rfc3339(at + timedelta(seconds=shelf))}


def announcements(*rows: dict[str, Any]) -> dict[str, Any]:
    return {str(row["id"]): row for row in rows}
