"""The API as Flask serves it: every row of the route table becomes a URL rule behind one careful doorway."""

from __future__ import annotations

import hashlib
import logging
import re
import secrets
import time
from collections.abc import Callable
from typing import Any

import msgspec
from flask import Flask, Response, request

from ..app.ports import StoreTrouble
from ..app.problems import MEDIA_TYPE, Fault, Problem
from ..app.wording import Wording
from ..core.refusals import Refused
from . import api_counters, api_hall, api_kiosks, api_session, api_slips, api_supervision, api_tickets
from .entrance import Entrance
from .identity import admit, identify
from .metering import Meter
from .reading import UNREAD, idempotency_key, parse_body, parse_query, read_body
from .routes import API, PATH_PARAMETERS, Asked, Building, Reply, Route

ROUTES: tuple[Route, ...] = (
    *api_hall.table.routes,
    *api_tickets.table.routes,
    *api_counters.table.routes,
    *api_supervision.table.routes,
    *api_slips.table.routes,
    *api_kiosks.table.routes,
    *api_session.table.routes,
)

_log = logging.getLogger("motcua.web")
_json = msgspec.json.Encoder().encode
_JSON_TYPE = "application/json"
_NO_STORE = ("Cache-Control", "no-store")
_FORMS = {name: (re.compile(form), code) for name, (form, code) in PATH_PARAMETERS.items()}


Answering = Callable[[dict[str, Any], dict[str, str]], Response | Reply]
"""Answers a request of one route, given its environment and the parameters in its path."""


def install(app: Flask, entrance: Entrance, wording: Wording, meter: Meter) -> list[tuple[Route, Answering]]:
    """Make each route a rule of Flask's; how each is answered, for `shortcut`."""
    answering = [(route, _answering(route, entrance, wording, meter)) for route in ROUTES]
    for route, answers in answering:
        rule = API + route.path.replace("{", "<").replace("}", ">")
        app.add_url_rule(
            rule,
            f"api.{route.name}",
            _view(answers),
            methods=[route.method],
            provide_automatic_options=False,
        )
    return answering


def _view(answers: Answering) -> Callable[..., Response]:
    def view(**path: str) -> Response:
        found = answers(request.environ, path)
        return answer(found) if isinstance(found, Reply) else found

    return view


def _answering(route: Route, entrance: Entrance, wording: Wording, meter: Meter) -> Answering:
    observe = meter.timer(route.name)

    def answers(environ: dict[str, Any], path: dict[str, str]) -> Response | Reply:
        started = time.perf_counter()
        try:
            # The body comes off the wire before anything can refuse the request: its sender must read why.
            raw = read_body(environ) if route.changes else b""
            building = entrance.building(route, environ, path)
            reply = route.handler(building, _read(route, building, environ, path, raw))
            observe(reply.status, time.perf_counter() - started)
            return reply
        except Refused as refused:
            response = problem_response(Problem.of(refused.refusal), environ, wording)
        except Problem as problem:
            response = problem_response(problem, environ, wording)
        except (StoreTrouble, TimeoutError) as trouble:
            response = problem_response(unavailable(trouble), environ, wording)
        observe(response.status_code, time.perf_counter() - started)
        return response

    return answers


def _read(
    route: Route, building: Building, environ: dict[str, Any], path: dict[str, str], raw: bytes
) -> Asked:
    principal, session = identify(building.access, environ, changes=route.changes and route.who is not None)
    for name, value in path.items():
        form, code = _FORMS[name]
        if not form.fullmatch(value):
            admit(route, principal, {}, session)
            raise Problem(code, {name: value[:64]}, status=404)
    admit(route, principal, path, session)
    query = parse_query(environ.get("QUERY_STRING", ""), route.query)
    if not route.changes:
        return Asked(path, principal, None, query, session=session)
    key = idempotency_key(environ)
    body = parse_body(raw, environ.get("CONTENT_TYPE", ""), route.body) if route.body else None
    fingerprint = _fingerprint(route.method, environ["PATH_INFO"], raw) if key is not None else ""
    return Asked(path, principal, body, query, key, fingerprint, session, environ.get("REMOTE_ADDR", ""))


def _fingerprint(method: str, path: str, raw: bytes) -> str:
    return hashlib.sha256(f"{method} {path}\n".encode() + raw).hexdigest()


def answer(reply: Reply) -> Response:
    headers = [_NO_STORE, *reply.headers]
    if reply.body is None:
        response = Response(status=reply.status, headers=headers)
        del response.headers["Content-Type"]
        return response
    return Response(_json(reply.body), reply.status, headers, content_type=_JSON_TYPE)


def unavailable(trouble: Exception) -> Problem:
    """A request whose outcome the server does not know, or that it cannot take just now."""
    _log.error("%s: %s", type(trouble).__name__, trouble)
    return Problem(Fault.NO_ANSWER_IN_TIME if isinstance(trouble, TimeoutError) else Fault.NOT_READY)


def unexpected(error: BaseException) -> Problem:
    """A bug: logged under an id that the person who met it can tell."""
    instance = secrets.token_hex(4)
    _log.error("error %s", instance, exc_info=error)
    return Problem(Fault.SERVER_ERROR, instance=instance)


def problem_response(problem: Problem, environ: dict[str, Any], wording: Wording) -> Response:
    language = wording.language_of(environ.get("HTTP_ACCEPT_LANGUAGE"))
    response = Response(_json(problem.document(wording, language)), problem.status, content_type=MEDIA_TYPE)
    headers = response.headers
    headers["Cache-Control"] = "no-store"
    headers["Content-Language"] = language
    if problem.status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="motcua"'
    elif environ.get(UNREAD):
        headers["Connection"] = "close"
    elif problem.status == 429:
        headers["Retry-After"] = str(problem.params.get("seconds", 60))
    elif problem.status == 503:
        headers["Retry-After"] = "2"
    return response
