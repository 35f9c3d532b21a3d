"""What a long past and a long line cost: issue and call-next of two centres that differ in that."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from .hall import BenchHall
from .http_load import Crowd, Next, Request, post
from .measure import Measure, at_most, percentile
from .orders import BODY, fresh_key
from .processes import Server

TURN = 10
"""Visits of one centre before the other's turn comes."""


@dataclass
class Visits:
    """A kiosk and a desk in turns: issue, call-next, no-show; the line stays as long as it was."""

    hall: BenchHall
    crowd: Crowd
    issue: list[float] = field(default_factory=list)
    call: list[float] = field(default_factory=list)

    def warm_up(self) -> None:
        self.crowd.run([_visits(self.hall, 5 * TURN)])

    def some(self) -> None:
        times = self.crowd.run([_visits(self.hall, TURN)]).times
        self.issue += times[0::2]
        self.call += times[1::2]


def compare(
    name: str, how: str, long: tuple[BenchHall, Server], short: tuple[BenchHall, Server], visits: int
) -> Iterator[Measure]:
    """Median time of an issue and of a call-next: `long` beside `short`."""
    with Crowd(long[1].port, 1) as here, Crowd(short[1].port, 1) as there:
        ours, floor = Visits(long[0], here), Visits(short[0], there)
        for one in (ours, floor):
            one.warm_up()
        for _ in range(-(-visits // TURN)):
            for one in (ours, floor):
                one.some()
    for kind in ("issue", "call"):
        pair = [1000 * percentile(getattr(one, kind), 0.5) for one in (ours, floor)]
        yield Measure(f"{kind}.{name}", pair[0], pair[1], "ms", how, at_most(1.1))


def _visits(hall: BenchHall, number: int) -> Next:
    """The script of so many visits at the first desk."""
    name, token = next(iter(hall.desks.items()))
    step = -1

    def following(body: bytes) -> Request | None:
        nonlocal step
        step += 1
        if step >= 3 * number:
            return None
        if step % 3 == 0:
            return Request(post("/api/v1/tickets", hall.kiosk, BODY, fresh_key()), 201)
        if step % 3 == 1:
            return Request(post(f"/api/v1/counters/{name}/call-next", token, key=fresh_key()), 200)
        ticket = json.loads(body)["ticket"]["id"]
        return Request(post(f"/api/v1/tickets/{ticket}/no-show", token, key=fresh_key()), 200, counts=False)

    return following
