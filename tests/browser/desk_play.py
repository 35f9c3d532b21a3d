"""The desk before a scripted server: the real page, and any state at any hour, down to the second."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from playwright.sync_api import Browser, Locator, Page, Request, Route, WebSocketRoute, expect

from .desk_rows import AT, ME, RIGHTS, Json, desk, site
from .supervisor_stage import ADDRESS, Stage

DESK_SIZE = (1366, 768)
# Notes that the page plays, counted: one for each oscillator that was started.
COUNT_NOTES = """
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...at) {
  const heard = document.documentElement.dataset;
  heard.notes = Number(heard.notes ?? 0) + 1;
  return start.apply(this, at);
};
"""


class DeskPlay(Stage):
    """The desk of counter 12: `show` plays a state, `put` changes a row, `later` lets seconds pass."""

    def __init__(self, page: Page, data: Json, rights: list[str]) -> None:
        self.began = monotonic()
        self.skipped = timedelta(0)
        super().__init__(page, data, "officer")
        self.site = site()
        self.rights = rights
        self.user: Json = {**ME, "login": "quay-12", "role": self.role, "counters": ["12"]}
        self.joined: list[str] = []
        self.sign_outs = 0
        page.add_init_script(COUNT_NOTES)

    @property
    def at(self) -> datetime:
        """The server's clock: 09:12 when the play begins."""
        return AT + timedelta(seconds=monotonic() - self.began) + self.skipped

    @at.setter
    def at(self, value: datetime) -> None:
        self.skipped = timedelta(0)

    @property
    def topic(self) -> str:
        return "counter:12"

    def open(self) -> DeskPlay:
        self.page.goto(f"{ADDRESS}/desk")
        self.page.locator(".desk[data-status=live]").wait_for()
        return self

    def show(self, phase: str | None = None, **state: Any) -> DeskPlay:
        """Another state altogether, as after a gap."""
        self.data = desk(**state)
        self.seq += 1
        self._emit(
            "snapshot", {"topic": self.topic, "seq": self.seq, "at": self.at.isoformat(), "data": self.data}
        )
        if phase:
            self.reaches(phase)
        return self

    def later(self, seconds: float) -> DeskPlay:
        """The server's clock goes on; the page believes the median of what it heard last."""
        self.skipped += timedelta(seconds=seconds)
        for _ in range(5):
            self.beat()
        return self

    def press(self, *keys: str) -> DeskPlay:
        for key in keys:
            if self.beating:
                self.page.locator(".desk[data-status=live]").wait_for()
            self.page.keyboard.press(key)
        return self

    def ask(self, key: str) -> DeskPlay:
        """Press a key that opens a question, and wait until it stands."""
        self.press(key).dialog.wait_for()
        return self

    def reaches(self, phase: str) -> DeskPlay:
        expect(self.page.locator(".desk")).to_have_attribute("data-phase", phase)
        return self

    def posted(self, *expected: tuple[str, Json]) -> None:
        """These and no other commands were sent since the last look."""
        for _ in range(500):
            if len(self.posts) >= len(expected):
                break
            self.page.wait_for_timeout(20)
        assert [(path, body) for path, body, _ in self.posts] == list(expected)
        self.posts.clear()

    def verb(self, name: str) -> Locator:
        return self.page.locator(f".verb[data-verb={name}]")

    @property
    def dialog(self) -> Locator:
        return self.page.locator("dialog[open]")

    @property
    def undo(self) -> Locator:
        return self.page.locator(".undo button")

    @property
    def note(self) -> Locator:
        return self.page.locator(".note textarea")

    def _receive(self, socket: WebSocketRoute, message: str) -> None:
        if message.startswith("42"):
            event, asked = json.loads(message[message.index("[") :])
            if event == "join":
                self.joined.append(asked["topic"])
            if asked.get("topic") != self.topic:
                return  # another topic than the counter's: nothing is known of it here
        super()._receive(socket, message)

    def _file(self, route: Route, path: str) -> None:
        super()._file(route, "/pages/desk/index.html" if path == "/desk" else path)

    def _call(self, route: Route, request: Request, path: str) -> None:
        if path == "/session" and request.method == "GET" and self.signed_in:
            route.fulfill(json={"user": self.user, "csrf": "stage", "rights": self.rights})
        elif path == "/session" and request.method == "DELETE":
            self.sign_outs += 1
            answer = self.answers.pop(0) if self.answers else {"status": 204}
            assert isinstance(answer, dict)
            self.signed_in = answer["status"] != 204
            route.fulfill(status=answer["status"], json=answer)
        else:
            super()._call(route, request, path)


@contextmanager
def desk_play(
    browser: Browser,
    *,
    rights: list[str] | None = None,
    size: tuple[int, int] = DESK_SIZE,
    language: str = "vi",
    **state: Any,
) -> Iterator[DeskPlay]:
    """A fresh profile of the browser at the desk; at its end the page must not have complained."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    context.add_init_script(f"localStorage.setItem('motcua.language', '{language}')")
    try:
        play = DeskPlay(context.new_page(), desk(**state), RIGHTS if rights is None else rights)
        yield play.open()
        assert play.complaints == []
    finally:
        context.close()
