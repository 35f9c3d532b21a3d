"""The live server without sockets: who may follow what, of which house, and what broken messages become."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

import pytest
from flask import Flask, request

from queue_server.app.access import Principal, Role
from queue_server.app.ports import StoreTrouble
from queue_server.app.problems import Problem
from queue_server.app.sites import NAMED, House
from queue_server.core.refusals import Code, Refused
from queue_server.live.entitlement import entitle, may_speak
from queue_server.live.guests import Guest
from queue_server.live.lines import Frame
from queue_server.live.server import LiveServer
from queue_server.live.wire import MALFORMED, CarefulPacket, dumps, loads
from tests.unit.test_live_fanout import Batch, Head

Json = dict[str, Any]
TOPICS = ("board:main", "board:other", "counter:c1", "kiosk:k1", "site:nho", "signs:nho")


class Wire:
    """A line that keeps what it was handed."""

    is_gone = False

    def __init__(self) -> None:
        self.heard: list[tuple[str, Json]] = []

    def send(self, frame: Frame) -> None:
        event, message = json.loads(frame.packet.encode().removeprefix("42"))
        self.heard.append((event, message))


class Houses:
    """Two houses, each with one ticket, as app.sites gives them."""

    def __init__(self) -> None:
        self.demand_answer = mock.Mock()
        self.all = {name: House(name, Place(name), mock.MagicMock()) for name in ("nho", "to")}  # type: ignore[arg-type]

    def __iter__(self) -> Iterator[House]:
        return iter(self.all.values())

    def resolve(self, named: str | None, token: str, session: str) -> House | None:
        return self.all.get(named or token)

    def of_secret(self, secret: str) -> House | None:
        return self.all.get(secret.partition("-")[0])

    def on_open(self, listener: Callable[[House], None]) -> None:
        for house in self:
            listener(house)


class Place(Head):
    """A centre that knows its own tickets only."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.officers: set[str] = set()

    def snapshot(self, topic: str) -> tuple[int, Json]:
        if topic.startswith("ticket:") and not topic.startswith(f"ticket:{self.name}-"):
            raise Refused(Code.UNKNOWN_TICKET)
        return super().snapshot(topic)

    def heard(self, officers: Any) -> None:
        self.officers = set(officers)


class Live:
    """A server with guests; what it does after an acknowledgement is done by `after`."""

    def __init__(self) -> None:
        self.sites = Houses()
        self.tasks: list[Callable[[], None]] = []
        socketio = mock.MagicMock(async_mode="eventlet", start_background_task=self.tasks.append)
        self.server = LiveServer(socketio, self.sites, mock.MagicMock())  # type: ignore[arg-type]
        for fanout in self.server.fanouts.values():
            fanout.stamp = lambda: "now"

    def guest(self, sid: str, house: str | None, principal: Principal | None = None) -> Guest:
        token = "token" if principal else ""
        found = None if house is None else self.sites.all[house]
        self.server.guests[sid] = Guest(found, principal, token, "", "vi", Wire())  # type: ignore[arg-type]
        return self.server.guests[sid]

    def after(self) -> None:
        while self.tasks:
            self.tasks.pop(0)()


def heard(guest: Guest) -> list[tuple[str, Json]]:
    return guest.line.heard  # type: ignore[union-attr]


BOARD = Principal("board:main", Role.BOARD, "main")


def connect(live: Live, auth: Json | None, line: Wire, **environ: Any) -> Any:
    """As Flask-SocketIO calls the handler; what it answered."""
    environ["motcua.line"] = line
    with Flask("live").test_request_context(environ_overrides=environ):
        request.sid = "new"  # type: ignore[attr-defined]
        return live.server.connect(auth)


@pytest.mark.parametrize(
    ("auth", "environ", "house"),
    [
        ({"site": "to"}, {}, "to"),
        ({"site": "to"}, {NAMED: "nho"}, "nho"),
        ({"token": "to"}, {}, "to"),
        ({"token": "elsewhere"}, {}, None),
        ({"site": ["to"], "token": 7}, {}, None),
        (None, {}, None),
    ],
)
def test_a_connection_belongs_to_the_house_that_it_names_or_that_its_token_is_of(
    auth: Json | None, environ: Json, house: str | None
) -> None:
    live = Live()
    assert connect(live, auth, Wire(), **environ) is None
    found = live.server.guests["new"].house
    assert (found and found.id) == house


