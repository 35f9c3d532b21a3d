"""People, sessions and tokens behave alike whichever store keeps them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from queue_server.app.access import (
    RECHECK_MS,
    SESSION_MS,
    Access,
    BadCredentials,
    LoginTaken,
    Role,
    TooManyAttempts,
    digest,
)
from queue_server.store.sqlite import SqliteStore
from queue_server.store.sqlite_access import SqliteAccessStore
from tests.stores import KINDS, opener
from tests.web_stand import cheap_access


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
    return cheap_access("nho", store, now)


def test_a_token_says_its_role_and_names_its_holder(access: Access) -> None:
    secret = access.create_token(Role.KIOSK, "k1")
    assert secret.startswith("mc_kiosk_") and len(secret) > 40
    holder = access.by_token(secret)
    assert holder is not None
    assert (holder.id, holder.role, holder.subject) == ("kiosk:k1", Role.KIOSK, "k1")
    assert access.by_token(secret + "x") is None
    assert access.by_token("") is None


def test_two_tokens_are_never_the_same(access: Access) -> None:
    assert len({access.create_token(Role.INTEGRATOR) for _ in range(50)}) == 50


def test_the_store_never_sees_a_token_itself(tmp_path: Path, now: list[int]) -> None:
    file = SqliteStore(tmp_path / "centre.db")
    access = cheap_access("nho", SqliteAccessStore(file), now)
    secrets = [access.create_token(Role.INTEGRATOR)]
    access.create_person("lan", "mật khẩu dài", Role.OFFICER)
    secrets.append(access.sign_in("lan", "mật khẩu dài", "here").secret)
    file.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert "mật khẩu dài".encode() not in kept
    for secret in secrets:
        assert secret.encode() not in kept
        assert digest(secret).encode() in kept


def test_a_token_that_must_be_bound_is_bound(access: Access) -> None:
    for role in (Role.KIOSK, Role.OFFICER):
        with pytest.raises(ValueError, match="bound"):
            access.create_token(role)
    for role in (Role.SUPERVISOR, Role.ADMINISTRATOR, Role.VIEWER):
        with pytest.raises(ValueError, match="device"):
            access.create_token(role)
    assert access.tokens() == []


def test_an_officers_token_carries_on_at_its_counter_when_it_is_replaced(access: Access) -> None:
    first = access.by_token(access.create_token(Role.OFFICER, "c1"))
    second = access.by_token(access.create_token(Role.OFFICER, "c1"))
    other = access.by_token(access.create_token(Role.OFFICER, "c2"))
    assert first is not None and second is not None and other is not None
    assert first.actor == second.actor
    assert first.actor.counter == "c1"
    assert other.actor.id != first.actor.id


def test_a_revoked_token_is_worth_nothing_at_once(access: Access) -> None:
    secret = access.create_token(Role.INTEGRATOR, name="thử")
    assert access.by_token(secret) is not None
    (token,) = access.tokens()
    assert token.name == "thử"
    assert access.revoke_token(token.id)
    assert access.by_token(secret) is None
    assert not access.revoke_token(token.id)
    assert access.tokens()[0].revoked_at == 1_000_000


def test_a_token_revoked_by_another_process_dies_within_two_seconds(
    access: Access, store: Any, now: list[int]
) -> None:
    secret = access.create_token(Role.INTEGRATOR)
    assert access.by_token(secret) is not None
    cheap_access("nho", store, now).revoke_token(access.tokens()[0].id)
    now[0] += RECHECK_MS
    assert access.by_token(secret) is None


def test_a_token_made_by_another_process_works_at_once(access: Access, store: Any, now: list[int]) -> None:
    other = cheap_access("nho", store, now)
    assert access.by_token("mc_integrator_x") is None
    assert access.by_token(other.create_token(Role.INTEGRATOR)) is not None


def test_sites_know_nothing_of_each_other(access: Access, store: Any, now: list[int]) -> None:
    other = cheap_access("khac", store, now)
    secret = other.create_token(Role.INTEGRATOR)
    other.create_person("lan", "mật khẩu dài", Role.OFFICER)
    session = other.sign_in("lan", "mật khẩu dài", "here").secret
    assert other.by_token(secret) and other.by_session(session)
    assert access.by_token(secret) is None
    assert access.by_session(session) is None
    assert access.tokens() == [] and access.people() == []
    with pytest.raises(BadCredentials):
        access.sign_in("lan", "mật khẩu dài", "here")
    assert not access.revoke_token(other.tokens()[0].id)


def test_somebody_signs_in_with_their_password_only(access: Access) -> None:
    person = access.create_person("Lan", "mật khẩu dài", Role.OFFICER, name="Quầy 1", counters=["c2", "c1"])
    signed_in = access.sign_in(" LAN ", "mật khẩu dài", "here")
    holder = access.by_session(signed_in.secret)
    assert holder == signed_in.principal
    assert (holder.id, holder.login, holder.name) == (f"person:{person.id}", "lan", "Quầy 1")
    assert holder.may_use("c1") and holder.may_use("c2") and not holder.may_use("c3")
    assert (holder.actor.counter, holder.actor.anywhere) == (None, False)
    for password in ("mat khau", "", "mật khẩu "):
        with pytest.raises(BadCredentials):
            access.sign_in("lan", password, "here")


def test_a_password_is_the_same_whichever_way_its_letters_are_composed(access: Access) -> None:
    access.create_person("lan", unicodedata.normalize("NFC", "mật khẩu dài"), Role.OFFICER)
    assert access.sign_in("lan", unicodedata.normalize("NFD", "mật khẩu dài"), "here")


def test_the_journal_gets_no_login_and_no_name(access: Access) -> None:
    person = access.create_person("lan", "mật khẩu dài", Role.SUPERVISOR, name="Quầy 1")
    actor = access.sign_in("lan", "mật khẩu dài", "here").principal.actor
    assert actor.id == f"person:{person.id}"
    assert actor.anywhere
    assert access.name_of(actor.id) == "Quầy 1"
    assert access.name_of("person:none") is None
    assert access.name_of("kiosk:k1") is None


def test_a_login_belongs_to_one_person(access: Access) -> None:
    access.create_person("lan", "mật khẩu dài", Role.OFFICER)
    with pytest.raises(LoginTaken):
        access.create_person("LAN", "mật khẩu khác", Role.VIEWER)
    assert len(access.people()) == 1
    with pytest.raises(ValueError, match="signs in"):
        access.create_person("kiosk", "x", Role.KIOSK)


def test_a_session_ends_after_its_day_and_when_it_is_signed_out(access: Access, now: list[int]) -> None:
    access.create_person("lan", "mật khẩu dài", Role.OFFICER)
    first, second = (access.sign_in("lan", "mật khẩu dài", "here") for _ in range(2))
    assert first.secret != second.secret and first.csrf != second.csrf
    access.sign_out(first.secret)
    assert access.by_session(first.secret) is None
    assert access.by_session(second.secret) is not None
    now[0] += SESSION_MS
    assert access.by_session(second.secret) is None


def test_old_sessions_are_swept_out_when_a_new_one_begins(access: Access, store: Any, now: list[int]) -> None:
    access.create_person("lan", "mật khẩu dài", Role.OFFICER)
    old = access.sign_in("lan", "mật khẩu dài", "here").secret
    now[0] += SESSION_MS
    access.sign_in("lan", "mật khẩu dài", "here")
    assert store.session("nho", digest(old)) is None


def test_ending_all_sessions_of_a_person_leaves_the_others(
    access: Access, store: Any, now: list[int]
) -> None:
    lan = access.create_person("lan", "mật khẩu dài", Role.OFFICER)
    access.create_person("minh", "mật khẩu dài", Role.OFFICER)
    mine, theirs = (access.sign_in(login, "mật khẩu dài", "here").secret for login in ("lan", "minh"))
    store.end_sessions_of("nho", lan.id)
    now[0] += RECHECK_MS
    assert access.by_session(mine) is None
    assert access.by_session(theirs) is not None


def test_a_person_can_be_changed_and_shut_out(access: Access, store: Any, now: list[int]) -> None:
    person = access.create_person("lan", "mật khẩu dài", Role.OFFICER, counters=["c1", "c2"])
    session = access.sign_in("lan", "mật khẩu dài", "here").secret
    store.save_person("nho", replace(person, counters=("c3",), name="Quầy 3"))
    now[0] += RECHECK_MS
    holder = access.by_session(session)
    assert holder is not None
    assert (holder.counters, holder.name) == (frozenset({"c3"}), "Quầy 3")
    store.save_person("nho", replace(person, disabled=True))
    now[0] += RECHECK_MS
    assert access.by_session(session) is None
    with pytest.raises(BadCredentials):
        access.sign_in("lan", "mật khẩu dài", "here")


def test_guessing_many_logins_from_one_address_is_stopped(access: Access) -> None:
    access.create_person("lan", "mật khẩu dài", Role.OFFICER)
    for number in range(60):
        with pytest.raises(BadCredentials):
            access.sign_in(f"user{number}", "khác", "here")
    with pytest.raises(TooManyAttempts):
        access.sign_in("lan", "mật khẩu dài", "here")
    assert access.sign_in("lan", "mật khẩu dài", "elsewhere")


def test_the_tables_can_be_opened_again(tmp_path: Path, now: list[int]) -> None:
    file = SqliteStore(tmp_path / "centre.db")
    secret = cheap_access("nho", SqliteAccessStore(file), now).create_token(Role.BOARD)
    file.close()
    file = SqliteStore(tmp_path / "centre.db")
    holder = cheap_access("nho", SqliteAccessStore(file), now).by_token(secret)
    file.close()
    assert holder is not None and holder.role is Role.BOARD
