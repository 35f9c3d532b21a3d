"""Sessions over HTTP: signing in, locks, a first password, a session that ended, signing out."""

from __future__ import annotations

from typing import Any

import pytest

from queue_server.app.access import RECHECK_MS, Role
from queue_server.app.access_log import Act
from queue_server.app.access_rules import HOUR_MS, MINUTE_MS
from queue_server.app.problems import Fault, Problem
from queue_server.app.sites import House
from queue_server.core.commands import CallNext
from queue_server.core.refusals import Code, Refused
from queue_server.live.entitlement import entitle
from queue_server.live.guests import Guest
from queue_server.live.server import LiveServer
from queue_server.web.api import ROUTES
from tests.halls import sites_of
from tests.web_stand import TICKET, Stand, make_stand, wording

PASSWORD = "mật khẩu dài"
OTHER = "một câu nào đó"


@pytest.fixture
def stand() -> Stand:
    return make_stand()


def try_in(stand: Stand, password: str, login: str = "lan", language: str = "vi") -> Any:
    body, headers = {"login": login, "password": password}, {"Accept-Language": language}
    return stand.client.post("/api/v1/session", json=body, headers=headers)


def change(stand: Stand, csrf: str, current: str, new: str) -> Any:
    body = {"current": current, "new": new}
    return stand.client.post("/api/v1/session/password", json=body, headers={"X-CSRF-Token": csrf})


def test_a_person_signs_in_changes_something_and_signs_out(stand: Stand) -> None:
    csrf = stand.sign_in(counters=["c1", "c2"])
    seen = stand.client.get("/api/v1/session").json
    assert seen["csrf"] == csrf
    assert (seen["rights"], seen["must_change_password"]) == (["call_next", "open_counter"], False)
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
    stand.access.create_person("lan", "mật khẩu dài", Role.OFFICER)
    answer = stand.client.post("/api/v1/session", json={"login": "lan", "password": "mật khẩu dài"})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Path=/" in cookie


def test_a_wrong_password_and_an_unknown_login_sound_the_same(stand: Stand) -> None:
    stand.access.create_person("lan", "mật khẩu dài", Role.OFFICER)
    wrong = stand.client.post("/api/v1/session", json={"login": "lan", "password": "khác"})
    unknown = stand.client.post("/api/v1/session", json={"login": "nobody", "password": "khác"})
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json == unknown.json
    assert "Set-Cookie" not in wrong.headers


def test_a_stale_cookie_does_not_keep_anyone_from_signing_in(stand: Stand) -> None:
    stand.client.set_cookie("motcua_session", "long gone")
    assert stand.client.get("/api/v1/site").status_code == 200
    assert stand.sign_in()


def test_a_locked_account_says_for_how_long_and_who_can_help(stand: Stand) -> None:
    stand.access.create_person("lan", PASSWORD, Role.OFFICER)
    left = [try_in(stand, "sai") for _ in range(4)]
    assert [(answer.status_code, answer.json["params"]["left"]) for answer in left] == [
        (401, 4),
        (401, 3),
        (401, 2),
        (401, 1),
    ]
    for password in ("sai", PASSWORD):
        answer = try_in(stand, password)
        assert (answer.status_code, answer.json["code"]) == (429, "account_locked")
        assert answer.json["params"] == {"seconds": 900, "minutes": 15}
        assert answer.headers["Retry-After"] == "900"
        assert "15 phút" in answer.json["detail"] and "quản trị viên" in answer.json["detail"]
        assert "Set-Cookie" not in answer.headers
    english = try_in(stand, PASSWORD, language="en").json["detail"]
    assert "15 minutes" in english and "administrator" in english
    stand.now[0] += 15 * MINUTE_MS
    assert try_in(stand, PASSWORD).status_code == 200


def test_a_login_that_does_not_exist_is_locked_in_the_same_words(stand: Stand) -> None:
    stand.access.create_person("lan", PASSWORD, Role.OFFICER)
    known = [try_in(stand, "sai") for _ in range(7)]
    unknown = [try_in(stand, "sai", "nobody") for _ in range(7)]
    assert [answer.json for answer in known] == [answer.json for answer in unknown]
    assert [answer.status_code for answer in known] == [answer.status_code for answer in unknown]


