"""What kiosks that run by themselves tell: kept where it is new, and silence is noticed."""

from __future__ import annotations

from typing import Any

import pytest

from queue_server.app import kiosks
from queue_server.app.centre import Centre
from queue_server.app.timekeeper import Timekeeper
from queue_server.core.commands import AdoptTicket
from queue_server.core.events import Entry
from queue_server.core.model import Actor
from queue_server.core.refusals import Code, Refused
from tests.halls import TestHall
from tests.sites import small_site
from tests.unit.test_adopting import keeping

K2 = Actor("kiosk:k2", "kiosk")
WELL = {
    "version": "1.0",
    "clock_offset_ms": 40,
    "queued": 0,
    "offline_given": 0,
    "refused": [],
    "last_slip": None,
}


class _Inline:
    """A writer that writes at once: these tests are about what is written."""

    def __init__(self, hall: TestHall) -> None:
        self.hall = hall

    def run(self, site: str, task: Any) -> Any:
        with self.hall.store.writing(site) as transaction:
            return task(transaction, self.hall.now)


class Stand:
    def __init__(self) -> None:
        self.hall = TestHall()
        self.hall.issue("dat")
        self.steady = 0.0
        writes: Any = _Inline(self.hall)
        self.centre = Centre(self.hall.store, self.hall.site.id, lambda: self.hall.now, writes)
        self.centre.kiosks = kiosks.KioskWatch(lambda: self.steady)

    def wait(self, seconds: float) -> None:
        self.steady += seconds
        self.hall.wait(seconds / 60)

    def tell(self, printer: str = "ready", slips: Any = (), **facts: Any) -> None:
        self.centre.hear_kiosk("k2", printer, {**WELL, **facts}, slips, K2)

    def row(self) -> dict[str, Any]:
        row: dict[str, Any] = self.centre.snapshot("site:nho")[1]["kiosks"]["k2"]
        return row

    def written(self) -> list[Entry]:
        return [entry for entry in self.hall.entries() if getattr(entry.event, "kiosk", None) == "k2"]


@pytest.fixture
def stand() -> Stand:
    return Stand()


def test_supervisors_see_what_a_kiosk_tells_of_itself(stand: Stand) -> None:
    assert (stand.row()["state"], stand.row()["printer"], stand.row()["version"]) == (None, "none", None)
    stand.tell("paper_low", last_slip={"label": "A900", "state": "printed"}, refused=["A901"])
    row = stand.row()
    assert (row["state"], row["printer"], row["version"]) == ("online", "paper_low", "1.0")
    assert (row["clock_offset_ms"], row["refused"]) == (40, ["A901"])
    assert row["last_slip"] == {"label": "A900", "state": "printed"}


def test_a_report_that_says_nothing_new_leaves_no_trace(stand: Stand) -> None:
    stand.tell()
    before = len(stand.hall.entries())
    for drift in (900, -900, 1500):
        stand.wait(10)
        stand.tell(clock_offset_ms=40 + drift)
    assert len(stand.hall.entries()) == before
    stand.tell("paper_out")
    stand.tell("paper_out", clock_offset_ms=9_000)
    assert [type(entry.event).__name__ for entry in stand.written()] == [
        "KioskReported",
        "PrinterChanged",
        "PrinterChanged",
        "KioskReported",
    ]


def test_a_kiosk_that_is_silent_for_a_minute_is_said_to_be_and_its_printer_unknown(stand: Stand) -> None:
    stand.tell(queued=2)
    keeper = Timekeeper(stand.hall.store, stand.centre, lambda: stand.hall.now)
    stand.wait(59)
    keeper.tick()
    assert stand.row()["state"] == "online"
    stand.wait(2)
    keeper.tick()
    keeper.tick()
    row = stand.row()
    assert (row["state"], row["printer"], row["queued"]) == ("silent", "unknown", 2)
    assert row["state_since"][11:19] == "09:00:00"  # when it was last heard of, not when it was missed
    assert len(stand.written()) == 4
    stand.tell(queued=2)
    assert (stand.row()["state"], stand.row()["printer"]) == ("online", "ready")


