"""What the writer remembers is what stands in the tables, whoever ordered, refused or wrote."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from queue_server import concurrency
from queue_server.app.memory import Memory, Spoiled, remembering
from queue_server.app.ports import Conflict, Reading
from queue_server.app.views import shapes
from queue_server.app.write_path import Order, carry_out
from queue_server.app.writer import Writer
from queue_server.core.commands import CallNext, Command, IssueTicket
from queue_server.core.model import Actor
from queue_server.core.refusals import Refused
from queue_server.store.memory import MemoryStore
from queue_server.store.sqlite import SqliteStore
from tests.halls import KIOSK, SUPERVISOR, TestHall
from tests.random_hall import RandomHall
from tests.sites import MORNING, small_site
from tests.stores import KINDS, opener


class RememberingHall(TestHall):
    """A hall whose orders go through a memory, mostly; now and then another process writes."""

    def __init__(self, store: Any, chance: random.Random) -> None:
        super().__init__(store)
        self.memory = Memory()
        self.chance = chance

    def do(
        self, command: Command, actor: Actor = SUPERVISOR, key: str | None = None, fingerprint: str = ""
    ) -> Any:
        if self.chance.random() < 0.05:
            return super().do(command, actor, key, fingerprint)
        with self.store.writing(self.site.id) as opened:
            transaction = remembering(opened, self.memory, is_bold=self.chance.random() < 0.7)
            order = Order(command, actor, key, fingerprint)
            try:
                return carry_out(transaction, self.site.id, order, self.now, shapes.answer_to).answer
            finally:
                self.compare(opened)

    def compare(self, stored: Reading) -> None:
        """Every row that is remembered, beside the same one as it is stored."""
        memory = self.memory
        if memory.head is None:
            return
        assert memory.head == stored.head()
        assert memory.days in ([], [stored.day()])
        for name, remembered in memory.tickets.items():
            assert remembered == stored.ticket(name)
        for shelf, rows in (
            (memory.desks, {desk.id: desk for desk in stored.desks()}),
            (memory.tallies, {tally.queue: tally for tally in stored.tallies()}),
            (memory.devices, {device.id: device for device in stored.devices()}),
        ):
            assert shelf.values == {name: rows.get(name) for name in shelf.values}
        for queue, lines in memory.lines.items():
            assert lines == {line.key: line for line in stored.lines([queue])}
        for queue, firsts in memory.firsts.items():
            assert firsts == {ticket.line: ticket for ticket in stored.heads([queue])}
        ids = {first.id for firsts in memory.firsts.values() for first in firsts.values()}
        assert set(memory.first_in) == ids


@pytest.mark.parametrize("seed", range(4))
def test_what_is_remembered_is_what_is_stored(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    store = MemoryStore() if seed else SqliteStore(tmp_path / "motcua.db")
    hall = RememberingHall(store, chance)
    people = RandomHall(hall, chance)
    people.begin()
    for _ in range(250):
        people.step()
        if chance.random() < 0.01:
            hall.wait(24 * 60)  # the page turns
    assert hall.memory.tickets
    store.close()


def test_a_second_order_reads_next_to_nothing() -> None:
    """One that issues a number in a known queue: that its name is free, and the first answer to its key."""
    hall, memory = TestHall(), Memory()
    asked: list[str] = []

    class Counting:
        def __init__(self, inner: Any) -> None:
            self._inner = inner

        def __getattr__(self, name: str) -> Any:
            def counted(*arguments: Any) -> Any:
                asked.append(name)
                return getattr(self._inner, name)(*arguments)

            return counted

    def issue(number: int) -> None:
        order = Order(IssueTicket(f"{number:032x}", f"secret-{number}", "thue"), KIOSK, f"k{number}", "f")
        with hall.store.writing(hall.site.id) as opened:
            asked.clear()
            transaction = remembering(Counting(opened), memory, is_bold=True)
            carry_out(transaction, hall.site.id, order, hall.now, shapes.answer_to)

    issue(1)
    first = len(asked)
    issue(2)
    assert sorted(asked) == ["answer", "append", "foresee", "head", "remember", "save", "site", "ticket"]
    assert first > len(asked)


def test_what_fails_after_it_has_written_spoils_a_bold_transaction_and_the_memory() -> None:
    hall, memory = TestHall(), Memory()

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(Spoiled), hall.store.writing(hall.site.id) as opened:
        transaction = remembering(opened, memory, is_bold=True)
        order = Order(IssueTicket("a" * 32, "secret-a", "dat"), KIOSK)
        carry_out(transaction, hall.site.id, order, hall.now, broken)
    assert memory.head is None and not memory.tickets
    hall.issue()


def test_what_an_undone_order_wrote_is_no_news() -> None:
    hall = TestHall()
    hall.issue()
    with hall.store.writing(hall.site.id) as opened:
        transaction = remembering(opened, Memory())

        def broken(*_: object) -> None:
            raise ZeroDivisionError

        for number, answering in ((1, shapes.answer_to), (2, broken), (3, shapes.answer_to)):
            order = Order(IssueTicket(f"{number + 10:032x}", f"secret-{number}-again", "thue"), KIOSK)
            with suppress(ZeroDivisionError):
                carry_out(transaction, hall.site.id, order, hall.now, answering)
    assert [record.seq for record in transaction.news] == [3, 4]
    with hall.store.reading(hall.site.id) as reading:
        assert transaction.news == reading.journal(2, 9)


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    made = opener(request.param, request, tmp_path)()
    with made.writing("nho") as transaction:
        transaction.describe(1, small_site(), MORNING)
    yield made
    made.close()


def test_an_order_that_breaks_a_constraint_is_refused_alone_and_the_others_of_its_commit_are_kept(
    store: Any,
) -> None:
    writer = Writer(store, lambda: MORNING, concurrency.enter("threading"), shapes.answer_to, lambda *_: None)
    writer.alive = True  # what it does is called here, in this thread, so that all go into one commit

    def job(number: int, secret: str) -> Any:
        return _Asked(Order(IssueTicket(f"{number:032x}", secret, "dat"), KIOSK))

    for commit, twin in enumerate((1, 2)):  # amid the others, and as the last
        names = [f"secret-{commit}{number}" for number in range(2)]
        names.insert(twin, names[0])
        jobs = [job(commit * 10 + number, name) for number, name in enumerate(names)]
        writer._commit("nho", jobs)
        assert isinstance(jobs.pop(twin).done.result, Conflict)
        numbers = [one.done.result.answer["number"] for one in jobs]
        assert numbers == [commit * 2 + 1, commit * 2 + 2]
        assert writer.commits == commit + 1


class _Asked:
    """A job as the writer takes it, and what it was told."""

    def __init__(self, work: Order) -> None:
        self.site = "nho"
        self.work = work
        self.done = self
        self.result: Any = None

    def set(self, result: Any) -> None:
        self.result = result


def test_a_refusal_costs_no_second_attempt() -> None:
    class Once(MemoryStore):
        opened = 0

        def writing(self, site: str) -> Any:
            self.opened += 1
            return super().writing(site)

    store = Once()
    hall = TestHall(store)
    writer = Writer(
        store, lambda: hall.now, concurrency.enter("threading"), shapes.answer_to, lambda *_: None
    )
    before = store.opened
    asked = _Asked(Order(CallNext("c1"), SUPERVISOR))
    writer._commit(hall.site.id, [asked])  # type: ignore[list-item]
    assert isinstance(asked.result, Refused)
    assert store.opened == before + 1
