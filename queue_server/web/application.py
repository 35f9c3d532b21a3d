"""Builds the Flask application: the API, the pages' files, health and figures, and one way to fail."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound, RequestEntityTooLarge

from ..app.problems import Fault, Problem
from ..app.sites import House, Sites
from ..app.wording import Wording
from . import api, files, operations
from .entrance import Entrance
from .files import Folders
from .metering import Meter
from .reading import MAX_BODY
from .routes import Building
from .shortcut import shortcut

SECURITY_HEADERS = (
    (
        "Content-Security-Policy",
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'",
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)

LISTED_SECONDS = 5.0
"""How long the list of centres is kept: so long a new one, or a new name, may not be in it."""


def _ticket_id() -> str:
    return secrets.token_hex(16)


def _tracking_secret() -> str:
    return secrets.token_urlsafe(16)


@dataclass(frozen=True, slots=True)
class WebSettings:
    """`secure_cookies`: the session cookie travels over TLS only. `version` is for the OpenAPI document.

    `figures` are those of the process, by name, for /metrics.
    """

    version: str
    figures: Callable[[], dict[str, Any]] = field(default=dict)
    secure_cookies: bool = False
    new_ticket: Callable[[], str] = field(default=_ticket_id)
    new_secret: Callable[[], str] = field(default=_tracking_secret)


def create_app(sites: Sites, wording: Wording, folders: Folders, settings: WebSettings) -> Flask:
    """The WSGI application of all centres of an installation."""
    app = Flask("motcua", static_folder=None, template_folder=None)
    app.url_map.merge_slashes = False
    meter, listing = Meter(), _Listing(sites)

    def furnish(house: House) -> Building:
        making = (settings.secure_cookies, settings.new_ticket, settings.new_secret)
        return Building(house.centre, house.access, listing, *making)

    routes = api.install(app, Entrance(sites, furnish), wording, meter)
    operations.install(app, sites, meter, settings)
    files.install(app, folders)
    app.register_error_handler(Exception, lambda error: _failure(error, request.environ, wording))
    short = shortcut(app.wsgi_app, routes, lambda error, environ: _failure(error, environ, wording))
    app.wsgi_app = _secured(short)  # type: ignore[method-assign]
    return app


class _Listing:
    """Each centre's id and name. Anybody may ask, and each name is a reading: they are kept for a while."""

    def __init__(self, sites: Sites) -> None:
        self._sites = sites
        self._kept: list[dict[str, Any]] = []
        self._until = 0.0

    def __call__(self) -> list[dict[str, Any]]:
        if time.monotonic() >= self._until:
            houses = [house for site in self._sites.ids if (house := self._sites.get(site))]
            self._kept = [{"id": house.id, "name": dict(house.centre.site().name)} for house in houses]
            self._until = time.monotonic() + LISTED_SECONDS
        return self._kept


def _failure(error: Exception, environ: dict[str, Any], wording: Wording) -> Response:
    """Whatever was not answered inside a view."""
    if isinstance(error, Problem):
        problem = error
    elif isinstance(error, MethodNotAllowed):
        problem = Problem(Fault.METHOD_NOT_ALLOWED, {"method": environ["REQUEST_METHOD"][:20]})
    elif isinstance(error, NotFound):
        problem = Problem(Fault.NOT_FOUND)
    elif isinstance(error, RequestEntityTooLarge):
        problem = Problem(Fault.BODY_TOO_LARGE, {"limit": MAX_BODY})
    elif isinstance(error, HTTPException) and error.code is not None and error.code < 500:
        problem = Problem(Fault.MALFORMED_REQUEST, status=error.code)
    else:
        problem = api.unexpected(error)
    response = api.problem_response(problem, environ, wording)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def _secured(app: Any) -> Any:
    """Security headers on every answer. Here they cost one list; set one by one in Flask, 25 µs."""

    def secured(environ: dict[str, Any], start_response: Any) -> Any:
        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            return start_response(status, [*headers, *SECURITY_HEADERS], *more)

        return app(environ, start)

    return secured
