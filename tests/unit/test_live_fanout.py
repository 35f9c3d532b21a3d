"""The fan-out of live topics, without sockets: who is told what, with which seq, and how often it is made.

The centre here lets others run while it is read, as one on PostgreSQL does.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from queue_server.core.refusals import Code, Refused
from queue_server.live.fanout import MOST_KEPT, Fanout

Json = dict[str, Any]
BOARD = "board:main"


@dataclass
class Batch:
    floor: int
    seq: int
    changes: Json = field(default_factory=dict)
    resets: bool = False
    meanwhile: Callable[[], object] = lambda: None
    centre: Head | None = None
    made: list[str] = field(default_factory=list)
    at: str = "now"

    def snapshot(self, topic: str) -> tuple[int, Json]:
        assert self.centre is not None
        return self.centre.snapshot(topic)

    def for_topic(self, topic: str) -> tuple[Json, Json] | None:
        self.made.append(topic)
        self.meanwhile()
        if topic == "board:gone":
            raise Refused(Code.UNKNOWN_BOARD)
        if topic == "board:broken":
            raise RuntimeError("no picture")
        change = self.changes.get(topic)
        return None if change is None else (change, {})


@dataclass
class Head:
    """A centre whose topics all stand at `seq`; `meanwhile` happens once while it is read."""

    seq: int = 10
    meanwhile: Callable[[], object] | None = None
    row: int = 10
    """What the screens show: the newest entry that touched the board."""

    def site(self) -> Any:
        raise AssertionError("the time is given")

    def snapshot(self, topic: str) -> tuple[int, Json]:
        read = self.seq, {"row": self.row}
        happening, self.meanwhile = self.meanwhile, None
        if happening:
            happening()
        return read

    def changes_since(self, topic: str, seq: int) -> tuple[int, Json, Json] | None:
        head, rows = self.snapshot(topic)
        return head, rows, {}

    def spoken(self, name: str, announcement: int) -> None: ...
    def heard(self, officers: Any) -> None: ...
    def rights_of(self, role: str) -> list[str]:
        return []

    def subscribe(self, listener: Any) -> None: ...


@dataclass
class Screen:
    """The far end of a line, by the pages' rule: old is ignored, a gap is noted and stops it."""

    sid: str
    heard: list[tuple[str, Json]] = field(default_factory=list)
    seq: int = -1
    gaps: int = 0
    row: int = -1

    def send(self, frame: tuple[str, Json]) -> None:
        event, message = frame
        self.heard.append(frame)
        if event == "snapshot":
            self.seq, self.row = message["seq"], message["data"]["row"]
        elif event == "change" and message["seq"] > self.seq:
            if message["prev"] > self.seq:
                self.gaps += 1
            else:
                self.seq, self.row = message["seq"], message["put"].get("row", self.row)

    def messages(self, event: str) -> list[Json]:
        return [message for name, message in self.heard if name == event]


class Floor:
    """A fan-out with its screens."""

    def __init__(self) -> None:
        self.centre = Head()
        self.encoded: list[tuple[str, Json]] = []
        self.turns: list[Callable[[], None]] = []
        self.fanout = Fanout(self.centre, self.encode, lambda: "now", self.breathe)

    def encode(self, event: str, message: Json) -> tuple[str, Json]:
        self.encoded.append((event, message))
        return event, message

    def breathe(self) -> None:
        if self.turns:
            self.turns.pop(0)()

    def ask(self, screen: Screen, topic: str = BOARD) -> Callable[[], None]:
        """As the server does: enter, read, and then (by the call returned) give it what was read."""
        follower = self.fanout.enter(screen.sid, screen, topic)
        seq, rows = self.centre.snapshot(topic)
        return lambda: self.fanout.begin_anew(screen.sid, topic, follower, seq, rows)

    def join(self, sid: str, topic: str = BOARD, *, screen: Screen | None = None) -> Screen:
        screen = screen or Screen(sid)
        self.ask(screen, topic)()
        return screen

    def resume(self, screen: Screen, topic: str = BOARD) -> None:
        follower = self.fanout.enter(screen.sid, screen, topic)
        missed = self.centre.changes_since(topic, screen.seq)
        assert missed is not None
        self.fanout.begin_after(screen.sid, topic, follower, screen.seq, missed)

    def tell(self, seq: int, *topics: str, resets: bool = False) -> Batch:
        """The journal goes on to `seq`, which touches these topics."""
        told = self.fanout.told
        batch = Batch(
            10 if told is None else told, seq, {name: {} for name in topics}, resets, centre=self.centre
        )
        self.centre.seq = max(self.centre.seq, seq)
        self.fanout.on_batch(batch)
        return batch


