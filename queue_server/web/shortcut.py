"""The short way in: a request of the API whose path is plain goes to its route without passing through Flask.

Contexts, sessions, signals and the general matching of paths are most of what Flask does for a request, and
the API uses none of them. Whatever is not plain (another method, an odd path) goes the long way, and is
answered the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

import msgspec

from .api import Answering, answer
from .routes import API, PATH_PARAMETERS, Reply, Route

_BASE, _ANY = f"{API}/", "{}"
_LINES = {status.value: f"{status.value} {status.phrase.upper()}" for status in HTTPStatus}
_json = msgspec.json.Encoder().encode
_Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


class _Door:
    """One route: its answering, and the name and form of the one parameter in its path, if any."""

    def __init__(self, route: Route, answers: Answering) -> None:
        self.answers = answers
        self.name = route.parameters[0] if route.parameters else ""
        self.fits = re.compile(PATH_PARAMETERS[self.name][0] if self.name else "").fullmatch


def shortcut(serve: _Wsgi, routes: Iterable[tuple[Route, Answering]], failed: Callable[..., Any]) -> _Wsgi:
    """`serve` with a short way to `routes`; `failed(error, environ)` answers what a route did not."""
    doors = {
        (route.method, *_shape(route)): _Door(route, answers) for route, answers in routes if _is_plain(route)
    }

    def serve_one(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        method, parts = environ["REQUEST_METHOD"], _parts(environ.get("PATH_INFO", ""))
        path = {}
        door = doors.get((method, *parts))
        if door is None and len(parts) > 1:
            door = doors.get((method, parts[0], _ANY, *parts[2:]))
            path = {door.name: parts[1]} if door is not None and door.fits(parts[1]) else {}
        if door is None or bool(door.name) != bool(path):
            return serve(environ, start_response)
        try:
            found = door.answers(environ, path)
        except Exception as error:
            return failed(error, environ)(environ, start_response)
        if isinstance(found, Reply) and found.body is not None:
            return _say(found, start_response)
        response: Any = answer(found) if isinstance(found, Reply) else found
        return response(environ, start_response)

    return serve_one


def _parts(path: str) -> list[str]:
    """What follows /api/v1/ in a path, part by part."""
    return path[len(_BASE) :].split("/") if path.startswith(_BASE) else []


def _shape(route: Route) -> list[str]:
    return [_ANY if part.startswith("{") else part for part in route.path.strip("/").split("/")]


def _is_plain(route: Route) -> bool:
    parts = route.path.strip("/").split("/")
    return all(not part.startswith("{") or place == 1 for place, part in enumerate(parts))


def _say(reply: Reply, start_response: Any) -> list[bytes]:
    body = _json(reply.body)
    start_response(
        _LINES[reply.status],
        [
            ("Content-Type", "application/json"),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            *reply.headers,
        ],
    )
    return [body]
