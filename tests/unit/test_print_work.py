"""From the spool to paper: each slip once, in order, on a printer that can; doubt is left to people."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kiosk.print_work import FIRST_HOLD_SECONDS, LONGEST_HOLD_SECONDS, PATIENCE_MS, PrintWork
from kiosk.spool import Spool
from queue_server.protocol import Slip
from tests.slips import EVERYDAY

PRINTED = {"state": "printed", "detail": "", "status": "ready", "reason": ""}
BROKEN_OFF = {"state": "uncertain", "detail": "silence", "status": "unknown", "reason": "broken_off"}


def refusal(status: str = "ready", reason: str = "not_ready") -> dict[str, str]:
    return {"state": "failed", "detail": f"it is {status}", "status": status, "reason": reason}


class Device:
    """A printer that says and does as it is told. `pages` are the slips that (may) have come out."""

    def __init__(self) -> None:
        self.says = "ready"
        self.does: list[Mapping[str, Any] | BaseException] = []
        self.pages: list[Slip] = []
        self.asked = 0
        self.closed = False

    def status(self) -> str:
        return self.says

    def print(self, facts: dict[str, Any]) -> Mapping[str, Any]:
        self.asked += 1
        answer = self.does.pop(0) if self.does else PRINTED
        if isinstance(answer, BaseException):
            raise answer
        if answer["state"] != "failed":
            self.pages.append(Slip.from_wire(facts))
        return answer

    def close(self) -> None:
        self.closed = True


class Place:
    """A kiosk with a spool, two printers and clocks that stand still."""

    def __init__(self, folder: Path) -> None:
        self.now, self.seconds = 1_000_000, 0.0
        self.spool = Spool(folder / "spool.db", lambda: self.now)
        self.first, self.second = Device(), Device()
        self.told: list[str] = []
        self.taken = 0
        self.work = self.working(("first", self.first))

    def working(self, *printers: tuple[str, Device], **more: Any) -> PrintWork:
        return PrintWork(
            self.spool,
            printers,
            on_state=self.told.append,
            clock=lambda: self.now,
            steady=lambda: self.seconds,
            **more,
        )

    def put(self) -> str:
        self.taken += 1
        slip = replace(EVERYDAY, ticket=f"{self.taken:032x}", label=f"A{self.taken:03}")
        return self.spool.put(slip).ticket

    def round(self, work: PrintWork | None = None) -> None:
        (work or self.work).look()
        (work or self.work).print_due()

    def fates(self) -> list[str]:
        return [job.state for job in reversed(self.spool.jobs())]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path)
    yield made
    made.spool.close()


def labels(device: Device) -> list[str]:
    return [slip.label + (" copy" if slip.copy else "") for slip in device.pages]


def test_slips_are_printed_once_and_in_order(place: Place) -> None:
    for _ in range(3):
        place.put()
    place.round()
    place.round()
    assert labels(place.first) == ["A001", "A002", "A003"]
    assert place.fates() == ["printed"] * 3


@pytest.mark.parametrize("trouble", ["paper_out", "cover_open", "cutter_error", "offline"])
def test_a_printer_in_trouble_keeps_the_slip_queued_and_says_so_until_it_is_well(
    place: Place, trouble: str
) -> None:
    place.first.says = trouble
    ticket = place.put()
    place.round()
    assert (place.fates(), place.told, place.first.asked) == (["queued"], [trouble], 0)
    place.first.says = "ready"
    place.round()
    assert (place.fates(), place.told) == (["printed"], [trouble, "ready"])
    job = place.spool.get(ticket)
    assert job is not None and job.attempts == 1


@pytest.mark.parametrize("state", ["paper_low", "unknown"])
def test_low_paper_and_a_printer_that_never_answers_go_on_printing(place: Place, state: str) -> None:
    place.first.says = state
    place.put()
    place.round()
    assert place.fates() == ["printed"]


def test_a_slip_that_the_printer_refused_waits_and_the_printer_gets_ever_longer_to_recover(
    place: Place,
) -> None:
    place.put()
    asked_at: list[float] = []
    while len(asked_at) < 9:
        place.first.does = [refusal()]
        before = place.first.asked
        place.round()
        assert place.fates() == ["queued"]
        if place.first.asked > before:
            asked_at.append(place.seconds)
        place.seconds += 0.5
    holds = [after - before for before, after in pairwise(asked_at)]
    assert holds == [1, 2, 4, 8, 16, 32, 60, 60]
    assert (holds[0], holds[-1]) == (FIRST_HOLD_SECONDS, LONGEST_HOLD_SECONDS)
    place.first.does = []
    place.seconds += LONGEST_HOLD_SECONDS
    place.round()
    assert labels(place.first) == ["A001"]


def test_half_a_slip_then_silence_is_uncertain_and_never_printed_again_by_itself(place: Place) -> None:
    ticket = place.put()
    place.put()
    place.first.does = [BROKEN_OFF]
    for _ in range(5):
        place.round()
        place.seconds += 100
    assert place.fates() == ["uncertain", "printed"]
    assert labels(place.first) == ["A001", "A002"]
    place.spool.again(ticket)
    place.round()
    assert labels(place.first) == ["A001", "A002", "A001 copy"]
    assert place.fates() == ["uncertain", "printed", "printed"]


def test_a_printer_that_raises_leaves_its_slip_uncertain_and_the_next_gets_its_chance(place: Place) -> None:
    place.put(), place.put()
    place.first.does = [OSError("the child could not be started")]
    place.round()
    assert place.fates() == ["uncertain", "printed"]


def test_a_slip_that_cannot_be_drawn_fails_for_good_and_does_not_hold_the_next(place: Place) -> None:
    place.put(), place.put()
    place.first.does = [refusal("ready", "unprintable")]
    place.round()
    assert place.fates() == ["failed", "printed"]


def test_a_second_printer_takes_over_what_nothing_came_out_of_and_gives_it_back(place: Place) -> None:
    work = place.working(("first", place.first), ("second", place.second))
    place.first.says = "paper_out"
    place.put()
    place.round(work)
    place.first.says = "ready"
    place.put()
    place.round(work)
    assert (labels(place.first), labels(place.second)) == (["A002"], ["A001"])
    assert work.states == {"first": "ready", "second": "ready"}


def test_a_second_printer_takes_over_at_once_where_the_first_refuses(place: Place) -> None:
    work = place.working(("first", place.first), ("second", place.second))
    place.first.does = [refusal("offline", "unreachable")]
    place.put()
    place.round(work)
    assert (labels(place.first), labels(place.second)) == ([], ["A001"])


def test_a_second_printer_never_gets_a_slip_that_may_have_come_out_of_the_first(place: Place) -> None:
    work = place.working(("first", place.first), ("second", place.second))
    place.first.does = [{**BROKEN_OFF, "status": "offline"}]
    place.put()
    place.round(work)
    place.first.says = "offline"
    place.round(work)
    place.round(work)
    assert (labels(place.first), labels(place.second)) == (["A001"], [])
    assert place.fates() == ["uncertain"]


def test_the_state_told_is_that_of_the_printer_that_gets_the_next_slip(place: Place) -> None:
    work = place.working(("first", place.first), ("second", place.second))
    place.first.says, place.second.says = "paper_out", "paper_low"
    place.round(work)
    place.second.says = "offline"
    place.round(work)
    place.first.says = "ready"
    place.round(work)
    assert place.told == ["paper_low", "paper_out", "ready"]


def test_a_kiosk_without_printer_says_so_and_keeps_quiet(place: Place) -> None:
    work = place.working()
    place.put()
    place.round(work)
    assert (place.told, place.fates()) == (["none"], ["queued"])


def test_new_paper_is_not_spent_on_people_who_have_gone(place: Place) -> None:
    place.first.says = "paper_out"
    gone = place.put()
    place.round()
    place.now += PATIENCE_MS - 1
    place.put()
    place.now += 2
    place.first.says = "ready"
    place.round()
    assert labels(place.first) == ["A002"]
    assert place.fates() == ["failed", "printed"]
    place.spool.again(gone)
    place.round()
    assert labels(place.first) == ["A002", "A001"], "nothing of it had come out: it is no copy"


def test_what_an_earlier_run_left_half_printed_is_uncertain_from_the_start(place: Place) -> None:
    place.put()
    place.spool.take("first")
    work = place.working(("first", place.first))
    work.start()
    work.stop()
    assert (place.fates(), place.first.pages) == (["uncertain"], [])


def in_time(happened: Callable[[], bool]) -> bool:
    waited = threading.Event()
    return any(happened() or waited.wait(0.01) for _ in range(3000) if not happened()) or happened()


def test_a_slip_that_is_put_is_printed_at_once_and_the_last_one_is_finished_before_the_end(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    printed = place.first.print

    def slowly(facts: dict[str, Any]) -> Mapping[str, Any]:
        begun.set()
        go_on.wait(30)
        return printed(facts)

    place.first.print = slowly  # type: ignore[method-assign]
    rests = threading.Event()
    monkeypatch.setattr(place.work, "_rest", lambda: rests.set() or 600.0)
    place.work.start()
    assert rests.wait(30)
    place.put()
    assert begun.wait(30), "the work wakes up"
    ending = threading.Thread(target=place.work.stop, args=(30,))
    ending.start()
    go_on.set()
    ending.join(30)
    assert place.fates() == ["printed"]
    assert place.first.closed


def test_trouble_in_the_spool_is_reported_and_printing_goes_on(tmp_path: Path) -> None:
    place = Place(tmp_path)
    reports: list[BaseException] = []
    work = place.working(("first", place.first), report=reports.append)
    take, failures = place.spool.take, [OSError("the disk")]

    def takes(printer: str = "") -> Any:
        if failures:
            raise failures.pop()
        return take(printer)

    place.spool.take = takes  # type: ignore[method-assign]
    work.start()
    place.put()
    assert in_time(lambda: bool(reports))
    place.put()
    assert in_time(lambda: place.fates() == ["printed", "printed"])
    work.stop()
    place.spool.close()
