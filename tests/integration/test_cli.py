"""The command line, as a technician uses it: each subcommand's good way, and plain words for the bad."""

from __future__ import annotations

import json
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from queue_server import __main__
from queue_server.app.access import Access
from queue_server.app.describing import StillInUse, describe
from queue_server.core.commands import (
    CallNext,
    CancelTicket,
    CloseCounter,
    FinishService,
    OpenCounter,
    StartService,
)
from queue_server.demonstration import SAMPLE
from queue_server.main import build_access
from queue_server.store.sqlite import SqliteStore
from tests.halls import TestHall
from tests.servers import PATIENCE, ROOT, RunningCentre
from tests.sites import small_site

pytestmark = pytest.mark.in_process  # what is looked at here is the same in every async mode

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in this process: (exit status, standard output, standard error)."""

    def command(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["motcua", *arguments])
        with pytest.raises(SystemExit) as ended:
            __main__.main()
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return int(ended.value.code or 0), said.out, said.err

    return command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with a small centre, in which something has happened."""
    hall = TestHall(SqliteStore(tmp_path / "motcua.db"))
    called = hall.issue("dat", "elderly")
    hall.issue("dat")
    hall.do(OpenCounter("c1"))
    hall.wait(5)
    hall.do(CallNext("c1"))
    hall.do(StartService(called))
    hall.do(FinishService(called))
    hall.store.close()
    return tmp_path


def data(folder: Path) -> tuple[str, str]:
    return "--data", str(folder)


def tamper(folder: Path, *statements: str) -> None:
    """As somebody with the file and without scruples would."""
    db = sqlite3.connect(folder / "motcua.db")
    db.execute("DROP TRIGGER journal_is_never_changed")
    db.execute("DROP TRIGGER journal_is_never_cut")
    for statement in statements:
        db.execute(statement)
    db.commit()
    db.close()


def test_help_lists_every_subcommand(run: Run) -> None:
    status, out, _ = run("--help")
    assert status == 0
    for name in __main__._COMMANDS:
        assert f"  {name}" in out


def test_importing_twice_changes_nothing_the_second_time(run: Run, tmp_path: Path) -> None:
    status, out, _ = run("import", str(SAMPLE), *data(tmp_path))
    assert (status, out.splitlines()[-1]) == (0, "quang-ninh imported")
    status, out, _ = run("import", str(SAMPLE), *data(tmp_path))
    assert (status, out.splitlines()[-1]) == (0, "nothing has changed")
    assert run("verify", *data(tmp_path))[1].startswith("quang-ninh: 1 entries, the chain is whole")


def test_a_dry_run_only_tells(run: Run, tmp_path: Path) -> None:
    status, out, _ = run("import", str(SAMPLE), "--dry-run", *data(tmp_path))
    assert (status, out.splitlines()[-1]) == (0, "dry run: nothing was imported")
    assert run("verify", *data(tmp_path))[0] == 1


