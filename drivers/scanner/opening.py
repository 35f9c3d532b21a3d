"""From a scanner's URL to the scanner."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from drivers.address import parse_address, unknown_scheme
from drivers.channels import Channel, SerialChannel
from drivers.fault import DeviceFault
from drivers.ports import SCHEMES, SETTINGS, port_at
from drivers.scanner.codes import BANDS, Scan
from drivers.scanner.service import Scanner, ScannerState
from drivers.scanner.wedge import WedgeChannel


def open_scanner(
    url: str,
    scanned: Callable[[Scan], None],
    *,
    today: Callable[[], date],
    bands: Sequence[int] = BANDS,
    noticed: Callable[[ScannerState], None] = lambda state: None,
    virtual_folder: Path | None = None,
) -> Scanner:
    """The scanner at `url`, not yet started: `serial:///dev/ttyACM0` and its kin (CDC), `wedge:///dev/input/…`
    (keyboard), `virtual://name` (codes are files put into `virtual_folder/name/`). DeviceFault("address")."""
    opener = _opener(url, virtual_folder)
    return Scanner(opener, scanned, today=today, bands=bands, noticed=noticed)


def _opener(url: str, folder: Path | None) -> Callable[[], Channel]:
    address = parse_address(url)
    if address.scheme in SCHEMES:
        address.only(*SETTINGS)
        port = port_at(address)
        return lambda: SerialChannel(port)
    address.only()
    if address.scheme == "wedge":
        if address.host or not address.path.strip("/"):
            raise _mistake(url, "write wedge:///dev/input/by-id/NAME-event-kbd")
        path = Path(address.path)
        return lambda: WedgeChannel(path)
    if address.scheme != "virtual":
        raise unknown_scheme(address, (*SCHEMES, "wedge", "virtual"))
    if folder is None or not address.host:
        raise _mistake(url, "write virtual://name, and set a folder for it")
    from drivers.virtual.scanner import MailboxChannel  # the twin types with the keys of this package

    place = folder / address.host
    return lambda: MailboxChannel(place)


def _mistake(url: str, what: str) -> DeviceFault:
    return DeviceFault("address", f"{url}: {what}", permanent=True)
