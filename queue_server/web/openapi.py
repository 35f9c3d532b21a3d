"""The OpenAPI 3.1 document, made from the route table and the shapes, so that it says what the code does."""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import msgspec

from ..app.cookies import COOKIE
from ..app.problems import MEDIA_TYPE, Fault, status_of
from ..core.refusals import Code
from . import schemas
from .routes import API, PATH_PARAMETERS, Route

_REF = "#/components/schemas/{name}"
_ALWAYS = (Fault.SERVER_ERROR, Fault.NOT_READY, Fault.MALFORMED_REQUEST)
_CHANGING = (
    Fault.MALFORMED_BODY,
    Fault.BAD_IDEMPOTENCY_KEY,
    Fault.BODY_TOO_LARGE,
    Fault.UNSUPPORTED_MEDIA_TYPE,
    Fault.INVALID_FIELD,
    Fault.NO_ANSWER_IN_TIME,
)

_ABOUT = """\
Numbers, counters and boards of one public administrative service centre.

**Who asks.** Devices and integrators send `Authorization: Bearer mc_…` (see `motcua token create`). People
sign in with `POST /session`, which sets a cookie, and send its `csrf` as `X-CSRF-Token` with every change.

**Repeating safely.** Send an `Idempotency-Key` with every POST. The same key with the same request gives the
first answer again; with another request it is refused.

**Failures** are problem documents (RFC 9457): act on `code`; `detail` is a sentence in the language that
`Accept-Language` asks for (`vi`, `en`; Vietnamese otherwise).
"""


def document(routes: Sequence[Route], version: str) -> dict[str, Any]:
    """The whole document, as JSON-able data."""
    components = _schemas(routes)
    paths: dict[str, dict[str, Any]] = defaultdict(dict)
    for route in routes:
        paths[route.path][route.method.lower()] = _operation(route, components)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Một Cửa",
            "version": version,
            "description": _ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": API}],
        "paths": dict(paths),
        "components": {
            "schemas": components,
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A device's or integrator's token.",
                },
                "session": {"type": "apiKey", "in": "cookie", "name": COOKIE},
                "csrf": {"type": "apiKey", "in": "header", "name": "X-CSRF-Token"},
            },
        },
    }


def _types(routes: Sequence[Route]) -> list[Any]:
    found: dict[Any, None] = {schemas.Problem: None}
    for route in routes:
        for shape in (route.body, *route.answers.values()):
            if shape is not None:
                found[shape] = None
    return list(found)


def _schemas(routes: Sequence[Route]) -> dict[str, Any]:
    _, components = msgspec.json.schema_components(_types(routes), ref_template=_REF)
    return dict(components)


def _operation(route: Route, components: dict[str, Any]) -> dict[str, Any]:
    summary, _, rest = (inspect.getdoc(route.handler) or route.name).partition("\n\n")
    operation: dict[str, Any] = {
        "operationId": route.name,
        "tags": [route.tag],
        "summary": " ".join(summary.split()),
        "parameters": [*_path_parameters(route), *_query_parameters(route), *_headers(route)],
        "responses": {**_answers(route), **_problems(route)},
        "security": _security(route),
    }
    description = [" ".join(rest.split()), _rights(route)]
    operation["description"] = "\n\n".join(part for part in description if part)
    if route.body is not None:
        operation["requestBody"] = {
            "required": _required(components[route.body.__name__]),
            "content": {"application/json": {"schema": {"$ref": _REF.format(name=route.body.__name__)}}},
        }
    return operation


def _required(schema: dict[str, Any]) -> bool:
    return bool(schema.get("required"))


def _rights(route: Route) -> str:
    if route.who is None:
        return "Open to everybody."
    return "For: " + ", ".join(sorted(role.value for role in route.who)) + "."


def _security(route: Route) -> list[dict[str, list[str]]]:
    if route.who is None:
        return []
    people: dict[str, list[str]] = {"session": [], "csrf": []} if route.changes else {"session": []}
    return [people] if route.tag == "session" else [{"token": []}, people]


def _path_parameters(route: Route) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string", "pattern": f"^{PATH_PARAMETERS[name][0]}$"},
        }
        for name in route.parameters
    ]


def _query_parameters(route: Route) -> list[dict[str, Any]]:
    if route.query is None:
        return []
    _, components = msgspec.json.schema_components([route.query], ref_template=_REF)
    properties = components[route.query.__name__]["properties"]
    return [
        {"name": name, "in": "query", "required": False, "schema": _without_null(schema)}
        for name, schema in properties.items()
    ]


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A query string has no null: only the other choice remains."""
    choices = [choice for choice in schema.get("anyOf", []) if choice.get("type") != "null"]
    return choices[0] if len(choices) == 1 else schema


def _headers(route: Route) -> list[dict[str, Any]]:
    language = {
        "name": "Accept-Language",
        "in": "header",
        "required": False,
        "description": "The language of `title` and `detail` in problem documents.",
        "schema": {"type": "string", "examples": ["vi", "en"]},
    }
    if route.method != "POST":
        return [language]
    key = {
        "name": "Idempotency-Key",
        "in": "header",
        "required": False,
        "description": "Made by the caller, one for each intention."
        if route.remembers
        else "Checked, but not remembered: the answer holds a secret.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]{1,200}$"},
    }
    return [key, language]


def _answers(route: Route) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for status, shape in route.answers.items():
        response: dict[str, Any] = {"description": _DONE[status]}
        if shape is not None:
            schema = {"$ref": _REF.format(name=shape.__name__)}
            response["content"] = {"application/json": {"schema": schema}}
        if status == 201:
            response["headers"] = {"Location": {"schema": {"type": "string", "format": "uri-reference"}}}
        answers[str(status)] = response
    return answers


_DONE = {200: "Done.", 201: "Issued.", 204: "Done; nothing to show."}


def codes_of(route: Route) -> list[Code | Fault]:
    """Every code that the route may answer with."""
    codes: list[Code | Fault] = [*route.refusals, *_ALWAYS, Fault.BAD_TOKEN]
    if route.who is not None:
        codes += [Fault.NOT_SIGNED_IN, Fault.SESSION_ENDED, Code.NOT_ALLOWED]
        codes += [] if route.tag == "session" else [Fault.PASSWORD_CHANGE_REQUIRED]
    if route.changes:
        codes += [*_CHANGING, *([Fault.BAD_CSRF_TOKEN] if route.who is not None else [])]
    else:
        codes.append(Fault.INVALID_FIELD)
    return list(dict.fromkeys(codes))


def _problems(route: Route) -> dict[str, Any]:
    by_status: dict[int, list[str]] = defaultdict(list)
    in_path = {PATH_PARAMETERS[name][1] for name in route.parameters}
    for code in codes_of(route):
        status = 404 if code in in_path else status_of(code)
        by_status[status].append(code.value)
    return {str(status): _problem(codes) for status, codes in sorted(by_status.items())}


def _problem(codes: list[str]) -> dict[str, Any]:
    narrowed = {"properties": {"code": {"enum": sorted(codes)}}}
    return {
        "description": "One of: " + ", ".join(f"`{code}`" for code in sorted(codes)),
        "content": {MEDIA_TYPE: {"schema": {"allOf": [{"$ref": _REF.format(name="Problem")}, narrowed]}}},
    }
