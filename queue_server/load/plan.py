"""What is to be played: which centres, how many visits, which part of the day, how fast; drawn by a seed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from ..core.site import ORDINARY, Site
from . import profile

Kind = Literal["hall", "branch", "commune"]
SENT_TWICE = 0.05
"""The share of numbers asked for twice under one key, as by a kiosk that heard no answer."""

ELDERLY = 0.2
"""The share that was drawn as elderly in docs/simulation.md, too."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day: minutes after midnight, and how many."""

    begin: float
    minutes: float


@dataclass(frozen=True, slots=True)
class Plan:
    """`kinds`: one for each centre. `visits`: in the whole day and all centres; only those in `part` come."""

    name: str
    kinds: tuple[Kind, ...]
    visits: int
    phones: int
    speed: float
    part: Part
    seed: int

    @property
    def seconds(self) -> float:
        """How long the part of the day takes."""
        return self.part.minutes * 60 / self.speed


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody who comes. `at` and `service`: seconds of the day's own time, `at` from the part's begin."""

    site: str
    at: float
    kiosk: str
    queue: str
    priority: str
    service: float
    stays: bool
    sends_twice: bool


def hall(visits: int, phones: int, speed: float, part: Part, seed: int) -> Plan:
    """One provincial hall: the sample centre with its 40 desks."""
    return Plan("hall", ("hall",), visits, phones, speed, part, seed)


def province(sites: int, visits: int, phones: int, speed: float, part: Part, seed: int) -> Plan:
    """A hall of 40 desks, 13 branches with 156 desks, and communes with one to four desks each."""
    branch: Kind = "branch"
    kinds: list[Kind] = ["hall", *[branch] * 13]
    kinds += ["commune"] * max(0, sites - len(kinds))
    return Plan("province", tuple(kinds[:sites]), visits, phones, speed, part, seed)


def small(visits: int, phones: int, speed: float, part: Part, seed: int) -> Plan:
    """One branch with twelve desks: enough for a test."""
    return Plan("small", ("branch",), visits, phones, speed, part, seed)


def visits_of(plan: Plan, sites: Sequence[Site]) -> list[Visit]:
    """Everybody who comes to any of `sites` in the part of the day, in the order of their coming."""
    counts = _shared_out(plan, sites)
    end = plan.part.minutes * 60
    found = [
        visit for site in sites for visit in _of_site(plan, site, counts[site.id]) if 0 <= visit.at < end
    ]
    return sorted(found, key=lambda visit: visit.at)


def _shared_out(plan: Plan, sites: Sequence[Site]) -> Mapping[str, int]:
    """The day's visits by centre: by its desks, some more and some less."""
    dice = random.Random(f"{plan.seed} sites")
    weights = {site.id: len(site.counters) * dice.uniform(0.7, 1.3) for site in sites}
    whole = sum(weights.values())
    marks = [round(plan.visits * sum_ / whole) for sum_ in accumulate(weights.values())]
    return {site: mark - before for site, mark, before in zip(weights, marks, [0, *marks], strict=False)}


def _of_site(plan: Plan, site: Site, count: int) -> Iterator[Visit]:
    dice = random.Random(f"{plan.seed} {site.id}")
    queues = [queue.id for queue in site.queues]
    weights = [len(site.counters_of[queue]) * dice.uniform(0.7, 1.3) for queue in queues]
    mean = 60 * profile.mean_service(len(site.counters), count)
    for _ in range(count):
        yield Visit(
            site=site.id,
            at=60 * (profile.arrival(dice.random()) - plan.part.begin),
            kiosk=dice.choice(site.kiosks).id,
            queue=dice.choices(queues, weights)[0],
            priority="elderly" if dice.random() < ELDERLY else ORDINARY,
            service=mean * profile.service(dice.random()),
            stays=dice.random() >= profile.NO_SHOWS,
            sends_twice=dice.random() < SENT_TWICE,
        )