def test_who_is_gone_before_it_was_known_who_they_are_is_no_guest() -> None:
    live, gone = Live(), Wire()
    gone.is_gone = True
    assert connect(live, None, gone) is False
    assert live.server.guests == {}


@pytest.mark.parametrize("how", ["join", "resume"])
def test_what_happens_while_a_topic_is_read_for_one_reaches_them_after_it(how: str) -> None:
    live = Live()
    screen, house = live.guest("screen", "nho", BOARD), live.sites.all["nho"]
    house.centre.meanwhile = lambda: live.server.fanouts["nho"].on_batch(Batch(10, 12, {"board:main": {}}))  # type: ignore[attr-defined]
    getattr(live.server, how)("screen", screen, {"topic": "board:main", "seq": 5})
    assert heard(screen) == []
    live.after()
    first, (event, change) = heard(screen)
    assert first[0] == ("snapshot" if how == "join" else "change")
    assert first[1]["seq"] == 10
    assert (event, change["prev"], change["seq"]) == ("change", 10, 12)


def test_a_topic_that_is_refused_leaves_nothing_behind() -> None:
    live = Live()
    phone = live.guest("phone", "nho")
    with pytest.raises(Refused):
        live.server.join("phone", phone, {"topic": "ticket:nowhere-0001"})
    assert phone.follows == {} and live.server.fanouts["nho"].followers == {}


def test_a_stranger_without_a_house_follows_tickets_of_any_by_their_secrets() -> None:
    live = Live()
    phone = live.guest("phone", None)
    for topic in ("ticket:nho-0001", "ticket:to-00001"):
        assert live.server.join("phone", phone, {"topic": topic}) == {"ok": True}
    live.after()
    assert [message["topic"] for _, message in heard(phone)] == ["ticket:nho-0001", "ticket:to-00001"]
    assert [list(fanout.followers) for fanout in live.server.fanouts.values()] == [
        ["ticket:nho-0001"],
        ["ticket:to-00001"],
    ]
    live.server.leave("phone", phone, {"topic": "ticket:nho-0001"})
    assert live.server.fanouts["nho"].followers == {} and list(phone.follows) == ["ticket:to-00001"]
    with pytest.raises(Problem) as refused:
        live.server.join("phone", phone, {"topic": "ticket:unknown1"})
    assert refused.value.code is Code.UNKNOWN_TICKET


def test_what_happens_in_one_house_is_told_in_no_other() -> None:
    live = Live()
    here, there = (live.guest(name, name, BOARD) for name in ("nho", "to"))
    for name, guest in (("nho", here), ("to", there)):
        live.server.join(name, guest, {"topic": "board:main"})
    live.after()
    live.server.fanouts["nho"].on_batch(Batch(10, 12, {"board:main": {}}))
    assert [event for event, _ in heard(here)] == ["snapshot", "change"]
    assert [event for event, _ in heard(there)] == ["snapshot"]


def test_one_who_is_gone_before_their_topic_was_entered_leaves_nothing_behind() -> None:
    live = Live()
    phone = live.guest("phone", "nho")
    del live.server.guests["phone"]
    with pytest.raises(Problem):
        live.server.join("phone", phone, {"topic": "ticket:nho-0001"})
    assert live.server.fanouts["nho"].followers == {}


def test_officers_are_those_of_each_house_whose_desk_is_connected() -> None:
    live = Live()
    for sid, house, topic in (
        ("a", "nho", "counter:c1"),
        ("b", "to", "counter:c1"),
        ("c", "to", "board:main"),
    ):
        officer = Principal(sid, Role.OFFICER, sid, None, "c1", frozenset({"c1"}))
        live.server.join(sid, live.guest(sid, house, officer), {"topic": topic})
    found = live.server.officers()
    assert {house: len(actors) for house, actors in found.items()} == {"nho": 1, "to": 1}


def test_a_house_whose_beat_fails_keeps_no_other_from_hearing_it() -> None:
    live = Live()
    phone = live.guest("phone", "to")
    live.server.join("phone", phone, {"topic": "ticket:to-00001"})
    live.after()
    live.server.fanouts["nho"].stamp = mock.Mock(side_effect=RuntimeError("no time"))
    live.server.beat()
    assert heard(phone)[-1] == ("beat", {"at": "now", "seqs": {"ticket:to-00001": 10}})


