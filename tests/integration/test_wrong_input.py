"""Wrong input on every endpoint of the contract: a 4xx problem document, no 5xx, and nothing changed.

What is sent is made from the OpenAPI document that the server itself serves, so a new endpoint is tried too.
"""

from __future__ import annotations

import http.client
import json
import re
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
import requests

from queue_server.app.access import Role
from queue_server.main import build_access
from queue_server.store.sqlite import SqliteStore
from tests.servers import RunningCentre

TICKET = "0" * 32
ODD = [
    "\x00",
    "\ud800",
    "\u202e\u2066",
    "e\u0301" * 3000,
    "𝕊𝔾 ＜script＞",
    "'; DROP TABLE ticket; --",
    "../../etc/passwd",
    "",
    " ",
    "\n",
]
ANYTHING = [None, True, 0, -1, 1.5, 10**40, [], {}, [[]], {"a": {"b": 1}}, "x" * 60_000, *ODD]

FOR_PEOPLE_WHO_LEAD = ("take-over", "summon", "assign", "close", "open", "limit", "faults")
FOR_ONE_KIOSK = ("copies", "report", "tickets")


class Caller:
    """Sends raw requests as one principal and insists on what every refusal must be.

    `person`: the headers of somebody signed in, for the calls that only people may make; `kiosk`: the token
    for those that only a kiosk may.
    """

    def __init__(
        self,
        centre: RunningCentre,
        token: str | None,
        person: dict[str, str] | None = None,
        kiosk: str | None = None,
    ) -> None:
        self._url = urlsplit(centre.url)
        self._token = token
        self._person = person
        self._kiosk = kiosk
        self._connection = http.client.HTTPConnection(self._url.netloc, timeout=60)

    def send(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> tuple[int, dict[str, Any] | None]:
        sent = {"Content-Type": "application/json"} if body is not None else {}
        if self._person and path.startswith("/session/"):
            sent |= self._person
        elif token := self._kiosk if path.startswith("/kiosk") and self._kiosk else self._token:
            sent["Authorization"] = f"Bearer {token}"
        self._connection.request(method, f"/api/v1{path}", body, {**sent, **headers})
        answer = self._connection.getresponse()
        raw = answer.read()
        kind = answer.headers.get("Content-Type", "")
        if answer.status >= 400:
            assert kind == "application/problem+json", (method, path, answer.status, raw[:200])
        return answer.status, json.loads(raw) if raw else None

    def refused(self, method: str, path: str, body: bytes | None = None, **headers: str) -> dict[str, Any]:
        """The problem document of a request that must be refused."""
        status, problem = self.send(method, path, body, **headers)
        shown = (method, path, (body or b"")[:120], status, problem)
        assert 400 <= status < 500, shown
        assert problem is not None and problem["status"] == status, shown
        assert problem["code"] and problem["title"] and problem["detail"], shown
        return problem

    @property
    def wire(self) -> Any:
        """The socket that is kept for the next request, None where the server closed it."""
        return self._connection.sock

    def close(self) -> None:
        self._connection.close()


@pytest.fixture(scope="module")
def operations(centre: RunningCentre) -> list[tuple[str, str, dict[str, Any]]]:
    """(method, path, operation) of every operation, from the served document, references resolved."""
    contract = requests.get(f"{centre.url}/openapi.json", timeout=30).json()

    def resolved(node: Any) -> Any:
        if isinstance(node, dict):
            if "$ref" in node:
                name = node["$ref"].rpartition("/")[2]
                return resolved(contract["components"]["schemas"][name])
            return {key: resolved(value) for key, value in node.items() if key != "responses"}
        return [resolved(item) for item in node] if isinstance(node, list) else node

    return [
        (method.upper(), path, resolved(operation))
        for path, item in contract["paths"].items()
        for method, operation in item.items()
    ]


@pytest.fixture(scope="module")
def caller(centre: RunningCentre) -> Iterator[Caller]:
    login, password = centre.logins["10"]
    body = {"login": login, "password": password}
    signed_in = requests.post(f"{centre.url}/api/v1/session", json=body, timeout=30)
    cookie = f"motcua_session={signed_in.cookies['motcua_session']}"
    person = {"Cookie": cookie, "X-CSRF-Token": signed_in.json()["csrf"]}
    caller = Caller(centre, centre.token("integrator"), person, centre.token("kiosk"))
    caller.refused("POST", "/counters/10/call-next")  # opens the day, which is no doing of the requests below
    yield caller
    caller.close()


@pytest.fixture(autouse=True)
def nothing_changes(centre: RunningCentre, caller: Caller) -> Iterator[None]:
    """After each test of this module the journal is as long as before, and the server lives."""
    before = journal_length(centre)
    yield
    assert journal_length(centre) == before
    assert requests.get(f"{centre.url}/readyz", timeout=30).ok
    assert "Traceback" not in centre.log


def journal_length(centre: RunningCentre) -> int:
    """How many things were done, without what the centre notices by itself: its printer, its clock."""
    with closing(sqlite3.connect(centre.folder / "motcua.db")) as db:
        query = "SELECT count(*) FROM journal WHERE type NOT IN ('PrinterChanged', 'DoorsChanged')"
        return int(db.execute(query).fetchone()[0])


def real(path: str) -> str:
    """The path with ids that have the right form; the ticket and secret exist nowhere."""
    known = {
        "ticket": TICKET,
        "secret": "x" * 22,
        "counter": "10",
        "board": "main",
        "queue": "stp",
        "kiosk": "lobby",
    }
    return path.format(**known)


def changing(operations: list[Any]) -> list[Any]:
    return [entry for entry in operations if entry[0] == "POST"]


def fields(operation: dict[str, Any]) -> dict[str, Any]:
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    return dict(schema.get("properties", {}))


def dumped(value: Any) -> bytes:
    return json.dumps(value).encode()  # lone surrogates and NaN included, as \\ud800 and NaN


def test_the_document_lists_the_endpoints(operations: list[Any]) -> None:
    assert len(operations) >= 22
    assert len(changing(operations)) >= 15


def test_every_field_refuses_every_wrong_type(operations: list[Any], caller: Caller) -> None:
    for method, path, operation in changing(operations):
        for name, schema in fields(operation).items():
            nullable = any(choice.get("type") == "null" for choice in schema.get("anyOf", []))
            for value in ANYTHING:
                if (value is None and nullable) or (isinstance(value, str) and may_be(schema, value)):
                    continue
                caller.refused(method, real(path), dumped({name: value}))


def may_be(schema: dict[str, Any], value: str) -> bool:
    """Whether a string is within a field's own rules: then it is not wrong in form."""
    choices = schema.get("anyOf", [schema])
    text = next((choice for choice in choices if choice.get("type") == "string"), None)
    if text is None:
        return False
    fits = text.get("minLength", 0) <= len(value) <= text.get("maxLength", 10**9)
    return fits and bool(re.search(text.get("pattern", ""), value))


def test_every_missing_unknown_and_doubled_field_is_refused(operations: list[Any], caller: Caller) -> None:
    for method, path, operation in changing(operations):
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        if schema.get("required"):
            caller.refused(method, real(path), b"{}")
            caller.refused(method, real(path), b"")
        problem = caller.refused(method, real(path), b'{"colour": "red"}')
        assert problem["code"] == "invalid_field", path
        for odd in ODD:
            caller.refused(method, real(path), dumped({odd: odd}))
        for name in fields(operation):
            doubled = f'{{"{name}": "a", "{name}": "b"}}'.encode()
            assert caller.refused(method, real(path), doubled)["code"] == "malformed_body"


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"}",
        b"null",
        b"[]",
        b"7",
        b'"text"',
        b"NaN",
        b'{"queue": NaN}',
        b'{"queue": -Infinity}',
        b"{'queue': 'stp'}",
        b"\x00\x01\x02",
        b"\xff\xfe{\x00}\x00",
        b"\xef\xbb\xbf{}",
        b'{"reason": "\xc3\x28"}',
        b"[" * 60_000,
        b'{"a":' * 12_000,
        b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
        b'{"queue": ' + b"9" * 60_000 + b"}",
        b"queue=stp",
    ],
    ids=lambda body: repr(body[:16]),
)
def test_every_body_that_is_no_object_is_refused(operations: list[Any], caller: Caller, body: bytes) -> None:
    for method, path, _ in changing(operations):
        problem = caller.refused(method, real(path), body)
        assert problem["code"] in ("malformed_body", "invalid_field"), (path, problem)


