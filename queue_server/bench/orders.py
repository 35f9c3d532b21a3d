"""Issue and call-next over HTTP, beside a bare durable insert: rates and times with 1, 8 and 32 at once."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace

from .hall import QUEUE, BenchHall
from .http_load import Burst, Crowd, Next, Request, post
from .measure import Goal, Measure, at_least, no_more_than, paired, percentile
from .processes import Server

LEVELS = (1, 8, 32)
PEER_ISSUE, PEER_CALL = 740.0, 706.0
"""What the fastest peer made of each in a second, with 8 clients, on such a machine."""
PEER_P50 = 2.4

BODY = json.dumps({"queue": QUEUE}).encode()
_keys = itertools.count()

_ISSUE = (
    "{n} at once in a closed loop over keep-alive HTTP, each POST /tickets with a key of its own;"
    " floor: bare Flask on the same server, one durable INSERT per request"
)
_CALL = (
    "{n} desks at once in a closed loop, call-next and then no-show, 2,000 or more waiting: the rate counts"
    " both requests, the times call-next alone; floor: the same bare INSERT"
)


@dataclass
class Findings:
    """What the rounds at one level gave: (ours, floor) rates, and pooled times in seconds."""

    issue: list[tuple[float, float]] = field(default_factory=list)
    call: list[tuple[float, float]] = field(default_factory=list)
    cpu: dict[str, list[tuple[float, float]]] = field(default_factory=lambda: {"issue": [], "call": []})
    times: dict[str, list[float]] = field(default_factory=lambda: {"issue": [], "call": [], "floor": []})

    def add(self, issued: Burst, called: Burst, inserted: Burst) -> None:
        self.issue.append((issued.rate, inserted.rate))
        self.call.append((called.rate, inserted.rate))
        self.cpu["issue"].append((issued.cpu, inserted.cpu))
        self.cpu["call"].append((called.cpu, inserted.cpu))
        for name, burst in (("issue", issued), ("call", called), ("floor", inserted)):
            self.times[name] += burst.times


def take_turns(
    halls: Sequence[BenchHall], ours: Server, bare: Server, rounds: int, seconds: float
) -> Iterator[tuple[int, Findings]]:
    """Take turns at each level: issue, bare insert, call-next. The clients are spread over the halls."""
    for level in LEVELS:
        found = Findings()
        with ExitStack() as stack:
            here = stack.enter_context(Crowd(ours.port, level, ours.cpu))
            there = stack.enter_context(Crowd(bare.port, level, bare.cpu))
            for turn in range(-1, rounds):  # the first turn only warms up
                length = seconds if turn >= 0 else min(seconds, 0.3)
                issued = here.run([kiosk(halls[n % len(halls)].kiosk, length) for n in range(level)])
                inserted = there.run([kiosk("bare", length, path="/tickets") for _ in range(level)])
                called = here.run([desk(*_desk(halls, n), length) for n in range(level)])
                if turn >= 0:
                    found.add(issued, called, inserted)
        yield level, found


def _desk(halls: Sequence[BenchHall], number: int) -> tuple[str, str]:
    """The counter and the token of the desk at which client `number` works."""
    hall = halls[number % len(halls)]
    return list(hall.desks.items())[number // len(halls)]


def measure_orders(
    hall: BenchHall, ours: Server, bare: Server, rounds: int, seconds: float, where: str = ""
) -> Iterator[Measure]:
    """`where` goes before the names, where the disk is not the machine's own: no peer was measured there."""
    for level, found in take_turns([hall], ours, bare, rounds, seconds):
        for measure in _measures(level, found, has_peer=not where):
            yield replace(measure, name=where + measure.name)


def kiosk(token: str, seconds: float, *, path: str = "/api/v1/tickets") -> Next:
    """Asks for a number again and again, for so many seconds."""
    until = time.perf_counter() + seconds

    def following(_: bytes) -> Request | None:
        if time.perf_counter() >= until:
            return None
        return Request(post(path, token, BODY, fresh_key()), 201)

    return following


def desk(name: str, token: str, seconds: float) -> Next:
    """Calls the next one, says that nobody came, and so on; it ends with a free desk."""
    until = time.perf_counter() + seconds
    at_the_desk = False

    def following(body: bytes) -> Request | None:
        nonlocal at_the_desk
        if at_the_desk:
            at_the_desk = False
            ticket = json.loads(body)["ticket"]["id"]
            return Request(
                post(f"/api/v1/tickets/{ticket}/no-show", token, key=fresh_key()), 200, counts=False
            )
        if time.perf_counter() >= until:
            return None
        at_the_desk = True
        return Request(post(f"/api/v1/counters/{name}/call-next", token, key=fresh_key()), 200)

    return following


def fresh_key() -> str:
    return f"bench-{time.time_ns():x}-{next(_keys)}"


def _measures(level: int, found: Findings, *, has_peer: bool) -> Iterator[Measure]:
    least = {1: 0.7, 8: 1.0, 32: 1.5}[level]
    for name, pairs, how, peer in (
        ("issue", found.issue, _ISSUE, PEER_ISSUE),
        ("call", found.call, _CALL, PEER_CALL),
    ):
        said = how.format(n=level)
        goal = at_least(least, peer if has_peer and level == 8 else 0.0)
        yield paired(f"{name}.{level}.rate", pairs, "requests/s", said, goal)
        yield paired(
            f"{name}.{level}.cpu", found.cpu[name], "ms", f"the server's processor time; {said}", None
        )
        for share in (0.5, 0.99):
            ours, floor = (1000 * percentile(found.times[of], share) for of in (name, "floor"))
            limit: Goal | None = no_more_than(PEER_P50) if has_peer and level == 1 and share == 0.5 else None
            yield Measure(f"{name}.{level}.p{share * 100:.0f}", ours, floor, "ms", said, limit)
