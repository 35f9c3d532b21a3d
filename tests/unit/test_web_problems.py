"""Failures: every code has words in both languages, and every answer that fails is a problem document."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from fluent.runtime import FluentBundle, FluentResource

from queue_server.app.ports import StoreTrouble
from queue_server.app.problems import FAULT_STATUS, Fault, Problem
from queue_server.app.wording import Wording
from queue_server.core.refusals import STATUS, Code, Refused
from tests.web_stand import TEXTS, TICKET, Stand, make_stand

# Whatever a sentence may name.
PARAMS: dict[str, Any] = {
    "counter": "12",
    "label": "A012",
    "state": "called",
    "notice": "holiday",
    "field": "queue",
    "reason": "type",
    "method": "PUT",
    "limit": 64,
    "calls": 1,
    "needed": 2,
    "day": "2026-11-23",
    "seconds": 30,
    "number": 950,
    "minutes": 15,
    "centre": "tinh-khac",
    "left": 3,
    "least": 10,
    "instance": "ab12cd34",
}


@pytest.fixture
def stand() -> Stand:
    return make_stand()


@pytest.fixture(scope="module")
def wording() -> Wording:
    return Wording(TEXTS)


def test_every_code_has_a_status() -> None:
    assert set(STATUS) == set(Code)
    assert set(FAULT_STATUS) == set(Fault)
    assert not {code.value for code in Code} & {fault.value for fault in Fault}


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("code", [*Code, *Fault])
def test_every_code_has_words_that_need_no_more_than_the_rules_give(
    code: Code | Fault, language: str
) -> None:
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource((TEXTS / language / "refusals.ftl").read_text(encoding="utf-8")))
    message = bundle.get_message(f"problem-{code.value}")
    for pattern in (message.value, message.attributes["title"]):
        assert pattern is not None
        said, errors = bundle.format_pattern(pattern, PARAMS)
        assert errors == [] and said.strip()


def test_no_words_are_left_over_for_codes_that_do_not_exist() -> None:
    known = {f"problem-{code.value}" for code in (*Code, *Fault)}
    for language in ("vi", "en"):
        text = (TEXTS / language / "refusals.ftl").read_text(encoding="utf-8")
        written = {line.split(" =")[0] for line in text.splitlines() if line.startswith("problem-")}
        assert written == known


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        (None, "vi"),
        ("", "vi"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("fr, en;q=0.5, vi;q=0.8", "vi"),
        ("fr", "vi"),
        ("vi;q=0.1,en;q=0.2", "en"),
        ("en;q=x", "vi"),
        ("," * 10_000, "vi"),
    ],
)
def test_details_come_in_the_language_asked_for_vietnamese_otherwise(
    wording: Wording, accepted: str | None, language: str
) -> None:
    assert wording.language_of(accepted) == language


def test_a_refusal_is_a_problem_document_with_code_params_and_words(stand: Stand) -> None:
    stand.centre.trouble = Refused(Code.COUNTER_BUSY, counter="12", label="A012", state="called")
    headers = {**stand.token("integrator"), "Accept-Language": "en"}
    answer = stand.client.post("/api/v1/counters/c1/call-next", headers=headers)
    assert answer.status_code == 409
    assert answer.content_type == "application/problem+json"
    assert answer.json == {
        "type": "urn:motcua:problem:counter_busy",
        "title": "The counter is busy",
        "status": 409,
        "code": "counter_busy",
        "detail": "Counter 12 still calls number A012. Complete that first.",
        "params": {"counter": "12", "label": "A012", "state": "called"},
    }
    vietnamese = stand.client.post("/api/v1/counters/c1/call-next", headers=stand.token("integrator"))
    assert vietnamese.json["detail"] == "Quầy 12 còn số A012 đang gọi. Hãy kết thúc số này trước."
    assert vietnamese.headers["Content-Language"] == "vi"


def test_nobody_waiting_is_no_failure(stand: Stand) -> None:
    stand.centre.trouble = Refused(Code.NOBODY_WAITING, counter="12")
    answer = stand.client.post("/api/v1/counters/c1/call-next", headers=stand.token("integrator"))
    assert (answer.status_code, answer.data) == (204, b"")


def test_a_bug_is_logged_under_an_id_which_its_victim_is_told(
    stand: Stand, caplog: pytest.LogCaptureFixture
) -> None:
    stand.centre.trouble = RuntimeError("secret detail")
    with caplog.at_level(logging.ERROR, logger="motcua.web"):
        answer = stand.client.get("/api/v1/site")
    assert (answer.status_code, answer.json["code"]) == (500, "server_error")
    name = answer.json["instance"]
    assert name in answer.json["detail"]
    assert "secret detail" not in answer.text
    assert name in caplog.text and "secret detail" in caplog.text


@pytest.mark.parametrize(
    ("trouble", "code"),
    [(StoreTrouble("disk full"), "not_ready"), (TimeoutError("30 s"), "no_answer_in_time")],
)
def test_a_store_in_trouble_asks_for_another_try(stand: Stand, trouble: Exception, code: str) -> None:
    stand.centre.trouble = trouble
    answer = stand.client.post("/api/v1/tickets", json={"queue": "dat"}, headers=stand.token("kiosk", "k1"))
    assert (answer.status_code, answer.json["code"]) == (503, code)
    assert int(answer.headers["Retry-After"]) > 0


def test_odd_parameters_never_break_a_problem_document(wording: Wording) -> None:
    problem = Problem(Code.WRONG_STATE, {"label": None, "state": ["x"], "allowed": {"a": True}})
    assert problem.document(wording, "vi")["code"] == "wrong_state"
    assert problem.document(wording, "de")["title"] == problem.document(wording, "vi")["title"]


def test_an_unknown_queue_is_a_wrong_field_in_a_body_and_a_missing_page_in_an_address(stand: Stand) -> None:
    assert stand.client.get("/api/v1/queues/none/services").status_code == 404
    stand.centre.trouble = Refused(Code.UNKNOWN_QUEUE, queue="none")
    answer = stand.client.post("/api/v1/tickets", json={"queue": "none"}, headers=stand.token("integrator"))
    assert answer.status_code == 422
    assert stand.client.get(f"/api/v1/tickets/{TICKET}", headers=stand.token("integrator")).status_code == 404
