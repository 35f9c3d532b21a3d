"""Who follows what, and telling them: each change is made once per topic and sent to all who follow it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from ..core.refusals import Refused
from ..core.site import Site

MAX_TOPICS = 64
"""How many topics one connection may follow."""

Json = dict[str, Any]


class Batch(Protocol):
    """A run of journal entries, `floor` + 1 to `seq`, as the application's relay gives it."""

    seq: int
    floor: int

    @property
    def resets(self) -> bool: ...
    def for_topic(self, topic: str) -> tuple[Json, Json] | None: ...


class Centre(Protocol):
    """The application as this package uses it."""

    def site(self) -> Site: ...
    def snapshot(self, topic: str) -> tuple[int, Json]: ...
    def changes_since(self, topic: str, seq: int) -> tuple[int, Json, Json] | None: ...
    def spoken(self, name: str, announcement: int) -> None: ...
    def heard(self, officers: Iterable[str]) -> None: ...
    def rights_of(self, role: str) -> Collection[str]: ...
    def subscribe(self, listener: Callable[[Any], None]) -> None: ...


class Emit(Protocol):
    def __call__(self, event: str, message: Json, to: str | list[str]) -> None: ...


@dataclass
class Fanout:
    """Telling the connections of one house: `emit` sends one message to a topic's `room` or to connections;
    `stamp` is the time as text."""

    centre: Centre
    emit: Emit
    room: Callable[[str], str]
    stamp: Callable[[], str]
    breathe: Callable[[], None]
    followers: dict[str, set[str]] = field(default_factory=dict)
    topics_of: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    sent: dict[str, int] = field(default_factory=dict)
    """The newest seq sent on each topic that somebody follows."""

    def follow(self, sid: str, topic: str, seq: int) -> None:
        """`sid` is about to hold `topic` as it stood at `seq`."""
        self.followers.setdefault(topic, set()).add(sid)
        self.topics_of[sid].add(topic)
        self.sent.setdefault(topic, seq)

    def unfollow(self, sid: str, topic: str) -> None:
        self.topics_of[sid].discard(topic)
        rest = self.followers.get(topic)
        if rest is None:
            return
        rest.discard(sid)
        if not rest:
            del self.followers[topic]
            self.sent.pop(topic, None)

    def forget(self, sid: str) -> None:
        for topic in list(self.topics_of[sid]):
            self.unfollow(sid, topic)
        del self.topics_of[sid]

    def send_snapshot(self, topic: str, seq: int, rows: Json, to: str) -> None:
        """Bring `to` up to `seq`; anew where the topic has moved on since `rows` were read."""
        if self.sent.get(topic, seq) > seq:
            seq, rows = self.centre.snapshot(topic)
        self.emit("snapshot", {"topic": topic, "seq": seq, "at": self.stamp(), "data": rows}, to)

    def send_missed(self, topic: str, prev: int, missed: tuple[int, Json, Json], to: str) -> None:
        """What `to` missed on `topic` since `prev`."""
        seq, put, drop = missed
        self.emit("change", self._change(topic, seq, prev, put, drop), to)

    def on_batch(self, batch: Batch) -> None:
        """Tell every topic that the batch touches. Called by the relay, in the journal's order.

        Where one fails its screens find at the next beat that they lack something, and ask for it; the others
        are told all the same. The last failure is raised at the end.
        """
        trouble: Exception | None = None
        for topic in list(self.followers):
            try:
                self._tell(topic, batch)
            except Exception as error:
                self.sent[topic] = max(self.sent.get(topic, 0), batch.seq)
                # Refused: an import took the board or counter away while its screen was on.
                trouble = trouble if isinstance(error, Refused) else error
        if trouble is not None:
            raise trouble

    def _tell(self, topic: str, batch: Batch) -> None:
        if batch.resets:
            seq, rows = self.centre.snapshot(topic)
            self.sent[topic] = seq
            whole = {"topic": topic, "seq": seq, "at": self.stamp(), "data": rows}
            self.emit("snapshot", whole, self.room(topic))
            return
        change = batch.for_topic(topic)
        if change is not None:
            prev = self.sent.get(topic, batch.floor)
            self.sent[topic] = max(prev, batch.seq)
            self.emit("change", self._change(topic, batch.seq, prev, *change), self.room(topic))

    def _change(self, topic: str, seq: int, prev: int, put: Json, drop: Json) -> Json:
        return {"topic": topic, "seq": seq, "prev": prev, "at": self.stamp(), "put": put, "drop": drop}

    def beat(self) -> None:
        """Tell each connection that it lives, and the newest seq of each of its topics."""
        at = self.stamp()
        for topics, sids in self._alike().items():
            seqs = {topic: self.sent[topic] for topic in sorted(topics) if topic in self.sent}
            for some in _portions(sids, 200):
                self.emit("beat", {"at": at, "seqs": seqs}, some)
                self.breathe()

    def _alike(self) -> dict[frozenset[str], list[str]]:
        """Connections by what they follow: those alike share one message."""
        groups: dict[frozenset[str], list[str]] = defaultdict(list)
        for sid, topics in list(self.topics_of.items()):
            if not topics:
                continue
            groups[frozenset(topics)].append(sid)
        return groups


def _portions(items: list[str], size: int) -> Iterable[list[str]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
