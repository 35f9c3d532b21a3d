"""From a device's URL to the device: the one table of the ways there are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from drivers.address import Address, parse_address, unknown_scheme
from drivers.fault import DeviceFault
from drivers.printer.lines import PORT, FileLine, NetworkLine
from drivers.printer.printer import EscPosPrinter, Printer
from drivers.printer.profile import SETTINGS, profile_of
from drivers.virtual.printer import VirtualPrinter, reported_status


def open_printer(url: str, *, virtual_folder: Path | None = None) -> Printer:
    """The printer at `url`; nothing is touched until it prints.

    `tcp://host:9100`, `file:///dev/usb/lp0`, `virtual://name` (its slips under `virtual_folder/name/`), each
    with `paper=80|58`, `width=DOTS`, `profile=MODEL`, `qr=native|image`. Raises DeviceFault("address").
    """
    address = parse_address(url)
    way = _WAYS.get(address.scheme)
    if way is None:
        raise unknown_scheme(address, _WAYS)
    return way(address, virtual_folder)


def _tcp(address: Address, _: Path | None) -> Printer:
    address.only(*SETTINGS)
    if not address.host:
        raise DeviceFault("address", f"{address.url}: no host, as in tcp://192.0.2.7:9100", permanent=True)
    return EscPosPrinter(NetworkLine(address.host, address.port or PORT), profile_of(address))


def _file(address: Address, _: Path | None) -> Printer:
    address.only(*SETTINGS)
    if address.host or not address.path.strip("/"):
        raise DeviceFault("address", f"{address.url}: write file:///absolute/path", permanent=True)
    return EscPosPrinter(FileLine(Path(address.path)), profile_of(address))


def _virtual(address: Address, folder: Path | None) -> Printer:
    address.only(*SETTINGS, "status")
    if folder is None:
        raise DeviceFault("address", f"{address.url}: no folder for virtual printers is set", permanent=True)
    if not address.host or address.path.strip("/"):
        raise DeviceFault("address", f"{address.url}: write virtual://name", permanent=True)
    twin = VirtualPrinter(address.host, folder, reported_status(address))
    return EscPosPrinter(twin, profile_of(address, native_qr=True))


_WAYS: Final[dict[str, Callable[[Address, Path | None], Printer]]] = {
    "tcp": _tcp,
    "file": _file,
    "virtual": _virtual,
}
