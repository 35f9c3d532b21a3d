"""A slip is printed once at most, and what became of it is said truthfully."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest

from drivers.fault import DeviceFault, FaultKind
from drivers.printer import Document, Printed, PrinterStatus
from drivers.printer.encoding import Encoded, encode
from drivers.printer.profile import Profile
from kiosk.printing import SlipPrinter
from tests.slips import EVERYDAY

READY, UNKNOWN = PrinterStatus.READY, PrinterStatus.UNKNOWN


class ScriptedPrinter:
    """Reports the scripted states one after the other (the last one for ever) and fails as told."""

    width = 576
    logo = None

    def __init__(self, *states: PrinterStatus, fault: DeviceFault | None = None) -> None:
        self.states, self.fault, self.pages = list(states), fault, list[bytes]()

    def encode(self, document: Document) -> Encoded:
        return encode(document, Profile(self.width))

    def send(self, data: bytes) -> None:
        self.pages.append(data)
        if self.fault:
            raise self.fault

    def print(self, document: Document) -> Printed:
        raise AssertionError("a slip is encoded first and then sent")

    def status(self) -> PrinterStatus:
        return self.states.pop(0) if len(self.states) > 1 else self.states[0]

    def close(self) -> None: ...


def test_a_slip_that_a_ready_printer_took_is_printed() -> None:
    printer = ScriptedPrinter(READY)
    ticks = count()
    outcome = SlipPrinter(printer, clock=lambda: next(ticks) / 10).print(EVERYDAY)
    assert (outcome.state, outcome.status, outcome.reason) == ("printed", READY, None)
    assert outcome.bytes == len(printer.pages[0]) and len(printer.pages) == 1
    assert outcome.ms == pytest.approx(100)


@pytest.mark.parametrize(
    "state",
    [PrinterStatus.PAPER_OUT, PrinterStatus.COVER_OPEN, PrinterStatus.CUTTER_ERROR, PrinterStatus.OFFLINE],
)
def test_nothing_is_sent_to_a_printer_that_cannot_print(state: PrinterStatus) -> None:
    printer = ScriptedPrinter(state)
    outcome = SlipPrinter(printer).print(EVERYDAY)
    assert (outcome.state, outcome.status, outcome.reason) == ("failed", state, "not_ready")
    assert printer.pages == []


@pytest.mark.parametrize("after", [PrinterStatus.PAPER_OUT, PrinterStatus.OFFLINE, UNKNOWN])
def test_a_printer_in_trouble_after_the_slip_leaves_it_uncertain(after: PrinterStatus) -> None:
    printer = ScriptedPrinter(READY, after)
    outcome = SlipPrinter(printer).print(EVERYDAY)
    assert (outcome.state, outcome.status) == ("uncertain", after)
    assert len(printer.pages) == 1


@pytest.mark.parametrize("states", [(UNKNOWN,), (PrinterStatus.PAPER_LOW,), (READY, PrinterStatus.PAPER_LOW)])
def test_low_paper_and_a_printer_that_never_answers_do_not_cast_doubt(
    states: tuple[PrinterStatus, ...],
) -> None:
    assert SlipPrinter(ScriptedPrinter(*states)).print(EVERYDAY).state == "printed"


def test_a_printer_that_has_answered_and_falls_silent_gets_no_further_slip() -> None:
    printer = ScriptedPrinter(READY, UNKNOWN)
    slips = SlipPrinter(printer)
    assert slips.print(EVERYDAY).state == "uncertain"
    assert slips.status() is PrinterStatus.OFFLINE
    assert slips.print(EVERYDAY).state == "failed"
    assert len(printer.pages) == 1


def test_one_answer_lost_on_the_way_stops_nothing() -> None:
    slips = SlipPrinter(ScriptedPrinter(READY, UNKNOWN, READY))
    assert slips.status() is READY
    assert slips.print(EVERYDAY).state == "printed"


def test_a_line_that_finds_nobody_is_no_answer_of_the_printer() -> None:
    slips = SlipPrinter(ScriptedPrinter(PrinterStatus.OFFLINE, UNKNOWN))
    assert slips.status() is PrinterStatus.OFFLINE
    assert slips.status() is UNKNOWN
    assert slips.print(EVERYDAY).state == "printed"


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("unreachable", "failed"),
        ("not_ready", "failed"),
        ("broken_off", "uncertain"),
        ("storage", "uncertain"),
    ],
)
def test_a_fault_says_whether_paper_may_have_come_out_and_nothing_is_tried_twice(
    kind: FaultKind, state: str
) -> None:
    printer = ScriptedPrinter(READY, fault=DeviceFault(kind, "as scripted"))
    outcome = SlipPrinter(printer).print(EVERYDAY)
    assert (outcome.state, outcome.reason, outcome.detail) == (state, kind, "as scripted")
    assert len(printer.pages) == 1


def test_a_slip_that_cannot_be_drawn_fails_and_sends_nothing() -> None:
    printer = ScriptedPrinter(READY)
    outcome = SlipPrinter(printer).print(replace(EVERYDAY, track_url="x" * 5000))
    assert (outcome.state, outcome.reason, outcome.permanent) == ("failed", "unprintable", True)
    assert printer.pages == []


def test_letters_that_the_face_lacks_are_reported() -> None:
    outcome = SlipPrinter(ScriptedPrinter(READY)).print(replace(EVERYDAY, area="東 Tầng 1"))
    assert (outcome.state, outcome.missing) == ("printed", "東")


def test_a_bug_in_a_printer_is_not_mistaken_for_a_fault_of_the_device() -> None:
    class Broken(ScriptedPrinter):
        def send(self, data: bytes) -> None:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        SlipPrinter(Broken(READY)).print(EVERYDAY)


def test_what_the_first_slip_needs_is_loaded_by_drawing_one_that_nobody_gets() -> None:
    printer = ScriptedPrinter(READY)
    slips = SlipPrinter(printer)
    drawn: list[Document] = []
    printer.encode = lambda document: drawn.append(document) or encode(document, Profile(576))  # type: ignore[method-assign, func-returns-value]
    slips.prepare()
    assert len(drawn) == 1
    assert printer.pages == []
