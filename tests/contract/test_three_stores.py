"""Several desks at once on PostgreSQL, through two stores; SQLite and memory, told in turn, agree with it.

Orders that are given at the same moment take turns under the site's lock. Given one after the other in those
very turns, they must leave the same rows, the same answers and the same journal, hash for hash, in all three.
More of it: MOTCUA_EXAMPLES=500.
"""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from queue_server import concurrency
from queue_server.app import journal
from queue_server.app.replay import replay
from queue_server.app.views import shapes
from queue_server.app.write_path import Order, carry_out
from queue_server.app.writer import Writer, _Job
from queue_server.core.commands import Command, IssueTicket
from queue_server.core.model import Actor
from queue_server.core.refusals import Refused
from queue_server.store.memory import MemoryStore
from queue_server.store.postgres import PostgresStore
from queue_server.store.sqlite import SqliteStore
from tests.engines import PostgresServer, emptied_database
from tests.halls import KIOSK, SUPERVISOR, TestHall
from tests.random_hall import RandomHall
from tests.sites import DAY, MORNING, small_site

EXAMPLES = int(os.environ.get("MOTCUA_EXAMPLES", "4"))
AT_ONCE = 5
_numbers = itertools.count()
Wish = tuple[Command, Actor, str]


class Wishes:
    """A hall to look at, in which nothing happens yet: what is wished is noted."""

    def __init__(self, hall: TestHall) -> None:
        self._hall = hall
        self._keys = itertools.count()
        self.site = hall.site
        self.noted: list[Wish] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._hall, name)

    def do(self, command: Command, actor: Actor = SUPERVISOR) -> None:
        self.noted.append((command, actor, f"key-{next(self._keys)}"))

    def issue(self, queue: str = "dat", priority: str = "ordinary", **more: Any) -> str:
        ticket = f"{next(self._keys):032x}"
        self.do(IssueTicket(ticket, f"secret-{ticket}", queue, priority=priority, **more), KIOSK)
        return ticket

    def taken(self) -> list[Wish]:
        noted, self.noted = self.noted, []
        return noted


def outcome(store: Any, site: str, wish: Wish, now: int, turns: list[Wish] | None = None) -> Any:
    """The answer, or the code of the refusal. `turns` gets the wish once it is its turn."""
    command, actor, key = wish
    try:
        with store.writing(site) as transaction:
            transaction.head()  # answered once the lock is ours
            if turns is not None:
                turns.append(wish)
            return carry_out(transaction, site, Order(command, actor, key, "f"), now, shapes.answer_to).answer
    except Refused as refused:
        return refused.refusal.code


def everything(store: Any, site: str) -> dict[str, Any]:
    with store.reading(site) as reading:
        waiting = sorted(reading.waiting_tickets(), key=lambda ticket: (ticket.since, ticket.seq))
        queues = [queue.id for queue in small_site().queues]
        return {
            "head": reading.head(),
            "days": reading.days(),
            "day": reading.day(),
            "desks": sorted(map(repr, reading.desks())),
            "lines": sorted(map(repr, reading.lines())),
            "tallies": sorted(map(repr, reading.tallies())),
            "devices": sorted(map(repr, reading.devices())),
            "open": sorted(map(repr, reading.open_tickets())),
            "heads": sorted(map(repr, reading.heads(queues))),
            "ahead": [reading.ahead_of(ticket) for ticket in waiting[-3:]],
            "behind": [reading.next_in_line(ticket) for ticket in waiting[:3]],
            "parked": reading.parked_tickets(),
            "called": [
                reading.last_called(9),
                reading.last_called(4, ["c1"]),
                reading.last_called(4, ["c2", "c4"]),
            ],
            "notes": [reading.note(ticket.id) for ticket in waiting],
            "slips": [reading.deliveries("slip", kiosk, 9) for kiosk in ("k1", "k2")],
        }


class Told:
    """What the writer told about one order, as `outcome` gives it."""

    heard: Any = None

    def set(self, result: Any) -> None:
        self.heard = result.refusal.code if isinstance(result, Refused) else result.answer


