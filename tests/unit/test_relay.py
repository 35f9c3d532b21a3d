"""The relay: tells every listener everything in order, and gets over trouble by itself."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from queue_server import concurrency
from queue_server.app import relay
from queue_server.app.centre import Centre
from queue_server.app.courier import Courier
from queue_server.app.describing import describe
from queue_server.app.ports import StoreTrouble
from queue_server.app.relay import Batch
from queue_server.app.sites import House
from queue_server.core.commands import CallNext, IssueTicket, OpenCounter, StartService
from queue_server.store.sqlite import SqliteStore
from tests.halls import KIOSK, TestHall, running_writer, sites_of
from tests.random_hall import RandomHall
from tests.sites import MORNING, small_site
from tests.web_stand import cheap_access


class Troubled:
    """A store that cannot be read for a while."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store
        self.fails = False
        self.asked = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    @contextmanager
    def reading(self, site: str) -> Iterator[Any]:
        self.asked += 1
        if self.fails:
            raise StoreTrouble("disk I/O error")
        with self._store.reading(site) as reading:
            yield reading


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Troubled]:
    sqlite = SqliteStore(tmp_path / "motcua.db")
    describe(sqlite, small_site())
    yield Troubled(sqlite)
    sqlite.close()


class Carried:
    """A courier at work for one centre."""

    def __init__(
        self, store: Troubled, centre: Centre, spawn: Callable[[Callable[[], None]], Any] | None = None
    ) -> None:
        self.reports: list[BaseException] = []
        threads = concurrency.enter("threading")
        told = self.reports.append
        self.courier = Courier(store, threads, spawn or threads.spawn, told)  # type: ignore[arg-type]
        sites = sites_of(House("nho", centre, cheap_access()))
        sites.get("nho")
        self._thread = threading.Thread(target=self.courier.run, args=(sites,))

    def __enter__(self) -> list[BaseException]:
        self._thread.start()
        return self.reports

    def __exit__(self, *_: object) -> None:
        self.courier.stop()
        self._thread.join(60)


@pytest.fixture
def centre(store: Troubled) -> Iterator[Centre]:
    writer = running_writer(store, lambda: MORNING)
    yield Centre(store, "nho", lambda: MORNING, writer)  # type: ignore[arg-type]
    writer.stop()


def take(centre: Centre, number: int) -> None:
    centre.do(IssueTicket(f"{number:032x}", f"secret-{number}", "dat"), KIOSK)


def until(holds: Callable[[], bool], patience: float = 60.0) -> None:
    deadline = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_every_listener_hears_every_entry_once_and_in_order(centre: Centre, store: Troubled) -> None:
    heard: list[int] = []
    centre.subscribe(lambda batch: heard.extend(entry.seq for entry in batch.entries))
    with Carried(store, centre):
        for number in range(1, 31):
            take(centre, number)
        until(lambda: len(heard) >= 31)
    assert heard == list(range(2, 33))


