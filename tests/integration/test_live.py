"""Live topics over a real socket: what a screen gets, in which order, and what it may not have."""

from __future__ import annotations

import queue
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from typing import Any

import pytest
import requests
import websocket

from tests.clients import LiveClient
from tests.servers import Api, RunningCentre, in_time

SOON = 30.0


class Screen:
    """A screen on its own socket that keeps every message it gets, in order."""

    def __init__(self, url: str, **auth: str) -> None:
        self.heard: queue.Queue[tuple[str, dict[str, Any]]] = queue.Queue()
        self.client = LiveClient(reconnection=False)
        for event in ("snapshot", "change", "beat"):
            self.client.on(event, self._keep(event))
        self.client.connect(url, auth=auth or None, transports=["websocket"], wait_timeout=SOON)
        wire = self.client.eio.ws  # which would wait three seconds for some servers' goodbye
        wire.close = partial(wire.close, timeout=0.1)

    def _keep(self, event: str) -> Any:
        return lambda message: self.heard.put((event, message))

    def ask(self, event: str, payload: Any = None) -> dict[str, Any]:
        """The acknowledgement."""
        answer: dict[str, Any] = self.client.call(event, payload, timeout=SOON)
        return answer

    def code(self, event: str, payload: Any = None) -> str:
        """The code of the problem that it is answered with."""
        return str(self.ask(event, payload)["problem"]["code"])

    def next(self, *events: str) -> dict[str, Any]:
        """The next message of one of these kinds."""
        deadline = time.monotonic() + SOON
        while (left := deadline - time.monotonic()) > 0:
            event, message = self.heard.get(timeout=left)
            if event in events:
                return message
        raise AssertionError(f"no {events} came")

    def join(self, topic: str) -> dict[str, Any]:
        assert self.ask("join", {"topic": topic}) == {"ok": True}
        return self.next("snapshot")

    def resume(self, topic: str, seq: int) -> dict[str, Any]:
        """The change that follows on `seq`; others may overtake it."""
        assert self.ask("resume", {"topic": topic, "seq": seq}) == {"ok": True}
        while (change := self.next("change"))["prev"] != seq:
            continue
        return change

    def forget(self) -> None:
        """What was heard until now is of no interest."""
        while not self.heard.empty():
            self.heard.get()


@pytest.fixture
def screens(centre: RunningCentre) -> Iterator[Any]:
    opened: list[Screen] = []

    def opening(**auth: str) -> Screen:
        opened.append(Screen(centre.url, **auth))
        return opened[-1]

    yield opening
    for screen in opened:
        screen.client.disconnect()


@pytest.fixture(scope="module")
def tokens(centre: RunningCentre) -> dict[str, str]:
    return {
        "kiosk": centre.token("kiosk"),
        "officer": centre.token("officer", counter="10"),
        "board": centre.token("board"),
        "integrator": centre.token("integrator"),
    }


@pytest.fixture(scope="module")
def kiosk(centre: RunningCentre, tokens: dict[str, str]) -> Api:
    return Api(centre.url, tokens["kiosk"])


@pytest.fixture(scope="module")
def desk(centre: RunningCentre, tokens: dict[str, str]) -> Api:
    api = Api(centre.url, tokens["officer"])
    assert api.post("/counters/10/open").ok
    return api


@pytest.fixture(scope="module")
def served(kiosk: Api) -> str:
    """A queue that counter 10 serves."""
    counter = next(c for c in kiosk.get("/site").json()["counters"] if c["id"] == "10")
    return str(counter["queues"][0])


def serve_one(kiosk: Api, desk: Api, served: str) -> dict[str, Any]:
    """Give a number; call and finish whoever is first in line: that ticket."""
    assert kiosk.post("/tickets", queue=served).ok
    called: dict[str, Any] = desk.post("/counters/10/call-next").json()["ticket"]
    assert desk.post(f"/tickets/{called['id']}/start").ok
    assert desk.post(f"/tickets/{called['id']}/finish").ok
    return called


