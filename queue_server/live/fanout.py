"""Who follows what in one house, and telling them: each change is made and encoded once for all of them.

Reading the centre may let other green threads run (with PostgreSQL it does). So whoever joins is entered
first and reads then: what is told meanwhile is kept for them, and nothing falls between.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any, Protocol

from ..core.refusals import Refused
from ..core.site import Site

MAX_TOPICS = 64
"""How many topics one connection may follow."""
MOST_KEPT = 200
"""Messages kept for one who joins; with more, they find at the next beat that they lack something."""
PORTION = 50
"""After so many connections others get their turn, where it is time."""

Json = dict[str, Any]


class Batch(Protocol):
    """A run of journal entries, `floor` + 1 to `seq`, as the application's relay gives it."""

    seq: int
    floor: int

    @property
    def resets(self) -> bool: ...
    @property
    def at(self) -> str: ...
    def for_topic(self, topic: str) -> tuple[Json, Json] | None: ...
    def snapshot(self, topic: str) -> tuple[int, Json]: ...


class Centre(Protocol):
    """The application as this package uses it."""

    def site(self) -> Site: ...
    def snapshot(self, topic: str) -> tuple[int, Json]: ...
    def changes_since(self, topic: str, seq: int) -> tuple[int, Json, Json] | None: ...
    def spoken(self, name: str, announcement: int) -> None: ...
    def heard(self, officers: Iterable[str]) -> None: ...
    def rights_of(self, role: str) -> Collection[str]: ...
    def subscribe(self, listener: Callable[[Any], None]) -> None: ...


class Line(Protocol):
    """The way out to one connection: `send` hands a frame over without waiting, and in order."""

    def send(self, frame: Any) -> None: ...


def _is_of_one_person(topic: str) -> bool:
    """A thousand phones may follow their tickets: boards, signs and desks, which all look at, come before."""
    return topic.startswith("ticket:")


class Follower:
    """A connection on one topic: `seq` is the newest that it was told of, once it is `live`."""

    __slots__ = ("_kept", "line", "live", "seq")

    def __init__(self, line: Line) -> None:
        self.line = line
        self.live = False
        self.seq = -1
        self._kept: list[tuple[int, Any]] = []

    def put(self, seq: int, frame: Any) -> None:
        """Tell of a change; `frame` is None where it could not be made, which the next beat reveals."""
        if self.live:
            self.seq = seq
            if frame is not None:
                self.line.send(frame)
            return
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
            frame = None
        self._kept.append((seq, frame))

    def begin(self, seq: int, frame: Any) -> None:
        """The topic as it stood at `seq`, then what was told since it was read; from now on everything."""
        self.line.send(frame)
        self.live, self.seq = True, seq
        kept, self._kept = self._kept, []
        for later, message in kept:
            if later > self.seq:
                self.put(later, message)


