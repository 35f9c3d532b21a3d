"""Slips that are owed: each printed once at most, and its fate written down, whatever the printer does."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from queue_server import concurrency
from queue_server.app.centre import Centre
from queue_server.app.describing import describe
from queue_server.app.journal import entries
from queue_server.app.slips import CLAIM_MS, Outcome, SlipWork
from queue_server.core.commands import CancelTicket, IssueTicket, ReprintSlip
from queue_server.core.events import PrinterChanged, SlipPrinted
from queue_server.core.model import Actor
from queue_server.core.site import Kiosk
from queue_server.store.sqlite import SqliteStore
from tests.halls import SUPERVISOR, running_writer
from tests.sites import DAY, MORNING, both, small_site

THREADS = concurrency.enter("threading")


class Printer:
    """A printer that does as it is told, and remembers what it was given."""

    def __init__(self) -> None:
        self.printed: list[str] = []
        self.marked: list[bool] = []
        self.answer: Callable[[], Outcome] = lambda: Outcome("printed", "", "ready")
        self.state = "ready"

    def print(self, facts: dict[str, Any]) -> Outcome:
        self.printed.append(facts["label"])
        self.marked.append(facts["copy"])
        return self.answer()

    def status(self) -> str:
        return self.state


class Place:
    """A centre with two kiosks that print, and a clock."""

    def __init__(self, folder: Path) -> None:
        kiosks = (
            Kiosk("k1", both("Một", "One"), "virtual://k1"),
            Kiosk("k2", both("Hai", "Two"), "virtual://k2"),
        )
        self.store = SqliteStore(folder / "motcua.db")
        describe(self.store, small_site(kiosks=kiosks, outside_hours="warn"))
        self.now = MORNING
        self.writer = running_writer(self.store, lambda: self.now)
        self.centre = self.begin()
        self.taken = 0

    def begin(self) -> Centre:
        return Centre(self.store, "nho", lambda: self.now, self.writer)

    def work(self, printer: Any, kiosk: str = "k1") -> SlipWork:
        return SlipWork(self.centre, kiosk, printer, lambda job: job(), THREADS, "http://hall")

    def take(self, kiosk: str = "k1") -> str:
        self.taken += 1
        ticket = f"{self.taken:032x}"
        command = IssueTicket(ticket, f"secret-{self.taken}", "dat", origin=kiosk)
        self.centre.do(command, Actor(f"kiosk:{kiosk}", "kiosk"))
        return ticket

    def told(self, kind: type) -> list[Any]:
        with self.store.reading("nho") as reading:
            return [entry.event for entry in entries(reading) if isinstance(entry.event, kind)]

    def fates(self) -> list[str]:
        return [event.outcome for event in self.told(SlipPrinted)]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path)
    yield made
    made.writer.stop()
    made.store.close()


def test_each_slip_is_printed_once_in_order_and_said_so(place: Place) -> None:
    printer = Printer()
    work = place.work(printer)
    for _ in range(3):
        place.take()
    place.take("k2")
    work.print_due()
    work.print_due()
    assert printer.printed == ["A001", "A002", "A003"]
    assert place.fates() == ["printed"] * 3
    assert place.told(SlipPrinted)[0] == SlipPrinted(f"{1:032x}", "k1", "printed", "")


def test_a_slip_that_failed_is_said_and_does_not_hold_the_next(place: Place) -> None:
    printer = Printer()
    answers = iter((Outcome("failed", "no paper", "paper_out"), Outcome("printed", "", "ready")))
    printer.answer = lambda: next(answers)
    place.take(), place.take()
    place.work(printer).print_due()
    assert place.fates() == ["failed", "printed"]
    assert [event.state for event in place.told(PrinterChanged)] == ["paper_out", "ready"]


def test_a_printer_that_raises_leaves_its_slip_uncertain(place: Place) -> None:
    printer = Printer()

    def late() -> Outcome:
        raise TimeoutError("no answer within 75 s")

    printer.answer = late
    place.take()
    place.work(printer).print_due()
    assert place.fates() == ["uncertain"]
    assert "no answer within 75 s" in place.told(SlipPrinted)[0].detail


class PowerCut(BaseException):
    """The end of the process, as the code sees it."""


def test_a_slip_over_which_the_program_died_is_uncertain_and_never_printed_again(place: Place) -> None:
    printer = Printer()

    def die() -> Outcome:
        raise PowerCut

    printer.answer = die
    place.take(), place.take()
    with pytest.raises(PowerCut):
        place.work(printer).print_due()
    assert place.fates() == []
    printer.answer = lambda: Outcome("printed", "", "ready")
    again = place.work(printer)
    again.print_due()
    assert place.fates() == ["printed"], "the second slip had not been begun"
    place.now += CLAIM_MS
    again.print_due()
    assert place.fates() == ["printed", "uncertain"]
    assert printer.printed == ["A001", "A002"]


def test_a_copy_that_staff_asked_for_comes_out_marked_and_is_said_to_be_one(place: Place) -> None:
    printer = Printer()
    ticket = place.take()
    work = place.work(printer)
    work.print_due()
    place.centre.do(ReprintSlip(ticket), SUPERVISOR)
    work.print_due()
    assert printer.marked == [False, True]
    assert [(event.outcome, event.copy) for event in place.told(SlipPrinted)] == [
        ("printed", False),
        ("printed", True),
    ]
    slips = place.centre.snapshot("kiosk:k1")[1]["slips"]
    assert slips == {ticket: {"ticket": ticket, "label": "A001", "state": "printed", "copy": True}}


def test_two_programs_on_one_kiosk_print_a_slip_once(place: Place) -> None:
    one, two = Printer(), Printer()
    second = place.work(two)
    one.answer = lambda: (second.print_due(), Outcome("printed", "", "ready"))[1]
    place.take()
    place.work(one).print_due()
    assert (one.printed, two.printed) == (["A001"], [])


def test_slips_that_nobody_needs_any_more_are_not_printed(place: Place) -> None:
    """After a night without power the hall is not greeted with yesterday's slips."""
    printer = Printer()
    place.take()
    cancelled = place.take()
    place.centre.do(CancelTicket(cancelled), SUPERVISOR)
    place.work(printer).print_due()
    place.take()
    place.now += DAY
    place.take()
    place.work(printer).print_due()
    assert printer.printed == ["A001", "A001"]
    assert place.fates() == ["printed", "failed", "failed", "printed"]


