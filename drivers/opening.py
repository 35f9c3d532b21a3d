"""From a device's URL to the device: the one table of the ways there are."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from drivers.address import Address, parse_address, unknown_scheme
from drivers.fault import DeviceFault
from drivers.ports import SCHEMES as SERIAL_SCHEMES
from drivers.ports import SETTINGS as PORT_SETTINGS
from drivers.ports import port_at
from drivers.printer.cups import CupsLine
from drivers.printer.lines import PORT, FileLine, NetworkLine, SerialLine
from drivers.printer.logo import logo_of
from drivers.printer.printer import EscPosPrinter, Line, Printer
from drivers.printer.profile import SETTINGS, profile_of, wants_confirmation
from drivers.printer.usb import UsbLine
from drivers.virtual.printer import VirtualPrinter, reported_status

SERIAL_BAUD: Final = 115_200
_USB: Final = re.compile(r"([0-9a-fA-F]{4}):([0-9a-fA-F]{4})")
_QUEUE: Final = re.compile(r"[\w.-]{1,127}")


def open_printer(url: str, *, virtual_folder: Path | None = None) -> Printer:
    """The printer at `url`; nothing is touched until it prints. Raises DeviceFault("address").

    `tcp://host:9100`, `serial:///dev/ttyUSB0?baud=115200` (or serial+socket://host:port,
    serial+rfc2217://host:port, serial+loop://), `usb://04b8:0e15`, `cups://queue`, `file:///dev/usb/lp0`,
    `virtual://name` (its slips under `virtual_folder/name/`); each with `paper=80|58`, `width=DOTS`,
    `profile=MODEL`, `qr=native|image`, `letters=raster|codepage`, `confirm=yes|no`,
    `logo=/path/to/file.png`.
    """
    address = parse_address(url)
    way = _WAYS.get(address.scheme)
    if way is None:
        raise unknown_scheme(address, _WAYS)
    return way(address, virtual_folder)


def _printer(address: Address, line: Line) -> Printer:
    profile = profile_of(address)
    logo = logo_of(address, profile.width)
    return EscPosPrinter(line, profile, confirms=wants_confirmation(address), logo=logo)


def _tcp(address: Address, _: Path | None) -> Printer:
    address.only(*SETTINGS)
    if not address.host:
        raise DeviceFault("address", f"{address.url}: no host, as in tcp://192.0.2.7:9100", permanent=True)
    return _printer(address, NetworkLine(address.host, address.port or PORT))


def _serial(address: Address, _: Path | None) -> Printer:
    address.only(*SETTINGS, *PORT_SETTINGS)
    return _printer(address, SerialLine(port_at(address, baud=SERIAL_BAUD)))


def _usb(address: Address, _: Path | None) -> Printer:
    address.only(*SETTINGS)
    numbers = _USB.fullmatch(address.netloc)
    if numbers is None:
        raise DeviceFault(
            "address",
            f"{address.url}: vendor and product, four hex digits each, as in usb://04b8:0e15",
            permanent=True,
        )
    return _printer(address, UsbLine(int(numbers[1], 16), int(numbers[2], 16)))


def _cups(address: Address, _: Path | None) -> Printer:
    address.only(*SETTINGS)
    if not _QUEUE.fullmatch(address.netloc) or address.path.strip("/"):
        raise DeviceFault(
            "address", f"{address.url}: the queue's name, as in cups://lobby (see lpstat -e)", permanent=True
        )
    return _printer(address, CupsLine(address.netloc))


def _file(address: Address, _: Path | None) -> Printer:
    address.only(*SETTINGS)
    if address.host or not address.path.strip("/"):
        raise DeviceFault("address", f"{address.url}: write file:///absolute/path", permanent=True)
    return _printer(address, FileLine(Path(address.path)))


def _virtual(address: Address, folder: Path | None) -> Printer:
    address.only(*SETTINGS, "status")
    if folder is None:
        raise DeviceFault("address", f"{address.url}: no folder for virtual printers is set", permanent=True)
    if not address.host or address.path.strip("/"):
        raise DeviceFault("address", f"{address.url}: write virtual://name", permanent=True)
    twin = VirtualPrinter(address.host, folder, reported_status(address))
    profile = profile_of(address, native_qr=True)
    return EscPosPrinter(twin, profile, logo=logo_of(address, profile.width))


_WAYS: Final[dict[str, Callable[[Address, Path | None], Printer]]] = {
    "tcp": _tcp,
    "file": _file,
    "virtual": _virtual,
    "usb": _usb,
    "cups": _cups,
    **dict.fromkeys(SERIAL_SCHEMES, _serial),
}