@dataclass
class Fanout:
    """Telling the connections of one house.

    `encode` makes a frame of an event and its message; `stamp` is the time as text (a batch brings its own:
    while it is told a reading is open, and another inside it could wait for itself); `breathe` lets others
    run; `alone` is held while followers change, where threads could meet.
    """

    centre: Centre
    encode: Callable[[str, Json], Any]
    stamp: Callable[[], str]
    breathe: Callable[[], None]
    alone: AbstractContextManager[Any] = field(default_factory=nullcontext)
    followers: dict[str, dict[str, Follower]] = field(default_factory=dict)
    topics_of: dict[str, dict[str, Follower]] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)
    """The newest seq told on each topic that somebody follows: what the next change follows on."""
    told: int | None = None
    """The newest seq of the whole house that was told, or is being told."""
    _batches: deque[Batch] = field(default_factory=deque)
    _telling: bool = False

    def enter(self, sid: str, line: Line, topic: str) -> Follower:
        """`sid` is about to learn how `topic` stands: from now on what is told is kept for it.

        Call it before the topic is read, and `begin` with what was read.
        """
        follower = Follower(line)
        with self.alone:
            self.followers.setdefault(topic, {})[sid] = follower
            self.topics_of.setdefault(sid, {})[topic] = follower
        return follower

    def leave(self, sid: str, topic: str, only: Follower | None = None) -> bool:
        """`sid` follows `topic` no more (where it does so as `only`); whether it did."""
        with self.alone:
            mine = self.topics_of.get(sid, {})
            follower = mine.get(topic)
            if follower is None or (only is not None and follower is not only):
                return False
            del mine[topic]
            if not mine:
                del self.topics_of[sid]
            self.followers[topic].pop(sid)
            if not self.followers[topic]:
                del self.followers[topic]
                self.last.pop(topic, None)
            return True

    def begin_anew(self, sid: str, topic: str, follower: Follower, seq: int, rows: Json) -> None:
        """Give the whole topic as it stood at `seq`."""
        self._begin(sid, topic, follower, seq, self._whole(topic, seq, rows, self.stamp()))

    def begin_after(
        self, sid: str, topic: str, follower: Follower, prev: int, missed: tuple[int, Json, Json]
    ) -> None:
        """Give what was missed on `topic` since `prev`."""
        seq, put, drop = missed
        self._begin(sid, topic, follower, seq, self._change(topic, seq, prev, put, drop, self.stamp()))

    def _begin(self, sid: str, topic: str, follower: Follower, seq: int, frame: Any) -> None:
        with self.alone:
            if self.topics_of.get(sid, {}).get(topic) is follower:  # else it left, or has asked again since
                follower.begin(seq, frame)

    def on_batch(self, batch: Batch) -> None:
        """Tell every topic that the batch touches. Called by the relay, in the journal's order.

        Where one fails its screens find at the next beat that they lack something, and ask for it; the others
        are told all the same. The last failure is raised at the end. A batch that comes amid another waits.
        """
        self._batches.append(batch)
        if self._telling:
            return
        self._telling = True
        trouble: Exception | None = None
        try:
            while self._batches:
                trouble = self._tell_all(self._batches.popleft()) or trouble
        finally:
            self._telling = False
        if trouble is not None:
            raise trouble

    def _tell_all(self, batch: Batch) -> Exception | None:
        told, trouble = self.told, None
        if told is not None and batch.seq <= told:
            return None
        anew = batch.resets or (told is not None and batch.floor > told)  # something was lost on the way here
        self.told = batch.seq
        for topic in sorted(self.followers, key=_is_of_one_person):
            try:
                self._tell(topic, batch, anew)
            except Exception as error:
                self._send(topic, batch.seq, None)
                # Refused: an import took the board or counter away while its screen was on.
                trouble = trouble if isinstance(error, Refused) else error
            self.breathe()
        return trouble

    def _tell(self, topic: str, batch: Batch, anew: bool) -> None:
        if topic not in self.followers:
            return  # they left while others were told: nothing is kept of a topic that nobody follows
        prev = self.last.setdefault(topic, batch.floor)
        if prev >= batch.seq:
            return
        if anew:
            seq, rows = batch.snapshot(topic)
            self._send(topic, seq, self._whole(topic, seq, rows, batch.at))
            return
        made = batch.for_topic(topic)
        if made is not None:
            put, drop = made
            self._send(topic, batch.seq, self._change(topic, batch.seq, prev, put, drop, batch.at))

    def _whole(self, topic: str, seq: int, rows: Json, at: str) -> Any:
        return self.encode("snapshot", {"topic": topic, "seq": seq, "at": at, "data": rows})

    def _change(self, topic: str, seq: int, prev: int, put: Json, drop: Json, at: str) -> Any:
        told = {"topic": topic, "seq": seq, "prev": prev, "at": at, "put": put, "drop": drop}
        return self.encode("change", told)

    def _send(self, topic: str, seq: int, frame: Any) -> None:
        """To all who follow `topic` now; whoever comes while it is sent reads what is at least as new."""
        everybody = self.followers.get(topic)
        if everybody is None:
            return
        self.last[topic] = seq
        followers = list(everybody.values())
        for start in range(0, len(followers), PORTION):
            with self.alone:
                for follower in followers[start : start + PORTION]:
                    follower.put(seq, frame)
            self.breathe()

    def beat(self) -> None:
        """Tell each connection that it lives, and the newest seq that it was told on each of its topics.

        Those who are told the same share one frame.
        """
        at = self.stamp()
        frames: dict[tuple[tuple[str, int], ...], Any] = {}
        for number, mine in enumerate(list(self.topics_of.values())):
            with self.alone:
                seqs = tuple((topic, one.seq) for topic, one in mine.items() if one.live)
                line = next((one.line for one in mine.values()), None)
            if seqs and line is not None:
                frame = frames.get(seqs)
                if frame is None:
                    frame = frames[seqs] = self.encode("beat", {"at": at, "seqs": dict(seqs)})
                line.send(frame)
            if number % PORTION == 0:
                self.breathe()
