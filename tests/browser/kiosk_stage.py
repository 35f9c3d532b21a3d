"""A stage for the kiosk's pages: the real files and a scripted server, so that any trouble can be played."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, Page, Request, Route, WebSocketRoute

from .conftest import SETTLED
from .kiosk_sample import Json, sample_services, sample_site

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "queue_server" / "pages"
ADDRESS = "http://kiosk.test"  # plain http on a name: no secure context, as in a hall
POLICY = "default-src 'self'"
FOLDERS = {
    "/assets/": PAGES / "shared",
    "/kiosk-assets/": ROOT / "kiosk" / "pages",
    "/vendor/": PAGES / "node_modules",
}
SIZES = {"upright": (1080, 1920), "wide": (1280, 800)}
AT = "2026-11-23T08:45:00.000+07:00"


def problem(code: str, status: int, detail: str, **more: Any) -> Json:
    return {
        "type": f"urn:motcua:problem:{code}",
        "code": code,
        "status": status,
        "title": code,
        "detail": detail,
        "params": {},
        **more,
    }


@dataclass
class Post:
    """One POST as the server saw it."""

    path: str
    key: str | None
    body: Json
    headers: dict[str, str]


@dataclass
class Stage:
    """One kiosk's page and its scripted server. Change the fields, then `open()` or `push()`."""

    page: Page
    site: Json = field(default_factory=sample_site)
    kiosk: Json = field(
        default_factory=lambda: {"id": "lobby", "open": True, "notice": None, "printer": "ready"}
    )
    beating: bool = True
    serving: bool = True
    knowing: bool = True
    """Whether whoever joins is told how the hall stands."""
    join_problem: Json | None = None
    services_fail: bool = False
    answers: list[Json | str] = field(default_factory=list)
    """What the next POSTs get: a problem document, "lost" (issued, but the answer is lost), "silence"."""
    estimate: Json | None = field(default_factory=lambda: {"low": 12, "high": 20})
    alone: bool = False
    """Whether numbers are those of a kiosk that cannot reach the server."""
    copying: list[str] = field(default_factory=lambda: ["queued", "printing", "printed"])
    """What becomes of a copy; "refused": the wish for it fails."""
    printing: list[str] = field(default_factory=lambda: ["printing", "printed"])
    posts: list[Post] = field(default_factory=list)
    tickets: dict[str, Json] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)
    tracked: Json | None = None
    """What is told of the number on a slip; None: it is not known."""
    seq: int = 1
    socket: WebSocketRoute | None = None

    def __post_init__(self) -> None:
        self.lines: Json = self._lines()
        self.slips: Json = {}
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.route("**/*", self._serve)
        self.page.route_web_socket("**/socket.io/**", self._connect)
        self.page.expose_binding("stageTick", lambda source: self.beat())
        self.page.add_init_script("setInterval(() => window.stageTick(), 1000)")

    def open(self, *, wait: bool = True) -> None:
        """Load the page; `wait` until its door is open: a shut one, as while it connects, takes no touch."""
        self.page.goto(f"{ADDRESS}/kiosk/lobby#token=mc_kiosk")
        if wait:
            self.page.locator("button.door").wait_for()

    def begin_again(self) -> None:
        """Everything as at first, on the page that is open already: quicker than another one."""
        for one in fields(self):
            if one.name not in {"page", "socket", "seq", "site"} and one.default_factory is not MISSING:
                setattr(self, one.name, one.default_factory())
            elif one.name not in {"page", "socket", "seq"} and one.default is not MISSING:
                setattr(self, one.name, one.default)
        self.lines, self.slips = self._lines(), {}
        if self.socket is None:
            self.open()
            return
        for way_home in (".ticket-end .primary", ".foot .quiet"):
            if self.page.locator(way_home).count():
                self.page.locator(way_home).click()
        self.seq += 1
        self._tell_all("kiosk:lobby")
        self.page.locator("button.door").wait_for()

    def reload(self) -> None:
        """Load the page anew, so that it asks for the centre's description."""
        self.page.goto("about:blank")
        self.open(wait=False)

    def settle(self) -> None:
        """Wait until nothing on the glass changes or moves any more."""
        self.page.evaluate(SETTLED)

    # --- the live topic ---------------------------------------------------------------------------------

    def push(self, collection: str, key: str, row: Json) -> None:
        shown = {"kiosk": {}, "lines": self.lines, "slips": self.slips, "scan": {}}
        shown[collection][key] = row
        if collection == "kiosk":
            self.kiosk = row
        prev, self.seq = self.seq, self.seq + 1
        self._emit(
            "change",
            {
                "topic": "kiosk:lobby",
                "seq": self.seq,
                "prev": prev,
                "at": AT,
                "put": {collection: {key: row}},
                "drop": {},
            },
        )

    def beat(self) -> None:
        if self.beating:
            self._emit("beat", {"at": AT, "seqs": {"kiosk:lobby": self.seq}})

    def fall_silent(self) -> None:
        """Let the page hear nothing until it must have noticed (its clock is in the test's hands)."""
        self.beating = False
        self.page.clock.run_for(6000)

    def _emit(self, event: str, message: Json) -> None:
        if self.socket is not None:
            self.socket.send("42" + json.dumps([event, message]))

    def _connect(self, socket: WebSocketRoute) -> None:
        opening = {
            "sid": "stage",
            "upgrades": [],
            "pingInterval": 60000,
            "pingTimeout": 60000,
            "maxPayload": 1 << 20,
        }
        socket.on_message(lambda message: self._receive(socket, str(message)))
        socket.send("0" + json.dumps(opening))

    def _receive(self, socket: WebSocketRoute, message: str) -> None:
        if message.startswith("40"):
            self.socket = socket
            socket.send('40{"sid":"stage"}')
        elif message.startswith("42"):
            number, _, rest = message[2:].partition("[")
            self._answer(socket, number, *json.loads("[" + rest))

    def _answer(self, socket: WebSocketRoute, number: str, event: str, asked: Json) -> None:
        refused = self.join_problem
        if number:
            socket.send(f"43{number}" + json.dumps([{"problem": refused} if refused else {"ok": True}]))
        if event in {"join", "resume"} and not refused and self.knowing:
            self._tell_all(asked["topic"])

    def _tell_all(self, topic: str) -> None:
        data = {"kiosk": {"_": self.kiosk}, "lines": self.lines, "slips": self.slips}
        self._emit("snapshot", {"topic": topic, "seq": self.seq, "at": AT, "data": data})

    def _lines(self) -> Json:
        return {
            queue["id"]: {"queue": queue["id"], "waiting": 7, "low": 12, "high": 20, "open": 2}
            for queue in self.site["queues"]
        }

    # --- files and calls --------------------------------------------------------------------------------

    def _serve(self, route: Route, request: Request) -> None:
        path = unquote(urlsplit(request.url).path)
        if path.startswith("/api/v1/"):
            self._call(route, request, path.removeprefix("/api/v1"))
        elif path.startswith("/texts/"):
            language = Path(path).stem
            files = sorted((ROOT / "queue_server" / "texts" / language).glob("*.ftl"))
            route.fulfill(body="\n".join(file.read_text(encoding="utf-8") for file in files))
        else:
            self._file(route, path)

    def _file(self, route: Route, path: str) -> None:
        file = ROOT / "kiosk" / "pages" / "index.html"
        for prefix, folder in FOLDERS.items():
            if path.startswith(prefix):
                file = folder / path.removeprefix(prefix)
        if not file.is_file():
            self.complaints.append(f"no file {path}")
            route.fulfill(status=404)
            return
        kind = mimetypes.guess_type(file.name.replace(".mjs", ".js"))[0] or "application/octet-stream"
        route.fulfill(body=file.read_bytes(), content_type=kind, headers={"Content-Security-Policy": POLICY})

    def _call(self, route: Route, request: Request, path: str) -> None:
        if not self.serving:
            route.abort()
        elif path == "/site":
            route.fulfill(json=self.site)
        elif path.endswith("/services"):
            if self.services_fail:
                route.abort()
            else:
                route.fulfill(json=sample_services(path.split("/")[2], 6))
        elif path.startswith("/track/"):
            found = self.tracked or problem("unknown_ticket", 404, path)
            route.fulfill(status=200 if self.tracked else 404, json=found)
        elif path == "/tickets" and request.method == "POST":
            self._issue(route, request)
        elif path == "/kiosks/lobby/copies":
            self._copy(route, request)
        else:
            route.fulfill(status=404, json=problem("not_found", 404, path))

    def _issue(self, route: Route, request: Request) -> None:
        key = request.headers.get("idempotency-key")
        body: Json = request.post_data_json or {}
        self.posts.append(Post("/tickets", key, body, request.headers))
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, dict):
            content = "application/problem+json"
            route.fulfill(status=answer["status"], content_type=content, body=json.dumps(answer))
            return
        if answer == "silence":
            route.abort()
            return
        ticket = self.tickets.setdefault(str(key), self._new_ticket(body))
        if answer == "lost":
            route.abort()
            return
        route.fulfill(status=201, json=ticket)
        for state in self.printing:
            self.push_slip(ticket, state)

    def _copy(self, route: Route, request: Request) -> None:
        body: Json = request.post_data_json or {}
        self.posts.append(Post("/copies", request.headers.get("idempotency-key"), body, request.headers))
        if self.copying == ["refused"]:
            route.abort()
            return
        ticket = next(one for one in self.tickets.values() if one["id"] == body["ticket"])
        route.fulfill(json=ticket)
        for state in self.copying:
            self.push_slip(ticket, state, copy=True)

    def push_slip(self, ticket: Json, state: str, *, copy: bool = False) -> None:
        row = {"ticket": ticket["id"], "label": ticket["label"], "state": state, "copy": copy}
        self.push("slips", ticket["id"], row)

    def _new_ticket(self, body: Json) -> Json:
        queue = next(queue for queue in self.site["queues"] if queue["id"] == body["queue"])
        number = len(self.tickets) + 12
        return {
            "id": f"{number:032x}",
            "label": f"{queue['prefix']}{number:03}",
            "number": number,
            "queue": queue["id"],
            "agency": queue["agency"],
            "service": body.get("service"),
            "class": body.get("class", "ordinary"),
            "language": body.get("language", "vi"),
            "state": "waiting",
            "day": "2026-11-23",
            "issued_at": AT,
            "ahead": None if self.alone else 7,
            "estimate": None if self.alone else self.estimate,
            **({"offline": True} if self.alone else {}),
            "counters": queue["counters"],
            "tracking": "/t/mRz0cJ3vQk1TqkYv5dXb7w",
            "origin": "lobby",
            "slip": None,
        }

    def _hear(self, message: Any) -> None:
        expected = "Failed to load resource"
        if message.type in {"error", "warning"} and not message.text.startswith(expected):
            self.complaints.append(message.text)


@contextmanager
def stage_on(browser: Browser, size: str, **options: Any) -> Iterator[Stage]:
    """A stage in a fresh profile of the browser, on a glass of one of the `SIZES`."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, **options)
    try:
        yield Stage(context.new_page())
    finally:
        context.close()
