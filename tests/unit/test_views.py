"""What screens are shown: every change reaches every screen that shows it, and nothing crashes a view."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from unittest import mock

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from queue_server.app.relay import entries_after
from queue_server.app.views import board, counter, kiosk, topics
from queue_server.app.views.touched import touched_by
from queue_server.app.write_path import record_event
from queue_server.core.commands import CallNext, FinishService, NoticeOfficer, OpenCounter, StartService
from queue_server.core.events import PrinterChanged, SlipPrinted
from queue_server.core.model import SYSTEM
from queue_server.core.refusals import Refused
from tests.halls import TestHall
from tests.random_hall import RandomHall, applied
from tests.sites import MINUTE, small_site

TOPICS = (
    "board:main",
    "board:b",
    "counter:c1",
    "counter:c2",
    "counter:c4",
    "kiosk:k1",
    "kiosk:k2",
    "site:nho",
    "signs:nho",
)


class Screens:
    """One screen on every topic, which holds a snapshot and applies the changes it is sent."""

    def __init__(self, hall: TestHall) -> None:
        self.hall = hall
        self.seqs: dict[str, int] = {}
        self.rows: dict[str, Any] = {}
        for topic in TOPICS:
            self.join(topic)

    def join(self, topic: str) -> None:
        with self.hall.store.reading("nho") as reading:
            self.rows[topic] = topics.snapshot(reading, self.hall.site, topic, self.hall.now)
            self.seqs[topic] = reading.head()[0]

    def receive(self, chance: random.Random) -> None:
        """What the relay would send since the last time: perhaps in several batches, each of which is made
        when all that follows it has happened already, as by a relay that is behind.
        """
        with self.hall.store.reading("nho") as reading:
            for topic in self.rows:
                while entries := entries_after(reading, self.seqs[topic], chance.choice((1, 3, 500))):
                    touched = touched_by(reading, entries)
                    assert not touched.everything
                    change = topics.change(reading, self.hall.site, topic, touched, self.hall.now)
                    self.rows[topic] = applied(self.rows[topic], change)
                    self.seqs[topic] = entries[-1].seq

    def stale(self) -> dict[Any, Any]:
        """Where a screen shows something else than it should: {(topic, collection, key): (shows, should)}."""
        found: dict[Any, Any] = {}
        with self.hall.store.reading("nho") as reading:
            for topic, rows in self.rows.items():
                fresh = topics.snapshot(reading, self.hall.site, topic, self.hall.now)
                for collection in (fresh.keys() | rows.keys()) - {"announcements"}:  # they end by the clock
                    shown, should = rows.get(collection, {}), fresh.get(collection, {})
                    for key in shown.keys() | should.keys():
                        if shown.get(key) != should.get(key):
                            found[topic, collection, key] = (shown.get(key), should.get(key))
        return found


@pytest.fixture(scope="module", autouse=True)
def short_lists() -> Iterator[None]:
    """So that lists overflow in a test as they do in a day."""
    with (
        mock.patch.object(board, "CALLS_SHOWN", 4),
        mock.patch.object(counter, "RECENT", 2),
        mock.patch.object(kiosk, "SLIPS_SHOWN", 3),
    ):
        yield


@settings(max_examples=15, phases=[Phase.reuse, Phase.generate])  # a long life shrinks for minutes
@given(st.integers(0, 2**32), st.lists(st.integers(1, 6), min_size=10, max_size=30))
def test_a_screen_that_applies_every_change_shows_what_a_new_one_shows(seed: int, batches: list[int]) -> None:
    """The clock stands still, for estimates age by themselves: no change of the hall tells of that."""
    chance = random.Random(seed)
    hall = TestHall()
    people = RandomHall(hall, chance, minutes=(0,))
    people.step()
    screens = Screens(hall)
    for steps in batches:
        for _ in range(steps):
            people.step()
        _sometimes_a_device(hall, people, chance)
        _sometimes_away(hall, people, chance)
        _sometimes_booked(hall, people, chance)
        screens.receive(chance)
        assert screens.stale() == {}
        if people.tickets:
            screens.join(f"ticket:{hall.ticket(chance.choice(people.tickets)).secret}")


def _sometimes_a_device(hall: TestHall, people: RandomHall, chance: random.Random) -> None:
    if chance.random() < 0.3 and people.tickets:
        ticket = hall.ticket(chance.choice(people.tickets))
        if ticket.origin == "k1":
            event = chance.choice(
                (SlipPrinted(ticket.id, "k1", "printed", ""), PrinterChanged("k1", "paper_low"))
            )
            with hall.store.writing("nho") as transaction:
                record_event(transaction, "nho", hall.site, event, SYSTEM, hall.now)


def _sometimes_away(hall: TestHall, people: RandomHall, chance: random.Random) -> None:
    counter_id = chance.choice(people.counters)
    officer = hall.desk(counter_id).officer
    if officer is not None and chance.random() < 0.3:
        hall.do(NoticeOfficer(counter_id, officer, is_heard=chance.random() < 0.5), SYSTEM)


def _sometimes_booked(hall: TestHall, people: RandomHall, chance: random.Random) -> None:
    if chance.random() < 0.2:
        slot = hall.now + chance.choice((-20, -5, 5, 60)) * MINUTE
        with suppress(Refused):  # the queue may be closed or full
            people.tickets.append(hall.issue(chance.choice(("dat", "thue")), origin="k1", slot=slot))


def test_a_new_board_hears_every_call_of_the_last_minute_however_many_there_were() -> None:
    hall = TestHall(site=small_site(outside_hours="warn"))
    hall.do(OpenCounter("c1"))
    called = []
    for _ in range(200):
        ticket = hall.issue("dat")
        hall.do(CallNext("c1"))
        called.append(hall.entries()[-1].seq)
        hall.do(StartService(ticket))
        hall.do(FinishService(ticket))
    with hall.store.reading("nho") as reading:
        rows = topics.snapshot(reading, hall.site, "board:main", hall.now)
        later = topics.snapshot(reading, hall.site, "board:main", hall.now + 61_000)
    assert sorted(map(int, rows["announcements"])) == called
    assert later["announcements"] == {}
