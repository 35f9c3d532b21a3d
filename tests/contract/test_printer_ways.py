"""The other ways to a printer: USB through a library, CUPS through its programs, a node of the kernel's."""

from __future__ import annotations

import os
import time
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import usb.backend
import usb.core
from usb.util import ENDPOINT_IN

from drivers.channels import NodeChannel
from drivers.fault import DeviceFault
from drivers.opening import open_printer
from drivers.printer import Cut, Document, PrinterStatus, Text
from drivers.printer.cups import CupsLine
from drivers.printer.lines import ChannelLine
from drivers.printer.printer import EscPosPrinter
from drivers.printer.profile import Profile
from drivers.printer.usb import UsbLine
from drivers.virtual.carriers import PtyCarrier
from drivers.virtual.printer import VirtualPrinter
from drivers.virtual.printer_twin import PrinterTwin
from drivers.virtual.script import parse_script

PAGE = Document(576, (Text("Sở Tài nguyên và Môi trường", 36, "bold"), Cut()))


class Described:
    """A descriptor: whatever is asked for."""

    def __init__(self, **fields: Any) -> None:
        self.__dict__.update(fields)
        self.extra_descriptors: list[int] = []


class TwinOnUsb(usb.backend.IBackend):  # type: ignore[misc]
    """A USB bus with one printer on it: a twin behind the interface that libusb would offer."""

    def __init__(self, twin: PrinterTwin) -> None:
        self.twin, self.said, self.claimed = twin, b"", 0
        self.refuses: OSError | None = None

    def enumerate_devices(self) -> Iterator[str]:
        yield from [] if self.twin.is_unplugged else ["printer"]

    def get_device_descriptor(self, dev: str) -> Described:
        return Described(
            bLength=18,
            bDescriptorType=1,
            bcdUSB=0x200,
            bDeviceClass=0,
            bDeviceSubClass=0,
            bDeviceProtocol=0,
            bMaxPacketSize0=64,
            idVendor=0x04B8,
            idProduct=0x0E15,
            bcdDevice=0x100,
            iManufacturer=0,
            iProduct=0,
            iSerialNumber=0,
            bNumConfigurations=1,
            address=1,
            bus=1,
            port_number=1,
            port_numbers=(1,),
            speed=3,
        )

    def get_configuration_descriptor(self, dev: str, config: int) -> Described:
        if config:
            raise IndexError(config)
        return Described(
            bLength=9,
            bDescriptorType=2,
            wTotalLength=32,
            bNumInterfaces=1,
            bConfigurationValue=1,
            iConfiguration=0,
            bmAttributes=0xC0,
            bMaxPower=1,
        )

    def get_interface_descriptor(self, dev: str, intf: int, alt: int, config: int) -> Described:
        if intf or alt:
            raise IndexError(intf)
        return Described(
            bLength=9,
            bDescriptorType=4,
            bInterfaceNumber=0,
            bAlternateSetting=0,
            bNumEndpoints=2,
            bInterfaceClass=7,
            bInterfaceSubClass=1,
            bInterfaceProtocol=2,
            iInterface=0,
        )

    def get_endpoint_descriptor(self, dev: str, ep: int, intf: int, alt: int, config: int) -> Described:
        way = (0x01, ENDPOINT_IN | 2)[ep]
        return Described(
            bLength=7,
            bDescriptorType=5,
            bEndpointAddress=way,
            bmAttributes=2,
            wMaxPacketSize=64,
            bInterval=0,
            bRefresh=0,
            bSynchAddress=0,
        )

    def open_device(self, dev: str) -> str:
        if self.refuses is not None:
            raise self.refuses
        return dev

    def close_device(self, handle: str) -> None:
        self.twin.hang_up()

    def get_configuration(self, handle: str) -> int:
        return 1

    def set_configuration(self, handle: str, value: int) -> None:
        """It has but one."""

    def is_kernel_driver_active(self, handle: str, intf: int) -> bool:
        return False

    def claim_interface(self, handle: str, intf: int) -> None:
        self.claimed += 1

    def release_interface(self, handle: str, intf: int) -> None:
        self.claimed -= 1

    def bulk_write(self, handle: str, ep: int, intf: int, data: Any, timeout: int) -> int:
        if self.twin.is_unplugged:
            raise usb.core.USBError("gone", errno=19)
        self.said += self.twin.take(bytes(data))
        return 0 if self.twin.is_stuck else len(data)

    def bulk_read(self, handle: str, ep: int, intf: int, buff: Any, timeout: int) -> int:
        part, self.said = self.said[: len(buff)], self.said[len(buff) :]
        if not part:
            raise usb.core.USBTimeoutError("silence", errno=110)
        buff[: len(part)] = array("B", part)
        return len(part)


