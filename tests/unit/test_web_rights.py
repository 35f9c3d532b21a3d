"""Who may do what over HTTP: the table of rights, tokens, sessions, and the token against forgery."""

from __future__ import annotations

from typing import Any

import pytest

from queue_server.app.access import Role
from queue_server.core.commands import IssueTicket, OpenCounter
from queue_server.web.api import ROUTES
from tests.web_stand import TICKET, Stand, cheap_access, make_stand

SUBJECTS = {"kiosk": "k1", "officer": "c1", "board": "main", "integrator": None}
BODIES: dict[str, Any] = {
    "issue_ticket": {"queue": "dat"},
    "pause_counter": {"reason": "họp"},
    "call_ticket": {"ticket": TICKET},
    "copy_slip": {"ticket": TICKET},
    "adopt_ticket": {
        "id": TICKET,
        "secret": "s" * 22,
        "queue": "dat",
        "number": 900,
        "taken_at": "2026-11-23T09:00:00+07:00",
    },
    "report_kiosk": {"printer": "ready"},
}


@pytest.fixture
def stand() -> Stand:
    return make_stand()


def ask(stand: Stand, route: Any, headers: dict[str, str]) -> Any:
    path = "/api/v1" + route.path.format(
        ticket=TICKET, counter="c1", board="main", queue="dat", kiosk="k1", secret="s" * 22
    )
    body = BODIES.get(route.name, {}) if route.changes else None
    return stand.client.open(path, method=route.method, json=body, headers=headers)


@pytest.mark.parametrize("role", list(SUBJECTS))
def test_a_device_may_do_what_its_row_says_and_nothing_else(stand: Stand, role: str) -> None:
    headers = stand.token(role, SUBJECTS[role])
    for route in ROUTES:
        if route.tag == "session":
            continue
        answer = ask(stand, route, headers)
        if route.who is None or Role(role) in route.who:
            assert answer.status_code not in (401, 403), (route.name, answer.text)
        else:
            assert (answer.status_code, answer.json["code"]) == (403, "not_allowed"), route.name


def test_kiosks_and_boards_change_nothing_at_counters() -> None:
    for route in ROUTES:
        if route.changes and route.tag == "counters":
            assert route.who is not None
            assert not route.who & {Role.KIOSK, Role.BOARD, Role.VIEWER}, route.name


def test_a_stranger_gets_no_further_than_what_hangs_on_the_walls(stand: Stand) -> None:
    open_to_all = {"site", "sites", "services", "track", "sign_in"}
    for route in ROUTES:
        answer = ask(stand, route, {})
        if route.name in open_to_all:
            assert answer.status_code != 401, route.name
        else:
            assert (answer.status_code, answer.json["code"]) == (401, "not_signed_in"), route.name
            assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert stand.centre.done == []


@pytest.mark.parametrize(
    "header",
    ["Bearer mc_kiosk_wrong", "Bearer", "Bearer ", "Basic YTpi", "mc_kiosk_x", "Bearer \u00ff", "x" * 5000],
)
def test_a_wrong_token_is_refused_even_where_none_is_needed(stand: Stand, header: str) -> None:
    for path in ("/api/v1/site", f"/api/v1/tickets/{TICKET}"):
        answer = stand.client.get(path, headers={"Authorization": header})
        assert (answer.status_code, answer.json["code"]) == (401, "bad_token")


def test_a_token_of_another_site_is_refused(stand: Stand) -> None:
    other = cheap_access("khac", stand.access.store)
    token = other.create_token(Role.INTEGRATOR)
    answer = stand.client.get(f"/api/v1/tickets/{TICKET}", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401


def test_an_officers_token_works_at_its_own_counter_only(stand: Stand) -> None:
    headers = stand.token("officer", "c1")
    assert stand.client.post("/api/v1/counters/c1/open", headers=headers).status_code == 200
    for path in ("/api/v1/counters/c2/open", "/api/v1/counters/c2/call-next"):
        answer = stand.client.post(path, headers=headers)
        assert (answer.status_code, answer.json["code"]) == (403, "not_your_counter")
    assert stand.client.get("/api/v1/counters/c2", headers=headers).status_code == 403
    done = stand.centre.done
    assert [item.command for item in done] == [OpenCounter("c1")]
    assert (done[0].actor.counter, done[0].actor.anywhere) == ("c1", False)


def test_a_kiosk_speaks_for_itself_only(stand: Stand) -> None:
    own, other = stand.token("kiosk", "k1"), stand.token("kiosk", "k2")
    for route in ("adopt_ticket", "report_kiosk"):
        path = next(item.path for item in ROUTES if item.name == route).format(kiosk="k1")
        for headers, status in ((own, 200), (other, 403)):
            answer = stand.client.post(f"/api/v1{path}", json=BODIES[route], headers=headers)
            assert answer.status_code == status, (route, answer.text)
    assert [item.actor.role for item in stand.centre.done] == ["kiosk"]


def test_a_board_reads_itself_only_unless_it_may_be_any(stand: Stand) -> None:
    bound, free = stand.token("board", "main"), stand.token("board")
    assert stand.client.get("/api/v1/boards/main", headers=bound).status_code == 200
    assert stand.client.get("/api/v1/boards/other", headers=bound).status_code == 403
    assert stand.client.get("/api/v1/boards/other", headers=free).status_code == 200


def test_a_ticket_remembers_which_kiosk_gave_it(stand: Stand) -> None:
    body = {"queue": "dat", "class": "elderly", "language": "en", "service": "s1"}
    answer = stand.client.post("/api/v1/tickets", json=body, headers=stand.token("kiosk", "k1"))
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/api/v1/tickets/{TICKET}"
    command = stand.centre.done[0].command
    assert isinstance(command, IssueTicket)
    assert (command.queue, command.priority, command.language) == ("dat", "elderly", "en")
    assert (command.service, command.origin) == ("s1", "k1")
    assert len(command.ticket) == 32 and len(command.secret) >= 20
    stand.client.post("/api/v1/tickets", json={"queue": "dat"}, headers=stand.token("integrator"))
    assert stand.centre.done[1].command.origin is None
    assert stand.centre.done[1].command.ticket != command.ticket


def test_supervisors_act_anywhere_and_viewers_nowhere(stand: Stand) -> None:
    csrf = stand.sign_in("minh", role="supervisor", counters=[])
    assert stand.client.post("/api/v1/counters/c9/open", headers={"X-CSRF-Token": csrf}).status_code == 200
    assert stand.centre.done[0].actor.anywhere
    csrf = stand.sign_in("ha", role="viewer", counters=[])
    assert stand.client.get("/api/v1/counters/c9").status_code == 200
    assert stand.client.post("/api/v1/counters/c9/open", headers={"X-CSRF-Token": csrf}).status_code == 403
