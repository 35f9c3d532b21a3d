"""Serial ports of every kind: a cable, a pair of pipes, a serial server; taken, missing, or refused."""

from __future__ import annotations

import errno
import socket
from pathlib import Path

import pytest

from drivers.address import parse_address
from drivers.channels import SerialChannel
from drivers.fault import DeviceFault, unreachable
from drivers.ports import Port, port_at
from drivers.virtual.carriers import PtyCarrier
from drivers.virtual.printer import VirtualPrinter
from drivers.virtual.printer_twin import PrinterTwin


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
