"""A copy of a slip: who may have one, where it comes out, and that it is written down under its asker."""

from __future__ import annotations

import pytest

from queue_server.app.replay import replay
from queue_server.core.commands import CallNext, CancelTicket, FinishService, OpenCounter, StartService
from queue_server.core.commands import ReprintSlip as Reprint
from queue_server.core.events import SlipReprinted
from queue_server.core.model import Actor
from queue_server.core.refusals import Code
from queue_server.core.site import Kiosk
from tests.halls import KIOSK, SUPERVISOR, TestHall, officer
from tests.sites import both, small_site

AN = officer("an")
PRINTING = (
    Kiosk("k1", both("Một", "One"), "virtual://k1"),
    Kiosk("k2", both("Hai", "Two"), "virtual://k2"),
    Kiosk("k3", both("Ba", "Three")),
)


@pytest.fixture
def hall() -> TestHall:
    return TestHall(site=small_site(kiosks=PRINTING))


def copies(hall: TestHall) -> list[tuple[str, str, str]]:
    """(actor, ticket, kiosk) of each copy in the journal."""
    return [
        (entry.actor, entry.event.ticket, entry.event.kiosk)
        for entry in hall.entries()
        if isinstance(entry.event, SlipReprinted)
    ]


def owed(hall: TestHall, kiosk: str) -> int:
    with hall.store.reading(hall.site.id) as reading:
        return len(reading.deliveries("slip", kiosk, 20))


def test_a_copy_by_staff_is_an_event_under_their_name_and_owed_where_the_number_was_taken(
    hall: TestHall,
) -> None:
    ticket = hall.issue(origin="k2")
    hall.do(Reprint(ticket), AN)
    assert copies(hall) == [(AN.id, ticket, "k2")]
    assert owed(hall, "k2") == 2
    with hall.store.reading(hall.site.id) as reading:
        assert replay(reading, hall.site).differences == ()


def test_staff_may_choose_another_kiosk(hall: TestHall) -> None:
    ticket = hall.issue(origin="k2")
    assert hall.do(Reprint(ticket, "k1"), SUPERVISOR)["id"] == ticket
    assert (owed(hall, "k1"), owed(hall, "k2")) == (1, 1)


def test_a_number_from_a_kiosk_that_prints_by_itself_is_copied_at_the_first_that_the_server_drives(
    hall: TestHall,
) -> None:
    ticket = hall.issue(origin="k3")
    hall.do(Reprint(ticket), AN)
    assert copies(hall) == [(AN.id, ticket, "k1")]
    assert hall.refusal(Reprint(ticket, "k3"), AN) is Code.NO_PRINTER
    assert hall.refusal(Reprint(ticket, "nowhere"), AN) is Code.UNKNOWN_KIOSK


def test_where_the_server_drives_no_printer_staff_are_told_so() -> None:
    hall = TestHall(site=small_site(kiosks=(Kiosk("k3", both("Ba", "Three")),)))
    assert hall.refusal(Reprint(hall.issue(origin="k3")), AN) is Code.NO_PRINTER


def test_a_kiosk_copies_the_slips_of_its_own_numbers_only(hall: TestHall) -> None:
    own, foreign = hall.issue(origin="k1"), hall.issue(origin="k2")
    hall.do(Reprint(own, "k1"), KIOSK)
    assert hall.refusal(Reprint(foreign, "k1"), KIOSK) is Code.NOT_YOUR_TICKET
    assert hall.refusal(Reprint(own), KIOSK) is Code.NOT_YOUR_TICKET
    assert copies(hall) == [(KIOSK.id, own, "k1")]


def test_a_kiosk_that_prints_by_itself_has_its_copy_written_down_and_nothing_owed(hall: TestHall) -> None:
    ticket = hall.issue(origin="k3")
    hall.do(Reprint(ticket, "k3"), Actor("kiosk:k3", "kiosk"))
    assert copies(hall) == [("kiosk:k3", ticket, "k3")]
    assert owed(hall, "k3") == 0


def test_nobody_gets_paper_for_a_visit_that_is_over(hall: TestHall) -> None:
    cancelled, served = hall.issue(origin="k1"), hall.issue(origin="k1")
    hall.do(CancelTicket(cancelled), SUPERVISOR)
    hall.do(OpenCounter("c1"), AN)
    hall.do(CallNext("c1"), AN)
    hall.do(Reprint(served), AN)
    hall.do(StartService(served), AN)
    hall.do(FinishService(served), AN)
    for over in (cancelled, served):
        assert hall.refusal(Reprint(over), AN) is Code.WRONG_STATE
    assert hall.refusal(Reprint("f" * 32), AN) is Code.UNKNOWN_TICKET


def test_whoever_lacks_the_right_gets_no_copy(hall: TestHall) -> None:
    ticket = hall.issue(origin="k1")
    for other in (Actor("person:v", "viewer", anywhere=True), Actor("board:main", "board")):
        assert hall.refusal(Reprint(ticket), other) is Code.NOT_ALLOWED