def test_a_broken_file_imports_nothing_and_says_where_it_is_broken(run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "site.toml"
    broken.write_text('id = "x"\nname = \n', encoding="utf-8")
    status, _, err = run("import", str(broken), *data(tmp_path))
    assert status == 1
    assert "site.toml" in err and "nothing was imported" in err
    assert not (tmp_path / "motcua.db").exists()
    assert run("import", str(tmp_path / "no.toml"), *data(tmp_path))[0] == 2


def test_an_import_takes_nothing_away_that_is_in_use(tmp_path: Path) -> None:
    hall = TestHall(SqliteStore(tmp_path / "motcua.db"))
    first, second = hall.issue("thue"), hall.issue("thue")
    hall.do(OpenCounter("c4"))
    hall.do(CallNext("c4"))
    queues = tuple(queue for queue in hall.site.queues if queue.id != "thue")
    others = tuple(replace(c, queues=("tu",)) if c.id == "c4" else c for c in hall.site.counters)
    without_queue = replace(hall.site, queues=queues, counters=others)
    without_counter = replace(hall.site, counters=hall.site.counters[:3], queues=queues)
    with pytest.raises(StillInUse) as refused:
        describe(hall.store, without_counter)
    assert len(refused.value.reasons) == 3
    hall.do(CancelTicket(second))
    with pytest.raises(StillInUse, match="'thue' cannot go while W001 is at counter 4"):
        describe(hall.store, without_queue)
    hall.do(CloseCounter("c4"))
    with pytest.raises(StillInUse, match="'thue' cannot go while 1 wait in it"):
        describe(hall.store, without_queue)
    hall.do(CancelTicket(first))
    assert describe(hall.store, without_queue).of("queues").removed == ("thue",)
    hall.store.close()


def test_no_queue_takes_over_letters_that_stand_on_todays_slips(tmp_path: Path) -> None:
    hall = TestHall(SqliteStore(tmp_path / "motcua.db"))
    hall.do(CancelTicket(hall.issue("dat")))
    letters = {"dat": "B", "tu": "A", "thue": "W"}
    swapped = replace(hall.site, queues=tuple(replace(q, prefix=letters[q.id]) for q in hall.site.queues))
    with pytest.raises(StillInUse, match="'tu' cannot take the letters A today"):
        describe(hall.store, swapped)
    hall.store.close()


def test_the_command_says_what_is_in_use_and_imports_nothing(run: Run, tmp_path: Path) -> None:
    run("import", str(SAMPLE), *data(tmp_path))
    store = SqliteStore(tmp_path / "motcua.db")
    with store.writing("quang-ninh") as transaction:
        site = transaction.site()[1]
        transaction.describe(2, replace(site, queues=(*site.queues, replace(site.queues[0], id="q"))), 0)
    hall = TestHall.__new__(TestHall)
    hall.store = store
    with store.writing("quang-ninh") as transaction:
        transaction._db.execute("INSERT INTO line VALUES ('quang-ninh', 'q', 'ordinary', '', 2)")
    store.close()
    status, _, err = run("import", str(SAMPLE), *data(tmp_path))
    assert status == 1
    assert "queue 'q' cannot go while 2 wait in it" in err
    assert "nothing was imported" in err


def test_a_token_is_made_shown_in_the_list_and_revoked(run: Run, folder: Path) -> None:
    status, made, _ = run("token", "create", "--role", "officer", "--counter", "c2", *data(folder))
    assert status == 0 and made.startswith("mc_officer_")
    listed = run("token", "list", *data(folder))[1]
    assert "c2" in listed and "good" in listed and made.strip() not in listed
    token = listed.split()[0]
    assert run("token", "revoke", token, *data(folder))[0] == 0
    assert "revoked" in run("token", "list", *data(folder))[1]
    status, _, err = run("token", "revoke", token, *data(folder))
    assert status == 1 and "there is no good token" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--role", "officer"), "needs --counter ID"),
        (("--role", "officer", "--counter", "c9"), "there is no counter 'c9'; there is: c1, c2, c3, c4"),
        (("--role", "board", "--board", "x"), "there is no board 'x'"),
        (("--role", "kiosk", "--kiosk", "x"), "there is no kiosk 'x'"),
    ],
)
def test_a_token_for_nothing_is_refused(
    run: Run, folder: Path, arguments: tuple[str, ...], said: str
) -> None:
    status, _, err = run("token", "create", *arguments, *data(folder))
    assert status == 1 and said in err
    assert run("token", "create", "--role", "king", *data(folder))[0] == 2


def test_a_person_is_made_once_and_can_sign_in(run: Run, folder: Path) -> None:
    words = ("person", "create", "an", "--password", "mot hai ba", "--counter", "c1", *data(folder))
    said = "an may sign in as officer; the password must be changed at the first sign-in\n"
    assert run(*words)[:2] == (0, said)
    store = SqliteStore(folder / "motcua.db")
    access: Access = build_access(store, "nho")
    assert access.sign_in("an", "mot hai ba", "here").principal.counters == frozenset({"c1"})
    store.close()
    status, _, err = run(*words)
    assert status == 1 and "'an' is taken" in err
    status, _, err = run("person", "create", "b", "--password", "x", "--counter", "c9", *data(folder))
    assert status == 1 and "there is no counter 'c9'" in err


def test_a_sound_journal_is_called_so(run: Run, folder: Path) -> None:
    assert "7 entries, the chain is whole" in run("verify", *data(folder))[1]
    assert "7 entries, 2 tickets, every row is the same" in run("replay", *data(folder))[1]
    assert "2 tickets, every row is the same" in run("replay", "2026-11-23", *data(folder))[1]
    status, out, _ = run("audit", "a001", "--language", "en", *data(folder))
    assert status == 0
    assert [line.split()[2] for line in out.splitlines() if line[:8].strip().isdigit()] == [
        "TicketIssued",
        "TicketCalled",
        "ServiceStarted",
        "ServiceFinished",
    ]
    assert "Elderly: waited 5 min × 2.5 = 12.5" in out


