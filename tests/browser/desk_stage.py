"""An officer's desk against a real server: who signs in, what waits, and the ways a network can fail."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import requests
from playwright.sync_api import Browser, BrowserContext, Error, Page, ViewportSize, WebSocketRoute, expect

DESK_SIZE: ViewportSize = {"width": 1366, "height": 768}
# Notes for each key whether the desk was live when it was pressed, and whether a question stood: a page that
# has heard nothing for a while, as happens on a busy machine, rightly takes no key.
NOTE_KEYS = """addEventListener('keydown', () => {
  globalThis.lastKey = {
    live: !document.querySelector('.desk:not([data-status=live])'),
    asked: Boolean(document.querySelector('dialog[open]')),
  };
}, true);"""
# What the browser itself notes when the server said no, as these tests make it do.
FAILED_LOAD = "Failed to load resource"


class Hall:
    """The running centre as its devices and its supervisor see it; takes back what a test left waiting."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.demo: dict[str, Any] = requests.get(f"{url}/demo.json", timeout=10).json()
        self.kiosk = {"Authorization": f"Bearer {self.demo['kiosks'][0]['url'].partition('token=')[2]}"}
        self.supervisor = requests.Session()
        self.issued: list[str] = []
        self.busy: set[str] = set()
        signed_in = self._do(self.demo["supervisor"], self.supervisor)
        self.supervisor.headers["X-CSRF-Token"] = signed_in["csrf"]

    def _do(self, who: dict[str, str], session: requests.Session) -> Any:
        body = {"login": who["login"], "password": who["password"]}
        answer = session.post(f"{self.url}/api/v1/session", json=body, timeout=30)
        answer.raise_for_status()
        return answer.json()

    def take(self, queue: str, **wishes: str) -> dict[str, Any]:
        """A number from the kiosk; wishes: service, class, language."""
        body = {"queue": queue, **wishes}
        answer = requests.post(f"{self.url}/api/v1/tickets", json=body, headers=self.kiosk, timeout=30)
        answer.raise_for_status()
        ticket: dict[str, Any] = answer.json()
        self.issued.append(ticket["id"])
        return ticket

    def ticket(self, ticket_id: str) -> dict[str, Any]:
        answer = self.supervisor.get(f"{self.url}/api/v1/tickets/{ticket_id}", timeout=30)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    def counter(self, counter: str) -> dict[str, Any]:
        answer = self.supervisor.get(f"{self.url}/api/v1/counters/{counter}", timeout=30)
        answer.raise_for_status()
        row: dict[str, Any] = answer.json()["counter"]["_"]
        return row

    def service_of(self, queue: str) -> dict[str, Any]:
        """The first of the queue's most used services."""
        path = f"{self.url}/api/v1/queues/{queue}/services?popular=1"
        found: dict[str, Any] = requests.get(path, headers=self.kiosk, timeout=30).json()["services"][0]
        return found

    def supervise(self, path: str, **body: Any) -> requests.Response:
        """The supervisor does a verb: "/tickets/<id>/finish"."""
        return self.supervisor.post(f"{self.url}/api/v1{path}", json=body, timeout=30)

    def who_sits_at(self, counter: str) -> dict[str, str]:
        self.busy.add(counter)
        found: dict[str, str] = next(one for one in self.demo["counters"] if one["id"] == counter)
        return found

    def clear(self) -> None:
        for ticket in self.issued:
            self.supervise(f"/tickets/{ticket}/cancel")
        for counter in self.busy:
            self.supervise(f"/counters/{counter}/close")
        self.issued.clear()
        self.busy.clear()


