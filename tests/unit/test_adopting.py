"""Numbers that a kiosk gave by itself come home: once each, in their place by time, clashing with none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from queue_server.app.replay import replay
from queue_server.core import numbering
from queue_server.core.commands import AdoptTicket, CallNext, CloseQueue, OpenCounter
from queue_server.core.model import Actor, TicketState
from queue_server.core.refusals import Code
from tests.halls import SUPERVISOR, TestHall
from tests.sites import small_site

K1 = Actor("kiosk:k1", "kiosk")


def keeping(first: int = 900, last: int = 949) -> TestHall:
    site = small_site()
    k1, k2 = site.kiosks
    kiosks = (
        replace(k1, offline_first=first, offline_last=last),
        replace(k2, offline_first=3, offline_last=5),
    )
    return TestHall(site=small_site(kiosks=kiosks))


def adoption(name: int, number: int, taken_at: int, **more: Any) -> AdoptTicket:
    facts = {"queue": "dat", "origin": "k1", **more}
    return AdoptTicket(
        f"{0xABC0000 + name:032x}", f"offline-{name:08d}", number=number, taken_at=taken_at, **facts
    )


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 8)), max_size=4))
def test_the_server_never_gives_a_number_that_a_kiosk_keeps(ranges: list[tuple[int, int]]) -> None:
    kept = [(low, low + more) for low, more in ranges]
    queue = replace(small_site().queue["dat"], last=60)
    given_out, number = [], 0
    while (following := numbering.next_number(queue, number, kept)) is not None:
        number = following
        given_out.append(number)
    free = [one for one in range(1, 61) if not any(low <= one <= high for low, high in kept)]
    assert given_out == free


@given(
    st.lists(st.tuples(st.integers(1, 40), st.integers(0, 8)), max_size=4),
    st.integers(0, 30),
    st.integers(0, 30),
)
def test_so_many_more_numbers_does_not_count_those_that_kiosks_keep(
    ranges: list[tuple[int, int]], last: int, more: int
) -> None:
    kept = [(low, low + extra) for low, extra in ranges]
    queue = replace(small_site().queue["dat"], last=999)
    limit, given_out, number = numbering.limit(queue, last, more, kept), 0, last
    while (following := numbering.next_number(queue, number, kept)) is not None and following <= limit:
        number, given_out = following, given_out + 1
    assert given_out == more


def test_what_was_taken_offline_stands_in_line_by_its_time() -> None:
    hall = keeping()
    first = hall.issue("dat")
    taken_at = hall.now + 30_000
    hall.wait(2)
    later = hall.issue("dat")
    home = adoption(1, 900, taken_at)
    answer = hall.do(home, K1)
    assert (answer["label"], answer["state"], answer["issued_at"][11:19]) == ("A900", "waiting", "09:00:30")
    hall.do(OpenCounter("c1"))
    hall.do(OpenCounter("c2"))
    assert hall.do(CallNext("c1"))["ticket"]["id"] == first
    assert hall.do(CallNext("c2"))["ticket"]["id"] == home.ticket
    assert hall.ticket(later).state is TicketState.WAITING
    assert hall.ticket(later).number == 2
    _proved(hall)


def test_coming_home_twice_is_coming_home_once() -> None:
    hall = keeping()
    home = adoption(1, 901, hall.now)
    hall.do(home, K1)
    before = len(hall.entries())
    hall.do(home, K1)
    assert len(hall.entries()) == before
    assert hall.waiting() == {"dat": 1}


def test_no_kiosk_brings_a_number_that_is_not_its_own() -> None:
    hall = keeping()
    for number, origin in ((899, "k1"), (950, "k1"), (900, "k2"), (3, "k1"), (900, "no")):
        assert hall.refusal(adoption(1, number, hall.now, origin=origin), K1) is Code.NOT_YOUR_NUMBER
    assert hall.refusal(adoption(1, 900, hall.now, queue="no"), K1) is Code.UNKNOWN_QUEUE
    assert hall.refusal(adoption(1, 900, hall.now), SUPERVISOR) is Code.NOT_ALLOWED


def test_a_slip_in_the_hand_counts_though_the_queue_was_closed_meanwhile() -> None:
    hall = keeping()
    hall.issue("dat")
    hall.do(CloseQueue("dat"))
    hall.do(adoption(1, 900, hall.now), K1)
    assert hall.waiting() == {"dat": 2}


def test_a_number_of_yesterday_is_written_down_and_has_expired() -> None:
    hall = keeping()
    hall.issue("dat")
    taken_at = hall.now
    hall.wait(24 * 60)
    hall.issue("dat")
    home = adoption(1, 900, taken_at)
    hall.do(home, K1)
    kept = hall.ticket(home.ticket)
    assert (kept.state, kept.day) == (TicketState.EXPIRED, "2026-11-23")
    today = adoption(2, 900, hall.now)
    hall.do(today, K1)  # the same number, another day
    assert hall.ticket(today.ticket).state is TicketState.WAITING
    _proved(hall)


def test_a_clock_that_runs_ahead_gains_nothing() -> None:
    hall = keeping()
    home = adoption(1, 900, hall.now + 3 * 86_400_000)
    hall.do(home, K1)
    assert (hall.ticket(home.ticket).since, hall.ticket(home.ticket).day) == (hall.now, "2026-11-23")


def _proved(hall: TestHall) -> None:
    with hall.store.reading(hall.site.id) as reading:
        assert replay(reading, hall.site).differences == ()
