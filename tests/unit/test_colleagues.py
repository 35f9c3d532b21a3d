"""What processes tell each other: every entry reaches all, whoever wrote it, whatever is lost on the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from queue_server import concurrency
from queue_server.app.centre import Centre
from queue_server.app.colleagues import Colleagues
from queue_server.app.courier import Courier
from queue_server.app.sites import House
from queue_server.core.commands import IssueTicket
from queue_server.store.memory import MemoryStore
from tests.halls import KIOSK, TestHall, sites_of
from tests.sites import MORNING
from tests.web_stand import cheap_access


class Bus:
    """Hands each message to all, at once; or loses it."""

    def __init__(self) -> None:
        self.ears: list[Any] = []
        self.lost = False
        self.carried: list[dict[str, Any]] = []

    def send(self, message: dict[str, Any]) -> None:
        if self.lost:
            return
        self.carried.append(message)
        for hear in list(self.ears):
            hear(message)


class Process:
    """One of several that serve the same store; `told` are the entries that its sockets were told of."""

    def __init__(self, hall: TestHall, bus: Bus) -> None:
        self.centre = Centre(hall.store, hall.site.id, lambda: hall.now, None)  # type: ignore[arg-type]
        self.leads = False
        self.told: list[int] = []
        self.reports: list[BaseException] = []
        self.centre.subscribe(lambda batch: self.told.extend(entry.seq for entry in batch.entries))
        sites = sites_of(House(hall.site.id, self.centre, cheap_access(hall.site.id)))
        sites.get(hall.site.id)
        self.courier = Courier(hall.store, concurrency.enter("threading"), _at_once, self.reports.append)
        self.colleagues = Colleagues(
            bus, hall.store, sites, self.courier, lambda: self.leads, _at_once, self.reports.append
        )
        bus.ears.append(self.colleagues.hear)
        self.sites = sites

    def look(self) -> None:
        self.courier._round(self.sites)


def _at_once(work: Any) -> None:
    work()


class Company:
    def __init__(self) -> None:
        self.hall = TestHall(MemoryStore(), now=MORNING)
        self.hall.issue("dat")
        self.bus = Bus()
        self.processes = [Process(self.hall, self.bus) for _ in range(3)]
        self.processes[0].leads = True
        self.processes[0].colleagues.tell_heads()

    def write(self, process: Process, number: int) -> int:
        """A process writes an entry and says so; its seq."""
        self.hall.do(IssueTicket(f"{number:032x}", f"secret-{number:08d}", "dat"), KIOSK)
        seq = self.hall.entries()[-1].seq
        process.colleagues.committed(self.hall.site.id, seq)
        return seq

    def told(self) -> list[list[int]]:
        return [process.told for process in self.processes]


@pytest.fixture
def company() -> Iterator[Company]:
    made = Company()
    yield made
    assert [process.reports for process in made.processes] == [[], [], []]


def test_what_any_process_writes_all_of_them_tell_once_and_in_order(company: Company) -> None:
    seqs = [company.write(company.processes[number % 3], number) for number in range(100, 109)]
    assert company.told() == [seqs, seqs, seqs]


def test_only_the_leader_passes_entries_on(company: Company) -> None:
    company.processes[0].leads = False
    company.write(company.processes[1], 100)
    assert company.told() == [[], [], []]
    assert not any("entries" in message for message in company.bus.carried)


def test_whoever_leads_next_makes_good_what_the_last_one_left_untold(company: Company) -> None:
    company.processes[0].leads = False
    missed = company.write(company.processes[0], 100)
    company.processes[2].leads = True
    company.processes[2].colleagues.tell_heads()
    for process in company.processes:
        process.look()
    assert company.told() == [[missed]] * 3
    assert company.told() == [[missed, company.write(company.processes[1], 101)]] * 3


def test_a_commit_that_nobody_heard_of_is_passed_on_within_a_second(company: Company) -> None:
    company.bus.lost = True
    missed = company.write(company.processes[1], 100)
    company.bus.lost = False
    company.processes[0].colleagues.tell_heads()
    assert company.told() == [[missed]] * 3


def test_entries_that_were_lost_on_the_way_are_read_by_who_finds_the_gap(company: Company) -> None:
    deaf = company.bus.ears.pop()
    first = company.write(company.processes[0], 100)
    assert company.told() == [[first], [first], []]
    company.bus.ears.append(deaf)
    second = company.write(company.processes[0], 101)
    assert company.told() == [[first, second]] * 3


def test_what_may_still_be_on_its_way_is_not_read_again_and_what_was_lost_is(company: Company) -> None:
    leader, deaf = company.processes[0], company.processes[2]
    ear = company.bus.ears.pop()
    missed = company.write(leader, 100)
    company.bus.ears.append(ear)
    leader.colleagues.tell_heads()
    deaf.look()
    assert company.told() == [[missed], [missed], []], "it may come any moment"
    leader.colleagues.tell_heads()
    deaf.look()
    assert company.told() == [[missed]] * 3


def test_processes_that_hear_nobody_look_for_themselves(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    company.bus.lost = True
    missed = company.write(company.processes[1], 100)
    for process in company.processes:
        process.look()
    assert company.told() == [[], [], []], "while the leader was heard of a moment ago, nobody looks"
    monkeypatch.setattr("queue_server.app.colleagues.SILENCE_SECONDS", -1.0)
    for process in company.processes:
        process.courier.looked_at = 0.0
        process.look()
    assert company.told() == [[missed]] * 3


def test_the_leader_hears_of_officers_and_kiosks_that_other_processes_hear_of(company: Company) -> None:
    leader, other, _ = company.processes
    other.centre.heard(["person:an"])
    other.centre.kiosks.heard("k1")
    other.colleagues.tell_presence()
    assert leader.centre.attendance.fresh() == ["person:an"]
    assert leader.centre.kiosks.fresh() == ["k1"]
