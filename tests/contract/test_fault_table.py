"""Each row of the table of faults in docs/hardware.md holds; printers are played in their own files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from drivers.diagnosis import of_printer, of_scanner, of_sign
from drivers.led import Showing, SignState
from drivers.printer import PrinterStatus
from drivers.scanner import Scan, ScannerState, open_scanner
from drivers.virtual.carriers import PtyCarrier
from drivers.virtual.scanner import ScannerTwin
from drivers.virtual.script import AFTER, ALWAYS
from queue_server.cli.device_words import DeviceWords
from tests.contract.test_scanners import CARD, OLD, in_time
from tests.contract.test_signs import MODBUS, Unpluggable, hall
from tests.fault_table import Row, row, rows

WORDS = DeviceWords("en")


def test_every_fault_of_every_twin_has_one_row() -> None:
    assert sorted(one.fault for one in rows("printer")) == sorted((*AFTER, *ALWAYS, "slow"))
    assert [one.fault for one in rows("sign")] == list(SIGNS)
    assert [one.fault for one in rows("scanner")] == list(SCANNERS)


@pytest.mark.parametrize(
    "one", [row for kind in ("printer", "sign", "scanner") for row in rows(kind)], ids=str
)
def test_what_is_told_is_the_sentence_of_that_state_and_somebody_is_told_what_to_do(one: Row) -> None:
    code = {
        "printer": lambda: of_printer(PrinterStatus(one.state)),
        "sign": lambda: of_sign(SignState(one.state)),
        "scanner": lambda: of_scanner(ScannerState(one.state)),
    }[one.device]()
    assert WORDS.say(code) == one.told
    assert one.mended_by
    if one.state not in ("ready", "shown"):
        assert WORDS.remedy(code)


SIGNS = {
    "dead": (lambda twins: twins.kill(1), lambda twins: twins.cut_power(1)),
    "no_power": (lambda twins: twins.cut_power(1), lambda twins: None),
    "unplugged": (
        lambda twins: setattr(twins, "is_unplugged", True),
        lambda twins: (twins.cut_power(1), setattr(twins, "is_unplugged", False)),
    ),
}
"""How a fault of a sign begins and ends; each time it has also forgotten what it showed."""


@pytest.mark.parametrize("fault", SIGNS)
def test_a_sign_fails_is_noticed_and_shows_its_number_again(tmp_path: Path, fault: str) -> None:
    promised, (begin, end) = row("sign", fault), SIGNS[fault]
    with hall(tmp_path, MODBUS, signs=2) as (twins, line):
        assert isinstance(twins, Unpluggable)
        line.show("1", Showing("A001"))
        assert in_time(lambda: twins.shown()[1].text == "A001" and states(line)["1"] == "shown")
        begin(twins)
        if promised.state == "shown":
            assert twins.shown()[1].text == ""
        line.show("1", Showing("A002"))
        assert in_time(lambda: states(line)["1"] == promised.state)
        end(twins)
        assert in_time(lambda: twins.shown()[1].text == "A002"), "nobody has to send it again"
        assert in_time(lambda: states(line)["1"] == promised.then)


def states(line: object) -> dict[str, str]:
    return {counter: state.value for counter, state in line.states().items()}  # type: ignore[attr-defined]


SCANNERS = {
    "unplugged": (
        lambda twin: setattr(twin, "is_unplugged", True),
        lambda twin: setattr(twin, "is_unplugged", False),
    ),
    "babbling": (lambda twin: setattr(twin, "babbles", True), lambda twin: setattr(twin, "babbles", False)),
    "half_code": (lambda twin: twin.scan(CARD[:20], end=b""), lambda twin: None),
}


@pytest.mark.parametrize("fault", SCANNERS)
def test_a_scanner_fails_is_noticed_hands_on_nothing_false_and_reads_again(
    tmp_path: Path, fault: str
) -> None:
    promised, (begin, end) = row("scanner", fault), SCANNERS[fault]
    scans: list[Scan] = []
    twin = ScannerTwin()
    with PtyCarrier(twin, tmp_path / "scanner") as carrier:
        scanner = open_scanner(carrier.url, scans.append, today=lambda: date(2026, 11, 23)).start()
        assert in_time(lambda: scanner.state is ScannerState.READY)
        begin(twin)
        assert in_time(lambda: scanner.state.value == promised.state)
        end(twin)
        assert in_time(lambda: scanner.state.value == promised.then)
        assert any(is_read(twin, scans) for _ in range(10))
        scanner.close()
    assert [scan for scan in scans if scan != OLD and type(scan).__name__ != "Unreadable"] == []


def is_read(twin: ScannerTwin, scans: list[Scan]) -> bool:
    """Somebody holds the card up, and holds it up again where nothing came of it."""
    twin.scan(CARD)
    return in_time(lambda: OLD in scans, patience=1.0)