def test_a_slip_whose_queue_was_taken_away_fails_and_does_not_hold_the_next(place: Place) -> None:
    printer = Printer()
    place.take()
    site = place.centre.site()
    with place.store.writing("nho") as transaction:
        queues = tuple(queue for queue in site.queues if queue.id != "dat")
        counters = tuple(replace(c, queues=("tu",), helps=()) for c in site.counters)
        transaction.describe(9, replace(site, queues=queues, counters=counters, services=()), place.now)
    place.work(printer).print_due()
    assert (place.fates(), printer.printed) == (["failed"], [])


def test_the_printers_state_is_written_down_only_when_it_changes(place: Place) -> None:
    printer = Printer()
    work = place.work(printer)
    for state in ("ready", "ready", "paper_low", "paper_low", "ready"):
        printer.state = state
        work.look_at_printer()
    restarted = place.work(printer)
    restarted.look_at_printer()
    assert [event.state for event in place.told(PrinterChanged)] == ["ready", "paper_low", "ready"]


def test_a_slow_printer_does_not_hold_the_others_and_ends_with_its_slip_written_down(place: Place) -> None:
    slow, quick = Printer(), Printer()
    begun, go_on = threading.Event(), threading.Event()

    def slowly() -> Outcome:
        begun.set()
        go_on.wait(60)
        return Outcome("printed", "", "ready")

    slow.answer = slowly
    works = [place.work(slow, "k1"), place.work(quick, "k2")]
    reports: list[BaseException] = []
    threads = [threading.Thread(target=work.run, args=(reports.append,)) for work in works]
    place.take("k1"), place.take("k2"), place.take("k2")
    for thread in threads:
        thread.start()
    assert begun.wait(60)
    deadline = time.monotonic() + 60
    while place.fates() != ["printed"] * 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    assert (slow.printed, quick.printed) == (["A001"], ["A002", "A003"])
    for work in works:
        work.stop()
    go_on.set()
    for work in works:
        work.wait()
    for thread in threads:
        thread.join(60)
    assert place.fates() == ["printed"] * 3
    assert reports == []