def test_a_board_gets_a_snapshot_and_then_every_change_without_a_gap(
    screens: Any, tokens: dict[str, str], kiosk: Api, desk: Api, served: str
) -> None:
    board = screens(token=tokens["board"])
    snapshot = board.join("board:main")
    assert snapshot["topic"] == "board:main"
    assert snapshot["at"].endswith("+07:00")
    assert set(snapshot["data"]) >= {"board", "calls", "lines", "announcements"}
    mine, seen = snapshot["seq"], dict(snapshot["data"]["calls"])
    wanted = {serve_one(kiosk, desk, served)["label"] for _ in range(3)}
    while not wanted <= {label for label, call in seen.items() if call["state"] == "done"}:
        change = board.next("change")
        if change["seq"] <= snapshot["seq"]:
            continue  # was under way while it joined
        assert change["prev"] <= mine < change["seq"], "a gap or a repeat"
        mine = change["seq"]
        seen.update(change["put"].get("calls", {}))
    assert all(seen[label]["counter"] == "10" and seen[label]["direction"]["vi"] for label in wanted)


def test_all_screens_of_a_topic_get_the_same(
    screens: Any, tokens: dict[str, str], kiosk: Api, served: str
) -> None:
    ours = [screens(token=tokens["board"]) for _ in range(3)]
    shown = [screen.join("board:main") for screen in ours]
    newest = max(snapshot["seq"] for snapshot in shown)
    before = max(snapshot["data"]["lines"][served]["waiting"] for snapshot in shown)
    kiosk.post("/tickets", queue=served)

    def changes_up_to_the_number(screen: Any) -> list[dict[str, Any]]:
        """All that is news to every screen: what came earlier may be in the snapshot of who joined last."""
        found: list[dict[str, Any]] = []
        while not found or found[-1]["put"].get("lines", {}).get(served, {}).get("waiting", 0) <= before:
            change = screen.next("change")
            if change["seq"] > newest:
                found.append(change)
        return found

    first, *others = [changes_up_to_the_number(screen) for screen in ours]
    assert others == [first, first]


def test_a_screen_that_was_away_is_brought_up_to_date(
    screens: Any, tokens: dict[str, str], kiosk: Api, desk: Api, served: str
) -> None:
    present = screens(token=tokens["board"])
    seq = present.join("board:main")["seq"]
    label = serve_one(kiosk, desk, served)["label"]
    while present.next("change")["put"].get("calls", {}).get(label, {}).get("state") != "done":
        continue
    back = screens(token=tokens["board"])
    missed = back.resume("board:main", seq)
    assert seq < missed["seq"]
    assert missed["put"]["calls"][label]["state"] == "done"
    assert back.ask("resume", {"topic": "board:main", "seq": 10**9}) == {"ok": True}
    assert back.next("snapshot")["seq"] >= missed["seq"]  # a printer may have spoken meanwhile


def test_who_is_up_to_date_hears_so(screens: Any, tokens: dict[str, str]) -> None:
    screen = screens(token=tokens["board"])
    seq = screen.join("board:main")["seq"]

    def hears_so() -> bool:
        nonlocal seq
        change = screen.resume("board:main", seq)
        if change["seq"] == seq and not (change["put"] or change["drop"]):
            return True
        seq = max(seq, change["seq"])  # a printer has spoken meanwhile, or what it knew was still under way
        return False

    in_time(hears_so)


def test_a_beat_comes_every_two_seconds_and_names_no_seq_that_was_not_sent(
    screens: Any, tokens: dict[str, str]
) -> None:
    screen = screens(token=tokens["integrator"])
    for topic in ("board:main", "counter:10"):
        assert screen.ask("join", {"topic": topic}) == {"ok": True}
    heard: dict[str, int] = {}
    beats = 0
    while beats < 3:
        event, message = screen.heard.get(timeout=SOON)
        if event != "beat":
            heard[message["topic"]] = message["seq"]
            continue
        beats += 1
        assert message["at"].endswith("+07:00")
        if len(heard) == 2:
            assert set(message["seqs"]) == set(heard)
            assert all(message["seqs"][topic] <= heard[topic] for topic in heard)


def test_a_topic_that_was_left_stays_silent(
    screens: Any, tokens: dict[str, str], kiosk: Api, served: str
) -> None:
    screen = screens(token=tokens["integrator"])
    screen.join("board:main")
    screen.join("counter:10")
    assert screen.ask("leave", {"topic": "board:main"}) == {"ok": True}
    screen.forget()
    kiosk.post("/tickets", queue=served)
    assert screen.next("change")["topic"] == "counter:10"
    assert set(screen.next("beat")["seqs"]) == {"counter:10"}


