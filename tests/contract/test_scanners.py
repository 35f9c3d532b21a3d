"""Scanners over pseudo-terminals, TCP and keyboard events: codes, babble, pulled cables."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from drivers.fault import DeviceFault
from drivers.scanner import (
    AgeBand,
    CitizenCard,
    Scan,
    Scanner,
    ScannerState,
    TicketCode,
    Unreadable,
    open_scanner,
)
from drivers.scanner.wedge import WedgeChannel
from drivers.virtual.carriers import PtyCarrier, TcpCarrier
from drivers.virtual.scanner import ScannerTwin, typed

CARD = "022141000000||HỌ VÀ TÊN MẪU|02091941|Nữ|Địa chỉ mẫu|14022026"
TICKET = "http://192.0.2.10/t/5f2c8a90d1e34b7796c0aa1b22c3d4e5"
OLD = CitizenCard(AgeBand(80, None))
SLIP = TicketCode("5f2c8a90d1e34b7796c0aa1b22c3d4e5")


def today() -> date:
    return date(2026, 11, 23)


def in_time(holds: Callable[[], bool], patience: float = 20.0) -> bool:
    deadline = time.monotonic() + patience
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.005)
    return True


@pytest.mark.parametrize("cable", ["serial", "serial server"])
def test_a_scanner_hands_on_what_its_codes_mean_and_nothing_else(cable: str, tmp_path: Path) -> None:
    scans: list[Scan] = []
    twin = ScannerTwin()
    carrier = PtyCarrier(twin, tmp_path / "scanner") if cable == "serial" else TcpCarrier(twin)
    with carrier:
        scanner = open_scanner(
            carrier.url.replace("tcp:", "serial+socket:"), scans.append, today=today
        ).start()
        assert in_time(lambda: scanner.state is ScannerState.READY)
        twin.scan(CARD)
        twin.scan(TICKET, end=b"")  # a scanner that sends no end of line
        assert in_time(lambda: scans == [OLD, SLIP])
        scanner.close()


def test_a_scanner_that_is_plugged_out_is_absent_and_reads_again_when_it_is_back(tmp_path: Path) -> None:
    scans: list[Scan] = []
    noticed: list[ScannerState] = []
    twin = ScannerTwin()
    with PtyCarrier(twin, tmp_path / "scanner") as carrier:
        scanner = open_scanner(carrier.url, scans.append, today=today, noticed=noticed.append).start()
        assert in_time(lambda: scanner.state is ScannerState.READY)
        twin.scan(CARD[:20], end=b"")
        twin.is_unplugged = True
        assert in_time(lambda: scanner.state is ScannerState.ABSENT)
        twin.is_unplugged = False
        assert in_time(lambda: scanner.state is ScannerState.READY)
        twin.scan(CARD)
        assert in_time(lambda: OLD in scans)
        scanner.close()
    assert noticed == [ScannerState.READY, ScannerState.ABSENT, ScannerState.READY]


def test_a_babbling_scanner_is_noticed_thrown_away_and_delays_no_other(tmp_path: Path) -> None:
    """Measured: from the code before the scanner to its meaning, alone and beside one that babbles."""
    scans: list[Scan] = []
    rubbish: list[Scan] = []
    sound, mad = ScannerTwin(), ScannerTwin()
    with PtyCarrier(sound, tmp_path / "sound") as one, PtyCarrier(mad, tmp_path / "mad") as other:
        scanner = open_scanner(one.url, scans.append, today=today).start()
        babbler = open_scanner(other.url, rubbish.append, today=today).start()

        def median() -> float:
            took = []
            for _ in range(5):
                scans.clear()
                began = time.perf_counter()
                sound.scan(TICKET)
                assert in_time(lambda: scans == [SLIP])
                took.append(time.perf_counter() - began)
                time.sleep(0.22)  # no person is quicker; quicker would be babble
            return sorted(took)[2]

        alone = median()
        mad.babbles = True
        assert in_time(lambda: babbler.state is ScannerState.BABBLING)
        beside = median()
        assert rubbish == []
        mad.babbles = False
        assert in_time(lambda: babbler.state is ScannerState.READY)
        mad.scan(CARD)
        assert in_time(lambda: OLD in rubbish)
        scanner.close()
        babbler.close()
    print(f"code to meaning: {alone * 1000:.1f} ms, beside a babbling scanner {beside * 1000:.1f} ms")
    assert beside < 3 * alone + 0.5


def test_a_scanner_that_poses_as_a_keyboard_is_read_without_the_letters_it_lacks(
    tmp_path: Path,
) -> None:
    scans: list[Scan] = []
    noticed: list[ScannerState] = []
    device = tmp_path / "event-kbd"
    os.mkfifo(device)
    held = os.open(device, os.O_RDWR)
    scanner = open_scanner(f"wedge://{device}", scans.append, today=today, noticed=noticed.append).start()
    assert in_time(lambda: scanner.state is ScannerState.READY)
    for code in (TICKET, CARD, "H49.12-261123-0001"):
        os.write(held, typed(code)[:1000])
        os.write(held, typed(code)[1000:])
    assert in_time(lambda: len(scans) == 3)
    assert scans[:2] == [SLIP, OLD]
    os.close(held)
    assert in_time(lambda: ScannerState.ABSENT in noticed)
    scanner.close()


def test_a_virtual_scanner_reads_files_once(tmp_path: Path) -> None:
    scans: list[Scan] = []
    scanner = open_scanner("virtual://gate", scans.append, today=today, virtual_folder=tmp_path).start()
    assert in_time(lambda: scanner.state is ScannerState.READY)
    draft = tmp_path / "gate" / "1.new"
    draft.write_text("milk")
    draft.rename(tmp_path / "gate" / "1.code")
    assert in_time(lambda: scans == [Unreadable("unknown")])
    assert list((tmp_path / "gate").iterdir()) == []
    scanner.close()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("serial://ttyACM0", "serial:///dev/ttyUSB0"),
        ("wedge://event3", "wedge:///dev/input/by-id"),
        ("wegde:///dev/input/event3", "did you mean 'wedge'"),
        ("virtual://gate", "set a folder"),
        ("serial:///dev/ttyACM0?bauds=9600", "did you mean 'baud'"),
        ("serial:///dev/ttyACM0?parity=mark", "not one of none, even, odd"),
        ("serial+socket://192.0.2.8", "host and port, as in serial+socket://192.0.2.8:4001"),
    ],
)
def test_a_scanners_url_with_a_mistake_names_it(url: str, said: str) -> None:
    with pytest.raises(DeviceFault) as raised:
        open_scanner(url, lambda scan: None, today=today)
    assert said in raised.value.detail and raised.value.permanent


def test_a_scanner_that_is_not_there_is_absent_and_never_raises(tmp_path: Path) -> None:
    scanner: Scanner = open_scanner(f"serial://{tmp_path}/none", lambda scan: None, today=today).start()
    assert in_time(lambda: scanner.state is ScannerState.ABSENT)
    scanner.close()


def test_a_keyboard_scanner_that_another_program_holds_is_refused_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = tmp_path / "event3"
    os.mkfifo(device)

    def held(*_: object) -> None:
        raise OSError(errno.EBUSY, "Device or resource busy")

    monkeypatch.setattr("drivers.scanner.wedge.fcntl.ioctl", held)
    with pytest.raises(DeviceFault) as fault:
        WedgeChannel(device)
    assert (fault.value.kind, fault.value.hint) == ("unreachable", "busy")