def test_an_address_that_guesses_many_logins_is_slowed_down(stand: Stand) -> None:
    for number in range(60):
        assert try_in(stand, "sai", f"user{number}").status_code == 401
    answer = try_in(stand, "sai", "lan")
    assert (answer.status_code, answer.json["code"]) == (429, "too_many_attempts")
    assert int(answer.headers["Retry-After"]) == 60


def test_a_first_password_opens_nothing_but_its_own_change(stand: Stand) -> None:
    csrf = stand.sign_in(role="administrator", counters=[], first_password=True)
    headers = {"X-CSRF-Token": csrf}
    assert stand.client.get("/api/v1/session").json["must_change_password"] is True
    for route in ROUTES:
        if route.who is None or route.tag == "session" or Role.ADMINISTRATOR not in route.who:
            continue
        path = "/api/v1" + route.path.format(
            ticket=TICKET, counter="c1", board="main", queue="dat", kiosk="k1"
        )
        answer = stand.client.open(path, method=route.method, json={}, headers=headers)
        assert (answer.status_code, answer.json["code"]) == (403, "password_change_required"), route.name
    assert stand.centre.done == []
    assert stand.client.get("/api/v1/site").status_code == 200, "what hangs on the walls is for everybody"
    changed = change(stand, csrf, PASSWORD, OTHER)
    assert changed.status_code == 200
    assert changed.json["must_change_password"] is False
    headers = {"X-CSRF-Token": changed.json["csrf"]}
    assert stand.client.post("/api/v1/counters/c1/open", headers=headers).status_code == 200


def test_whoever_must_change_their_password_may_leave_instead(stand: Stand) -> None:
    csrf = stand.sign_in(first_password=True)
    assert stand.client.delete("/api/v1/session", headers={"X-CSRF-Token": csrf}).status_code == 204


def test_a_new_password_brings_a_new_session_and_a_new_token_against_forgery(stand: Stand) -> None:
    csrf = stand.sign_in()
    before = stand.client.get_cookie("motcua_session")
    answer = change(stand, csrf, PASSWORD, OTHER)
    after = stand.client.get_cookie("motcua_session")
    assert before is not None and after is not None and before.value != after.value
    assert answer.json["csrf"] != csrf
    assert stand.client.get("/api/v1/session").json == answer.json
    assert change(stand, csrf, OTHER, PASSWORD).json["code"] == "bad_csrf_token"
    stand.client.set_cookie("motcua_session", before.value)
    assert stand.client.get("/api/v1/session").status_code == 401


@pytest.mark.parametrize(
    ("current", "new", "status", "params"),
    [
        ("sai", OTHER, 403, {"left": 4}),
        (PASSWORD, "ngắn", 422, {"reason": "too_short", "least": 10}),
        (PASSWORD, PASSWORD, 422, {"reason": "same", "least": 10}),
        (PASSWORD, "1234567890", 422, {"reason": "common", "least": 10}),
        (PASSWORD, "Lan Lan Lan", 422, {"reason": "login", "least": 10}),
    ],
)
def test_a_password_that_will_not_do_is_refused_with_the_reason(
    stand: Stand, current: str, new: str, status: int, params: dict[str, Any]
) -> None:
    csrf = stand.sign_in()
    answer = change(stand, csrf, current, new)
    assert (answer.status_code, answer.json["params"]) == (status, params)
    assert answer.json["code"] == ("wrong_password" if status == 403 else "weak_password")
    assert stand.client.get("/api/v1/session").json["csrf"] == csrf


def test_guessing_the_current_password_locks_the_account(stand: Stand) -> None:
    csrf = stand.sign_in()
    codes = [change(stand, csrf, "sai", OTHER).json["code"] for _ in range(6)]
    assert codes == ["wrong_password"] * 4 + ["account_locked"] * 2
    assert change(stand, csrf, PASSWORD, OTHER).json["code"] == "account_locked"


def test_a_device_has_no_password_to_change(stand: Stand) -> None:
    body, headers = {"current": PASSWORD, "new": OTHER}, stand.token("integrator")
    assert stand.client.post("/api/v1/session/password", json=body, headers=headers).status_code == 403


