"""Every answer of a real day has the shape that the contract documents: nothing missing, nothing more."""

from __future__ import annotations

import re
import time
from typing import Any

import msgspec
import pytest
import requests

from queue_server.web import kiosk_shapes, schemas, session_shapes, site_shapes
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
    site = shaped(kiosk.get("/site"), site_shapes.Site)
    assert len(site["agencies"]) == 26
    assert shaped(kiosk.get("/sites"), site_shapes.Sites)["sites"][0]["id"] == site["id"]
    for one in site["queues"]:
        shaped(kiosk.get(f"/queues/{one['id']}/services?popular=6"), site_shapes.Services)
    everything = shaped(kiosk.get(f"/queues/{queue}/services"), site_shapes.Services)
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
    assert shaped(desk.post("/counters/10/pause", reason="meeting"), schemas.Counter)["state"] == "paused"
    assert shaped(desk.post("/counters/10/resume"), schemas.Counter)["state"] == "open"
    shaped(desk.get("/counters/10"), schemas.CounterView)
    call = shaped(desk.post("/counters/10/call-next"), schemas.Call)
    assert call["ticket"]["id"] == ticket["id"]
    assert set(call["reason"]["words"]) == {"vi", "en"}
    shown = shaped(requests.get(strangers, timeout=30), schemas.Tracked)
    assert shown["counter"]["counter"] == call["counter"]["number"]
    assert ticket["label"] in shaped(boss.get("/boards/main"), schemas.BoardView)["calls"]
    too_soon = desk.post(f"/tickets/{ticket['id']}/recall").json()
    assert too_soon["code"] == "recall_too_soon"
    time.sleep(too_soon["params"]["seconds"])
    for verb, body, state in (
        ("recall", {}, "called"),
        ("undo", {}, "waiting"),
    ):
        assert shaped(desk.post(f"/tickets/{ticket['id']}/{verb}", **body), schemas.Ticket)["state"] == state
    chosen = shaped(boss.post("/counters/10/call", ticket=ticket["id"]), schemas.Call)
    assert chosen["reason"]["rule"] == "chosen"
    for verb, body, state in (
        ("note", {"text": "Mang bản chính"}, "called"),
        ("park", {"reason": "copy", "minutes": 10}, "parked"),
        ("unpark", {}, "waiting"),
    ):
        assert shaped(desk.post(f"/tickets/{ticket['id']}/{verb}", **body), schemas.Ticket)["state"] == state
    assert shaped(desk.post("/counters/10/call-next"), schemas.Call)["ticket"]["id"] == ticket["id"]
    for verb, body, state in (
        ("return", {}, "waiting"),
        ("transfer", {"counter": "11"}, "waiting"),
    ):
        assert shaped(desk.post(f"/tickets/{ticket['id']}/{verb}", **body), schemas.Ticket)["state"] == state
    gone = shaped(boss.post(f"/tickets/{ticket['id']}/cancel", reason="mistake"), schemas.Ticket)
    assert gone["state"] == "cancelled"
    issued = kiosk.post("/tickets", queue=queue).json()
    other, path = issued["id"], issued["tracking"].removeprefix("/t/")
    assert desk.post("/counters/10/call-next").ok
    missed = shaped(desk.post(f"/tickets/{other}/no-show"), schemas.Ticket)
    assert missed["state"] == "no_show" and missed["grace"]["until"]
    shown = shaped(requests.get(f"{centre.url}/api/v1/track/{path}", timeout=30), schemas.Tracked)
    assert shown["grace"] == missed["grace"]
    elsewhere = next(one["id"] for one in kiosk.get("/site").json()["queues"] if one["id"] != queue)
    last = kiosk.post("/tickets", queue=queue).json()["id"]
    assert desk.post("/counters/10/call-next").ok and desk.post(f"/tickets/{last}/start").ok
    going_on = shaped(desk.post(f"/tickets/{last}/services", queue=elsewhere), schemas.Ticket)
    assert going_on["then"] == [elsewhere]
    done = shaped(desk.post(f"/tickets/{last}/finish", outcome="done", note="đủ giấy tờ"), schemas.Ticket)
    assert (done["state"], done["queue"], done["then"]) == ("waiting", elsewhere, [])
    empty = desk.post("/counters/10/call-next")
    assert (empty.status_code, empty.content) == (204, b"")
    assert shaped(desk.post("/counters/10/close"), schemas.Counter)["state"] == "closed"