@pytest.fixture
def floor() -> Floor:
    return Floor()


def test_a_change_is_made_and_encoded_once_for_all_who_follow_its_topic(floor: Floor) -> None:
    screens = [floor.join(sid) for sid in ("a", "b", "c")]
    other = floor.join("d", "counter:1")
    floor.encoded.clear()
    batch = floor.tell(12, BOARD)
    assert sorted(batch.made) == [BOARD, "counter:1"]
    change = {"topic": BOARD, "seq": 12, "prev": 10, "at": "now", "put": {}, "drop": {}}
    assert floor.encoded == [("change", change)]
    assert [screen.messages("change") for screen in screens] == [[change]] * 3
    assert other.messages("change") == []


@pytest.mark.parametrize("resets", [False, True])
def test_while_a_batch_is_told_nothing_else_is_read_of_the_centre(floor: Floor, resets: bool) -> None:
    """The batch holds a reading open: with the last connection lent, a second would wait for it."""
    screen = floor.join("a")

    def stamp() -> str:
        raise AssertionError("asked where the centre is")

    floor.fanout.stamp = stamp
    floor.tell(12, BOARD, resets=resets)
    assert screen.messages("snapshot" if resets else "change")[-1]["at"] == "now"


def test_each_change_follows_on_the_one_told_before_it(floor: Floor) -> None:
    screen = floor.join("a")
    floor.tell(12, BOARD)
    floor.tell(20, "counter:1")
    floor.tell(21, BOARD)
    assert [(m["prev"], m["seq"]) for m in screen.messages("change")] == [(10, 12), (12, 21)]


def test_one_who_joins_late_and_one_who_was_there_can_both_apply_the_next_change(floor: Floor) -> None:
    early = floor.join("early")
    floor.tell(30, "counter:1")
    late = floor.join("late")
    floor.tell(31, BOARD)
    assert (early.seq, late.seq) == (31, 31)
    assert early.messages("change")[0]["prev"] <= 10


def test_the_hall_hears_before_the_phones_whoever_came_first(floor: Floor) -> None:
    for sid, topic in (("a", "ticket:one"), ("b", "counter:1"), ("c", "ticket:two"), ("d", BOARD)):
        floor.join(sid, topic)
    assert floor.tell(12, BOARD).made == ["counter:1", BOARD, "ticket:one", "ticket:two"]


def test_nothing_is_made_for_topics_that_nobody_follows(floor: Floor) -> None:
    floor.join("a")
    assert floor.fanout.leave("a", BOARD)
    assert not floor.fanout.leave("a", BOARD)
    assert floor.tell(11, BOARD).made == []
    assert floor.fanout.followers == {} and floor.fanout.last == {} and floor.fanout.topics_of == {}


def test_nothing_is_kept_of_a_topic_that_its_last_follower_leaves_while_others_are_told(floor: Floor) -> None:
    floor.join("a")
    floor.join("b", "ticket:once")
    leave: Callable[..., Any] = floor.fanout.leave
    floor.turns = [lambda: leave("b", "ticket:once")]
    assert floor.tell(11, BOARD, "ticket:once").made == [BOARD]
    assert set(floor.fanout.last) == {BOARD}


def test_a_turned_page_gives_snapshots_instead_of_changes(floor: Floor) -> None:
    screen = floor.join("a")
    floor.centre.seq = 15
    floor.tell(14, resets=True)
    assert [m["seq"] for m in screen.messages("snapshot")] == [10, 15] and screen.messages("change") == []
    floor.tell(16, BOARD)
    assert screen.messages("change")[0]["prev"] == 15


def test_what_the_new_snapshot_held_already_is_not_told_again(floor: Floor) -> None:
    screen = floor.join("a")
    floor.centre.seq = 15
    floor.tell(13, resets=True)
    floor.tell(15, BOARD)
    assert screen.messages("change") == []


def test_a_batch_that_comes_twice_is_told_once(floor: Floor) -> None:
    screen = floor.join("a")
    batch = floor.tell(12, BOARD)
    floor.fanout.on_batch(batch)
    assert len(screen.messages("change")) == 1


