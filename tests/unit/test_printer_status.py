"""A printer's four status bytes become one state, and silence or nonsense is never taken for good news."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.printer.status import PrinterStatus, read_status

FINE = (0x12, 0x12, 0x12, 0x12)


def answering(*answers: int) -> PrinterStatus:
    return read_status(lambda request: bytes([answers[request[-1] - 1]]))


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        (FINE, PrinterStatus.READY),
        ((0x12, 0x12, 0x12, 0x1E), PrinterStatus.PAPER_LOW),
        ((0x1A, 0x32, 0x12, 0x7E), PrinterStatus.PAPER_OUT),
        ((0x1A, 0x16, 0x12, 0x12), PrinterStatus.COVER_OPEN),
        ((0x1A, 0x52, 0x1A, 0x12), PrinterStatus.CUTTER_ERROR),
        ((0x1A, 0x12, 0x12, 0x12), PrinterStatus.OFFLINE),
        ((0x1A, 0x36, 0x12, 0x7E), PrinterStatus.COVER_OPEN),  # an open cover also hides the paper
    ],
)
def test_the_status_bytes_of_the_reference_are_understood(
    answers: tuple[int, ...], status: PrinterStatus
) -> None:
    assert answering(*answers) is status


@pytest.mark.parametrize("silent_part", [1, 2, 3, 4])
def test_a_printer_that_answers_only_in_part_is_unknown(silent_part: int) -> None:
    status = read_status(lambda request: b"" if request[-1] == silent_part else b"\x12")
    assert status is PrinterStatus.UNKNOWN


@given(st.lists(st.integers(0, 255).filter(lambda byte: byte & 0x93 != 0x12), min_size=4, max_size=4))
def test_bytes_that_are_no_status_are_unknown(answers: list[int]) -> None:
    assert answering(*answers) is PrinterStatus.UNKNOWN
