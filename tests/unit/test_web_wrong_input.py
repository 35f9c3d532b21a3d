"""A request that is wrong in form is told what is wrong, and nothing is done."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.web_stand import TICKET, Stand, make_stand


@pytest.fixture
def stand() -> Stand:
    return make_stand()


def post(stand: Stand, body: bytes, path: str = "/api/v1/tickets", **headers: str) -> Any:
    sent = {**stand.token("integrator"), "Content-Type": "application/json", **headers}
    return stand.client.post(path, data=body, headers=sent)


@pytest.mark.parametrize(
    ("body", "status", "code", "params"),
    [
        (b"{}", 422, "invalid_field", {"field": "queue", "reason": "required"}),
        (b'{"queue": 7}', 422, "invalid_field", {"field": "queue", "reason": "type"}),
        (b'{"queue": null}', 422, "invalid_field", {"field": "queue", "reason": "type"}),
        (b'{"queue": ["dat"]}', 422, "invalid_field", {"field": "queue", "reason": "type"}),
        (b'{"queue": "Dat!"}', 422, "invalid_field", {"field": "queue", "reason": "form"}),
        (b'{"queue": "' + b"a" * 41 + b'"}', 422, "invalid_field", {"field": "queue", "reason": "length"}),
        (b'{"queue": "dat", "colour": 1}', 422, "invalid_field", {"field": "colour", "reason": "unknown"}),
        (b'{"queue": "dat", "language": "en-GB"}', 422, "invalid_field", None),
        (b"[]", 422, "invalid_field", {"field": "body", "reason": "type"}),
        (b"null", 422, "invalid_field", {"field": "body", "reason": "type"}),
        (b'"dat"', 422, "invalid_field", {"field": "body", "reason": "type"}),
        (b"{", 400, "malformed_body", {"reason": "not_json"}),
        (b'{"queue": NaN}', 400, "malformed_body", {"reason": "not_json"}),
        (b'{"queue": Infinity}', 400, "malformed_body", {"reason": "not_json"}),
        (b'{"queue": "dat"} {}', 400, "malformed_body", {"reason": "not_json"}),
        (b"[" * 30_000, 400, "malformed_body", {"reason": "not_json"}),
        (b'{"a":' * 5_000 + b"1" + b"}" * 5_000, 400, "malformed_body", {"reason": "not_json"}),
        (b'{"queue": "a", "queue": "dat"}', 400, "malformed_body", {"reason": "duplicate_key"}),
        (b'{"queue": "dat\\u0000"}', 400, "malformed_body", {"reason": "characters"}),
        (b'{"queue": "\\ud800"}', 400, "malformed_body", {"reason": "characters"}),
        (b'{"\\udfff": "dat"}', 400, "malformed_body", {"reason": "characters"}),
        (b'{"queue": "dat\xff"}', 400, "malformed_body", {"reason": "not_utf8"}),
        (b"\xef\xbb\xbf{}", 400, "malformed_body", {"reason": "not_json"}),
        (b'{"queue": 1e400}', 422, "invalid_field", None),
    ],
)
def test_a_wrong_body_is_refused_with_what_is_wrong(
    stand: Stand, body: bytes, status: int, code: str, params: dict[str, str] | None
) -> None:
    answer = post(stand, body)
    assert (answer.status_code, answer.json["code"]) == (status, code), answer.text
    assert answer.content_type == "application/problem+json"
    if params is not None:
        assert answer.json["params"] == params
    assert stand.centre.done == []


def test_a_body_of_64_kilobytes_is_read_and_one_byte_more_is_not(stand: Stand) -> None:
    filler = b'{"queue": "dat", "x": "'
    assert post(stand, filler + b"a" * (65_536 - len(filler) - 2) + b'"}').json["code"] == "invalid_field"
    answer = post(stand, filler + b"a" * (65_537 - len(filler) - 2) + b'"}')
    assert (answer.status_code, answer.json["code"]) == (413, "body_too_large")


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/x-www-form-urlencoded", "", "application/jsonx"]
)
def test_a_body_of_another_media_type_is_refused(stand: Stand, media_type: str) -> None:
    answer = post(stand, b'{"queue": "dat"}', **{"Content-Type": media_type})
    assert (answer.status_code, answer.json["code"]) == (415, "unsupported_media_type")
    assert stand.centre.done == []


def test_json_may_say_that_it_is_utf_8(stand: Stand) -> None:
    body = json.dumps({"queue": "dat"}).encode()
    assert post(stand, body, **{"Content-Type": "Application/JSON; charset=UTF-8"}).status_code == 201
    assert post(stand, body, **{"Content-Type": "application/json; charset=latin-1"}).status_code == 415


def test_a_verb_without_fields_takes_no_body_and_an_empty_object(stand: Stand) -> None:
    path = f"/api/v1/tickets/{TICKET}/start"
    assert post(stand, b"", path).status_code == 200
    assert post(stand, b"{}", path).status_code == 200
    assert post(stand, b'{"now": true}', path).json["params"] == {"field": "now", "reason": "unknown"}


@pytest.mark.parametrize(
    ("query", "params"),
    [
        ("popular=0", {"field": "popular", "reason": "range"}),
        ("popular=51", {"field": "popular", "reason": "range"}),
        ("popular=x", {"field": "popular", "reason": "type"}),
        ("popular=", {"field": "popular", "reason": "type"}),
        ("popular=1&popular=2", {"field": "popular", "reason": "twice"}),
        ("colour=red", {"field": "colour", "reason": "unknown"}),
    ],
)
def test_a_wrong_query_is_refused_with_what_is_wrong(
    stand: Stand, query: str, params: dict[str, str]
) -> None:
    answer = stand.client.get(f"/api/v1/queues/dat/services?{query}")
    assert (answer.status_code, answer.json["params"]) == (422, params)


@pytest.mark.parametrize(
    "query", ["popular", "popular=%ff", "popular=%00", "&".join("a=1" for _ in range(50))]
)
def test_a_query_that_cannot_be_read_is_refused(stand: Stand, query: str) -> None:
    assert stand.client.get(f"/api/v1/queues/dat/services?{query}").status_code in (400, 422)


@pytest.mark.parametrize("name", ["%00", "%ff%fe", "..", "a%20b", "x" * 500, "A", "ⅷ", "%ed%a0%80"])
def test_an_id_that_cannot_exist_is_not_found(stand: Stand, name: str) -> None:
    headers = stand.token("integrator")
    for path in (f"/api/v1/tickets/{name}", f"/api/v1/counters/{name}", f"/api/v1/boards/{name}"):
        answer = stand.client.get(path, headers=headers)
        assert answer.status_code == 404, (path, answer.text)
        assert answer.content_type == "application/problem+json"
    assert post(stand, b"{}", f"/api/v1/counters/{name}/call-next").status_code == 404
    assert stand.centre.done == []


@pytest.mark.parametrize("key", ["", " ", "a b", "a" * 201, "khóa", "a\tb"])
def test_an_idempotency_key_that_is_no_visible_ascii_is_refused(stand: Stand, key: str) -> None:
    answer = post(stand, b'{"queue": "dat"}', **{"Idempotency-Key": key})
    assert (answer.status_code, answer.json["code"]) == (400, "bad_idempotency_key")
    assert stand.centre.done == []


def test_a_fingerprint_tells_requests_apart_by_path_and_body(stand: Stand) -> None:
    key = {"Idempotency-Key": "k" * 200}
    post(stand, b'{"queue": "dat"}', **key)
    post(stand, b'{"queue": "dat"}', **key)
    post(stand, b'{"queue":"dat"}', **key)
    post(stand, b"{}", "/api/v1/counters/c1/open", **key)
    post(stand, b"{}", "/api/v1/counters/c1/close", **key)
    prints = [done.fingerprint for done in stand.centre.done]
    assert prints[0] == prints[1]
    assert len(set(prints)) == 4
    assert {done.key for done in stand.centre.done} == {"k" * 200}


def test_addresses_and_methods_that_do_not_exist_get_problem_documents(stand: Stand) -> None:
    for method, path, status in (
        ("GET", "/api/v1/nowhere", 404),
        ("GET", "/api/v1/site/", 404),
        ("GET", "/api/v1//site", 404),
        ("PUT", "/api/v1/site", 405),
        ("DELETE", "/api/v1/tickets", 405),
        ("OPTIONS", "/api/v1/site", 405),
        ("PUT", "/api/v1/tickets", 405),
    ):
        answer = stand.client.open(path, method=method)
        assert (answer.status_code, answer.content_type) == (status, "application/problem+json"), path
    assert stand.client.put("/api/v1/site").headers["Allow"] == "GET, HEAD"