def test_entries_that_were_lost_on_the_way_here_lead_to_new_snapshots(floor: Floor) -> None:
    screen = floor.join("a")
    floor.tell(12, BOARD)
    floor.centre.seq = 20
    floor.fanout.on_batch(Batch(18, 20, centre=floor.centre))
    assert [m["seq"] for m in screen.messages("snapshot")] == [10, 20]


def test_a_topic_that_was_taken_away_does_not_keep_the_others_from_hearing(floor: Floor) -> None:
    floor.join("a", "board:gone")
    screen = floor.join("b")
    floor.tell(11, BOARD)
    assert [message["topic"] for message in screen.messages("change")] == [BOARD]


def test_a_topic_that_fails_leaves_a_gap_and_keeps_nobody_else_from_hearing(floor: Floor) -> None:
    """What was not told must not pass unnoticed: the next change would be taken for the one that is due."""
    screen = floor.join("a", "board:broken")
    floor.join("a", BOARD, screen=screen)
    with pytest.raises(RuntimeError, match="no picture"):
        floor.tell(12, BOARD)
    assert [message["topic"] for message in screen.messages("change")] == [BOARD]
    floor.fanout.beat()
    assert screen.messages("beat")[-1]["seqs"] == {"board:broken": 12, BOARD: 12}


def test_what_is_told_while_one_joins_comes_after_their_snapshot(floor: Floor) -> None:
    screen = Screen("a")
    floor.centre.meanwhile = lambda: [floor.tell(seq, BOARD) for seq in (11, 12)]
    give = floor.ask(screen)
    floor.tell(13, BOARD)
    assert screen.heard == []
    give()
    assert [event for event, _ in screen.heard] == ["snapshot", "change", "change", "change"]
    assert (screen.seq, screen.gaps) == (13, 0)


def test_what_the_snapshot_holds_already_is_not_told_after_it(floor: Floor) -> None:
    screen = Screen("a")
    follower = floor.fanout.enter("a", screen, BOARD)
    floor.tell(12, BOARD)
    floor.fanout.begin_anew("a", BOARD, follower, *floor.centre.snapshot(BOARD))
    assert [event for event, _ in screen.heard] == ["snapshot"]
    floor.tell(13, BOARD)
    assert (screen.seq, screen.gaps) == (13, 0)


def test_what_is_told_while_one_reads_what_it_missed_comes_after_it(floor: Floor) -> None:
    screen = floor.join("a")
    floor.fanout.leave("a", BOARD)
    floor.tell(12, BOARD)
    floor.centre.meanwhile = lambda: floor.tell(14, BOARD)
    floor.resume(screen)
    assert [(m["prev"], m["seq"]) for m in screen.messages("change")] == [(10, 12), (12, 14)]
    assert (screen.seq, screen.gaps) == (14, 0)


def test_one_who_joins_while_a_change_is_computed_misses_nothing(floor: Floor) -> None:
    floor.join("first")
    screen = Screen("second")
    begin: list[Callable[[], None]] = []
    batch = Batch(10, 12, {BOARD: {}}, meanwhile=lambda: begin.append(floor.ask(screen)))
    floor.fanout.on_batch(batch)  # the second reads what stood before it: 10
    begin[0]()
    assert (screen.seq, screen.gaps) == (12, 0)


def test_one_who_joins_between_two_portions_of_a_change_misses_nothing(floor: Floor) -> None:
    *_, again = (floor.join(f"s{number}") for number in range(120))
    screen = Screen("new")
    begin: list[Callable[[], None]] = []
    floor.turns = [lambda: begin.append(floor.ask(screen)), lambda: begin.append(floor.ask(again))]
    floor.tell(12, BOARD)
    floor.tell(13, BOARD)
    for give in begin:
        give()
    for one in (screen, again):
        assert (one.seq, one.gaps) == (13, 0)


def test_one_who_leaves_or_asks_again_while_it_is_read_for_them_is_given_one_answer(floor: Floor) -> None:
    gone, twice = Screen("gone"), Screen("twice")
    late = floor.ask(gone)
    floor.fanout.leave("gone", BOARD)
    late()
    assert gone.heard == []
    first, second = floor.ask(twice), floor.ask(twice)
    first()
    assert twice.heard == []
    second()
    assert [event for event, _ in twice.heard] == ["snapshot"]


