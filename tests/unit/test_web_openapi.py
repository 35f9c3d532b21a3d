"""The OpenAPI document says what the route table does, and nothing more; health and figures answer."""

from __future__ import annotations

import re
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator

from queue_server.web.api import ROUTES
from queue_server.web.openapi import codes_of, document
from tests.web_stand import Stand, make_stand


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    return document(ROUTES, "1.2.3")


@pytest.fixture
def stand() -> Stand:
    return make_stand()


def test_the_document_is_served_without_a_token_and_at_the_root_too(stand: Stand) -> None:
    for address in ("/api/v1/openapi.json", "/openapi.json"):
        answer = stand.client.get(address)
        assert answer.status_code == 200
        assert answer.json["openapi"] == "3.1.0"


def test_every_call_of_the_design_is_described(described: dict[str, Any]) -> None:
    calls = {f"{method.upper()} {path}" for path, item in described["paths"].items() for method in item}
    plain = {re.sub(r"\{\w+\}", "{id}", call) for call in calls}
    assert plain >= {
        "GET /site",
        "GET /queues/{id}/services",
        "POST /tickets",
        "GET /tickets/{id}",
        "GET /track/{id}",
        "GET /counters/{id}",
        "GET /boards/{id}",
        "POST /session",
        "GET /session",
        "DELETE /session",
        *(f"POST /counters/{{id}}/{verb}" for verb in "open close pause resume call-next call".split()),
        *(
            f"POST /tickets/{{id}}/{verb}"
            for verb in "recall start finish no-show return transfer cancel".split()
        ),
    }


def test_every_schema_is_a_schema_and_every_reference_leads_somewhere(described: dict[str, Any]) -> None:
    for schema in described["components"]["schemas"].values():
        Draft202012Validator({**schema, "components": described["components"]})
    for reference in re.findall(r"#/components/schemas/(\w+)", str(described)):
        assert reference in described["components"]["schemas"]


def test_every_operation_names_its_problems_its_rights_and_its_key(described: dict[str, Any]) -> None:
    for route in ROUTES:
        operation = described["paths"][route.path][route.method.lower()]
        shown = " ".join(response["description"] for response in operation["responses"].values())
        for code in codes_of(route):
            assert f"`{code.value}`" in shown, (route.name, code)
        names = {parameter["name"] for parameter in operation["parameters"]}
        assert ("Idempotency-Key" in names) is (route.method == "POST")
        assert set(route.parameters) <= names
        assert bool(operation["security"]) is (route.who is not None)
        assert operation["summary"].endswith(".")


def test_operations_have_names_of_their_own(described: dict[str, Any]) -> None:
    names = [operation["operationId"] for item in described["paths"].values() for operation in item.values()]
    assert len(names) == len(set(names))


def test_the_browsable_page_runs_no_script_of_its_own(stand: Stand) -> None:
    for address in ("/docs", "/api/v1/docs"):
        page = stand.client.get(address)
        assert page.status_code == 200
        assert "<script>" not in page.text and "onload" not in page.text
        assert "/vendor/swagger-ui-dist/swagger-ui-bundle.js" in page.text
    assert "/api/v1/openapi.json" in stand.client.get("/api/v1/docs/docs.js").text


def test_health_tells_life_from_readiness(stand: Stand) -> None:
    stand.centre.ready = False
    assert stand.client.get("/healthz").status_code == 200
    answer = stand.client.get("/readyz")
    assert (answer.status_code, answer.json["code"]) == (503, "not_ready")
    stand.centre.ready = True
    assert stand.client.get("/readyz").status_code == 200


def test_figures_are_in_prometheus_text(stand: Stand) -> None:
    stand.client.get("/api/v1/site")
    stand.client.get("/api/v1/session")
    page = stand.client.get("/metrics")
    assert page.content_type.startswith("text/plain; version=0.0.4")
    assert 'motcua_http_requests_total{route="site",status="200"} 1' in page.text
    assert 'motcua_http_requests_total{route="session",status="401"} 1' in page.text
    assert 'motcua_http_request_seconds_count{route="site"} 1' in page.text
    assert 'motcua_orders{site="nho"} 3' in page.text
    line = re.compile(r'(# .*|[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.e+-]+)')
    assert all(line.fullmatch(row) for row in page.text.splitlines())