class Link:
    """A page's live link in the test's hands: it can fall silent, and its messages can be rewritten."""

    def __init__(self) -> None:
        self.silent = False
        self.rewrite: Callable[[str], str] = str

    def carry(self, socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        socket.on_message(lambda message: None if self.silent else server.send(message))
        server.on_message(lambda message: self._down(socket, message))

    def _down(self, socket: WebSocketRoute, message: str | bytes) -> None:
        if not self.silent:
            socket.send(self.rewrite(message) if isinstance(message, str) else message)

    def age_service(self, minutes: float) -> None:
        """Whoever is being served has been here for so many minutes more."""

        def older(match: re.Match[str]) -> str:
            began = datetime.fromisoformat(match[1]) - timedelta(minutes=minutes)
            return f'"started_at":"{began.isoformat(timespec="milliseconds")}"'

        self.rewrite = lambda message: re.sub(r'"started_at":"([^"]+)"', older, message)


class Desk:
    """One officer's page, and everything that it complained about."""

    def __init__(self, hall: Hall, context: BrowserContext, counter: str) -> None:
        self.hall = hall
        self.counter = counter
        self.officer = hall.who_sits_at(counter)
        self.page: Page = context.new_page()
        self.link = Link()
        self.complaints: list[str] = []
        self.posts: list[tuple[str, str | None]] = []
        self.page.add_init_script(NOTE_KEYS)
        self.page.route_web_socket(re.compile(r"/socket\.io/"), self.link.carry)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._console)
        self.page.on("request", self._request)

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning") and FAILED_LOAD not in message.text:
            self.complaints.append(message.text)

    def _request(self, request: Any) -> None:
        if request.method == "POST" and "/session" not in request.url:
            self.posts.append((request.url.rpartition("/")[2], request.headers.get("idempotency-key")))

    def sign_in(self) -> Desk:
        self.page.goto(f"{self.hall.url}/signin?next=/desk&login={self.officer['login']}")
        self.page.locator("#password").fill(self.officer["password"])
        self.page.keyboard.press("Enter")
        self.page.locator(".desk[data-status=live]").wait_for()
        return self

    def press(self, *letters: str) -> Desk:
        """Each key once while the desk is live: again where it had fallen silent at that very moment."""
        for letter in letters:
            self._strike(letter)
        return self

    def ask(self, question: str, *answers: str) -> Desk:
        """Press a key that opens a question, then its answers; again where silence put the question away."""
        for _ in range(10):
            self.press(question).asks()
            if all(self._strike(answer)["asked"] for answer in answers):
                return self
        raise AssertionError(f"the question of {question} did not stand")

    def _strike(self, key: str) -> dict[str, bool]:
        for _ in range(20):
            self.page.wait_for_function("() => !document.querySelector('.desk:not([data-status=live])')")
            self.page.keyboard.press(key)
            heard = self._heard()
            if heard["live"]:
                return heard
        raise AssertionError("the desk never stays live")

    def _heard(self) -> dict[str, bool]:
        """How the page was when it heard the last key; as it must have been, where that led away from it."""
        led_away = {"live": True, "asked": True}
        try:
            heard: dict[str, bool] = self.page.evaluate("globalThis.lastKey") or led_away
        except Error:
            return led_away
        return heard

    def settled(self) -> Desk:
        """What the last press led to at once, if anything, has been drawn and sent."""
        self.page.evaluate(
            """() => new Promise((done) =>
                requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"""
        )
        return self

    def sent(self, *verbs: str) -> Desk:
        """These commands and no others have gone out, the last of them by now."""
        for _ in range(400):
            if len(self.posts) >= len(verbs):
                break
            self.page.wait_for_timeout(25)
        assert tuple(verb for verb, _ in self.posts) == verbs
        return self

    def reaches(self, phase: str) -> Desk:
        expect(self.page.locator(".desk")).to_have_attribute("data-phase", phase)
        expect(self.page.locator(".desk[data-status=live]:not([data-pending])")).to_have_count(1)
        return self

    def asks(self) -> Desk:
        """The desk asks something: its dialog is there to be answered."""
        self.page.locator("dialog[open]").wait_for()
        return self

    def open(self) -> Desk:
        return self.sign_in().press("m").reaches("ready" if self.hall.issued else "empty")

    def verb(self, name: str) -> Any:
        return self.page.locator(f".verb[data-verb={name}]")

    @property
    def primary(self) -> Any:
        return self.page.locator(".primary")

    @property
    def label(self) -> Any:
        return self.page.locator(".person .label")

    @property
    def word(self) -> Any:
        return self.page.locator(".word")


@contextmanager
def desk_at(hall: Hall, browser: Browser, counter: str, language: str = "vi") -> Iterator[Desk]:
    context = browser.new_context(viewport=DESK_SIZE)
    context.add_init_script(f"localStorage.setItem('motcua.language', '{language}')")
    try:
        desk = Desk(hall, context, counter)
        yield desk
        assert desk.complaints == []
    finally:
        context.close()


def missing_texts(page: Page) -> list[str]:
    """Texts that the page asked for and no file has."""
    found: list[str] = page.evaluate("async () => [...(await import('/assets/texts.js')).missing]")
    return found