def test_a_session_that_is_over_is_told_from_none_at_all(stand: Stand) -> None:
    assert stand.client.get("/api/v1/session").json["code"] == "not_signed_in"
    csrf = stand.sign_in()
    stand.now[0] += HOUR_MS
    for answer in (
        stand.client.get("/api/v1/session"),
        stand.client.post("/api/v1/counters/c1/call-next", headers={"X-CSRF-Token": csrf}),
        stand.client.delete("/api/v1/session", headers={"X-CSRF-Token": csrf}),
    ):
        assert (answer.status_code, answer.json["code"]) == (401, "session_ended")
    assert stand.client.get("/api/v1/site").status_code == 200
    assert stand.centre.done == []


def test_requests_keep_a_session_alive(stand: Stand) -> None:
    stand.sign_in()
    for _ in range(5):
        stand.now[0] += 40 * MINUTE_MS
        assert stand.client.get("/api/v1/session").status_code == 200


def test_somebody_shut_out_is_out_with_their_next_request(stand: Stand) -> None:
    stand.sign_in()
    stand.access.disable("lan")
    stand.now[0] += RECHECK_MS
    assert stand.client.get("/api/v1/session").status_code == 401


@pytest.mark.parametrize("topic", ["counter:c1", "board:main", "site:nho"])
def test_a_first_password_opens_no_live_topic(stand: Stand, topic: str) -> None:
    stand.sign_in(role="administrator", counters=[], first_password=True)
    cookie = stand.client.get_cookie("motcua_session")
    assert cookie is not None
    with pytest.raises(Problem) as refused:
        entitle(stand.access.by_session(cookie.value), topic)
    assert refused.value.code is Fault.PASSWORD_CHANGE_REQUIRED


class Sockets:
    """As much of Socket.IO as looking after connections needs."""

    async_mode = "eventlet"

    def __init__(self) -> None:
        self.server = self
        self.closed: list[str] = []

    def on_event(self, *_: Any) -> None: ...
    def subscribe(self, *_: Any) -> None: ...
    def sleep(self, seconds: float) -> None: ...
    def disconnect(self, sid: str) -> None:
        self.closed.append(sid)


def test_a_page_that_is_connected_keeps_its_session_and_loses_it_with_its_person(stand: Stand) -> None:
    stand.sign_in()
    cookie = stand.client.get_cookie("motcua_session")
    assert cookie is not None
    sockets: Any = Sockets()
    house: Any = House("nho", sockets, stand.access)
    live = LiveServer(sockets, sites_of(house), wording())
    live.guests["page"] = Guest(house, stand.access.by_session(cookie.value), "", cookie.value, "vi", sockets)
    for _ in range(30):
        stand.now[0] += 10 * MINUTE_MS
        live.recheck()
    assert sockets.closed == []
    assert stand.client.get("/api/v1/session").status_code == 200
    stand.access.disable("lan")
    stand.now[0] += RECHECK_MS
    live.recheck()
    assert sockets.closed == ["page"]


def test_signing_out_closes_the_counter_first(stand: Stand) -> None:
    csrf = stand.sign_in()
    assert stand.client.delete("/api/v1/session", headers={"X-CSRF-Token": csrf}).status_code == 204
    assert [actor.id for actor in stand.centre.signed_off] == [f"person:{stand.access.person('lan').id}"]


def test_nobody_is_signed_out_while_a_citizen_is_being_served(stand: Stand) -> None:
    csrf = stand.sign_in()
    stand.centre.trouble = Refused(Code.COUNTER_BUSY, counter="1", label="A001", state="serving")
    answer = stand.client.delete("/api/v1/session", headers={"X-CSRF-Token": csrf})
    assert (answer.status_code, answer.json["code"]) == (409, "counter_busy")
    stand.centre.trouble = None
    assert stand.client.get("/api/v1/session").status_code == 200


def test_the_log_knows_from_which_address_somebody_came_and_went(stand: Stand) -> None:
    csrf = stand.sign_in()
    stand.client.delete("/api/v1/session", headers={"X-CSRF-Token": csrf})
    came, went = stand.access.log("lan")[-2:]
    assert (came.act, came.address) == (Act.SIGNED_IN, "127.0.0.1")
    assert (went.act, went.address) == (Act.SIGNED_OUT, "127.0.0.1")
