"""Every answer of a real day has the shape that the contract documents: nothing missing, nothing more."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest
import requests

from queue_server.web import schemas, session_shapes
from queue_server.web.api import ROUTES
from tests.servers import Api, RunningCentre


@pytest.fixture(scope="module")
def kiosk(centre: RunningCentre) -> Api:
    return Api(centre.url, centre.token("kiosk"))


@pytest.fixture(scope="module")
def desk(centre: RunningCentre) -> Api:
    return Api(centre.url, centre.token("officer", counter="10"))


@pytest.fixture(scope="module")
def boss(centre: RunningCentre) -> Api:
    return Api(centre.url, centre.token("integrator"))


@pytest.fixture(scope="module")
def queue(kiosk: Api) -> str:
    counter = next(c for c in kiosk.get("/site").json()["counters"] if c["id"] == "10")
    return str(counter["queues"][0])


def shaped(response: requests.Response, shape: Any, status: int = 200) -> Any:
    """The answer, after checking its status and its shape."""
    assert response.status_code == status, response.text
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Cache-Control"] == "no-store"
    answer = response.json()
    documented = msgspec.to_builtins(msgspec.convert(answer, shape))
    assert not (extra := undocumented(answer, documented)), f"undocumented: {extra}"
    return answer


def undocumented(answer: Any, documented: Any, place: str = "") -> list[str]:
    """The places in `answer` that got lost on the way through the documented shape."""
    if isinstance(answer, dict):
        found = []
        for key, value in answer.items():
            if key not in documented:
                found.append(f"{place}.{key}")
            else:
                found += undocumented(value, documented[key], f"{place}.{key}")
        return found
    if isinstance(answer, list):
        pairs = zip(answer, documented, strict=True)
        return [
            name for n, (one, other) in enumerate(pairs) for name in undocumented(one, other, f"{place}[{n}]")
        ]
    return []


def test_the_site_and_its_services(kiosk: Api, queue: str) -> None:
    site = shaped(kiosk.get("/site"), schemas.Site)
    assert len(site["agencies"]) == 26
    for one in site["queues"]:
        shaped(kiosk.get(f"/queues/{one['id']}/services?popular=6"), schemas.Services)
    everything = shaped(kiosk.get(f"/queues/{queue}/services"), schemas.Services)
    assert len(everything["services"]) == everything["total"]


def test_a_ticket_through_all_its_verbs(
    kiosk: Api, desk: Api, boss: Api, queue: str, centre: RunningCentre
) -> None:
    issued = kiosk.post("/tickets", queue=queue, language="en", **{"class": "elderly"})
    ticket = shaped(issued, schemas.Ticket, 201)
    assert issued.headers["Location"] == f"/api/v1/tickets/{ticket['id']}"
    assert ticket["tracking"].startswith("/t/") and ticket["class"] == "elderly"
    secret = ticket["tracking"].removeprefix("/t/")
    strangers = f"{centre.url}/api/v1/track/{secret}"
    assert "tracking" not in shaped(boss.get(f"/tickets/{ticket['id']}"), schemas.Ticket)
    assert shaped(requests.get(strangers, timeout=30), schemas.Tracked)["counter"] is None
    assert shaped(desk.post("/counters/10/open"), schemas.Counter)["state"] == "open"
    assert (
        shaped(desk.post("/counters/10/pause", reason="Họp giao ban"), schemas.Counter)["state"] == "paused"
    )
    assert shaped(desk.post("/counters/10/resume"), schemas.Counter)["state"] == "open"
    shaped(desk.get("/counters/10"), schemas.CounterView)
    call = shaped(desk.post("/counters/10/call-next"), schemas.Call)
    assert call["ticket"]["id"] == ticket["id"]
    assert set(call["reason"]["words"]) == {"vi", "en"}
    shown = shaped(requests.get(strangers, timeout=30), schemas.Tracked)
    assert shown["counter"]["counter"] == call["counter"]["number"]
    assert ticket["label"] in shaped(boss.get("/boards/main"), schemas.BoardView)["calls"]
    for verb, body, state in (
        ("recall", {}, "called"),
        ("return", {}, "waiting"),
    ):
        assert shaped(desk.post(f"/tickets/{ticket['id']}/{verb}", **body), schemas.Ticket)["state"] == state
    chosen = shaped(desk.post("/counters/10/call", ticket=ticket["id"]), schemas.Call)
    assert chosen["reason"]["rule"]
    for verb, body, state in (
        ("start", {}, "serving"),
        ("transfer", {"counter": "11"}, "waiting"),
    ):
        assert shaped(desk.post(f"/tickets/{ticket['id']}/{verb}", **body), schemas.Ticket)["state"] == state
    assert (
        shaped(boss.post(f"/tickets/{ticket['id']}/cancel", reason="thử"), schemas.Ticket)["state"]
        == "cancelled"
    )
    other = kiosk.post("/tickets", queue=queue).json()["id"]
    assert desk.post("/counters/10/call-next").ok
    assert shaped(desk.post(f"/tickets/{other}/no-show"), schemas.Ticket)["state"] == "no_show"
    last = kiosk.post("/tickets", queue=queue).json()["id"]
    assert desk.post("/counters/10/call-next").ok and desk.post(f"/tickets/{last}/start").ok
    done = shaped(desk.post(f"/tickets/{last}/finish", outcome="done", note="đủ giấy tờ"), schemas.Ticket)
    assert done["state"] == "finished" and done["ended_at"]
    empty = desk.post("/counters/10/call-next")
    assert (empty.status_code, empty.content) == (204, b"")
    assert shaped(desk.post("/counters/10/close"), schemas.Counter)["state"] == "closed"


def test_a_session(centre: RunningCentre) -> None:
    login, password = centre.logins["10"]
    with requests.Session() as browser:
        address = f"{centre.url}/api/v1/session"
        entered = shaped(
            browser.post(address, json={"login": login, "password": password}, timeout=30),
            session_shapes.SessionView,
        )
        assert shaped(browser.get(address, timeout=30), session_shapes.SessionView) == entered
        change = {"current": password, "new": "một câu nào đó"}
        csrf = {"X-CSRF-Token": entered["csrf"]}
        entered = shaped(
            browser.post(f"{address}/password", json=change, headers=csrf, timeout=30),
            session_shapes.SessionView,
        )
        left = browser.delete(address, headers={"X-CSRF-Token": entered["csrf"]}, timeout=30)
        assert (left.status_code, left.content) == (204, b"")
        assert browser.get(address, timeout=30).status_code == 401


def test_every_operation_was_walked_through(centre: RunningCentre) -> None:
    """Runs last: a new route must be walked through above."""
    figures = requests.get(f"{centre.url}/metrics", timeout=30).text
    done = set(re.findall(r'motcua_http_requests_total\{route="(\w+)",status="2\d\d"\}', figures))
    assert done == {route.name for route in ROUTES}
