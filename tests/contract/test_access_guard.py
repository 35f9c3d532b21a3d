"""Locks, first passwords, sessions that nobody uses, and the access log, whichever store keeps them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from queue_server.app.access import (
    RECHECK_MS,
    Access,
    BadCredentials,
    Locked,
    Role,
    SessionOver,
    UnknownLogin,
    WeakPassword,
    digest,
)
from queue_server.app.access_log import Act, Noted
from queue_server.app.access_rules import DAY_MS, HOUR_MS, MINUTE_MS, RULES
from queue_server.store import access_schema
from queue_server.store.sqlite import SqliteStore
from queue_server.store.sqlite_access import SqliteAccessStore
from tests.stores import KINDS, opener
from tests.web_stand import cheap_access

PASSWORD = "mật khẩu dài"
OTHER = "một câu nào đó"


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    kept = opener(request.param, request, tmp_path)()
    yield kept.access()
    kept.close()


@pytest.fixture
def now() -> list[int]:
    return [1_000_000]


@pytest.fixture
def access(store: Any, now: list[int]) -> Access:
    access = cheap_access("nho", store, now)
    for login in ("lan", "minh"):
        access.create_person(login, PASSWORD, Role.OFFICER, first_password=False)
    return access


def fail(access: Access, times: int, login: str = "lan") -> list[int]:
    """Sign in wrongly so many times; what each answer says is left (0: it is locked now)."""
    left = []
    for _ in range(times):
        with pytest.raises((BadCredentials, Locked)) as refused:
            access.sign_in(login, "sai mật khẩu", "here")
        left.append(getattr(refused.value, "left", 0))
    return left


def acts(access: Access, login: str | None = None) -> list[str]:
    return [entry.act.value for entry in access.log(login)]


# ---- locks ------------------------------------------------------------------------------------------------


def test_five_wrong_passwords_in_a_row_lock_an_account_and_no_other(access: Access, now: list[int]) -> None:
    assert fail(access, 5) == [4, 3, 2, 1, 0]
    with pytest.raises(Locked) as refused:
        access.sign_in("LAN ", PASSWORD, "elsewhere")
    assert refused.value.seconds == 15 * 60
    assert access.sign_in("minh", PASSWORD, "here")
    now[0] += 15 * MINUTE_MS
    assert access.sign_in("lan", PASSWORD, "here")


def test_a_lock_outlives_a_restart_and_holds_in_every_process(
    access: Access, store: Any, now: list[int]
) -> None:
    fail(access, 3)
    other = cheap_access("nho", store, now)
    assert fail(other, 2) == [1, 0]
    with pytest.raises(Locked):
        cheap_access("nho", store, now).sign_in("lan", PASSWORD, "here")


def test_a_right_password_makes_up_for_the_wrong_ones_before(access: Access) -> None:
    fail(access, 4)
    assert access.sign_in("lan", PASSWORD, "here")
    assert fail(access, 4) == [4, 3, 2, 1]


def test_locks_grow_with_repetition_up_to_four_hours(access: Access, now: list[int]) -> None:
    lasted = []
    for _ in range(7):
        fail(access, 5)
        with pytest.raises(Locked) as refused:
            access.sign_in("lan", PASSWORD, "here")
        lasted.append(refused.value.seconds // 60)
        now[0] += refused.value.seconds * 1000
    assert lasted == [15, 30, 60, 120, 240, 240, 240]


def test_trying_a_locked_account_does_not_lock_it_for_longer(access: Access, now: list[int]) -> None:
    fail(access, 5)
    now[0] += 14 * MINUTE_MS
    fail(access, 20)
    now[0] += MINUTE_MS
    assert access.sign_in("lan", PASSWORD, "here")


def test_after_a_day_without_a_wrong_password_all_are_forgotten(access: Access, now: list[int]) -> None:
    fail(access, 5)
    now[0] += DAY_MS
    assert fail(access, 4) == [4, 3, 2, 1]
    fail(access, 1)
    with pytest.raises(Locked) as refused:
        access.sign_in("lan", PASSWORD, "here")
    assert refused.value.seconds == 15 * 60


def test_an_unknown_login_is_answered_like_a_known_one(access: Access, now: list[int]) -> None:
    assert fail(access, 5, "nobody") == fail(access, 5, "lan")
    seconds = []
    for login in ("nobody", "lan"):
        with pytest.raises(Locked) as refused:
            access.sign_in(login, PASSWORD, "here")
        seconds.append(refused.value.seconds)
    assert seconds[0] == seconds[1]


def test_an_unknown_login_costs_as_much_work_as_a_known_one(access: Access, store: Any) -> None:
    """Counted, not timed: password checks and writes are all that takes long."""
    work: list[str] = []

    class Counting:
        def __getattr__(self, name: str) -> Any:
            work.append(name)
            return getattr(store, name)

    class Checking:
        def hash(self, password: str) -> str:
            return access.passwords.hash(password)

        def matches(self, hashed: str, password: str) -> bool:
            work.append("matches")
            return access.passwords.matches(hashed, password)

    watched: Any = Access(Counting(), "nho", access.clock, Checking())  # type: ignore[arg-type]
    fail(watched, 1, "warm-up")
    work.clear()
    fail(watched, 6, "lan")
    known = list(work)
    work.clear()
    fail(watched, 6, "nobody")
    assert work == known
    assert known.count("matches") == 5


def test_an_administrator_unlocks_at_once_and_lets_the_locks_begin_anew(access: Access) -> None:
    fail(access, 5)
    assert access.locked_for(access.person("lan")) == 15 * MINUTE_MS
    assert access.unlock("lan")
    assert access.locked_for(access.person("lan")) == 0
    assert access.sign_in("lan", PASSWORD, "here")
    assert not access.unlock("lan")
    with pytest.raises(UnknownLogin):
        access.unlock("nobody")


def test_a_clock_set_back_keeps_nobody_out(access: Access, now: list[int]) -> None:
    now[0] += DAY_MS
    fail(access, 5)
    now[0] -= DAY_MS
    assert access.sign_in("lan", PASSWORD, "here")


def test_what_was_typed_as_a_login_is_found_nowhere(tmp_path: Path, now: list[int]) -> None:
    file = SqliteStore(tmp_path / "centre.db")
    access = cheap_access("nho", SqliteAccessStore(file), now)
    fail(access, 6, "toi-go-nham-mat-khau-vao-day")
    file.close()
    assert b"toi-go-nham" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_what_nobody_tried_for_a_day_is_not_kept(access: Access, store: Any, now: list[int]) -> None:
    from queue_server.app.roster import lock_key

    fail(access, 1, "nobody")
    assert store.lockout("nho", lock_key("nobody")) is not None
    now[0] += DAY_MS + 1
    fail(access, 1)
    assert store.lockout("nho", lock_key("nobody")) is None


def test_one_site_does_not_lock_another(access: Access, store: Any, now: list[int]) -> None:
    other = cheap_access("khac", store, now)
    other.create_person("lan", PASSWORD, Role.OFFICER, first_password=False)
    fail(access, 5)
    assert other.sign_in("lan", PASSWORD, "here")


# ---- passwords --------------------------------------------------------------------------------------------


def test_a_first_password_must_be_changed_and_an_own_one_need_not(access: Access, now: list[int]) -> None:
    access.create_person("ha", PASSWORD, Role.VIEWER)
    first = access.sign_in("ha", PASSWORD, "here")
    assert first.principal.must_change
    assert access.by_session(first.secret) == first.principal
    own = access.change_password(first.secret, PASSWORD, OTHER, "here")
    assert not own.principal.must_change
    assert access.by_session(own.secret) == own.principal
    assert access.by_session(first.secret) is None
    assert not access.sign_in("ha", OTHER, "here").principal.must_change
    with pytest.raises(BadCredentials):
        access.sign_in("ha", PASSWORD, "here")


def test_a_new_password_ends_the_persons_other_sessions_and_nobody_elses(access: Access) -> None:
    mine, there = (access.sign_in("lan", PASSWORD, where).secret for where in ("here", "there"))
    theirs = access.sign_in("minh", PASSWORD, "here").secret
    access.change_password(mine, PASSWORD, OTHER, "here")
    assert access.by_session(mine) is None and access.by_session(there) is None
    assert access.by_session(theirs) is not None


def test_a_wrong_current_password_counts_towards_the_lock_and_changes_nothing(access: Access) -> None:
    session = access.sign_in("lan", PASSWORD, "here").secret
    for left in (4, 3, 2, 1):
        with pytest.raises(BadCredentials) as refused:
            access.change_password(session, "sai mật khẩu", OTHER, "here")
        assert refused.value.left == left
    with pytest.raises(Locked):
        access.change_password(session, "sai mật khẩu", OTHER, "here")
    with pytest.raises(Locked):
        access.change_password(session, PASSWORD, OTHER, "here")
    with pytest.raises(Locked):
        access.sign_in("lan", PASSWORD, "here")
    access.unlock("lan")
    assert access.sign_in("lan", PASSWORD, "here")


@pytest.mark.parametrize(
    ("new", "reason"),
    [("ngắn quá", "too_short"), (PASSWORD, "same"), ("matkhau123", "common"), ("lanlanlanlan", "login")],
)
def test_a_weak_new_password_is_refused_and_counts_as_no_attempt(
    access: Access, new: str, reason: str
) -> None:
    session = access.sign_in("lan", PASSWORD, "here").secret
    for _ in range(6):
        with pytest.raises(WeakPassword) as refused:
            access.change_password(session, PASSWORD, new, "here")
        assert refused.value.reason == reason
    assert access.by_session(session) is not None


def test_a_session_that_is_over_changes_no_password(access: Access) -> None:
    session = access.sign_in("lan", PASSWORD, "here").secret
    access.sign_out(session)
    with pytest.raises(SessionOver):
        access.change_password(session, PASSWORD, OTHER, "here")
    assert access.sign_in("lan", PASSWORD, "here")


def test_a_reset_password_signs_out_unlocks_and_must_be_changed(access: Access, now: list[int]) -> None:
    session = access.sign_in("lan", PASSWORD, "here").secret
    fail(access, 5)
    access.reset_password("lan", OTHER)
    now[0] += RECHECK_MS
    assert access.by_session(session) is None
    assert access.sign_in("lan", OTHER, "here").principal.must_change
    with pytest.raises(WeakPassword):
        access.reset_password("lan", "ngắn")


def test_nobody_is_made_with_a_weak_password(access: Access) -> None:
    for password in ("ngắn", "1234567890", "ha-ha-ha-ha"):
        with pytest.raises(WeakPassword):
            access.create_person("ha", password, Role.VIEWER)
    assert [person.login for person in access.people()] == ["lan", "minh"]


# ---- sessions ---------------------------------------------------------------------------------------------


def test_a_session_nobody_uses_for_an_hour_is_over(access: Access, now: list[int]) -> None:
    session = access.sign_in("lan", PASSWORD, "here").secret
    now[0] += HOUR_MS - 1
    assert access.by_session(session) is not None
    now[0] += HOUR_MS - 1
    assert access.by_session(session) is not None
    now[0] += HOUR_MS
    assert access.by_session(session) is None


def test_a_session_in_use_is_written_down_once_a_minute_and_no_oftener(
    access: Access, store: Any, now: list[int]
) -> None:
    session = access.sign_in("lan", PASSWORD, "here").secret
    began, written = now[0], []
    for _ in range(120):
        now[0] += RECHECK_MS
        assert access.by_session(session) is not None
        written.append(store.session("nho", digest(session)).seen_at)
    assert sorted(set(written)) == [began + minute * MINUTE_MS for minute in range(5)]


def test_what_another_process_heard_keeps_a_session_alive(access: Access, store: Any, now: list[int]) -> None:
    session = access.sign_in("lan", PASSWORD, "here").secret
    other = cheap_access("nho", store, now)
    for _ in range(4):
        now[0] += 40 * MINUTE_MS
        assert other.by_session(session) is not None
    assert access.by_session(session) is not None


def test_no_use_keeps_a_session_beyond_its_day(access: Access, now: list[int]) -> None:
    session = access.sign_in("lan", PASSWORD, "here").secret
    until = now[0] + RULES.session_ms
    while now[0] < until - 30 * MINUTE_MS:
        now[0] += 30 * MINUTE_MS
        alive = access.by_session(session) is not None
    assert alive
    now[0] = until
    assert access.by_session(session) is None


def test_somebody_shut_out_is_out_at_once_and_can_be_let_in_again(access: Access, now: list[int]) -> None:
    session = access.sign_in("lan", PASSWORD, "here").secret
    assert access.disable("lan")
    assert not access.disable("lan")
    now[0] += RECHECK_MS
    assert access.by_session(session) is None
    with pytest.raises(BadCredentials):
        access.sign_in("lan", PASSWORD, "here")
    assert access.enable("lan")
    assert not access.enable("lan")
    assert access.by_session(session) is None
    assert access.sign_in("lan", PASSWORD, "here")


def test_sessions_are_listed_and_ended_by_login(access: Access, now: list[int]) -> None:
    access.sign_in("lan", PASSWORD, "10.0.0.1")
    now[0] += 50 * MINUTE_MS
    here = access.sign_in("lan", PASSWORD, "10.0.0.2").secret
    access.sign_in("minh", PASSWORD, "10.0.0.3")
    assert {one.address for one in access.sessions()} == {"10.0.0.1", "10.0.0.2", "10.0.0.3"}
    now[0] += 20 * MINUTE_MS
    assert {one.address for one in access.sessions()} == {"10.0.0.2", "10.0.0.3"}
    assert access.end_sessions("lan") == 2
    assert access.end_sessions("lan") == 0
    now[0] += RECHECK_MS
    assert access.by_session(here) is None
    assert [one.address for one in access.sessions()] == ["10.0.0.3"]


def test_a_role_and_counters_are_changed_without_a_new_sign_in(access: Access, now: list[int]) -> None:
    session = access.sign_in("lan", PASSWORD, "here").secret
    access.change("lan", counters=["c2"], name="Quầy 2")
    now[0] += RECHECK_MS
    holder = access.by_session(session)
    assert holder is not None and (holder.name, holder.counters) == ("Quầy 2", frozenset({"c2"}))
    access.change("lan", role=Role.SUPERVISOR)
    now[0] += RECHECK_MS
    holder = access.by_session(session)
    assert holder is not None and (holder.role, holder.counters) == (Role.SUPERVISOR, None)
    assert access.person("lan").counters == ("c2",)
    with pytest.raises(ValueError, match="signs in"):
        access.change("lan", role=Role.KIOSK)


# ---- the log ----------------------------------------------------------------------------------------------


def test_everything_at_the_door_is_noted_under_who_did_it(access: Access, store: Any) -> None:
    session = access.sign_in("lan", PASSWORD, "10.0.0.1").secret
    access.sign_out(access.change_password(session, PASSWORD, OTHER, "10.0.0.1").secret, "10.0.0.1")
    fail(access, 6)
    access.operator = "shell:root"
    access.unlock("lan")
    access.change("lan", role=Role.VIEWER)
    access.reset_password("lan", PASSWORD)
    access.disable("lan")
    access.enable("lan")
    assert acts(access, "lan") == [
        "person_created",
        "signed_in",
        "password_changed",
        "signed_out",
        *["sign_in_failed"] * 5,
        "locked",
        "sign_in_refused",
        "unlocked",
        "person_changed",
        "password_reset",
        "person_disabled",
        "person_enabled",
    ]
    lan = access.person("lan").id
    entries = {entry.act: entry for entry in access.log("lan")}
    assert (entries[Act.SIGNED_IN].actor, entries[Act.SIGNED_IN].address) == (f"person:{lan}", "10.0.0.1")
    assert (entries[Act.LOCKED].actor, entries[Act.LOCKED].detail) == ("", "for 15 minutes")
    assert (entries[Act.UNLOCKED].actor, entries[Act.UNLOCKED].address) == ("shell:root", "")
    assert entries[Act.PERSON_CHANGED].detail == "viewer"
    assert access.log("minh")[-1].act is Act.PERSON_CREATED


def test_tokens_made_and_revoked_are_noted_without_their_secret(access: Access) -> None:
    secret = access.create_token(Role.OFFICER, "c1")
    token = access.tokens()[0].id
    assert access.revoke_token(token) and not access.revoke_token(token)
    made, revoked = access.log()[-2:]
    assert (made.act, made.detail) == (Act.TOKEN_CREATED, f"{token} officer c1")
    assert (revoked.act, revoked.detail) == (Act.TOKEN_REVOKED, token)
    assert secret not in str(access.log())


def test_a_strangers_failure_is_noted_without_what_they_typed(access: Access) -> None:
    fail(access, 1, "toi-go-nham")
    entry = access.log()[-1]
    assert (entry.act, entry.person, entry.actor, entry.address) == (Act.SIGN_IN_FAILED, None, "", "here")
    assert "toi-go-nham" not in str(access.log())


def test_the_log_remembers_ninety_days(access: Access, now: list[int]) -> None:
    access.sign_in("lan", PASSWORD, "here")
    assert len(access.log()) == 3
    now[0] += RULES.log_kept_ms
    access.sign_in("lan", PASSWORD, "here")
    assert len(access.log()) == 4
    now[0] += 1
    access.sign_in("lan", PASSWORD, "here")
    assert acts(access) == ["signed_in", "signed_in"]


def test_the_newest_entries_are_shown_the_oldest_of_them_first(access: Access, now: list[int]) -> None:
    for _ in range(3):
        now[0] += 1000
        access.sign_in("lan", PASSWORD, "here")
    shown = [entry.at for entry in access.log(limit=2)]
    assert shown == [now[0] - 1000, now[0]]


def test_the_log_can_be_neither_changed_nor_cut(tmp_path: Path) -> None:
    import time

    today = int(time.time() * 1000)
    file = SqliteStore(tmp_path / "centre.db")
    SqliteAccessStore(file).note("nho", Noted(today, Act.LOCKED))
    with file.connection() as db:
        for statement in ("UPDATE access_log SET act = 'signed_in'", "DELETE FROM access_log"):
            with pytest.raises(sqlite3.IntegrityError, match="access log"):
                db.execute(statement)
    file.close()


# ---- from before ------------------------------------------------------------------------------------------


def test_people_and_sessions_of_an_older_file_go_on(tmp_path: Path, now: list[int]) -> None:
    now[0] += DAY_MS
    older = Database(tmp_path / "centre.db")
    access_schema.migrations.apply(older, stop_before="lock_accounts_see_sessions_and_keep_a_log")
    hashed = cheap_access("nho").passwords.hash(PASSWORD)
    older.execute("INSERT INTO person VALUES ('nho', 'p1', 'lan', 'Lan', 'officer', ?, 0)", (hashed,))
    row = ("nho", digest("secret"), "p1", now[0], now[0] + HOUR_MS)
    older.execute("INSERT INTO session VALUES (?, ?, ?, ?, ?)", row)
    older.conn.commit()
    older.conn.close()
    file = SqliteStore(tmp_path / "centre.db")
    access = cheap_access("nho", SqliteAccessStore(file), now)
    holder = access.by_session("secret")
    assert holder is not None and not holder.must_change
    assert access.sign_in("lan", PASSWORD, "here")
    file.close()