def test_copies_of_a_slip(kiosk: Api, desk: Api, queue: str) -> None:
    ticket = kiosk.post("/tickets", queue=queue).json()
    own = ticket["origin"]
    where = shaped(desk.get("/printers"), kiosk_shapes.Printers)["printers"]
    assert own in [printer["kiosk"] for printer in where]
    found = shaped(desk.get(f"/tickets?label={ticket['label'].lower()}"), schemas.Ticket)
    assert (found["id"], "tracking" in found) == (ticket["id"], False)
    assert desk.get("/tickets?label=Z999").status_code == 404
    assert shaped(desk.post(f"/tickets/{ticket['id']}/reprint"), schemas.Ticket)["id"] == ticket["id"]
    copy = kiosk.post(f"/kiosks/{own}/copies", ticket=ticket["id"])
    assert shaped(copy, schemas.Ticket)["label"] == ticket["label"]
    elsewhere = next(one["id"] for one in kiosk.get("/site").json()["kiosks"] if one["id"] != own)
    assert kiosk.post(f"/kiosks/{elsewhere}/copies", ticket=ticket["id"]).status_code == 403


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


def test_what_supervisors_do(centre: RunningCentre, desk: Api, kiosk: Api, queue: str) -> None:
    with requests.Session() as browser:
        address = f"{centre.url}/api/v1"
        entered = browser.post(
            f"{address}/session", json={"login": "dieu-phoi", "password": "mot-cua-demo"}, timeout=30
        )

        def lead(path: str, **body: Any) -> requests.Response:
            csrf = {"X-CSRF-Token": entered.json()["csrf"]}
            return browser.post(f"{address}{path}", json=body, headers=csrf, timeout=30)

        assert desk.post("/counters/10/open").ok
        assert shaped(desk.post("/counters/10/ask-help"), schemas.Counter)["help_asked_at"]
        assert (
            shaped(lead("/counters/10/summon", reason="come"), schemas.Counter)["summons"]["reason"] == "come"
        )
        assert shaped(lead("/counters/10/answer"), schemas.Counter)["help_asked_at"] is None
        assert shaped(desk.post("/counters/10/answer"), schemas.Counter)["summons"] is None
        taken = shaped(lead("/counters/10/take-over"), schemas.Counter)
        assert taken["officer"] == {"id": entered.json()["user"]["id"], "name": "Điều phối"}
        assert shaped(lead("/counters/10/close"), schemas.Counter)["state"] == "closed"
        before = shaped(browser.get(f"{address}/counters/10", timeout=30), schemas.CounterView)["counter"][
            "_"
        ]
        other = shaped(lead("/counters/10/assign", queues=[queue], helps=[]), schemas.Counter)
        assert (other["queues"], other["helps"]) == ([queue], [])
        lead("/counters/10/assign", queues=before["queues"], helps=before["helps"])
        assert shaped(lead(f"/queues/{queue}/limit", numbers=0), schemas.Gate)["gate"] == "open"
        assert kiosk.post("/tickets", queue=queue).json()["code"] == "queue_full"
        assert shaped(lead(f"/queues/{queue}/close"), schemas.Gate)["gate"] == "closed"
        assert kiosk.post("/tickets", queue=queue).json()["code"] == "queue_closed"
        assert shaped(lead(f"/queues/{queue}/open"), schemas.Gate)["limit"] is None
        assert lead("/queues/no/open").status_code == 404


def test_what_a_kiosk_that_runs_by_itself_tells(kiosk: Api, desk: Api, boss: Api, queue: str) -> None:
    mine = shaped(kiosk.get("/kiosk"), kiosk_shapes.KioskView)
    given = {
        "id": "ab" * 16,
        "secret": "offline-number-1",
        "queue": queue,
        "number": mine["offline_first"],
        "taken_at": mine["at"],
    }
    home = shaped(kiosk.post("/kiosks/lobby/tickets", **given), schemas.Ticket)
    assert (home["state"], home["issued_at"]) == ("waiting", mine["at"])
    assert shaped(kiosk.post("/kiosks/lobby/tickets", **given), schemas.Ticket)["id"] == home["id"]
    assert shaped(kiosk.post("/kiosks/lobby/report", printer="ready"), kiosk_shapes.Heard)["at"] >= mine["at"]
    assert desk.post(f"/tickets/{home['id']}/reprint", kiosk="lobby").ok
    (wished,) = shaped(kiosk.get("/kiosk"), kiosk_shapes.KioskView)["copies"]
    assert (wished["slip"]["ticket"], wished["slip"]["copy"]) == (home["id"], True)
    settled = {"ticket": home["id"], "outcome": "printed", "copy": True, "wish": wished["wish"]}
    assert kiosk.post("/kiosks/lobby/report", printer="paper_out", slips=[settled]).ok
    assert kiosk.get("/kiosk").json()["copies"] == []
    newest = shaped(boss.get("/kiosks/lobby/faults?days=2"), kiosk_shapes.Faults)["faults"][0]
    assert (newest["device"], newest["state"], newest["until"]) == ("printer", "paper_out", None)


def test_every_operation_was_walked_through(centre: RunningCentre) -> None:
    """Runs last: a new route must be walked through above."""
    figures = requests.get(f"{centre.url}/metrics", timeout=30).text
    done = set(re.findall(r'motcua_http_requests_total\{route="(\w+)",status="2\d\d"\}', figures))
    assert done == {route.name for route in ROUTES}
