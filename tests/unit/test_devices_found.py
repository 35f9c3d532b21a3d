"""What is plugged in is found without opening anything, by the names that stay the same."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from drivers.backoff import Backoff
from drivers.fault import DeviceFault
from drivers.finding import FoundDevice, plugged_in
from drivers.virtual.page import write_page
from drivers.virtual.script import Script, parse_script


@dataclass
class Port:
    device: str
    description: str | None


def usb_device(root: Path, name: str, interface_class: str, **words: str) -> None:
    folder = root / "sys/bus/usb/devices" / name
    (folder / f"{name}:1.0").mkdir(parents=True)
    (folder / f"{name}:1.0" / "bInterfaceClass").write_text(interface_class + "\n")
    for file, word in words.items():
        (folder / file).write_text(word + "\n")


def test_printers_ports_and_scanners_are_found_with_the_url_that_opens_them(tmp_path: Path) -> None:
    usb_device(
        tmp_path, "1-2", "07", idVendor="04b8", idProduct="0e15", manufacturer="EPSON", product="TM-T20II"
    )
    usb_device(tmp_path, "1-3", "03", idVendor="046d", idProduct="c31c", product="Keyboard")
    (tmp_path / "dev/usb").mkdir(parents=True)
    (tmp_path / "dev/usb/lp0").touch()
    (tmp_path / "dev/ttyUSB0").touch()
    (tmp_path / "dev/serial/by-id").mkdir(parents=True)
    (tmp_path / "dev/serial/by-id/usb-RS485_A1").symlink_to("../../ttyUSB0")
    (tmp_path / "dev/input/by-id").mkdir(parents=True)
    (tmp_path / "dev/input/by-id/usb-Scanner_S1-event-kbd").touch()
    ports = [Port("/dev/ttyS0", "n/a"), Port(f"{tmp_path}/dev/ttyUSB0", "RS485 adapter")]
    assert plugged_in(tmp_path, lambda: ports) == [
        FoundDevice("printer", "usb://04b8:0e15", "EPSON TM-T20II"),
        FoundDevice("printer", "file:///dev/usb/lp0"),
        FoundDevice("serial", "serial:///dev/ttyS0"),
        FoundDevice("serial", "serial:///dev/serial/by-id/usb-RS485_A1", "RS485 adapter"),
        FoundDevice("scanner", "wedge:///dev/input/by-id/usb-Scanner_S1-event-kbd", "Scanner S1"),
    ]


def test_a_computer_without_devices_has_none(tmp_path: Path) -> None:
    assert plugged_in(tmp_path, list) == []


def test_what_fails_is_tried_ever_more_seldom_and_a_success_starts_anew() -> None:
    backoff, now, waits = Backoff(0.2, 5.0), 100.0, []
    assert backoff.wait(now) == 0 and not backoff.is_failing
    for _ in range(8):
        backoff.failed(now)
        waits.append(round(backoff.wait(now), 3))
        now += backoff.wait(now)
    assert waits == [0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0, 5.0]
    backoff.succeeded()
    assert backoff.wait(now) == 0 and not backoff.is_failing


def test_a_script_of_faults_is_read_and_checked() -> None:
    script = parse_script("paper_low@2, paper_out@5,silent,slow=2000")
    assert script == Script((("paper_low", 2), ("paper_out", 5)), frozenset({"silent"}), 2000)
    assert script.due(1) == {"silent"} and script.due(5) == {"silent", "paper_low", "paper_out"}
    assert parse_script("") == Script() and parse_script("cover_open").due(0) == {"cover_open"}


@pytest.mark.parametrize("text", ["paper@3", "paper_out@", "paper_out@-1", "slow=", "slow=fast", "silent@3"])
def test_a_script_with_a_mistake_is_refused(text: str) -> None:
    with pytest.raises(DeviceFault) as raised:
        parse_script(text)
    assert raised.value.kind == "address" and raised.value.permanent


def test_the_page_of_virtual_devices_says_nothing_as_markup(tmp_path: Path) -> None:
    (tmp_path / "hall").mkdir()
    (tmp_path / "hall" / "signs.json").write_text('{"3": {"text": "<b>", "mode": "blink"}}')
    page = write_page(tmp_path).read_text()
    assert "&lt;b&gt;" in page and "<b>" not in page and "sign 3: blink" in page