def test_after_a_restart_of_the_server_a_kiosk_has_a_minute_to_report(stand: Stand) -> None:
    stand.tell()
    stand.steady = 1_000.0
    stand.centre.kiosks = kiosks.KioskWatch(lambda: stand.steady)
    stand.centre.miss_kiosks()
    assert stand.row()["state"] == "online"
    stand.wait(61)
    stand.centre.miss_kiosks()
    assert stand.row()["state"] == "silent"


def test_what_became_of_slips_is_written_down_of_tickets_that_exist(stand: Stand) -> None:
    ticket = stand.hall.issue("dat")
    stand.tell(slips=[kiosks.Settled(ticket, "uncertain", "half", True), kiosks.Settled("0" * 32, "printed")])
    found = [entry.event for entry in stand.hall.entries() if type(entry.event).__name__ == "SlipPrinted"]
    assert [(event.ticket, event.outcome, event.copy) for event in found] == [(ticket, "uncertain", True)]


def test_a_kiosk_that_the_centre_does_not_have_is_refused(stand: Stand) -> None:
    with pytest.raises(Refused) as refused:
        stand.centre.hear_kiosk("no", "ready", WELL, (), K2)
    assert refused.value.refusal.code is Code.UNKNOWN_KIOSK


def test_a_kiosk_that_prints_by_itself_gets_no_second_slip_from_the_server(stand: Stand) -> None:
    k1 = Actor("kiosk:k1", "kiosk")
    issue = {"origin": "k1", "queue": "dat"}

    def owed() -> int:
        with stand.hall.store.reading("nho") as reading:
            return len(reading.deliveries("slip", "k1", 20))

    stand.hall.issue(**issue)
    assert owed() == 1
    stand.centre.hear_kiosk("k1", "ready", WELL, (), k1)
    stand.hall.issue(**issue)
    assert owed() == 1
    stand.wait(61)
    stand.centre.miss_kiosks()  # it has given way to a plain tablet, say
    stand.hall.issue(**issue)
    assert owed() == 2


def test_the_ticket_that_nobody_holds_goes_when_the_slip_in_the_hand_comes_home() -> None:
    hall = keeping()
    stray = hall.issue("dat", origin="k1")
    home = AdoptTicket("a" * 32, "offline-1", "dat", 900, hall.now, "k1", instead_of=stray)
    hall.do(home, Actor("kiosk:k1", "kiosk"))
    assert (hall.ticket(stray).state, hall.ticket(home.ticket).state) == ("cancelled", "waiting")
    assert hall.waiting() == {"dat": 1}
    before = len(hall.entries())
    hall.do(home, Actor("kiosk:k1", "kiosk"))
    assert len(hall.entries()) == before


def test_no_kiosk_takes_another_kiosks_ticket_out_of_the_line() -> None:
    hall = keeping()
    other = hall.issue("dat", origin="k1")
    home = AdoptTicket("a" * 32, "offline-1", "dat", 3, hall.now, "k2", instead_of=other)
    hall.do(home, Actor("kiosk:k2", "kiosk"))
    assert hall.ticket(other).state == "waiting"


def test_a_number_that_somebody_holds_already_is_refused_by_its_label() -> None:
    hall = keeping()

    def submit(site: str, order: Any) -> Any:
        return hall.do(order.command, order.actor) or order

    writes: Any = type("Writes", (), {"submit": staticmethod(submit)})()
    centre = Centre(hall.store, small_site().id, lambda: hall.now, writes)
    actor = Actor("kiosk:k1", "kiosk")
    hall.do(AdoptTicket("a" * 32, "offline-1", "dat", 900, hall.now, "k1"), actor)
    with pytest.raises(Refused) as refused:
        centre.adopt(AdoptTicket("b" * 32, "offline-2", "dat", 900, hall.now, "k1"), actor)
    assert refused.value.refusal.code is Code.NUMBER_TAKEN
    assert refused.value.refusal.params == {"label": "A900"}