def test_two_batches_never_mix_on_one_topic(floor: Floor) -> None:
    screens = [floor.join(f"s{number}") for number in range(120)]
    floor.turns = [lambda: floor.fanout.on_batch(Batch(12, 14, {BOARD: {}}))]
    floor.fanout.on_batch(Batch(10, 12, {BOARD: {}}))
    for screen in screens:
        assert [(m["prev"], m["seq"]) for m in screen.messages("change")] == [(10, 12), (12, 14)]


def test_a_batch_that_comes_while_snapshots_are_read_for_another_waits_for_it(floor: Floor) -> None:
    screen = floor.join("a")
    floor.centre.seq = 12
    floor.centre.meanwhile = lambda: floor.tell(14, BOARD)
    floor.fanout.on_batch(Batch(10, 12, resets=True, centre=floor.centre))
    assert [event for event, _ in screen.heard] == ["snapshot", "snapshot", "change"]
    assert (screen.seq, screen.gaps) == (14, 0)


def test_too_many_changes_while_one_joins_are_noticed_at_the_beat(floor: Floor) -> None:
    screen = Screen("a")
    give = floor.ask(screen)
    for seq in range(11, 12 + MOST_KEPT):
        floor.tell(seq, BOARD)
    give()
    floor.fanout.beat()
    assert [event for event, _ in screen.heard] == ["snapshot", "beat"]
    assert screen.messages("beat")[0]["seqs"] == {BOARD: 11 + MOST_KEPT}


def test_a_beat_names_to_each_what_they_were_told_last(floor: Floor) -> None:
    early = floor.join("a")
    floor.tell(40, "counter:1")
    late = floor.join("b")
    joining = Screen("c")
    floor.ask(joining)
    floor.tell(50, "counter:1")
    floor.fanout.beat()
    assert early.messages("beat") == [{"at": "now", "seqs": {BOARD: 10}}]
    assert late.messages("beat") == [{"at": "now", "seqs": {BOARD: 40}}]
    assert joining.heard == []


def test_screens_that_were_told_the_same_share_one_beat(floor: Floor) -> None:
    screens = [floor.join(f"s{number}") for number in range(500)]
    boss = floor.join("boss")
    floor.join("boss", "site:nho", screen=boss)
    floor.encoded.clear()
    floor.fanout.beat()
    assert len(floor.encoded) == 2
    assert all(len(screen.messages("beat")) == 1 for screen in (*screens, boss))


@pytest.mark.parametrize("seed", range(200))
def test_whatever_runs_in_between_every_screen_ends_where_the_journal_does(seed: int) -> None:
    """Joins, resumes, leaves and batches come amid each other, wherever reading or telling lets others in."""
    chance, floor = random.Random(seed), Floor()
    screens = [Screen(f"s{number}") for number in range(60)]
    open_ends: list[Callable[[], None]] = []
    depth = 0

    def anything() -> None:
        nonlocal depth
        if depth > 3:
            return
        depth += 1
        for _ in range(chance.randrange(3)):
            screen = chance.choice(screens)
            if chance.random() < 0.4:
                floor.centre.meanwhile = anything
            act = chance.randrange(6)
            if act == 0:
                open_ends.append(floor.ask(screen))
            elif act == 1 and screen.seq >= 0:
                floor.resume(screen)
            elif act == 2 and open_ends:
                open_ends.pop(chance.randrange(len(open_ends)))()
            elif act == 3:
                floor.fanout.leave(screen.sid, BOARD)
            else:
                commit()
        depth -= 1

    told = touched = 10

    def commit(share: float = 0.7) -> None:
        """Commits of which the relay tells in order, each at once or together with the next."""
        nonlocal told, touched
        floor.centre.seq += chance.randrange(1, 4)
        if chance.random() < 0.6:
            floor.centre.row = touched = floor.centre.seq
        if chance.random() < share:
            before, told = told, floor.centre.seq
            changes = {BOARD: {"row": floor.centre.row}} if touched > before else {}
            resets = chance.random() < 0.1
            floor.fanout.on_batch(Batch(before, told, changes, resets, anything, floor.centre))

    for _ in range(60):
        floor.turns = [anything] * chance.randrange(4)
        anything()
    floor.turns = []
    for give in open_ends:
        give()
    depth = 9  # from here on nothing comes amid it
    commit(share=1.0)
    following = [screen for screen in screens if screen.sid in floor.fanout.followers.get(BOARD, {})]
    assert not [screen.sid for screen in screens if screen.gaps]
    assert {screen.row for screen in following} <= {floor.centre.row}
