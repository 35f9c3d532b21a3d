"""A stage for the supervisor's page: the real files and a scripted server: any state can be played."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, Locator, Page, Request, Route, WebSocketRoute

from .supervisor_rows import AT, RIGHTS, Json, hall, site

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "queue_server" / "pages"
ADDRESS = "http://centre.test"
FOLDERS = {"/assets/": PAGES / "shared", "/pages/": PAGES, "/vendor/": PAGES / "node_modules"}
DESK_SIZE = (1366, 768)


class Stage:
    """A supervisor's page and its scripted server. Change `data`, `answers`, …, then `open()` or `put()`."""

    def __init__(self, page: Page, data: Json | None = None, role: str = "supervisor") -> None:
        self.page = page
        self.data = hall({}) if data is None else data
        self.site = site()
        self.role = role
        self.at: datetime = AT
        self.beating = True
        self.signed_in = True
        self.join_problem: Json | None = None
        self.answers: list[Json | str] = []
        """What the next POSTs get: a problem document, or "silence"; else they are done."""
        self.posts: list[tuple[str, Json, str | None]] = []
        self.complaints: list[str] = []
        self.seq = 1
        self.socket: WebSocketRoute | None = None
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.route("**/*", self._serve)
        page.route_web_socket("**/socket.io/**", self._connect)
        page.expose_binding("stageTick", lambda source: self.beat())
        page.add_init_script("setInterval(() => window.stageTick(), 1000)")

    def open(self) -> Stage:
        self.page.goto(f"{ADDRESS}/supervisor")
        self.page.locator(".super[data-status=live]").wait_for()
        return self

    # --- what one looks at ------------------------------------------------------------------------------

    def alert(self, kind: str) -> Locator:
        return self.page.locator(f".alert[data-kind={kind}]")

    def line(self, queue: str) -> Locator:
        return self.page.locator(f"tr[data-queue={queue}]")

    def tile(self, counter: str) -> Locator:
        return self.page.locator(f".tile[data-counter='{counter}']")

    @property
    def sheet(self) -> Locator:
        return self.page.locator("dialog.sheet[open]")

    @property
    def word(self) -> Locator:
        return self.page.locator(".word")

    def order(self) -> list[str]:
        rows = self.page.locator(".lines tbody tr")
        found: list[str] = rows.evaluate_all("rows => rows.map((row) => row.dataset.queue)")
        return found

    # --- the live topic ---------------------------------------------------------------------------------

    @property
    def topic(self) -> str:
        return f"site:{self.site['id']}"

    def put(self, collection: str, key: str, **changed: Any) -> None:
        """The row changes, and the page is told; without `changed` it goes away."""
        prev, self.seq = self.seq, self.seq + 1
        rows = self.data[collection]
        put: Json = {}
        drop: Json = {}
        if changed:
            rows[key] = {**rows.get(key, {}), **changed}
            put = {collection: {key: rows[key]}}
        else:
            del rows[key]
            drop = {collection: [key]}
        at = self.at.isoformat()
        message = {"topic": self.topic, "seq": self.seq, "prev": prev, "at": at, "put": put, "drop": drop}
        self._emit("change", message)

    def beat(self) -> None:
        if self.beating:
            self.tell_beat({"at": self.at.isoformat(), "seqs": {self.topic: self.seq}})

    def tell_beat(self, message: Json) -> None:
        self._emit("beat", message)

    def _emit(self, event: str, message: Json) -> None:
        if self.socket is not None:
            self.socket.send("42" + json.dumps([event, message]))

    def _connect(self, socket: WebSocketRoute) -> None:
        opening = {"sid": "stage", "upgrades": [], "pingInterval": 60000, "pingTimeout": 60000}
        socket.on_message(lambda message: self._receive(socket, str(message)))
        socket.send("0" + json.dumps({**opening, "maxPayload": 1 << 20}))

    def _receive(self, socket: WebSocketRoute, message: str) -> None:
        if message.startswith("40"):
            self.socket = socket
            socket.send('40{"sid":"stage"}')
        elif message.startswith("42"):
            number, _, rest = message[2:].partition("[")
            event, asked = json.loads("[" + rest)
            if number:
                refused = {"problem": self.join_problem} if self.join_problem else {"ok": True}
                socket.send(f"43{number}" + json.dumps([refused]))
            if event in {"join", "resume"} and not self.join_problem:
                at = self.at.isoformat()
                message_ = {"topic": asked["topic"], "seq": self.seq, "at": at, "data": self.data}
                self._emit("snapshot", message_)

    # --- files and calls --------------------------------------------------------------------------------

    def _serve(self, route: Route, request: Request) -> None:
        path = unquote(urlsplit(request.url).path)
        if path.startswith("/api/v1/"):
            self._call(route, request, path.removeprefix("/api/v1"))
        elif path.startswith("/texts/"):
            files = sorted((ROOT / "queue_server" / "texts" / Path(path).stem).glob("*.ftl"))
            route.fulfill(body="\n\n".join(file.read_text(encoding="utf-8") for file in files))
        else:
            self._file(route, path)

    def _file(self, route: Route, path: str) -> None:
        file = PAGES / ("signin" if path == "/signin" else "supervisor") / "index.html"
        for prefix, folder in FOLDERS.items():
            if path.startswith(prefix):
                file = folder / path.removeprefix(prefix)
        if not file.is_file():
            self.complaints.append(f"no file {path}")
            route.fulfill(status=404)
            return
        kind = mimetypes.guess_type(file.name.replace(".mjs", ".js"))[0] or "application/octet-stream"
        policy = {"Content-Security-Policy": "default-src 'self'"}
        route.fulfill(body=file.read_bytes(), content_type=kind, headers=policy)

    def _call(self, route: Route, request: Request, path: str) -> None:
        if request.method == "POST":
            self._act(route, request, path)
        elif path == "/site":
            route.fulfill(json=self.site)
        elif path == "/session" and self.signed_in:
            user = {"id": "u1", "login": "dieu-phoi", "name": "Điều phối", "role": self.role, "counters": []}
            route.fulfill(json={"user": user, "csrf": "stage", "rights": RIGHTS[self.role]})
        else:
            status = 401 if path == "/session" else 404
            route.fulfill(status=status, json={"code": "not_signed_in", "status": status, "detail": path})

    def _act(self, route: Route, request: Request, path: str) -> None:
        self.posts.append((path, request.post_data_json or {}, request.headers.get("idempotency-key")))
        answer = self.answers.pop(0) if self.answers else {}
        if answer == "silence":
            route.abort()
        else:
            assert isinstance(answer, dict)
            route.fulfill(status=answer.get("status", 200), json=answer)

    def _hear(self, message: Any) -> None:
        expected = "Failed to load resource"
        if message.type in {"error", "warning"} and not message.text.startswith(expected):
            self.complaints.append(message.text)


@contextmanager
def stage_on(
    browser: Browser,
    data: Json | None = None,
    *,
    role: str = "supervisor",
    size: tuple[int, int] = DESK_SIZE,
    language: str = "vi",
    scale: float = 1,
) -> Iterator[Stage]:
    """A stage in a fresh profile of the browser; at its end the page must not have complained."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, device_scale_factor=scale, reduced_motion="reduce"
    )
    context.add_init_script(f"localStorage.setItem('motcua.language', '{language}')")
    try:
        stage = Stage(context.new_page(), data, role)
        yield stage
        assert stage.complaints == []
    finally:
        context.close()
