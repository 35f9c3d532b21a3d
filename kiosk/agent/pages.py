"""What the kiosk's browser gets from this very machine: pages, texts, and the few API calls they make."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, redirect, request
from werkzeug.exceptions import HTTPException
from werkzeug.security import safe_join

from kiosk.agent.agent import Agent
from kiosk.agent.server import API, Answer
from kiosk.agent.touching import problem

MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
}
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
MAX_BODY = 16 * 1024
_SECURITY = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_WANTED = frozenset({"queue", "service", "class", "language"})


@dataclass(frozen=True, slots=True)
class Folders:
    """Where files lie: the kiosk's pages, what all pages share, browser packages, texts by language."""

    kiosk: Path
    shared: Path
    vendor: Path
    texts: Path


def create_app(
    agent: Agent,
    folders: Folders,
    host: str,
    copy: Callable[[str], Answer],
    track: Callable[[str, str], Answer] = lambda secret, language: problem(503, "unreachable", language),
) -> Flask:
    """The WSGI application. Only this machine may ask, unless it is told to listen on another address.

    `copy` prints a marked copy of a ticket's slip. `track` tells what the holder of a slip may know, by the
    slip's secret and the language of a refusal.
    """
    app = Flask("motcua-kiosk", static_folder=None, template_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    names = LOOPBACK if host in ("127.0.0.1", "::1", "localhost") else None
    _install_files(app, folders, lambda: agent.id or "self")
    _install_api(app, agent, copy, track)

    @app.before_request
    def only_from_here() -> None:
        """A page of somebody else's, opened under another name of this machine, gets nothing."""
        if names is not None and request.host.rpartition(":")[0] not in names and request.host not in names:
            abort(403)

    @app.after_request
    def secured(response: Response) -> Response:
        for name, value in _SECURITY.items():
            response.headers.setdefault(name, value)
        return response

    @app.errorhandler(HTTPException)
    def failed(error: HTTPException) -> Response:
        code = "not_found" if error.code == 404 else "malformed_request"
        return _answer(problem(error.code or 400, code, _language()))

    return app


def _install_api(
    app: Flask, agent: Agent, copy: Callable[[str], Answer], track: Callable[[str, str], Answer]
) -> None:
    @app.get("/healthz")
    def healthz() -> Response:
        return Response('{"ok": true}', content_type="application/json")

    @app.get(f"{API}/site")
    def site() -> Response:
        found = agent.site()
        return _answer(Answer(200, found) if found else problem(503, "unreachable", _language()))

    @app.get(f"{API}/queues/<queue>/services")
    def services(queue: str) -> Response:
        found = agent.services(queue)
        return _answer(Answer(200, found) if found else problem(404, "unknown_queue", _language()))

    @app.get(f"{API}/track/<secret>")
    def tracked(secret: str) -> Response:
        return _answer(track(secret, _language()))

    @app.post(f"{API}/tickets")
    def take() -> Response:
        wanted = _body()
        if wanted is None or not wanted.get("queue") or not wanted.keys() <= _WANTED:
            return _answer(problem(422, "malformed_request", _language()))
        key = request.headers.get("Idempotency-Key") or secrets.token_hex(16)
        return _answer(agent.take(key[:200], wanted, _language()))

    @app.post(f"{API}/kiosks/<kiosk>/copies")
    def copies(kiosk: str) -> Response:
        wanted = _body()
        if wanted is None or wanted.keys() != {"ticket"}:
            return _answer(problem(422, "malformed_request", _language()))
        return _answer(copy(wanted["ticket"]))


def _body() -> dict[str, str] | None:
    """The request's object of texts; None where it is none. JSON only: no form of a foreign page sends it."""
    found = request.get_json(silent=True)
    if not isinstance(found, dict):
        return None
    given = {name: value for name, value in found.items() if value is not None}
    return given if all(isinstance(value, str) and len(value) <= 80 for value in given.values()) else None


def _language() -> str:
    return "en" if request.headers.get("Accept-Language", "").startswith("en") else "vi"


def _answer(answer: Answer) -> Response:
    kind = "application/json" if answer.is_good else "application/problem+json"
    response = Response(json.dumps(answer.body, ensure_ascii=False), answer.status, content_type=kind)
    response.headers["Cache-Control"] = "no-store"
    return response


def _install_files(app: Flask, folders: Folders, kiosk: Callable[[], str]) -> None:
    @app.get("/")
    def home() -> Any:
        return redirect(f"/kiosk/{kiosk()}")

    def inside(folder: Path) -> Callable[..., Response]:
        return lambda name: _send(folder, name)

    app.add_url_rule("/kiosk/<kiosk>", "page", lambda kiosk: _send(folders.kiosk, "index.html"))
    for prefix, folder in (
        ("kiosk-assets", folders.kiosk),
        ("assets", folders.shared),
        ("vendor", folders.vendor),
    ):
        app.add_url_rule(f"/{prefix}/<path:name>", prefix, inside(folder))

    @app.get("/texts/<language>.ftl")
    def texts(language: str) -> Response:
        files = sorted((folders.texts / language).glob("*.ftl")) if language.isalpha() else []
        if not files:
            abort(404)
        joined = "\n\n".join(file.read_text(encoding="utf-8") for file in files)
        return Response(
            joined, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-cache"}
        )


def _send(folder: Path, name: str) -> Response:
    kind = MEDIA_TYPES.get(os.path.splitext(name)[1])
    path = safe_join(os.path.realpath(folder), name)
    hidden = any(part.startswith(".") for part in name.split("/"))
    if kind is None or path is None or hidden or not os.path.isfile(path):
        abort(404)
    facts = os.stat(path)
    tag = f'"{facts.st_mtime_ns:x}-{facts.st_size:x}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if tag in request.headers.get("If-None-Match", ""):
        return Response(status=304, headers=headers)
    return Response(Path(path).read_bytes(), content_type=kind, headers=headers)