def test_a_screen_whose_topic_could_not_be_read_hears_at_the_next_beat_that_it_follows_nothing() -> None:
    live = Live()
    screen, stranger = live.guest("screen", "nho", BOARD), live.guest("stranger", None)
    centre = live.sites.all["nho"].centre
    away = mock.patch.object(centre, "changes_since", side_effect=StoreTrouble("away"))
    with away, pytest.raises(StoreTrouble):
        live.server.resume("screen", screen, {"topic": "board:main", "seq": 5})
    live.server.beat()
    assert heard(screen) == heard(stranger) == [("beat", {"seqs": {}})]
    live.server.join("screen", screen, {"topic": "board:main"})
    live.after()
    live.server.beat()
    assert [event for event, _ in heard(screen)] == ["beat", "snapshot", "beat"]
    assert heard(screen)[-1][1]["seqs"] == {"board:main": 10}


def test_nobody_is_told_that_all_is_well_while_the_store_does_not_answer() -> None:
    live = Live()
    screen = live.guest("screen", "nho", BOARD)
    live.server.join("screen", screen, {"topic": "board:main"})
    live.guest("idle", "nho")
    live.after()
    live.sites.demand_answer.side_effect = StoreTrouble("away")
    with pytest.raises(StoreTrouble):
        live.server.beat()
    assert [event for event, _ in heard(screen)] == ["snapshot"]
    assert heard(live.server.guests["idle"]) == []


def test_an_officer_who_may_choose_whom_to_call_sees_who_waits_in_the_hall() -> None:
    officer = Principal("x", Role.OFFICER, "x", None, "c1", frozenset({"c1"}))
    assert entitle(officer, "site:nho", lambda role: ["call_chosen"]) == "site:nho"
    kiosk = Principal("x", Role.KIOSK, "x", None, "k1", None)
    for principal, rights in ((officer, ["call_next"]), (kiosk, ["call_chosen"])):
        with pytest.raises(Problem) as refused:
            entitle(principal, "site:nho", lambda role, rights=rights: rights)
        assert refused.value.code is Code.NOT_ALLOWED


@pytest.mark.parametrize(
    ("role", "subject", "counters", "allowed"),
    [
        (Role.BOARD, "main", None, {"board:main", "signs:nho"}),
        (Role.BOARD, None, None, {"board:main", "board:other", "signs:nho"}),
        (Role.KIOSK, "k1", None, {"kiosk:k1"}),
        (Role.OFFICER, "c1", {"c1"}, {"counter:c1", "board:main", "board:other"}),
        (Role.INTEGRATOR, None, None, set(TOPICS)),
        (Role.VIEWER, None, None, set(TOPICS)),
    ],
)
def test_topics_are_for_those_they_concern(
    role: Role, subject: str | None, counters: set[str] | None, allowed: set[str]
) -> None:
    principal = Principal("x", role, "x", None, subject, None if counters is None else frozenset(counters))
    granted = set()
    for topic in TOPICS:
        try:
            granted.add(entitle(principal, topic))
        except Problem as problem:
            assert problem.code is Code.NOT_ALLOWED
    assert granted == allowed
    assert may_speak(principal, "board:main") is (role in (Role.BOARD, Role.INTEGRATOR))
    assert not may_speak(principal, "counter:c1")


@pytest.mark.parametrize(
    "frame", ["", "x", "2", "2{}", "2[]", "2[7]", "2[", '2["connect"]', "4", "3[]", "9", b"\x00"]
)
def test_a_frame_that_is_no_event_becomes_one_that_does_nothing(frame: Any) -> None:
    assert CarefulPacket(encoded_packet=frame).data == [MALFORMED]


def test_what_is_sent_is_read_back() -> None:
    event = CarefulPacket(data=["join", {"topic": "board:main", "vi": "Quầy số 1"}], id=7)
    back = CarefulPacket(encoded_packet=event.encode())
    assert (back.data, back.id) == (event.data, 7)
    assert loads(dumps({"a": [1, None]})) == {"a": [1, None]}
    for wrong in ("{", "[" * 5000, "NaN"):
        with pytest.raises(ValueError):
            loads(wrong)
