"""Made-up days of a hall, as visits of a trace: counters that come and go, priority, lunch, impatience."""

from __future__ import annotations

import heapq
import random
from dataclasses import dataclass, field, replace

from queue_server.app.traces import Visit

MINUTE = 60_000
DAY = 24 * 60 * MINUTE
FIRST_DAY = 20_500 * DAY


@dataclass(frozen=True)
class Plan:
    """One hall: minutes, and shares of 1. `lunch`: every counter closes from 11:30 to 13:00. `patience`: the
    mean minutes until one gives up. `told`: the trace has who served, until when, and how many were open.
    """

    counters: int = 3
    service: float = 6.0
    load: float = 0.9
    days: int = 8
    priority: float = 0.0
    lunch: bool = False
    patience: float | None = None
    told: bool = True


@dataclass
class _Day:
    start: int
    plan: Plan
    dice: random.Random
    visits: list[Visit] = field(default_factory=list)
    line: list[int] = field(default_factory=list)
    open: set[int] = field(default_factory=set)
    busy: set[int] = field(default_factory=set)
    todo: list[tuple[int, int, str, int]] = field(default_factory=list)

    def plans(self, minute: float, what: str, which: int) -> None:
        heapq.heappush(self.todo, (self.start + round(minute * MINUTE), len(self.todo), what, which))

    def arrivals(self) -> None:
        minute, rate = 450.0, self.plan.load * self.plan.counters / self.plan.service
        while True:
            minute += self.dice.expovariate(rate * 1.6)
            if minute > 990:
                return
            busy_hour = 1.0 if 510 < minute < 630 else 0.7 if 840 < minute < 930 else 0.45
            if self.dice.random() < busy_hour * (0.2 if self.plan.lunch and 690 < minute < 780 else 1.0):
                self.plans(minute, "arrives", -1)

    def shifts(self) -> None:
        for counter in range(self.plan.counters):
            self.plans(450 + self.dice.uniform(0, 10), "opens", counter)
            away = self.dice.uniform(480, 900)
            spans = [(away, away + self.dice.uniform(10, 40))] + [(690, 780)] * self.plan.lunch
            for leaves, returns in spans:
                self.plans(leaves, "closes", counter)
                self.plans(returns, "opens", counter)

    def run(self) -> list[Visit]:
        self.arrivals()
        self.shifts()
        while self.todo:
            at, _, what, which = heapq.heappop(self.todo)
            getattr(self, what)(at, which)
            self.call(at)
        return [visit for visit in self.visits if visit.called or visit.finished]

    def arrives(self, at: int, _: int) -> None:
        first = self.dice.random() < self.plan.priority
        told = len(self.open) if self.plan.told else None
        self.line.append(len(self.visits))
        self.visits.append(Visit("hall", "A", at, None, None, "elderly" if first else "", "", told))
        if self.plan.patience is not None:
            minute = (at - self.start) / MINUTE + self.dice.expovariate(1 / self.plan.patience)
            self.plans(minute, "gives_up", self.line[-1])

    def gives_up(self, at: int, which: int) -> None:
        if which in self.line:
            self.line.remove(which)
            self.visits[which] = replace(self.visits[which], finished=at)

    def opens(self, at: int, counter: int) -> None:
        self.open.add(counter)

    def closes(self, at: int, counter: int) -> None:
        self.open.discard(counter)

    def done(self, at: int, counter: int) -> None:
        self.busy.discard(counter)

    def call(self, at: int) -> None:
        for counter in sorted(self.open - self.busy):
            if not self.line:
                return
            rates = {"elderly": 2.5}
            waited = {which: at - self.visits[which].arrival for which in self.line}
            pick = max(self.line, key=lambda which: waited[which] * rates.get(self.visits[which].klass, 1.0))
            self.line.remove(pick)
            service = round(self.plan.service * self.dice.lognormvariate(-0.18, 0.6) * MINUTE)
            told = {"finished": at + service, "counter": f"c{counter}"} if self.plan.told else {}
            self.visits[pick] = replace(self.visits[pick], called=at, **told)  # type: ignore[arg-type]
            self.busy.add(counter)
            heapq.heappush(self.todo, (at + service, len(self.todo) + 10**6, "done", counter))


def days(plan: Plan, seed: int = 1) -> list[Visit]:
    """The visits of all days of a plan, in order of arrival; the same for the same seed."""
    dice = random.Random(seed)
    return [visit for day in range(plan.days) for visit in _Day(FIRST_DAY + day * DAY, plan, dice).run()]