def test_what_is_not_there_is_said(run: Run, folder: Path) -> None:
    for words, said in (
        (("audit", "A999"), "there is no ticket 'A999' on the open day"),
        (("audit", "A001", "--day", "2020-01-01"), "on 2020-01-01"),
        (("replay", "2026-11-99"), "was not open on '2026-11-99'; its last days are 2026-11-23"),
        (("verify", "--site", "no"), "there is no centre 'no'"),
    ):
        status, _, err = run(*words, *data(folder))
        assert status == 1 and said in err, err


@pytest.mark.parametrize(
    ("statement", "verified", "replayed"),
    [
        ("UPDATE ticket SET priority = 'merit' WHERE label = 'A002'", "whole", "1 rows differ"),
        ("UPDATE journal SET data = replace(data, 'A001', 'A009') WHERE seq = 2", "entry 2", "rows differ"),
        ("UPDATE journal SET data = '{' WHERE seq = 5", "entry 5", "entry 5 does not follow"),
        ("DELETE FROM journal WHERE seq = 2", "entry 2 is missing", "entry 5 does not follow"),
        ("UPDATE journal SET type = 'Miracle' WHERE seq = 5", "entry 5", "entry 5 does not follow"),
        ("DELETE FROM journal WHERE seq = 7", "whole", "rows differ"),
    ],
)
def test_what_was_tampered_with_shows(
    run: Run, folder: Path, statement: str, verified: str, replayed: str
) -> None:
    tamper(folder, statement)
    status, out, err = run("verify", *data(folder))
    assert verified in out + err and status == (verified != "whole")
    status, _, err = run("replay", *data(folder))
    assert status == 1 and replayed in err
    assert run("audit", "A001", *data(folder))[0] in (0, 1)


def test_a_folder_without_a_centre_and_a_file_that_is_none_are_said(run: Run, tmp_path: Path) -> None:
    for command in ("verify", "replay", "serve"):
        status, _, err = run(command, *data(tmp_path / "none"))
        assert status == 1 and "motcua import FILE" in err
    (tmp_path / "motcua.db").write_bytes(b"no database" * 500)
    status, _, err = run("verify", *data(tmp_path))
    assert status == 1 and "not a database" in err


def test_several_centres_in_one_folder_are_told_apart_by_name(run: Run, folder: Path) -> None:
    store = SqliteStore(folder / "motcua.db")
    describe(store, small_site(id="khac"))
    store.close()
    status, _, err = run("verify", *data(folder))
    assert status == 1 and "several centres (khac, nho): choose one with --site" in err
    assert run("verify", "--site", "khac", *data(folder))[0] == 0


def test_a_bad_option_is_said_with_what_would_be_good(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("serve", "--prot", "1")[0] == 2
    assert run("serve", "--async-mode", "twisted")[0] == 2
    assert run("serve", "--port", "65536", *data(tmp_path))[0] == 1
    monkeypatch.setenv("MOTCUA_PORT", "many")
    status, _, err = run("serve", *data(tmp_path))
    assert status == 1 and "port must be a whole number" in err
    monkeypatch.delenv("MOTCUA_PORT")
    options = tmp_path / "options.toml"
    options.write_text("prot = 1\n", encoding="utf-8")
    status, _, err = run("serve", "--config", str(options))
    assert status == 1 and "did you mean 'port'" in err


def test_a_port_that_is_taken_is_said(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        words = [sys.executable, "-m", "queue_server", "serve", *data(folder), "--port", str(port)]
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 1
    assert f"cannot listen on 127.0.0.1:{port}: Address already in use; choose another --port" in done.stderr


@pytest.mark.timeout(300)
def test_the_demonstration_starts_again_on_its_folder_with_links_that_are_good(tmp_path: Path) -> None:
    centre = RunningCentre(tmp_path)
    first = centre.demo_facts()
    assert centre.stop() == 0
    centre.start()
    assert centre.demo_facts() == first
    assert centre.stop() == 0
    assert "Traceback" not in centre.log
    for file in tmp_path.glob("motcua.db*"):
        file.unlink()
    centre.start()
    anew = centre.demo_facts()
    assert anew["kiosks"][0]["url"] != first["kiosks"][0]["url"], "the old links would open nothing"
    assert centre.stop() == 0
    assert json.loads((tmp_path / "demo.json").read_text(encoding="utf-8"))["logins"]