def on_usb(tmp_path: Path, script: str = "") -> tuple[TwinOnUsb, EscPosPrinter]:
    bus = TwinOnUsb(PrinterTwin(VirtualPrinter("lobby", tmp_path), parse_script(script)))
    return bus, EscPosPrinter(UsbLine(0x04B8, 0x0E15, bus, answer_seconds=0.05), Profile(), confirms=True)


def test_a_printer_on_usb_prints_confirms_and_is_let_go(tmp_path: Path) -> None:
    bus, printer = on_usb(tmp_path)
    printer.print(PAGE)
    assert printer.status() is PrinterStatus.READY
    assert [page.read() for page in bus.twin.printer.pages()] == [printer.encode(PAGE).data]
    assert bus.claimed == 0


@pytest.mark.parametrize("fault", ["paper_low", "paper_out", "cover_open", "cutter_error", "offline"])
def test_a_printer_on_usb_tells_its_state(tmp_path: Path, fault: str) -> None:
    _, printer = on_usb(tmp_path, fault)
    assert printer.status().value == fault


def test_a_printer_on_usb_that_is_pulled_out_is_offline_and_prints_when_it_is_back(tmp_path: Path) -> None:
    bus, printer = on_usb(tmp_path)
    bus.twin.fail("unplugged")
    with pytest.raises(DeviceFault) as raised:
        printer.print(PAGE)
    assert (raised.value.kind, raised.value.hint) == ("unreachable", "not_found")
    assert printer.status() is PrinterStatus.OFFLINE
    bus.twin.mend()
    printer.print(PAGE)
    assert len(bus.twin.printer.pages()) == 1


def test_half_a_slip_on_usb_is_broken_off(tmp_path: Path) -> None:
    bus, printer = on_usb(tmp_path, "half_slip")
    with pytest.raises(DeviceFault) as raised:
        printer.print(PAGE)
    assert raised.value.kind == "broken_off" and len(bus.twin.printer.torn()) == 1


def test_a_silent_printer_on_usb_is_unknown(tmp_path: Path) -> None:
    assert on_usb(tmp_path, "silent")[1].status() is PrinterStatus.UNKNOWN


def test_a_usb_printer_without_permission_or_without_libusb_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bus, printer = on_usb(tmp_path)
    bus.refuses = usb.core.USBError("Access denied", errno=13)
    with pytest.raises(DeviceFault) as raised:
        printer.reach()
    assert raised.value.hint == "no_permission"

    def no_backend(**_: Any) -> None:
        raise usb.core.NoBackendError("none")

    monkeypatch.setattr("usb.core.find", no_backend)
    with pytest.raises(DeviceFault, match="apt install libusb") as raised:
        open_printer("usb://04b8:0e15").print(PAGE)
    assert (raised.value.hint, raised.value.permanent) == ("missing_library", True)


# ---- CUPS ---------------------------------------------------------------------------------------------

LP = """#!/bin/sh
cat > "$CUPS_PLACE/page"
touch "$CUPS_PLACE/held-$CUPS_HELD"
echo "request id is lobby-7 (1 file(s))"
"""
LPSTAT = """#!/bin/sh
case "$*" in
  *not-completed*) [ -e "$CUPS_PLACE/held-yes" ] && echo "lobby-7 root 1024 Mon" ; exit 0 ;;
esac
[ -e "$CUPS_PLACE/said" ] && cat "$CUPS_PLACE/said" && exit 0
echo "lpstat: Invalid destination name in list \\"lobby\\"." >&2 ; exit 1
"""
CANCEL = """#!/bin/sh
echo "$1" > "$CUPS_PLACE/cancelled"
"""


@contextmanager
def cups(place: Path, monkeypatch: pytest.MonkeyPatch, held: str = "no") -> Iterator[CupsLine]:
    for name, text in (("lp", LP), ("lpstat", LPSTAT), ("cancel", CANCEL)):
        program = place / name
        program.write_text(text)
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{place}:{os.environ['PATH']}")
    monkeypatch.setenv("CUPS_PLACE", str(place))
    monkeypatch.setenv("CUPS_HELD", held)
    yield CupsLine("lobby", job_seconds=0.3, wait=lambda seconds: time.sleep(0.02))


