"""A request of the API is answered the same on the short way past Flask as on the long way through it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from queue_server.web import api
from queue_server.web.api import Answering
from queue_server.web.routes import Reply, Route
from queue_server.web.shortcut import shortcut

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
