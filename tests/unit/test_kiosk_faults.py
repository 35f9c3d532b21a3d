"""The history of a kiosk's faults: each with its beginning and its end, read by kiosk and day."""

from __future__ import annotations

from typing import Any

import pytest

from queue_server.app import faults
from queue_server.app.write_path import record_event
from queue_server.core.events import Event, KioskReported, KioskVanished, PrinterChanged
from queue_server.core.model import Actor
from queue_server.core.refusals import Code, Refused
from tests.halls import TestHall
from tests.sites import DAY

K1 = Actor("kiosk:k1", "kiosk")


class Past:
    """A hall in which things happen to kiosk k1, minute by minute from nine o'clock."""

    def __init__(self) -> None:
        self.hall = TestHall()

    def then(self, *events: Event, minutes: float = 1) -> None:
        for event in events:
            with self.hall.store.writing(self.hall.site.id) as transaction:
                record_event(transaction, self.hall.site.id, self.hall.site, event, K1, self.hall.now)
        self.hall.wait(minutes)

    def seen(self, days: int = 7, kiosk: str = "k1") -> list[dict[str, Any]]:
        with self.hall.store.reading(self.hall.site.id) as reading:
            found: list[dict[str, Any]] = faults.history(kiosk, days, reading, self.hall.site, self.hall.now)[
                "faults"
            ]
        return found

    def times(self, **more: Any) -> list[tuple[str, str, str, str | None]]:
        return [
            (row["device"], row["state"], row["since"][11:16], row["until"] and row["until"][11:16])
            for row in self.seen(**more)
        ]


@pytest.fixture
def past() -> Past:
    return Past()


def printer(state: str) -> PrinterChanged:
    return PrinterChanged("k1", state)


def test_each_trouble_has_its_beginning_and_its_end_and_the_newest_comes_first(past: Past) -> None:
    past.then(printer("ready"))
    past.then(printer("paper_low"), minutes=10)
    past.then(printer("paper_out"), minutes=4)
    past.then(printer("ready"), minutes=20)
    past.then(printer("cover_open"))
    assert past.times() == [
        ("printer", "cover_open", "09:35", None),
        ("printer", "paper_out", "09:11", "09:15"),
        ("printer", "paper_low", "09:01", "09:11"),
    ]


def test_a_silent_kiosk_is_one_trouble_and_not_two(past: Past) -> None:
    past.then(KioskReported("k1", {}), printer("ready"), minutes=5)
    past.then(KioskVanished("k1", past.hall.now - 60_000, {}), printer("unknown"), minutes=5)
    assert past.times() == [("kiosk", "silent", "09:04", None)]
    past.then(KioskReported("k1", {}), printer("ready"))
    assert past.times() == [("kiosk", "silent", "09:04", "09:10")]


def test_a_clock_that_is_wrong_is_a_trouble_with_its_offset(past: Past) -> None:
    past.then(KioskReported("k1", {"clock_offset_ms": 59_000}))
    past.then(KioskReported("k1", {"clock_offset_ms": -61_000}), minutes=3)
    past.then(KioskReported("k1", {"clock_offset_ms": 40}))
    assert past.times() == [("clock", "wrong", "09:01", "09:04")]
    assert past.seen()[0]["clock_offset_ms"] == -61_000


def test_a_scanner_whose_state_is_told_is_there_too(past: Past) -> None:
    past.then(KioskReported("k1", {"scanner": "ready"}))
    past.then(KioskReported("k1", {"scanner": "babbling"}))
    past.then(KioskReported("k1", {"scanner": "ready"}))
    assert past.times() == [("scanner", "babbling", "09:01", "09:02")]


def test_a_trouble_that_is_older_than_what_is_looked_at_is_shown_as_long_as_it_lasts(past: Past) -> None:
    past.then(printer("paper_out"))
    past.hall.now += 9 * DAY
    assert [row["since"][:10] for row in past.seen()] == ["2026-11-23"]
    past.then(printer("ready"))
    assert past.seen() == []


def test_only_the_days_that_are_asked_for_and_only_that_kiosk_are_read(past: Past) -> None:
    for state in ("paper_out", "ready"):
        past.then(printer(state))
    past.then(PrinterChanged("k2", "cutter_error"))
    past.hall.now += DAY
    assert past.times(days=1) == []
    assert len(past.seen(days=2)) == 1
    assert past.times(days=2, kiosk="k2") == [("printer", "cutter_error", "09:02", None)]
    with pytest.raises(Refused) as refused:
        past.seen(kiosk="nowhere")
    assert refused.value.refusal.code is Code.UNKNOWN_KIOSK


def test_the_look_does_not_grow_with_the_journal(past: Past) -> None:
    past.then(printer("paper_out"))
    read = 0

    def looked() -> int:
        nonlocal read
        read = 0
        with past.hall.store.reading(past.hall.site.id) as reading:
            original = reading.journal_of

            def counted(subject: str) -> Any:
                nonlocal read
                found = original(subject)
                read += len(found)
                return found

            reading.journal_of = counted
            faults.history("k1", 7, reading, past.hall.site, past.hall.now)
        return read

    assert looked() == 1
    for _ in range(50):
        past.hall.issue("dat")
        past.then(PrinterChanged("k2", "paper_out"), PrinterChanged("k2", "ready"), minutes=0)
    assert looked() == 1
    past.hall.now += 8 * DAY
    assert looked() == 0


def test_an_entry_about_a_ticket_is_still_found_under_the_ticket(past: Past) -> None:
    ticket = past.hall.issue("dat")
    with past.hall.store.reading(past.hall.site.id) as reading:
        assert [record.type for record in reading.journal_of(ticket)] == ["TicketIssued"]
