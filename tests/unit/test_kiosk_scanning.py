"""What the kiosk's scanner may tell its page and its server: no more than helps, and no trouble twice."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from drivers.scanner import AgeBand, CitizenCard, DossierCode, ScannerState, TicketCode, Unreadable, decode
from kiosk.agent.scanning import SHOWN_MS, TROUBLE_MS, Scanning
from tests.crash.offline_hall import Fate, KioskSide, ServerSide

CARD = "001204000001|123456789|NGUYEN VAN A|01012004|Nam|Ha Noi|01012022"


class Clock:
    def __init__(self) -> None:
        self.ms = 1_000

    def __call__(self) -> int:
        return self.ms


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def scanning(clock: Clock) -> Scanning:
    return Scanning(clock)


@pytest.mark.parametrize(
    ("scan", "told"),
    [
        (TicketCode("secret-of-16-chars"), {"kind": "ticket", "secret": "secret-of-16-chars"}),
        (CitizenCard(AgeBand(60, 75)), {"kind": "card"}),
        (DossierCode("H49.12-261123-0001"), {"kind": "dossier"}),
        (Unreadable("damaged_card"), {"kind": "unreadable"}),
    ],
)
def test_the_page_is_told_the_least_that_it_can_show(scan: object, told: object, scanning: Scanning) -> None:
    scanning.scanned(scan)  # type: ignore[arg-type]
    row = scanning.rows()["_"]
    assert row.pop("n") == 1
    assert row == told


def test_nothing_of_a_card_gets_as_far_as_the_page(scanning: Scanning) -> None:
    scan = decode(CARD, date(2026, 11, 23))
    assert isinstance(scan, CitizenCard)
    scanning.scanned(scan)
    told = json.dumps(scanning.rows())
    assert told == '{"_": {"n": 1, "kind": "card"}}'


def test_a_code_stands_there_only_for_a_moment_and_each_has_its_number(
    scanning: Scanning, clock: Clock
) -> None:
    scanning.scanned(Unreadable("unknown"))
    scanning.scanned(Unreadable("unknown"))
    assert scanning.rows()["_"]["n"] == 2
    clock.ms += SHOWN_MS
    assert scanning.rows() == {}


def test_trouble_is_told_at_once_and_its_end_only_when_it_has_lasted(
    scanning: Scanning, clock: Clock
) -> None:
    assert scanning.state == "none"
    scanning.noticed(ScannerState.READY)
    assert (scanning.state, scanning.works) == ("ready", True)
    for _ in range(20):  # a loose plug
        scanning.noticed(ScannerState.ABSENT)
        assert (scanning.state, scanning.works) == ("absent", False)
        clock.ms += 500
        scanning.noticed(ScannerState.READY)
        assert (scanning.state, scanning.works) == ("absent", True)
        clock.ms += TROUBLE_MS - 1
        assert scanning.state == "absent"
    clock.ms += 1
    assert scanning.state == "ready"
    scanning.noticed(ScannerState.BABBLING)
    assert scanning.state == "babbling"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerSide]:
    server = ServerSide(tmp_path)
    yield server
    server.store.close()


def test_the_supervisor_sees_the_scanner_and_its_babble_is_one_entry_in_the_journal(
    server: ServerSide, tmp_path: Path, scanning: Scanning, clock: Clock
) -> None:
    kiosk = KioskSide(server, "k1", tmp_path / "k1", Fate(random.Random(1)))
    kiosk.scanning = scanning
    scanning.noticed(ScannerState.READY)
    for _ in range(3):
        kiosk.tick()
    assert server.centre.snapshot("site:nho")[1]["kiosks"]["k1"]["scanner"] == "ready"
    before = server.centre.snapshot("site:nho")[0]
    for _ in range(30):
        scanning.noticed(ScannerState.BABBLING)
        kiosk.tick()
        clock.ms += 400
        scanning.noticed(ScannerState.READY)
        kiosk.tick()
        clock.ms += 400
    seq, rows = server.centre.snapshot("site:nho")
    assert rows["kiosks"]["k1"]["scanner"] == "babbling"
    assert seq == before + 1
    kiosk.die()