def test_a_page_for_cups_arrives_raw_and_leaves_the_queue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with cups(tmp_path, monkeypatch) as line:
        line.send(b"\x1b@page")
    assert (tmp_path / "page").read_bytes() == b"\x1b@page"


def test_a_page_that_cups_holds_back_is_cancelled_and_broken_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        cups(tmp_path, monkeypatch, held="yes") as line,
        pytest.raises(DeviceFault, match="lobby-7") as raised,
    ):
        line.send(b"page")
    assert raised.value.kind == "broken_off"
    assert (tmp_path / "cancelled").read_text().strip() == "lobby-7"


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("printer lobby is idle.  enabled since Mon\n\tAlerts: none\n", PrinterStatus.UNKNOWN),
        ("printer lobby is idle.  enabled\n\tAlerts: media-empty-error\n", PrinterStatus.PAPER_OUT),
        ("printer lobby is idle.  enabled\n\tAlerts: media-low-report\n", PrinterStatus.PAPER_LOW),
        (
            "printer lobby is idle.\n\tAlerts: media-empty-error cover-open\n",
            PrinterStatus.COVER_OPEN,
        ),
        ("printer lobby now printing.\n\tAlerts: offline-report\n", PrinterStatus.OFFLINE),
        ("printer lobby disabled since Mon -\n\tAlerts: none\n", PrinterStatus.OFFLINE),
        ("", PrinterStatus.OFFLINE),
    ],
)
def test_cups_words_for_trouble_are_understood(
    said: str, status: PrinterStatus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if said:
        (tmp_path / "said").write_text(said)
    with cups(tmp_path, monkeypatch) as line:
        assert line.status() is status


def test_a_computer_without_cups_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    printer = open_printer("cups://lobby")
    assert printer.status() is PrinterStatus.OFFLINE
    with pytest.raises(DeviceFault, match="apt install cups-client") as raised:
        printer.print(PAGE)
    assert (raised.value.kind, raised.value.hint) == ("unreachable", "missing_library")


# ---- nodes of the kernel's ------------------------------------------------------------------------------


def test_a_printers_node_takes_pages_and_answers(tmp_path: Path) -> None:
    twin = PrinterTwin(VirtualPrinter("lobby", tmp_path))
    with PtyCarrier(twin, tmp_path / "lp0"):
        printer = open_printer(f"file://{(tmp_path / 'lp0').resolve()}?confirm=yes")
        assert printer.status() is PrinterStatus.READY
        printer.print(PAGE)
        twin.fail("cover_open")
        assert printer.status() is PrinterStatus.COVER_OPEN
    assert len(twin.printer.pages()) == 1


def test_a_node_that_is_not_there_is_offline_and_no_file_is_left_in_its_place() -> None:
    printer = open_printer("file:///dev/usb/lp-none")
    assert printer.status() is PrinterStatus.OFFLINE
    with pytest.raises(DeviceFault) as raised:
        printer.print(PAGE)
    assert raised.value.kind == "unreachable" and not Path("/dev/usb/lp-none").exists()


def test_a_pipe_that_nobody_reads_is_unreachable_at_once_and_one_that_stops_is_broken_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    printer = open_printer(f"file://{pipe}")
    with pytest.raises(DeviceFault) as raised:
        printer.print(PAGE)
    assert raised.value.kind == "unreachable"
    monkeypatch.setattr(NodeChannel.__init__, "__defaults__", (0.2,))
    held = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with pytest.raises(DeviceFault) as raised:
            printer.send(bytes(2_000_000))
        assert raised.value.kind == "broken_off"
    finally:
        os.close(held)


def test_an_absent_printer_costs_who_asks_a_quarter_of_the_time_at_most() -> None:
    now, tries = [0.0], []

    def absent() -> Any:
        tries.append(now[0])
        now[0] += 5.0
        raise DeviceFault("unreachable", "nothing there")

    line = ChannelLine("x", absent, clock=lambda: now[0])
    while now[0] < 100:
        assert line.status() is PrinterStatus.OFFLINE
        now[0] += 0.5
    assert len(tries) * 5.0 <= 30
    with pytest.raises(DeviceFault):
        line.send(b"page")  # a page always tries


def test_a_printer_that_never_stops_talking_holds_nobody_up(tmp_path: Path) -> None:
    class Babbling:
        def write(self, data: bytes) -> None: ...

        def read(self, seconds: float) -> bytes:
            return b"\x12" * 7

        def close(self) -> None: ...

    assert ChannelLine("x", Babbling).status() is PrinterStatus.UNKNOWN