def test_a_body_of_a_megabyte_is_refused_and_its_connection_goes_on(
    centre: RunningCentre, operations: list[Any], caller: Caller
) -> None:
    body = b'{"queue": "' + b"x" * 1_000_000 + b'"}'
    for method, path, _ in operations:
        if method == "GET":
            continue
        problem = caller.refused(method, real(path), body)
        assert problem["code"] == "body_too_large", path
        # What was left of the body is not taken for the next request.
        wire = caller.wire
        assert caller.send("GET", "/site")[0] == 200
        if centre.mode != "threading":  # whose server closes after every answer
            assert caller.wire is wire is not None, "the connection was closed"


def test_a_chunked_body_without_a_length_is_bounded_too(centre: RunningCentre, caller: Caller) -> None:
    def pieces() -> Iterator[bytes]:
        yield b'{"queue": "'
        for _ in range(32):
            yield b"x" * 8192

    answer = requests.post(
        f"{centre.url}/api/v1/session",
        data=pieces(),
        headers={"Content-Type": "application/json"},
        timeout=60,
    )
    assert 400 <= answer.status_code < 500


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/xml", "multipart/form-data; boundary=x", "x"]
)
def test_every_other_media_type_is_refused(operations: list[Any], caller: Caller, media_type: str) -> None:
    for method, path, _ in changing(operations):
        problem = caller.refused(method, real(path), b"{}", **{"Content-Type": media_type})
        assert problem["code"] == "unsupported_media_type", path


