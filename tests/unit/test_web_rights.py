"""Who may do what over HTTP: the table of rights, tokens, sessions, and the token against forgery."""

from __future__ import annotations

from typing import Any

import pytest

from queue_server.app.access import Role
from queue_server.core.commands import CallNext, IssueTicket, OpenCounter
from queue_server.web.api import ROUTES
from tests.web_stand import TICKET, Stand, cheap_access, make_stand

SUBJECTS = {"kiosk": "k1", "officer": "c1", "board": "main", "integrator": None}
BODIES: dict[str, Any] = {
    "issue_ticket": {"queue": "dat"},
    "pause_counter": {"reason": "họp"},
    "call_ticket": {"ticket": TICKET},
}


@pytest.fixture
def stand() -> Stand:
    return make_stand()


def ask(stand: Stand, route: Any, headers: dict[str, str]) -> Any:
    path = "/api/v1" + route.path.format(
        ticket=TICKET, counter="c1", board="main", queue="dat", secret="s" * 22
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
    open_to_all = {"site", "services", "track", "sign_in"}
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


def test_a_person_signs_in_changes_something_and_signs_out(stand: Stand) -> None:
    csrf = stand.sign_in(counters=["c1", "c2"])
    seen = stand.client.get("/api/v1/session").json
    assert seen["csrf"] == csrf
    shown = {"login": "lan", "name": "lan", "role": "officer", "counters": ["c1", "c2"]}
    assert seen["user"] == {"id": f"person:{stand.access.people()[0].id}", **shown}
    forged = stand.client.post("/api/v1/counters/c1/call-next")
    assert (forged.status_code, forged.json["code"]) == (403, "bad_csrf_token")
    wrong = stand.client.post("/api/v1/counters/c1/call-next", headers={"X-CSRF-Token": csrf[:-1] + "x"})
    assert wrong.status_code == 403
    assert stand.centre.done == []
    right = {"X-CSRF-Token": csrf}
    assert stand.client.post("/api/v1/counters/c1/call-next", headers=right).status_code == 200
    assert stand.client.post("/api/v1/counters/c3/call-next", headers=right).status_code == 403
    assert [item.command for item in stand.centre.done] == [CallNext("c1")]
    assert stand.client.delete("/api/v1/session").status_code == 403
    assert stand.client.delete("/api/v1/session", headers=right).status_code == 204
    assert stand.client.get("/api/v1/session").status_code == 401


def test_a_session_that_was_ended_is_worth_nothing_even_with_its_cookie(stand: Stand) -> None:
    csrf = stand.sign_in()
    cookie = stand.client.get_cookie("motcua_session")
    assert cookie is not None
    stand.client.delete("/api/v1/session", headers={"X-CSRF-Token": csrf})
    stand.client.set_cookie("motcua_session", cookie.value)
    assert stand.client.get("/api/v1/session").status_code == 401


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(stand: Stand) -> None:
    stand.access.create_person("lan", "mật khẩu", Role.OFFICER)
    answer = stand.client.post("/api/v1/session", json={"login": "lan", "password": "mật khẩu"})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Path=/" in cookie


def test_supervisors_act_anywhere_and_viewers_nowhere(stand: Stand) -> None:
    csrf = stand.sign_in("minh", role="supervisor", counters=[])
    assert stand.client.post("/api/v1/counters/c9/open", headers={"X-CSRF-Token": csrf}).status_code == 200
    assert stand.centre.done[0].actor.anywhere
    csrf = stand.sign_in("ha", role="viewer", counters=[])
    assert stand.client.get("/api/v1/counters/c9").status_code == 200
    assert stand.client.post("/api/v1/counters/c9/open", headers={"X-CSRF-Token": csrf}).status_code == 403


def test_a_wrong_password_and_an_unknown_login_sound_the_same(stand: Stand) -> None:
    stand.access.create_person("lan", "mật khẩu", Role.OFFICER)
    wrong = stand.client.post("/api/v1/session", json={"login": "lan", "password": "khác"})
    unknown = stand.client.post("/api/v1/session", json={"login": "nobody", "password": "khác"})
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json == unknown.json
    assert "Set-Cookie" not in wrong.headers


def test_guessing_is_slowed_down_and_says_for_how_long(stand: Stand) -> None:
    stand.access.create_person("lan", "mật khẩu", Role.OFFICER)
    for _ in range(10):
        assert stand.client.post("/api/v1/session", json={"login": "lan", "password": "x"}).status_code == 401
    answer = stand.client.post("/api/v1/session", json={"login": "LAN ", "password": "mật khẩu"})
    assert (answer.status_code, answer.json["code"]) == (429, "too_many_attempts")
    assert int(answer.headers["Retry-After"]) == 60
    stand.now[0] += 60_000
    answer = stand.client.post("/api/v1/session", json={"login": "lan", "password": "mật khẩu"})
    assert answer.status_code == 200


def test_a_stale_cookie_does_not_keep_anyone_from_signing_in(stand: Stand) -> None:
    stand.client.set_cookie("motcua_session", "long gone")
    assert stand.client.get("/api/v1/site").status_code == 200
    assert stand.sign_in()
