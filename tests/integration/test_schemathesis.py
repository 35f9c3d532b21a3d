"""Schemathesis reads the OpenAPI document and tries what nobody thought of, for a bounded time.

Each operation is called with generated requests, good and bad, as an integrator who may do anything: no 5xx,
every answer with a status, a media type and a shape that the document names, and nothing bad accepted.
"""

from __future__ import annotations

import os
import re
from typing import Any

import hypothesis
import pytest
import schemathesis
from schemathesis import checks

from queue_server.web.api import ROUTES
from queue_server.web.openapi import document
from tests.servers import Api, RunningCentre

EXAMPLES = 40 if os.environ["MOTCUA_ASYNC_MODE"] == "eventlet" else 8
"""Requests per operation: half a minute to a minute for the whole document."""

CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
]
FORMS = {
    "ticket": r"[0-9a-f]{32}",
    "counter": r"[a-z0-9][a-z0-9._-]{0,39}",
    "queue": r"[a-z0-9][a-z0-9._-]{0,39}",
}

contract = schemathesis.openapi.from_dict(document(ROUTES, "0"))


class Hall:
    """A token that may do anything, and things that exist: made-up ids would only ever meet "unknown"."""

    def __init__(self, centre: RunningCentre) -> None:
        self.token = centre.token("integrator")
        api = Api(centre.url, self.token)
        tickets = [api.post("/tickets", queue="stp").json()["id"] for _ in range(40)]
        self.known = {"ticket": tickets, "counter": ["10", "11", "12"], "queue": ["stp", "stnmt"]}

    def furnish(self, given: Any) -> None:
        """Put things that exist in the place of every other made-up id that has the right form."""
        if not isinstance(given, dict):
            return
        for name, form in FORMS.items():
            value = given.get(name)
            if isinstance(value, str) and re.fullmatch(form, value) and (choice := sum(value.encode())) % 2:
                given[name] = self.known[name][choice // 2 % len(self.known[name])]


@pytest.fixture(scope="module")
def hall(centre: RunningCentre) -> Hall:
    return Hall(centre)


@contract.parametrize()
@hypothesis.settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)
def test_the_server_keeps_its_contract(case: Any, centre: RunningCentre, hall: Hall) -> None:
    hall.furnish(case.path_parameters)
    hall.furnish(case.body)
    headers = {**dict(case.headers or {}), "Authorization": f"Bearer {hall.token}"}
    response = case.call(base_url=f"{centre.url}/api/v1", headers=headers, timeout=60)
    case.validate_response(response, checks=CHECKS)