@pytest.mark.parametrize("key", ["", " ", "a b", "k" * 201, "\xe9"])
def test_every_bad_idempotency_key_is_refused(operations: list[Any], caller: Caller, key: str) -> None:
    for method, path, _ in changing(operations):
        problem = caller.refused(method, real(path), b"{}", **{"Idempotency-Key": key})
        assert problem["code"] == "bad_idempotency_key", path


def test_every_unknown_id_is_not_found(operations: list[Any], caller: Caller) -> None:
    names = ["none", "x" * 39, "A", "0", *ODD, "%", "a/b", "..", "."]
    bodies = {
        "pause": b'{"reason": "x"}',
        "call": dumped({"ticket": TICKET}),
        "transfer": b'{"queue": "stp"}',
        "summon": b'{"reason": "come"}',
        "park": b'{"reason": "copy"}',
        "services": b'{"queue": "stp"}',
        "note": b'{"text": "x"}',
        "assign": b'{"queues": ["stp"]}',
        "limit": b'{"numbers": 1}',
        "copies": dumped({"ticket": TICKET}),
        "report": b'{"printer": "ready"}',
        "tickets": dumped(
            {
                "id": TICKET,
                "secret": "x" * 22,
                "queue": "stp",
                "number": 9800,
                "taken_at": "2026-11-23T08:00:00+07:00",
            }
        ),
    }
    for method, path, _ in operations:
        if "{" not in path:
            continue
        body = bodies.get(path.rpartition("/")[2], b"{}") if method == "POST" else None
        for name in names:
            spelt = quote(name[:300].encode("utf-8", "surrogatepass"), safe="")
            address = re.sub(r"\{\w+\}", lambda _, spelt=spelt: spelt, path)
            problem = caller.refused(method, address, body)
            if problem["code"] == "not_allowed":  # who may not do it learns nothing of what there is
                assert path.rpartition("/")[2] in (*FOR_PEOPLE_WHO_LEAD, *FOR_ONE_KIOSK), address
            else:
                assert problem["status"] in (404, 405), (address, problem)


def test_unknown_ids_in_bodies_are_refused(caller: Caller) -> None:
    for body in (
        {"queue": "none"},
        {"queue": "stp", "service": "none"},
        {"queue": "stp", "class": "none"},
        {"queue": "stp", "language": "xx"},
    ):
        assert caller.refused("POST", "/tickets", dumped(body))["status"] == 422
    assert caller.refused("POST", "/counters/10/call", dumped({"ticket": TICKET}))["status"] in (404, 409)
    for body in ({}, {"queue": "stp", "counter": "10"}, {"queue": "none"}):
        caller.refused("POST", f"/tickets/{TICKET}/transfer", dumped(body))


