"""Serial ports by URL, through pySerial: a cable, a pair of pipes, or a serial server on the network."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from typing import Final

import serial

from drivers.address import Address
from drivers.fault import DeviceFault, unreachable

SCHEMES: Final = ("serial", "serial+socket", "serial+rfc2217", "serial+loop")
SETTINGS: Final = ("baud", "bits", "parity", "stop", "flow")
"""The URL settings of a port: `baud=115200&bits=8&parity=none&stop=1&flow=none|rtscts|dsrdtr|xonxoff`."""

_BITS: Final = {"8": serial.EIGHTBITS, "7": serial.SEVENBITS}
_STOP: Final = {"1": 1, "2": 2}
_PARITY: Final = {"none": serial.PARITY_NONE, "even": serial.PARITY_EVEN, "odd": serial.PARITY_ODD}
_FLOW: Final = {"none": 0, "rtscts": 1, "dsrdtr": 2, "xonxoff": 3}
_EXAMPLES: Final = {
    "serial": "serial:///dev/ttyUSB0?baud=115200",
    "serial+socket": "serial+socket://192.0.2.8:4001",
    "serial+rfc2217": "serial+rfc2217://192.0.2.8:2217",
    "serial+loop": "serial+loop://",
}


@dataclass(frozen=True, slots=True)
class Port:
    """Where a port is (`place`, as pySerial names it) and how its line is set."""

    place: str
    baud: int = 9600
    bits: int = serial.EIGHTBITS
    parity: str = serial.PARITY_NONE
    stop: int = 1
    flow: int = 0

    @property
    def seconds_per_byte(self) -> float:
        return (1 + self.bits + (self.parity != serial.PARITY_NONE) + self.stop) / self.baud


def port_at(address: Address, *, baud: int = 9600) -> Port:
    """The port that a URL names; `baud` is the speed where the URL says none. Opens nothing."""
    return Port(
        _place(address),
        address.number("baud", baud, 300, 4_000_000),
        address.choice("bits", _BITS, "8"),
        address.word("parity", _PARITY, "none"),
        address.choice("stop", _STOP, "1"),
        address.choice("flow", _FLOW, "none"),
    )


def open_port(port: Port, *, read_seconds: float, write_seconds: float) -> serial.SerialBase:
    """The open port; nobody else may open it meanwhile. Raises DeviceFault("unreachable") with a hint."""
    try:
        return serial.serial_for_url(
            port.place,
            baudrate=port.baud,
            bytesize=port.bits,
            parity=port.parity,
            stopbits=port.stop,
            rtscts=port.flow == _FLOW["rtscts"],
            dsrdtr=port.flow == _FLOW["dsrdtr"],
            xonxoff=port.flow == _FLOW["xonxoff"],
            timeout=read_seconds,
            # RFC 2217 has a time limit of its own, 5 s for a piece, and pySerial refuses another.
            write_timeout=None if port.place.startswith("rfc2217:") else write_seconds,
            exclusive=True,
        )
    except OSError as error:
        raise unreachable(port.place, _with_number(error)) from error
    except (ValueError, NotImplementedError) as error:  # a speed that this port does not know
        raise DeviceFault("address", f"{port.place}: {error}", permanent=True) from error


def _place(address: Address) -> str:
    inner = address.scheme.removeprefix("serial+")
    example = _EXAMPLES[address.scheme]
    if inner == "serial":
        if address.host or not address.path.strip("/"):
            raise DeviceFault("address", f"{address.url}: write {example}", permanent=True)
        return address.path
    if inner == "loop":
        return "loop://"
    if not address.host or not address.port:
        raise DeviceFault("address", f"{address.url}: host and port, as in {example}", permanent=True)
    return f"{inner}://{address.host_and_port(address.port)}"


def _with_number(error: OSError) -> OSError:
    """The library wraps the system's error and keeps its number only now and then."""
    cause = error.__context__
    if error.errno is None and isinstance(cause, OSError):
        return cause
    if error.errno is None and "exclusively" in str(error):
        return OSError(errno.EBUSY, str(error))
    return error
