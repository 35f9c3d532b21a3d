"""Random verbs from several desks on both stores side by side, against a simple model of a hall."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from queue_server.app import journal
from queue_server.app.replay import replay
from queue_server.core.calling_rule import CallingRule
from queue_server.core.commands import CloseDay
from queue_server.core.model import AT_A_DESK, DeskState, TicketState
from queue_server.core.refusals import Refused
from queue_server.core.site import Counter as Desk
from queue_server.store.memory import MemoryStore
from queue_server.store.sqlite import SqliteStore
from tests.halls import TestHall
from tests.random_hall import RandomHall
from tests.sites import DAY, MORNING, small_site

FOUR = small_site().counters
SITE = small_site(
    outside_hours="warn",
    counters=(
        *FOUR,
        Desk("c5", "5", "a", ("dat", "tu"), in_order=True),
        Desk("c6", "6", "b", ("thue",), ("dat",)),
        Desk("c7", "7", "a", ("dat",)),
        Desk("c8", "8", "b", ("tu",), ("thue", "dat")),
    ),
    rule=CallingRule(cap_minutes=45.0, recall_seconds=5, calls_before_no_show=2, grace_place="front"),
)
_folders = itertools.count()


class Model:
    """What must be true of a hall, told from nothing but the answers of the orders."""

    def __init__(self) -> None:
        self.numbers: Counter[tuple[str, str, int]] = Counter()
        self.seen: set[str] = set()

    def check(self, hall: TestHall, tickets: list[str]) -> None:
        kept = [hall.ticket(ticket) for ticket in tickets]
        for ticket in kept:
            if ticket.id not in self.seen:
                self.seen.add(ticket.id)
                self.numbers[ticket.day, ticket.series, ticket.number] += 1
        assert not [number for number, times in self.numbers.items() if times > 1]
        self._check_lines(hall, kept)
        self._check_desks(hall, kept)

    def _check_lines(self, hall: TestHall, kept: list[Any]) -> None:
        """Kept counts are the counted ones."""
        counted = Counter(ticket.line for ticket in kept if ticket.state is TicketState.WAITING)
        with hall.store.reading(SITE.id) as reading:
            lines = {line.key: line.waiting for line in reading.lines() if line.waiting}
            heads = {ticket.line: ticket.id for ticket in reading.heads([queue.id for queue in SITE.queues])}
        assert lines == dict(counted)
        eldest: dict[Any, Any] = {}
        for ticket in sorted(kept, key=lambda ticket: (ticket.since, ticket.seq)):
            if ticket.state is TicketState.WAITING:
                eldest.setdefault(ticket.line, ticket.id)
        assert heads == eldest

    def _check_desks(self, hall: TestHall, kept: list[Any]) -> None:
        """At most one open call at each counter, each ticket at one counter, both sides agree."""
        called = [(ticket.counter, ticket.id) for ticket in kept if ticket.state in AT_A_DESK]
        assert len({counter for counter, _ in called}) == len(called)
        desks = [hall.desk(counter.id) for counter in SITE.counters]
        assert {(desk.id, desk.ticket) for desk in desks if desk.ticket} == set(called)
        assert all(desk.state is DeskState.OPEN for desk in desks if desk.ticket)


def _proved(hall: TestHall) -> None:
    with hall.store.reading(SITE.id) as reading:
        assert replay(reading, SITE).differences == ()
        verdict = journal.verify(SITE.id, reading)
        assert verdict.broken_at is None
        assert verdict.entries == reading.head()[0]


def _everything(hall: TestHall) -> list[Any]:
    with hall.store.reading(SITE.id) as reading:
        rows: list[Any] = [*reading.desks(), *reading.lines(), *reading.tallies(), *reading.days()]
        rows += [reading.note(ticket.id) for ticket in reading.open_tickets()]
        open_tickets = sorted(map(repr, reading.open_tickets()))
        return [sorted(map(repr, rows)), open_tickets, reading.head(), [t.id for t in reading.last_called(9)]]


@contextmanager
def _two_halls(folder: Path, seed: int) -> Iterator[tuple[RandomHall, RandomHall]]:
    store = SqliteStore(folder / f"{next(_folders)}.db")
    with store.connection() as db:
        db.execute("PRAGMA synchronous=OFF")  # many small commits: this test is not about power cuts
    halls = [TestHall(one, SITE, MORNING) for one in (MemoryStore(), store)]
    people = [RandomHall(hall, random.Random(seed)) for hall in halls]
    for one in people:
        one.begin()
    yield people[0], people[1]
    store.close()


@settings(
    max_examples=40,
    phases=[Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.integers(0, 2**32), st.integers(20, 60))
@pytest.mark.timeout(240)
def test_both_stores_and_the_model_agree_after_every_verb(tmp_path: Path, seed: int, steps: int) -> None:
    with _two_halls(tmp_path, seed) as (memory, sqlite):
        models = [Model(), Model()]
        for step in range(steps):
            for people, model in zip((memory, sqlite), models, strict=True):
                people.step()
                if step == steps // 2:
                    _end_of_day(people, closed=bool(seed % 2))
                model.check(people.hall, people.tickets)
            assert _everything(memory.hall) == _everything(sqlite.hall)
        for people in (memory, sqlite):
            _proved(people.hall)


def _end_of_day(people: RandomHall, *, closed: bool) -> None:
    """Midnight comes over whoever waits, is called and is served, with or without a close by hand."""
    if closed:
        try:
            people.hall.do(CloseDay())
        except Refused:
            pass
    people.hall.now += DAY