def test_every_query_that_is_not_in_the_contract_is_refused(operations: list[Any], caller: Caller) -> None:
    for method, path, operation in operations:
        address = real(path)
        for query in ("colour=red", "a=1&a=2", "%00=1", "=", "popular=0&colour=1"):
            caller.refused(method, f"{address}?{query}", b"{}" if method == "POST" else None)
        for parameter in operation.get("parameters", []):
            if parameter["in"] == "query":
                for value in ("x", "0", "-1", "51", "1.5", "", "9" * 400, "%00", "%ff", "１"):
                    caller.refused(method, f"{address}?{parameter['name']}={quote(value, safe='%')}")


def test_foreign_tokens_open_nothing(centre: RunningCentre, operations: list[Any]) -> None:
    store = SqliteStore(centre.folder / "motcua.db")
    elsewhere = build_access(store, "another-site").create_token(Role.INTEGRATOR)
    store.close()
    revoked = centre.token("integrator", name="revoked")
    listed = centre.motcua("token", "list").stdout.splitlines()
    centre.motcua("token", "revoke", next(line.split()[0] for line in listed if line.endswith("revoked")))
    for token in (elsewhere, revoked, "mc_integrator_guess", "x" * 4000, "\xff", ""):
        stranger = Caller(centre, None)
        for method, path, _ in operations:
            body = b"{}" if method == "POST" else None
            problem = stranger.refused(method, real(path), body, Authorization=f"Bearer {token}")
            assert problem["code"] == "bad_token", (path, problem)
        stranger.close()


@pytest.mark.parametrize("role", ["kiosk", "board", "officer"])
def test_each_device_is_kept_to_its_own_calls(
    centre: RunningCentre, operations: list[Any], role: str
) -> None:
    subject = {"counter": "10"} if role == "officer" else {}
    device = Caller(centre, centre.token(role, **subject))
    allowed_words = re.compile(rf"For: .*\b{role}\b|Open to everybody")
    for method, path, operation in operations:
        if not allowed_words.search(operation["description"]):
            problem = device.refused(method, real(path), b"{}" if method == "POST" else None)
            assert (problem["status"], problem["code"]) == (403, "not_allowed"), (path, problem)
    if role == "officer":
        for verb in ("open", "close", "resume", "call-next"):
            problem = device.refused("POST", f"/counters/11/{verb}", b"{}")
            assert problem["code"] == "not_your_counter"
    device.close()


def test_no_get_takes_a_verb_and_no_verb_takes_a_get(operations: list[Any], caller: Caller) -> None:
    by_path: dict[str, set[str]] = {}
    for method, path, _ in operations:
        by_path.setdefault(path, set()).add(method)
    for path, methods in by_path.items():
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"} - methods:
            assert caller.refused(method, real(path))["status"] == 405, (method, path)


def test_odd_headers_harm_nothing(caller: Caller) -> None:
    for name, value in (
        ("Accept-Language", "," * 4000),
        ("Accept-Language", "x;q=1e999"),
        ("Accept", "\xff"),
        ("Cookie", "motcua_session=" + "x" * 4000),
        ("Cookie", 'motcua_session="\\'),
        ("If-None-Match", "\xff"),
        ("X-Forwarded-For", "x" * 1000),
        ("Host", "[::1"),
    ):
        status, _ = caller.send("GET", "/site", **{name: value})
        assert status < 500, (name, value)


def test_a_body_beyond_all_measure_is_refused_without_being_read(centre: RunningCentre) -> None:
    url = urlsplit(centre.url)
    with socket.create_connection((url.hostname or "", url.port or 0), timeout=60) as wire:
        wire.sendall(
            b"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            b"Content-Length: 10000000000\r\n\r\n"
        )
        with suppress(ConnectionError):
            for _ in range(80):
                wire.sendall(b"x" * 65_536)
        answer = wire.recv(65_536)
    assert answer.startswith(b"HTTP/1.1 413"), answer[:100]
    assert b"connection: close" in answer.lower()
