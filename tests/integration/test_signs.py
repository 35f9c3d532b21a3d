"""The signs above the counters follow a running server, and tell the truth when there is none."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from display.signs import News
from display.signs.link import Message, Server
from display.signs.plan import Faces, SignPlan
from display.signs.running import SignProgram
from drivers.led.modbus import modbus_format
from drivers.virtual.carriers import TcpCarrier
from drivers.virtual.signs import Shown, SignTwins
from tests.clients import Http, Keys, busy_site
from tests.crash.cut_link import CutLink
from tests.running_signs import RunningSigns
from tests.servers import RunningCentre, in_time

pytestmark = pytest.mark.in_process  # what is looked at here is the same in every async mode

DARK, FREE = Shown("", "dark"), Shown("0", "steady")
SIGNS = {"c1": 1, "c2": 2, "c3": 3}


class Stand:
    """A running centre, its desks, and a line of three twins."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.keys = Keys(folder, busy_site(3))
        self.centre = RunningCentre(folder, demo=False)
        self.twins = SignTwins(modbus_format({}), SIGNS.values())
        self.line = TcpCarrier(self.twins)
        self.called: dict[str, list[str]] = {}

    @property
    def url(self) -> str:
        return f"serial+socket://127.0.0.1:{self.line.port}"

    def ask(self, counter: str, verb: str, **body: str) -> dict[str, str]:
        with Http(self.centre.url, self.keys.counters[counter]) as desk:
            status, said = desk.post(f"/counters/{counter}/{verb}", body)
        assert status == 200, said
        return dict(said or {})

    def tell(self, counter: str, ticket: str, verb: str) -> None:
        with Http(self.centre.url, self.keys.counters[counter]) as desk:
            assert desk.post(f"/tickets/{ticket}/{verb}")[0] == 200

    def call(self, counter: str) -> tuple[str, str]:
        """(id, label) of a new number that is called there."""
        with Http(self.centre.url, self.keys.kiosk) as kiosk:
            assert kiosk.post("/tickets", {"queue": "dat"})[0] == 201
        ticket: dict[str, str] = dict(self.ask(counter, "call-next")["ticket"])
        self.called.setdefault(counter, []).append(ticket["id"])
        return ticket["id"], ticket["label"]

    def shows(self, address: int, face: Shown) -> None:
        in_time(lambda: self.twins.shown()[address] == face, 20)


@pytest.fixture(scope="module")
def stand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    stand = Stand(tmp_path_factory.mktemp("hall"))
    with stand.line:
        yield stand
    stand.centre.stop()


@pytest.fixture
def fresh(stand: Stand) -> Iterator[Stand]:
    """Every counter open and free, every sign alive."""
    for counter, address in SIGNS.items():
        stand.ask(counter, "open")
        stand.twins.cut_power(address)
    yield stand
    for counter in SIGNS:
        with Http(stand.centre.url, stand.keys.counters[counter]) as desk:
            for ticket in stand.called.pop(counter, []):
                desk.post(f"/tickets/{ticket}/start")
                desk.post(f"/tickets/{ticket}/finish")
            assert desk.post(f"/counters/{counter}/close")[0] == 200


def test_signs_show_the_call_the_pause_and_the_end_and_outlive_power_cuts_and_restarts(fresh: Stand) -> None:
    with RunningSigns(fresh.folder, fresh.centre.url, fresh.keys.board, fresh.url, SIGNS) as program:
        fresh.shows(1, FREE)
        ticket, label = fresh.call("c1")
        fresh.shows(1, Shown(label, "blink"))
        fresh.shows(1, Shown(label, "steady"))
        fresh.tell("c1", ticket, "recall")
        fresh.shows(1, Shown(label, "blink"))
        fresh.tell("c1", ticket, "start")
        fresh.shows(1, Shown(label, "steady"))
        fresh.ask("c2", "pause", reason="break")
        fresh.shows(2, Shown("----", "paused"))
        fresh.ask("c3", "close")
        fresh.shows(3, DARK)

        fresh.twins.cut_power(1)
        fresh.shows(1, Shown(label, "steady"))

        program.kill()
        fresh.twins.cut_power(1)
        fresh.ask("c2", "resume")
        program.start()
        fresh.shows(1, Shown(label, "steady"))
        fresh.shows(2, FREE)

        fresh.twins.kill(2)
        in_time(lambda: "Counter c2: The sign does not answer" in program.log)
        fresh.tell("c1", ticket, "finish")
        fresh.shows(1, FREE)
        fresh.twins.cut_power(2)
        in_time(lambda: "Counter c2: the sign works again" in program.log)
        assert program.stop() == 0
        assert fresh.twins.shown()[1] == FREE, "signs keep their numbers when the program ends"