def test_a_citizen_follows_their_own_ticket_without_signing_in(
    screens: Any, kiosk: Api, desk: Api, served: str
) -> None:
    ticket = kiosk.post("/tickets", queue=served).json()
    topic = "ticket:" + ticket["tracking"].removeprefix("/t/")
    phone = screens()
    shown = phone.join(topic)["data"]["ticket"]["_"]
    assert (shown["label"], shown["state"]) == (ticket["label"], "waiting")
    assert ticket["id"] not in str(shown)
    while (call := desk.post("/counters/10/call-next")).status_code == 200:
        called = call.json()["ticket"]
        desk.post(f"/tickets/{called['id']}/start")
        desk.post(f"/tickets/{called['id']}/finish")
    states = [shown["state"]]
    while states[-1] != "finished":
        states.append(phone.next("change")["put"]["ticket"]["_"]["state"])
    assert {"waiting", "finished"} <= set(states)


@pytest.mark.parametrize(
    ("role", "allowed", "refused"),
    [
        ("kiosk", ["kiosk:lobby"], ["kiosk:gate", "board:main", "counter:10", "site:quang-ninh"]),
        ("officer", ["counter:10"], ["counter:11", "kiosk:lobby", "site:quang-ninh"]),
        ("board", ["board:main"], ["counter:10", "kiosk:lobby", "site:quang-ninh"]),
        ("integrator", ["board:main", "counter:11", "kiosk:gate", "site:quang-ninh"], []),
    ],
)
def test_each_role_joins_what_it_is_entitled_to(
    screens: Any, tokens: dict[str, str], role: str, allowed: list[str], refused: list[str]
) -> None:
    screen = screens(token=tokens[role])
    for topic in allowed:
        assert screen.join(topic)["topic"] == topic
    for topic in refused:
        for event in ("join", "resume"):
            assert screen.code(event, {"topic": topic, "seq": 1}) == "not_allowed", topic


def test_a_stranger_and_a_wrong_token_are_told_so(screens: Any) -> None:
    assert screens().code("join", {"topic": "board:main"}) == "not_signed_in"
    assert screens(token="mc_board_wrong").code("join", {"topic": "board:main"}) == "bad_token"
    assert screens().code("join", {"topic": "ticket:" + "x" * 22}) == "unknown_ticket"


def test_a_person_follows_their_counter_by_their_session(centre: RunningCentre) -> None:
    login, password = centre.logins["10"]
    signed_in = requests.post(
        f"{centre.url}/api/v1/session", json={"login": login, "password": password}, timeout=30
    )
    assert signed_in.ok, signed_in.text
    cookie = f"motcua_session={signed_in.cookies['motcua_session']}"
    client = LiveClient(reconnection=False)
    client.connect(centre.url, headers={"Cookie": cookie}, transports=["websocket"], wait_timeout=SOON)
    assert client.call("join", {"topic": "counter:10"}, timeout=SOON) == {"ok": True}
    other = client.call("join", {"topic": "counter:11"}, timeout=SOON)
    assert other["problem"]["code"] == "not_allowed"
    client.disconnect()


@pytest.mark.parametrize(
    ("event", "payload"),
    [
        ("join", None),
        ("join", {}),
        ("join", []),
        ("join", "board:main"),
        ("join", 7),
        ("join", {"topic": None}),
        ("join", {"topic": ["board:main"]}),
        ("join", {"topic": ""}),
        ("join", {"topic": "board"}),
        ("join", {"topic": "board:"}),
        ("join", {"topic": "board:none"}),
        ("join", {"topic": "hall:main"}),
        ("join", {"topic": "board:main\x00"}),
        ("join", {"topic": "board:" + "x" * 10_000}),
        ("join", {"topic": "board:Bảng"}),
        ("resume", {"topic": "board:main"}),
        ("resume", {"topic": "board:main", "seq": "x"}),
        ("resume", {"topic": "board:main", "seq": -1}),
        ("resume", {"topic": "board:main", "seq": 1.5}),
        ("resume", {"topic": "board:main", "seq": True}),
        ("resume", {"topic": "board:main", "seq": 10**30}),
        ("resume", {"topic": "board:main", "seq": {"a": [1]}}),
        ("spoken", {"topic": "board:main"}),
        ("spoken", {"topic": "board:main", "announcement": "x"}),
        ("spoken", {"topic": "counter:10", "announcement": 1}),
        ("dance", {"topic": "board:main"}),
        ("beat", None),
    ],
)
def test_a_wrong_message_is_answered_with_a_problem_and_breaks_nothing(
    screens: Any, tokens: dict[str, str], event: str, payload: Any
) -> None:
    screen = screens(token=tokens["integrator"])
    problem = screen.ask(event, payload)["problem"]
    assert 400 <= problem["status"] < 500, problem
    assert problem["detail"]
    assert screen.join("board:main")["topic"] == "board:main"


