"""What is plugged into this computer: serial ports, USB printers, scanners that pose as keyboards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from serial.tools.list_ports import comports

_PRINTER_CLASS: Final = "07"
Kind = Literal["printer", "serial", "scanner"]


@dataclass(frozen=True, slots=True)
class FoundDevice:
    """`url` opens it; `name` is what the device calls itself, "" where it says nothing."""

    kind: Kind
    url: str
    name: str = ""


def plugged_in(root: Path = Path("/"), ports: Callable[[], Iterable[Any]] = comports) -> list[FoundDevice]:
    """All that can be seen without opening anything. Network printers are found by their address only."""
    return [*_usb_printers(root), *_printer_nodes(root), *_serial_ports(root, ports), *_wedges(root)]


def _usb_printers(root: Path) -> Iterator[FoundDevice]:
    for device in sorted((root / "sys/bus/usb/devices").glob("*")):
        vendor, product = _word(device / "idVendor"), _word(device / "idProduct")
        classes = {_word(interface / "bInterfaceClass") for interface in device.glob("*:*")}
        if vendor and product and _PRINTER_CLASS in classes:
            name = f"{_word(device / 'manufacturer')} {_word(device / 'product')}".strip()
            yield FoundDevice("printer", f"usb://{vendor}:{product}", name)


def _printer_nodes(root: Path) -> Iterator[FoundDevice]:
    for node in sorted((root / "dev/usb").glob("lp*")):
        yield FoundDevice("printer", f"file:///{node.relative_to(root)}")


def _serial_ports(root: Path, ports: Callable[[], Iterable[Any]]) -> Iterator[FoundDevice]:
    """By the name that stays the same when plugs are swapped, where udev made one."""
    lasting = {link.resolve(): link for link in sorted((root / "dev/serial/by-id").glob("*"))}
    for port in sorted(ports(), key=lambda port: str(port.device)):
        node = Path(port.device)
        link = lasting.get(node.resolve())
        place = Path("/") / link.relative_to(root) if link else node
        name = "" if port.description in (None, "n/a") else str(port.description)
        yield FoundDevice("serial", f"serial://{place}", name)


def _wedges(root: Path) -> Iterator[FoundDevice]:
    for link in sorted((root / "dev/input/by-id").glob("*-event-kbd")):
        name = link.name.removeprefix("usb-").removesuffix("-event-kbd").replace("_", " ")
        yield FoundDevice("scanner", f"wedge:///{link.relative_to(root)}", name)


def _word(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