@contextmanager
def running(server: str, token: str, *plans: SignPlan, folder: Path) -> Iterator[list[tuple[str, object]]]:
    """The program inside this process; what it told."""
    told: list[tuple[str, object]] = []
    news = News(
        link=lambda what, detail: told.append((what, detail)),
        sign=lambda counter, state: told.append((counter, state.value)),
        unknown=lambda counters: told.append(("unknown", counters)),
    )
    program = SignProgram(Server(server, token), plans, folder, news, Event())
    threads = [Thread(target=run, daemon=True) for run in (program.follow, program.watch)]
    for thread in threads:
        thread.start()
    try:
        yield told
    finally:
        program.over.set()
        for thread in threads:
            thread.join(10)
        program.close()


def test_without_its_server_a_sign_holds_no_number_for_long_and_comes_back_by_itself(fresh: Stand) -> None:
    link = CutLink(int(fresh.centre.url.rpartition(":")[2]))
    faces = Faces(lost="..", lost_seconds=2.5)
    described = {"kind": "modbus", "signs": {**SIGNS, "c9": 9}, "refresh_seconds": 0.5, "blink_seconds": 0.5}
    with running(
        link.url, fresh.keys.board, SignPlan(fresh.url, described, faces), folder=fresh.folder
    ) as told:
        ticket, label = fresh.call("c1")
        fresh.shows(1, Shown(label, "steady"))
        assert ("unknown", ["c9"]) in told
        link.cut()
        in_time(lambda: told[-1][0] == "lost")
        assert fresh.twins.shown()[1].text == label, "a moment without the server changes nothing"
        fresh.shows(1, Shown("..", "steady"))
        fresh.shows(3, Shown("..", "steady"))
        fresh.tell("c1", ticket, "start")
        fresh.ask("c2", "close")
        link.heal()
        fresh.shows(1, Shown(label, "steady"))
        fresh.shows(2, DARK)
        fresh.shows(3, FREE)
    link.close()


def test_a_line_that_is_not_there_holds_up_no_other_and_a_url_alone_has_the_counters_numbers(
    fresh: Stand,
) -> None:
    gone = SignPlan("serial:///dev/nothing-is-here", {"kind": "modbus", "signs": SIGNS})
    by_number = SignPlan("virtual://wall", by_number=True)
    described = {"kind": "modbus", "signs": SIGNS, "blink_seconds": 60}
    plans = (gone, by_number, SignPlan(fresh.url, described))
    with running(fresh.centre.url, fresh.keys.board, *plans, folder=fresh.folder) as told:
        fresh.shows(1, FREE)
        began = time.perf_counter()
        _, label = fresh.call("c1")
        fresh.shows(1, Shown(label, "blink"))
        assert time.perf_counter() - began < 5
        assert ("c1", "absent") in told
        kept = fresh.folder / "wall" / "signs.json"
        in_time(lambda: kept.exists() and f'"1": {{"text": "{label}"' in kept.read_text(encoding="utf-8"))


def test_a_token_that_may_not_is_said_so_and_the_signs_stay_as_they_are(fresh: Stand) -> None:
    fresh.shows(1, DARK)
    plan = SignPlan(fresh.url, {"kind": "modbus", "signs": SIGNS})
    with running(fresh.centre.url, fresh.keys.kiosk, plan, folder=fresh.folder) as told:
        in_time(lambda: bool(told))
        assert told[0][0] == "refused"
    assert fresh.twins.shown()[1] == DARK


def test_signs_that_the_server_does_not_count_as_followers_ask_again(tmp_path: Path) -> None:
    asked: list[object] = []

    class Deaf(Server):
        def site(self) -> dict[str, Any]:
            return {"id": "nho"}

        def follow(self, topic: str) -> Iterator[Message | None]:
            asked.append((yield ("beat", {"seqs": {}})))
            program.over.set()
            yield None

    program = SignProgram(Deaf("http://127.0.0.1:1", "token"), [], tmp_path, News(), Event())
    program.follow()
    assert asked == [True]