def test_what_a_commit_added_is_told_as_it_was_written_and_not_read_again(
    store: Troubled, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[int] = []
    writer = running_writer(store, lambda: MORNING, lambda *news: carried.courier.committed(*news))
    centre = Centre(store, "nho", lambda: MORNING, writer)  # type: ignore[arg-type]
    centre.subscribe(lambda batch: heard.extend(entry.seq for entry in batch.entries))
    carried = Carried(store, centre, lambda work: work())  # one after the other, as green threads begin
    carried.courier.looks = lambda: False  # it may look just between a commit and the news of it
    monkeypatch.setattr(relay, "entries_after", lambda *_: pytest.fail("the journal was read"))
    with carried as reports:
        for number in range(1, 6):
            take(centre, number)
        until(lambda: len(heard) == 6)
    writer.stop()
    assert heard == [2, 3, 4, 5, 6, 7] and not reports, "the day was opened, then five numbers were taken"


def test_whoever_is_woken_meanwhile_leaves_the_telling_to_the_one_who_tells(centre: Centre) -> None:
    heard: list[int] = []

    def impatient(batch: Batch) -> None:
        heard.extend(entry.seq for entry in batch.entries)
        if len(heard) < 4:
            take(centre, len(heard) + 1)
            centre.relay.catch_up(heard.append)  # type: ignore[arg-type]
            assert heard[-1] == batch.seq, "it told within its own telling"

    centre.subscribe(impatient)
    take(centre, 1)
    centre.relay.catch_up(heard.append)  # type: ignore[arg-type]
    assert heard == [2, 3, 4, 5]


def test_entries_that_somebody_brings_are_told_once_and_a_gap_before_them_is_read(
    centre: Centre, store: Troubled
) -> None:
    heard: list[int] = []
    centre.subscribe(lambda batch: heard.extend(entry.seq for entry in batch.entries))
    take(centre, 1)
    take(centre, 2)
    with store.reading("nho") as reading:
        records = reading.journal(0, 100)
    centre.relay.bring(records[:2], heard.append)  # type: ignore[arg-type]
    assert heard == [2]
    centre.relay.bring(records[3:], heard.append)  # type: ignore[arg-type]
    assert heard == [2, 3, 4]
    centre.relay.bring(records, heard.append)  # type: ignore[arg-type]
    assert heard == [2, 3, 4]


def test_a_gap_amid_what_is_brought_is_read_too(centre: Centre, store: Troubled) -> None:
    """Two commits of ours that are brought together, and one of another program (an import) between them."""
    heard: list[int] = []
    centre.subscribe(lambda batch: heard.extend(entry.seq for entry in batch.entries))
    for number in range(1, 4):
        take(centre, number)
    with store.reading("nho") as reading:
        opened, first, second, third = reading.journal(centre.relay.seq, 100)
    centre.relay.bring([opened, first, third], heard.append)  # type: ignore[arg-type]
    assert heard == [opened.seq, first.seq, second.seq, third.seq]


def test_a_listener_that_fails_keeps_nobody_waiting_and_is_reported(centre: Centre) -> None:
    heard: list[Batch] = []
    reports: list[BaseException] = []

    def broken(batch: Batch) -> None:
        raise RuntimeError("no ears")

    centre.subscribe(broken)
    centre.subscribe(heard.append)
    take(centre, 1)
    centre.relay.catch_up(reports.append)
    assert [batch.seq for batch in heard] == [3]
    assert [str(report) for report in reports] == ["no ears"]
    assert centre.relay.failures == 1


def test_trouble_of_the_store_is_reported_once_and_everything_told_afterwards(
    centre: Centre, store: Troubled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("queue_server.app.courier.IDLE_SECONDS", 0.02)
    heard: list[int] = []
    centre.subscribe(lambda batch: heard.extend(entry.seq for entry in batch.entries))
    take(centre, 1)
    store.fails = True
    assert not centre.ready
    with Carried(store, centre) as reports:
        until(lambda: centre.relay.failures >= 5)
        assert [str(report) for report in reports] == ["disk I/O error"]
        store.fails = False
        until(lambda: heard == [2, 3])
    assert centre.ready


def _same(reading: Any) -> Any:
    return reading


def test_news_that_nobody_here_follows_cost_no_look_at_the_store(centre: Centre, store: Troubled) -> None:
    heard: list[tuple[int, bool]] = []
    centre.subscribe(lambda batch: heard.append((batch.seq, batch.resets)))
    take(centre, 1)
    with store.reading("nho") as reading:
        records = reading.journal(1, 100)
    store.fails = True
    centre.relay.bring(records, heard.append)  # type: ignore[arg-type]
    assert heard == [(3, True)]


def test_a_store_that_fails_amid_the_telling_is_asked_once_and_reported_once(
    centre: Centre, store: Troubled
) -> None:
    """Whoever follows finds at the next beat that something is missing."""
    reports: list[BaseException] = []
    tried: list[str] = []

    def follow(batch: Batch) -> None:
        for topic in ("board:main", "counter:c1"):
            with pytest.raises(StoreTrouble) as trouble:
                batch.for_topic(topic)
            tried.append(topic)
        raise trouble.value

    centre.subscribe(follow)
    take(centre, 1)
    take(centre, 2)
    with store.reading("nho") as reading:
        records = reading.journal(1, 100)
    before, store.fails, store.asked = store.asked, True, 0
    assert before
    for some in (records[:2], records[2:]):
        centre.relay.bring(some, reports.append)
    assert [str(report) for report in reports] == ["disk I/O error"]
    assert (len(tried), store.asked) == (4, 2)


def test_a_ticket_that_changed_while_nobody_followed_is_looked_up_again() -> None:
    hall, slips = TestHall(), {}  # type: ignore[var-annotated]
    ticket, entries = hall.issue(), hall.entries
    topic = f"ticket:{hall.ticket(ticket).secret}"
    hall.do(OpenCounter("c1"))
    for followed, orders in ((True, ()), (False, (CallNext("c1"),)), (True, (StartService(ticket),))):
        for order in orders:
            hall.do(order)
        with hall.store.reading("nho") as reading:
            batch = Batch(partial(_same, reading), lambda: hall.now, 0, entries()[-1:], slips)
            change = batch.for_topic(topic) if followed else None
            batch.end()
        assert bool(slips) == followed
    assert change is not None


@settings(max_examples=20, phases=[Phase.reuse, Phase.generate])
@given(st.integers(0, 2**32))
def test_a_phone_hears_the_same_whether_its_ticket_was_looked_up_or_remembered(seed: int) -> None:
    chance = random.Random(seed)
    hall = TestHall()
    people, slips, floor = RandomHall(hall, chance, minutes=(0, 1)), {}, 0  # type: ignore[var-annotated]
    for _ in range(25):
        people.step()
        fresh = [entry for entry in hall.entries() if entry.seq > floor]
        if not fresh:
            continue
        with hall.store.reading("nho") as reading:
            look = partial(_same, reading)
            batch = Batch(look, lambda: hall.now, floor, fresh, slips)
            alone = Batch(look, lambda: hall.now, floor, fresh, {})
            assert batch.resets == alone.resets
            for ticket in [] if batch.resets else people.tickets:
                topic = f"ticket:{hall.ticket(ticket).secret}"
                assert batch.for_topic(topic) == alone.for_topic(topic)
        floor = batch.seq


def test_the_turn_of_a_page_asks_for_whole_snapshots(centre: Centre, store: Troubled) -> None:
    batches: list[Batch] = []
    centre.subscribe(batches.append)
    take(centre, 1)
    centre.relay.catch_up(batches.append)  # type: ignore[arg-type]
    take(centre, 2)
    centre.relay.catch_up(batches.append)  # type: ignore[arg-type]
    describe(store, small_site(timezone="Asia/Bangkok"))  # type: ignore[arg-type]
    centre.relay.catch_up(batches.append)  # type: ignore[arg-type]
    assert [(batch.floor, batch.seq, batch.resets) for batch in batches] == [
        (1, 3, True),
        (3, 4, False),
        (4, 5, True),
    ]
