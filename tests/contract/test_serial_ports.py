"""Serial ports of every kind: a cable, a pair of pipes, a serial server; taken, missing, or refused."""

from __future__ import annotations

import errno
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import serial
from serial.rfc2217 import PortManager

from drivers.address import parse_address
from drivers.channels import SerialChannel
from drivers.fault import DeviceFault, unreachable
from drivers.opening import open_printer
from drivers.ports import Port, port_at
from drivers.printer import Cut, Document, PrinterStatus, Text
from drivers.virtual.carriers import PtyCarrier, TcpCarrier
from drivers.virtual.printer import VirtualPrinter
from drivers.virtual.printer_twin import PrinterTwin

PAGE = Document(576, (Text("Sở Tài nguyên và Môi trường", 36, "bold"), Cut()))


@contextmanager
def serial_server(port: str) -> Iterator[int]:
    """RFC 2217 as pySerial serves it: one caller, who gets the port."""
    device = serial.serial_for_url(port, timeout=0.05)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection, connection.makefile("wb") as out:
                connection.settimeout(0.02)
                lock = threading.Lock()

                class Sending:
                    def write(self, data: bytes) -> None:
                        with lock:
                            out.write(data)
                            out.flush()

                manager = PortManager(device, Sending())
                while True:
                    try:
                        data = connection.recv(1024)
                        if not data:
                            return
                        device.write(b"".join(manager.filter(data)))
                    except TimeoutError:
                        pass
                    except OSError:
                        return
                    if device.in_waiting:
                        Sending().write(b"".join(manager.escape(device.read(device.in_waiting))))

        serving = threading.Thread(target=serve)
        serving.start()
        try:
            yield server.getsockname()[1]
        finally:
            serving.join()
            held = device._socket
            device.close()
            held.close()


@pytest.mark.filterwarnings("ignore:set(Daemon|Name):DeprecationWarning")  # in pySerial, on opening
def test_a_printer_behind_a_serial_server_of_rfc_2217_prints_and_answers(tmp_path: Path) -> None:
    twin = PrinterTwin(VirtualPrinter("lobby", tmp_path))
    # A pseudo-terminal has no modem lines, which this protocol reports: so the twin's own cable is TCP.
    with TcpCarrier(twin) as carrier, serial_server(carrier.url.replace("tcp:", "socket:")) as port:
        printer = open_printer(f"serial+rfc2217://127.0.0.1:{port}?baud=115200&confirm=yes")
        try:
            assert printer.status() is PrinterStatus.READY
            printer.print(PAGE)
            twin.fail("paper_out")
            assert printer.status() is PrinterStatus.PAPER_OUT
        finally:
            printer.close()
    assert len(twin.printer.pages()) == 1


def test_what_goes_into_a_loop_comes_out_of_it() -> None:
    channel = SerialChannel(port_at(parse_address("serial+loop://")))
    channel.write(b"A012")
    assert channel.read(1.0) == b"A012"
    assert channel.read(0.01) == b""
    channel.close()


def test_a_port_that_another_program_holds_is_busy(tmp_path: Path) -> None:
    with PtyCarrier(PrinterTwin(VirtualPrinter("lobby", tmp_path)), tmp_path / "port"):
        first = SerialChannel(Port(str(tmp_path / "port")))
        with pytest.raises(DeviceFault) as raised:
            SerialChannel(Port(str(tmp_path / "port")))
        assert (raised.value.kind, raised.value.hint) == ("unreachable", "busy")
        first.close()
        SerialChannel(Port(str(tmp_path / "port"))).close()


def test_a_port_that_is_not_there_is_not_found() -> None:
    with pytest.raises(DeviceFault) as raised:
        SerialChannel(Port("/dev/ttyNONE"))
    assert raised.value.hint == "not_found"


def test_a_serial_server_that_refuses_says_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
    for way in ("socket", "rfc2217"):
        with pytest.raises(DeviceFault) as raised:
            SerialChannel(Port(f"{way}://127.0.0.1:{number}"))
        assert raised.value.kind == "unreachable"


@pytest.mark.parametrize(
    ("number", "hint"),
    [
        (errno.EACCES, "no_permission"),
        (errno.EBUSY, "busy"),
        (errno.ENODEV, "not_found"),
        (errno.ECONNREFUSED, "refused"),
        (errno.EHOSTUNREACH, "no_route"),
        (errno.EIO, ""),
    ],
)
def test_the_systems_reason_becomes_a_hint(number: int, hint: str) -> None:
    assert unreachable("there", OSError(number, "why")).hint == hint


def test_a_line_says_how_long_a_byte_takes() -> None:
    assert Port("", 9600).seconds_per_byte == pytest.approx(10 / 9600)
    assert port_at(
        parse_address("serial:///x?baud=9600&parity=even&stop=2")
    ).seconds_per_byte == pytest.approx(12 / 9600)
