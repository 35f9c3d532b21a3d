"""A request of the API is answered the same on the short way past Flask as on the long way through it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from flask import Flask, Response
from werkzeug.test import Client

from queue_server.app.ports import StoreTrouble
from queue_server.core.refusals import Code, Refused
from queue_server.web import api
from queue_server.web.api import Answering
from queue_server.web.application import SECURITY_HEADERS
from queue_server.web.routes import Reply, Route
from queue_server.web.shortcut import shortcut
from tests.web_stand import make_stand

TICKET = "a" * 32


class Ways:
    """A shortcut whose routes and whose long way only say which of them was taken."""

    def __init__(self) -> None:
        self.taken: list[Any] = []
        routes = [(route, self._answering(route)) for route in api.ROUTES]
        self._serve = shortcut(self._long, routes, self._failed)

    def ask(self, method: str, path: str) -> Any:
        self.taken.clear()
        list(self._serve({"REQUEST_METHOD": method, "PATH_INFO": path}, lambda *_: None))
        return self.taken[0]

    def _answering(self, route: Route) -> Answering:
        def answers(environ: dict[str, Any], path: dict[str, str]) -> Reply:
            self.taken.append((route.method, route.path, path))
            return Reply(body={})

        return answers

    def _long(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        self.taken.append("long")
        return []

    def _failed(self, error: Exception, environ: dict[str, Any]) -> Any:
        raise error


@pytest.fixture
def ways() -> Iterator[Ways]:
    yield Ways()


EXAMPLES = {
    "ticket": TICKET,
    "secret": "s3cret-_x",
    "counter": "c1",
    "board": "main",
    "queue": "dat",
    "kiosk": "k1",
}


@pytest.mark.parametrize("route", api.ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_every_route_is_found_on_the_short_way(ways: Ways, route: Route) -> None:
    path = f"/api/v1{route.path}".format(**EXAMPLES)
    given = {name: EXAMPLES[name] for name in route.parameters}
    assert ways.ask(route.method, path) == (route.method, route.path, given)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        *(("HEAD", "/api/v1/site"), ("OPTIONS", "/api/v1/tickets"), ("PUT", "/api/v1/tickets")),
        *(("GET", "/api/v1/tickets/"), ("GET", "/api/v1//tickets"), ("GET", "/api/v1/tickets//")),
        *(("GET", f"/api/v1/tickets/{TICKET}/"), ("GET", "/api/v1/tickets/nonsense"), ("GET", "/api/v1")),
        *(
            ("GET", "/api/v1/"),
            ("GET", "/api/v1x/site"),
            ("GET", "/api/v2/site"),
            ("GET", "/site"),
            ("GET", ""),
        ),
        *(
            ("GET", "/api/v1/tickets/{}"),
            ("GET", f"/api/v1/tickets/{TICKET}\n"),
            ("GET", "/api/v1/boards/\xc3\xa1"),
        ),
    ],
)
def test_what_is_not_plain_goes_the_long_way(ways: Ways, method: str, path: str) -> None:
    assert ways.ask(method, path) == "long"


ASKED: list[tuple[str, str, dict[str, Any]]] = [
    ("GET", "/site", {}),
    ("GET", "/session", {}),
    ("GET", "/site", {"headers": {"Authorization": "Bearer mc_wrong"}}),
    ("GET", "/site?odd=1", {}),
    ("GET", f"/tickets/{TICKET}", {"by": "officer"}),
    ("GET", "/queues/no-such/services", {}),
    ("POST", "/counters/c1/open", {"by": "officer"}),
    ("POST", "/counters/c1/open", {"by": "kiosk"}),
    ("POST", "/tickets", {"by": "kiosk", "json": {"queue": "dat"}}),
    ("POST", "/tickets", {"by": "kiosk", "json": {"odd": 1}, "headers": {"Accept-Language": "en"}}),
    ("POST", "/tickets", {"by": "kiosk", "data": b"{", "content_type": "application/json"}),
    ("POST", "/session", {"json": {"login": "nobody"}}),
]
SUBJECT = {"officer": "c1", "kiosk": "k1"}


@pytest.mark.parametrize(("method", "path", "asked"), ASKED)
@pytest.mark.parametrize("trouble", [None, StoreTrouble("no disk"), Refused(Code.QUEUE_CLOSED, label="A")])
def test_both_ways_give_the_same_answer(
    method: str, path: str, asked: dict[str, Any], trouble: Exception | None
) -> None:
    stand = make_stand()
    stand.centre.trouble = trouble
    app, asked = stand.client.application, dict(asked)
    by = asked.pop("by", None)
    headers = {**asked.pop("headers", {}), **(stand.token(by, SUBJECT[by]) if by else {})}
    told = []
    for serve in (app.wsgi_app, partial(Flask.wsgi_app, app)):
        answer = Client(serve, Response).open(f"/api/v1{path}", method=method, headers=headers, **asked)
        written = {name: value for name, value in answer.headers if (name, value) not in SECURITY_HEADERS}
        told.append((answer.status, written, answer.get_data()))
    assert told[0] == told[1]
