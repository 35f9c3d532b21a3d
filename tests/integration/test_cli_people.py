"""Looking after accounts from the command line: people, locks, sessions and the access log."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from queue_server import __main__
from queue_server.app.access import Access, BadCredentials, Locked
from queue_server.app.describing import describe
from queue_server.main import build_access
from queue_server.store.sqlite import SqliteStore
from tests.sites import small_site

pytestmark = pytest.mark.in_process  # what is looked at here is the same in every async mode

Motcua = Callable[..., str]
GIVEN = "mot hai ba bon"


@pytest.fixture
def motcua(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Motcua]:
    """The command on a folder with a small centre and an officer `an`: all that it says."""
    store = SqliteStore(tmp_path / "motcua.db")
    describe(store, small_site())
    store.close()

    def command(*arguments: str) -> str:
        monkeypatch.setattr(sys, "argv", ["motcua", *arguments, "--data", str(tmp_path)])
        with pytest.raises(SystemExit):
            __main__.main()
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return said.out + said.err

    command("person", "create", "an", "--password", GIVEN, "--counter", "c1", "--name", "Quầy 1")
    yield command


@pytest.fixture
def access(motcua: Motcua, tmp_path: Path) -> Iterator[Access]:
    """As the running server sees it."""
    store = SqliteStore(tmp_path / "motcua.db")
    yield build_access(store, "nho")
    store.close()


def lock(access: Access) -> None:
    for _ in range(5):
        with pytest.raises((BadCredentials, Locked)):
            access.sign_in("an", "sai mật khẩu", "10.0.0.7")


def test_a_first_password_is_made_up_shown_once_and_good(motcua: Motcua, access: Access) -> None:
    said = motcua("person", "create", "binh", "--role", "supervisor")
    password = said.strip().rpartition(" ")[2]
    assert access.sign_in("binh", password, "here").principal.must_change
    assert password not in motcua("person", "list") + motcua("access-log")


def test_a_weak_first_password_is_refused_with_the_reason(motcua: Motcua) -> None:
    for given, reason in (
        ("ngan", "at least 10"),
        ("matkhau123", "too easily guessed"),
        ("chi chi chi", "not be the login"),
    ):
        said = motcua("person", "create", "chi", "--password", given)
        assert said.startswith("motcua: ") and reason in said
    assert "chi" not in motcua("person", "list").split()


def test_the_list_shows_who_is_what_and_in_which_state(motcua: Motcua, access: Access) -> None:
    line = motcua("person", "list").strip()
    assert line.split() == ["an", "officer", "first", "password", "c1", "Quầy", "1"]
    lock(access)
    assert "locked for 15 min, first password" in motcua("person", "list")
    motcua("person", "disable", "an")
    assert "disabled" in motcua("person", "list")


def test_a_lock_is_opened_by_hand(motcua: Motcua, access: Access) -> None:
    assert motcua("person", "unlock", "an") == "an was not locked\n"
    lock(access)
    with pytest.raises(Locked):
        access.sign_in("an", GIVEN, "here")
    assert motcua("person", "unlock", "an") == "an may sign in again\n"
    assert access.sign_in("an", GIVEN, "here")


def test_a_forgotten_password_is_replaced(motcua: Motcua, access: Access) -> None:
    access.sign_in("an", GIVEN, "here")
    password = motcua("person", "password", "an").strip().rpartition(" ")[2]
    assert access.sessions() == []
    with pytest.raises(BadCredentials):
        access.sign_in("an", GIVEN, "here")
    assert access.sign_in("an", password, "here").principal.must_change


def test_role_name_and_counters_are_changed(motcua: Motcua, access: Access) -> None:
    assert motcua("person", "counters", "an", "c2", "c3") == "an may open: c2, c3\n"
    assert motcua("person", "name", "an", "Quầy 2") == "an is now shown as Quầy 2\n"
    assert motcua("person", "role", "an", "viewer") == "an is now viewer\n"
    person = access.person("an")
    assert (person.counters, person.name, person.role) == (("c2", "c3"), "Quầy 2", "viewer")
    assert "there is no counter 'c9'" in motcua("person", "counters", "an", "c9")
    assert access.person("an").counters == ("c2", "c3")
    assert motcua("person", "counters", "an") == "an may open: no counter\n"


def test_somebody_is_shut_out_and_let_in_again(motcua: Motcua, access: Access) -> None:
    access.sign_in("an", GIVEN, "here")
    assert motcua("person", "disable", "an") == "an is shut out\n"
    assert motcua("person", "disable", "an") == "an was shut out before\n"
    assert access.sessions() == []
    assert motcua("person", "enable", "an") == "an may sign in again\n"
    assert motcua("person", "enable", "an") == "an was never shut out\n"
    assert access.sign_in("an", GIVEN, "here")


def test_sessions_are_listed_and_ended(motcua: Motcua, access: Access) -> None:
    session = access.sign_in("an", GIVEN, "10.0.0.7").secret
    line = motcua("session", "list")
    assert line.startswith("an ") and "10.0.0.7" in line and session not in line
    assert motcua("session", "end", "an") == "1 sessions of an ended\n"
    assert motcua("session", "list") == ""
    assert access.by_session(session) is None


@pytest.mark.parametrize(
    "words", [("unlock",), ("password",), ("disable",), ("enable",), ("role", "viewer"), ("counters",)]
)
def test_a_login_that_is_nobodys_is_said_with_one_that_is_near(
    motcua: Motcua, words: tuple[str, ...]
) -> None:
    said = motcua("person", words[0], "anh", *words[1:])
    assert said == "motcua: nobody has the login 'anh'; did you mean 'an'?\n"


def test_the_log_tells_who_did_what_when_and_from_where(motcua: Motcua, access: Access) -> None:
    lock(access)
    with pytest.raises(BadCredentials):
        access.sign_in("toi-go-nham", "x", "10.0.0.8")
    motcua("person", "unlock", "an")
    motcua("token", "create", "--role", "integrator")
    lines = motcua("access-log").splitlines()
    said = [line.split()[1] for line in lines]
    assert said == [
        "person_created",
        *["sign_in_failed"] * 5,
        "locked",
        "sign_in_failed",
        "unlocked",
        "token_created",
    ]
    assert "by shell:" in lines[0] and "officer, counters: c1" in lines[0]
    assert "10.0.0.7" in lines[6] and "by a stranger" in lines[6] and "for 15 minutes" in lines[6]
    assert "10.0.0.8" in lines[7] and "toi-go-nham" not in lines[7]
    assert len(motcua("access-log", "--person", "an").splitlines()) == 8
    assert len(motcua("access-log", "--limit", "2").splitlines()) == 2
    assert "did you mean 'an'" in motcua("access-log", "--person", "ann")
