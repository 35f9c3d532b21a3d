"""The fan-out of live topics, without sockets: who is told what, with which seq, and how often it is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from unittest import mock

import pytest

from queue_server.app.access import Principal, Role
from queue_server.app.problems import Problem
from queue_server.app.sites import House
from queue_server.core.refusals import Code, Refused
from queue_server.live.entitlement import entitle, may_speak
from queue_server.live.fanout import Fanout
from queue_server.live.server import Guest, LiveServer
from queue_server.live.wire import MALFORMED, CarefulPacket, dumps, loads
from tests.halls import sites_of

Json = dict[str, Any]
TOPICS = ("board:main", "board:other", "counter:c1", "kiosk:k1", "site:nho", "signs:nho")


@dataclass
class Batch:
    floor: int
    seq: int
    changes: Json = field(default_factory=dict)
    resets: bool = False
    made: list[str] = field(default_factory=list)

    def for_topic(self, topic: str) -> tuple[Json, Json] | None:
        self.made.append(topic)
        if topic == "board:gone":
            raise Refused(Code.UNKNOWN_BOARD)
        if topic == "board:broken":
            raise RuntimeError("no picture")
        change = self.changes.get(topic)
        return None if change is None else (change, {})


@dataclass
class Head:
    """A centre whose topics all stand at `seq`."""

    seq: int = 10

    def site(self) -> Any:
        raise AssertionError("the time is given")

    def snapshot(self, topic: str) -> tuple[int, Json]:
        return self.seq, {"rows": {"at": {"seq": self.seq}}}

    def changes_since(self, topic: str, seq: int) -> None:
        return None

    def spoken(self, name: str, announcement: int) -> None: ...
    def heard(self, officers: Any) -> None: ...
    def rights_of(self, role: str) -> list[str]:
        return []

    def subscribe(self, listener: Any) -> None: ...


@dataclass
class Floor:
    fanout: Fanout
    centre: Head
    sent: list[tuple[str, Json, Any]]

    def messages(self, event: str) -> list[Json]:
        return [message for name, message, _ in self.sent if name == event]


@pytest.fixture
def floor() -> Floor:
    centre, sent = Head(), []  # type: ignore[var-annotated]
    fanout = Fanout(
        centre,
        lambda event, message, to: sent.append((event, message, to)),
        lambda topic: topic,
        lambda: "now",
        lambda: None,
    )
    return Floor(fanout, centre, sent)


def test_a_change_is_made_once_and_goes_to_the_topics_room(floor: Floor) -> None:
    for sid in ("a", "b", "c"):
        floor.fanout.follow(sid, "board:main", 10)
    floor.fanout.follow("d", "counter:1", 10)
    batch = Batch(10, 12, {"board:main": {"calls": {}}})
    floor.fanout.on_batch(batch)
    assert sorted(batch.made) == ["board:main", "counter:1"]
    ((event, message, to),) = floor.sent
    assert (event, to) == ("change", "board:main")
    assert message == {
        "topic": "board:main",
        "seq": 12,
        "prev": 10,
        "at": "now",
        "put": {"calls": {}},
        "drop": {},
    }


def test_each_change_follows_on_the_one_sent_before_it(floor: Floor) -> None:
    floor.fanout.follow("a", "board:main", 10)
    floor.fanout.on_batch(Batch(10, 12, {"board:main": {}}))
    floor.fanout.on_batch(Batch(12, 20, {"counter:1": {}}))
    floor.fanout.on_batch(Batch(20, 21, {"board:main": {}}))
    assert [(m["prev"], m["seq"]) for m in floor.messages("change")] == [(10, 12), (12, 21)]


def test_one_who_joins_late_and_one_who_was_there_can_both_apply_the_next_change(floor: Floor) -> None:
    floor.fanout.follow("early", "board:main", 10)
    floor.fanout.follow("late", "board:main", 30)
    floor.fanout.on_batch(Batch(30, 31, {"board:main": {}}))
    (change,) = floor.messages("change")
    assert change["prev"] <= 10


def test_nothing_is_made_for_topics_that_nobody_follows(floor: Floor) -> None:
    floor.fanout.follow("a", "board:main", 10)
    floor.fanout.unfollow("a", "board:main")
    batch = Batch(10, 11, {"board:main": {}})
    floor.fanout.on_batch(batch)
    assert batch.made == [] and floor.sent == []
    floor.fanout.follow("a", "board:main", 11)
    floor.fanout.forget("a")
    assert floor.fanout.followers == {} and floor.fanout.sent == {} and not floor.fanout.topics_of


def test_a_turned_page_sends_snapshots_instead_of_changes(floor: Floor) -> None:
    floor.fanout.follow("a", "board:main", 10)
    floor.centre.seq = 15
    floor.fanout.on_batch(Batch(10, 14, resets=True))
    (snapshot,) = floor.messages("snapshot")
    assert snapshot["seq"] == 15 and floor.messages("change") == []
    floor.fanout.on_batch(Batch(15, 16, {"board:main": {}}))
    assert floor.messages("change")[0]["prev"] == 15


def test_a_topic_that_was_taken_away_does_not_keep_the_others_from_hearing(floor: Floor) -> None:
    floor.fanout.follow("a", "board:gone", 10)
    floor.fanout.follow("b", "board:main", 10)
    floor.fanout.on_batch(Batch(10, 11, {"board:main": {}}))
    assert [message["topic"] for message in floor.messages("change")] == ["board:main"]


def test_a_topic_that_fails_leaves_a_gap_and_keeps_nobody_else_from_hearing(floor: Floor) -> None:
    """What was not told must not pass unnoticed: the next change would be taken for the one that is due."""
    for topic in ("board:broken", "board:main"):
        floor.fanout.follow("a", topic, 10)
    with pytest.raises(RuntimeError, match="no picture"):
        floor.fanout.on_batch(Batch(10, 12, {"board:main": {"calls": {}}}))
    assert [message["topic"] for message in floor.messages("change")] == ["board:main"]
    floor.fanout.beat()
    assert floor.messages("beat")[-1]["seqs"] == {"board:broken": 12, "board:main": 12}


def test_a_snapshot_that_was_overtaken_is_read_anew(floor: Floor) -> None:
    floor.fanout.follow("a", "board:main", 10)
    floor.fanout.on_batch(Batch(10, 12, {"board:main": {}}))
    floor.centre.seq = 12
    floor.fanout.send_snapshot("board:main", 10, {"old": {}}, "a")
    assert floor.messages("snapshot")[0]["seq"] == 12


def test_a_change_that_overtakes_what_a_screen_missed_looks_like_a_gap_to_it() -> None:
    centre, socketio = Head(566), mock.MagicMock()
    centre.changes_since = lambda topic, seq: (566, {"rows": {}}, {})  # type: ignore[assignment, method-assign, return-value]
    house = House("nho", centre, mock.MagicMock())  # type: ignore[arg-type]
    sites = sites_of(house)
    sites.get("nho")
    server = LiveServer(socketio, sites, mock.MagicMock())
    fanout = server.fanouts["nho"]
    fanout.stamp = lambda: "now"
    sent = socketio.server.emit
    guest = Guest(house, Principal("board:main", Role.BOARD, "main"), "token", "", "vi")
    server.resume("screen", guest, {"topic": "board:main", "seq": 345})
    fanout.on_batch(Batch(566, 568, {"board:main": {"rows": {}}}))
    (overtaking,) = [call.args[1] for call in sent.call_args_list if call.args[0] == "change"]
    assert overtaking["prev"] == 566 > 345


def test_a_beat_names_only_seqs_that_every_follower_has_been_sent(floor: Floor) -> None:
    floor.fanout.follow("a", "board:main", 10)
    floor.fanout.follow("b", "board:main", 40)
    floor.fanout.on_batch(Batch(40, 50, {"counter:1": {}}))
    floor.fanout.beat()
    ((_, message, to),) = floor.sent
    assert message == {"at": "now", "seqs": {"board:main": 10}}
    assert sorted(to) == ["a", "b"]


def test_screens_that_follow_the_same_share_one_beat(floor: Floor) -> None:
    for number in range(500):
        floor.fanout.follow(f"s{number}", "board:main", 10)
    floor.fanout.follow("boss", "board:main", 10)
    floor.fanout.follow("boss", "site:nho", 10)
    floor.fanout.topics_of["idle"] = set()
    floor.fanout.beat()
    receivers = [to for _, _, to in floor.sent]
    assert sorted(sid for some in receivers for sid in some) == sorted(
        [f"s{n}" for n in range(500)] + ["boss"]
    )
    assert len(receivers) == 4  # 200, 200, 100, and the one that follows more


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