def test_only_the_board_itself_says_what_it_has_spoken(screens: Any, tokens: dict[str, str]) -> None:
    said = {"topic": "board:main", "announcement": 1}
    assert screens(token=tokens["board"]).ask("spoken", said) == {"ok": True}
    assert screens(token=tokens["officer"]).code("spoken", said) == "not_allowed"
    assert screens().code("spoken", said) == "not_signed_in"


def test_an_announcement_that_was_spoken_is_not_in_the_next_snapshot(
    screens: Any, tokens: dict[str, str], kiosk: Api, desk: Api, served: str
) -> None:
    board = screens(token=tokens["board"])
    board.join("board:main")
    serve_one(kiosk, desk, served)
    said: dict[str, Any] = {}
    while not said:
        said = board.next("change")["put"].get("announcements", {})
    number = max(int(name) for name in said)
    assert board.ask("spoken", {"topic": "board:main", "announcement": number}) == {"ok": True}
    again = screens(token=tokens["board"]).join("board:main")
    assert str(number) not in again["data"]["announcements"]


def test_one_connection_follows_a_bounded_number_of_topics(
    screens: Any, tokens: dict[str, str], kiosk: Api, served: str
) -> None:
    screen = screens(token=tokens["integrator"])
    counters = [c["id"] for c in kiosk.get("/site").json()["counters"]]
    topics = [f"counter:{name}" for name in counters] + [
        "ticket:" + kiosk.post("/tickets", queue=served).json()["tracking"].removeprefix("/t/")
        for _ in range(65 - len(counters))
    ]
    answers = [screen.ask("join", {"topic": topic}) for topic in topics]
    assert answers[:64] == [{"ok": True}] * 64
    assert answers[64]["problem"]["code"] == "too_many_topics"


def test_who_loses_their_token_is_sent_away(centre: RunningCentre, screens: Any) -> None:
    screen = screens(token=centre.token("board", name="soon gone"))
    screen.join("board:main")
    listed = centre.motcua("token", "list").stdout.splitlines()
    name = next(line.split()[0] for line in listed if line.endswith("soon gone"))
    centre.motcua("token", "revoke", name)
    deadline = time.monotonic() + 60
    while screen.client.connected and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not screen.client.connected


def test_polling_is_not_offered(centre: RunningCentre) -> None:
    answer = requests.get(f"{centre.url}/socket.io/?EIO=4&transport=polling", timeout=SOON)
    assert answer.status_code == 400


@contextmanager
def raw_socket(centre: RunningCentre) -> Iterator[websocket.WebSocket]:
    """A stranger's socket, past the greetings."""
    raw = websocket.create_connection(
        centre.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket", timeout=SOON
    )
    with closing(raw.sock):  # which the library forgets to close after some failures
        raw.recv()
        raw.send("40")
        raw.recv()
        yield raw


@pytest.mark.parametrize(
    "frame",
    [
        "4",
        "42",
        "42[",
        '42["join"',
        "42" + "[" * 5000,
        "49",
        "4x",
        "9",
        "",
        "45999-[]",
        '451-["join",{"_placeholder":true,"num":0}]',
        "44",
        "43[]",
        "40/other,",
        '42["connect",{}]',
        '42["disconnect"]',
        '45-["join",{}]',
        "\ufffd",
    ],
)
def test_a_broken_frame_harms_nobody_else(
    centre: RunningCentre, screens: Any, tokens: dict[str, str], frame: str
) -> None:
    before = centre.log
    with raw_socket(centre) as raw:
        raw.send(frame)
    assert screens(token=tokens["board"]).join("board:main")
    assert "Traceback" not in centre.log[len(before) :]


def test_a_message_of_a_megabyte_ends_its_own_connection_only(
    centre: RunningCentre, screens: Any, tokens: dict[str, str]
) -> None:
    screen = screens(token=tokens["board"])
    screen.join("board:main")
    with raw_socket(centre) as greedy, suppress(OSError, websocket.WebSocketException):
        greedy.send('42["join",{"topic":"' + "x" * 1_000_000 + '"}]')
        while greedy.recv():  # "" is the end
            pass
    assert screen.ask("leave", {"topic": "board:main"}) == {"ok": True}
    assert requests.get(f"{centre.url}/healthz", timeout=SOON).ok