class ThreeStores:
    """One hall, kept three times; on PostgreSQL by two stores that share nothing but the database."""

    def __init__(self, site: Any, folder: Path, both: list[PostgresStore]) -> None:
        self.site = site
        self.memory, self.sqlite, self.both = MemoryStore(), SqliteStore(folder / f"{site.id}.db"), both
        with self.sqlite.connection() as db:
            db.execute("PRAGMA synchronous=OFF")
        self.halls = [TestHall(store, site, MORNING) for store in (self.memory, self.sqlite, both[0])]
        self.seen = Wishes(self.halls[0])

    def fulfil(self, people: ThreadPoolExecutor, wishes: list[Wish], now: int) -> None:
        """All at once on PostgreSQL; then in the turns that they took there on the others."""
        turns: list[Wish] = []
        given_now = [
            people.submit(outcome, self.both[number % 2], self.site.id, wish, now, turns)
            for number, wish in enumerate(wishes)
        ]
        answers = {wish[2]: one.result(60) for wish, one in zip(wishes, given_now, strict=True)}
        assert sorted(map(repr, turns)) == sorted(map(repr, wishes))
        for store in (self.memory, self.sqlite):
            assert {wish[2]: outcome(store, self.site.id, wish, now) for wish in turns} == answers
        for wish in turns[:1]:
            if not isinstance(answers[wish[2]], str):
                again = outcome(self.both[1], self.site.id, wish, now)
                assert again == answers[wish[2]], "who asks again hears the same"

    def gather(self, writer: Writer, wishes: list[Wish], now: int) -> None:
        """All in one commit on PostgreSQL; one after the other, each in its own, on the others."""
        told = {wish[2]: Told() for wish in wishes}
        writer._commit(
            self.site.id, [_Job(self.site.id, Order(*wish, "f"), told[wish[2]]) for wish in wishes]
        )
        answers = {key: one.heard for key, one in told.items()}
        for store in (self.memory, self.sqlite):
            assert {wish[2]: outcome(store, self.site.id, wish, now) for wish in wishes} == answers

    def agree(self) -> None:
        expected = everything(self.memory, self.site.id)
        for store in (self.sqlite, *self.both):
            assert everything(store, self.site.id) == expected

    def prove(self) -> None:
        for store in self.both:
            with store.reading(self.site.id) as reading:
                assert replay(reading, self.site).differences == ()
                assert journal.verify(self.site.id, reading).broken_at is None


@pytest.fixture(scope="module")
def both(postgres_server: PostgresServer) -> Iterator[list[PostgresStore]]:
    url = emptied_database(postgres_server)
    stores = [PostgresStore(url), PostgresStore(url)]
    yield stores
    for store in stores:
        store.close()


@contextmanager
def three_stores(folder: Path, both: list[PostgresStore]) -> Iterator[ThreeStores]:
    three = ThreeStores(small_site(id=f"s{next(_numbers)}", outside_hours="warn"), folder, both)
    yield three
    three.sqlite.close()


@settings(
    max_examples=EXAMPLES,
    phases=[Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.integers(0, 2**32), st.integers(6, 12))
@pytest.mark.timeout(60 + 20 * EXAMPLES)
def test_the_three_stores_agree_whatever_comes_at_once(
    tmp_path: Path, both: list[PostgresStore], seed: int, bursts: int
) -> None:
    chance = random.Random(seed)
    with three_stores(tmp_path, both) as three, ThreadPoolExecutor(AT_ONCE) as people:
        hall: Any = three.seen
        crowd = RandomHall(hall, chance)
        crowd.begin()
        three.fulfil(people, hall.taken(), hall.now)
        for burst in range(bursts):
            while len(hall.noted) < chance.randint(1, AT_ONCE):
                crowd.step()
            if burst == bursts // 2:
                three.halls[0].now += DAY
            three.fulfil(people, hall.taken(), hall.now)
            three.agree()
        three.prove()


@settings(
    max_examples=EXAMPLES,
    phases=[Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.integers(0, 2**32), st.integers(10, 20))
@pytest.mark.timeout(60 + 20 * EXAMPLES)
def test_orders_that_gather_in_one_commit_leave_what_they_leave_one_by_one(
    tmp_path: Path, both: list[PostgresStore], seed: int, bursts: int
) -> None:
    """Whichever of two processes carries them out, each with what it remembers of its own last commit."""
    chance = random.Random(seed)
    with three_stores(tmp_path, both) as three:
        hall: Any = three.seen
        threads = concurrency.enter("threading")
        writers = [
            Writer(store, lambda: hall.now, threads, shapes.answer_to, lambda *_: None) for store in both
        ]
        crowd = RandomHall(hall, chance)
        crowd.begin()
        three.gather(writers[0], hall.taken(), hall.now)
        for burst in range(bursts):
            wanted = chance.randint(1, 14)
            if burst == bursts // 2:
                three.halls[0].now += DAY
                hall.issue()  # it turns the page everywhere: one that is refused does so in company alone
            while len(hall.noted) < wanted:
                crowd.step()
            three.gather(chance.choice(writers), hall.taken(), hall.now)
            three.agree()
        three.prove()
