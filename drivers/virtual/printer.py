"""A printer that is a folder: keeps the raw bytes of every page it was sent, one durable file for each."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from drivers.address import Address
from drivers.fault import DeviceFault
from drivers.printer.status import CAN_PRINT, PrinterStatus

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_PAGE: Final = re.compile(r"(\d{6,})\.bin")


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page that came out: its number (1 is the first), when (epoch milliseconds), where its bytes are."""

    number: int
    at: int
    path: Path

    def read(self) -> bytes:
        return self.path.read_bytes()


class VirtualPrinter:
    """Takes pages as a printer does. `reported` is the state it claims; in some it refuses to print."""

    def __init__(self, name: str, folder: Path, reported: PrinterStatus = PrinterStatus.READY) -> None:
        if not _NAME.fullmatch(name):
            raise DeviceFault("address", f"virtual://{name}: a name is a-z, 0-9, _ and -", permanent=True)
        self.name = name
        self.folder = folder / name
        self.reported = reported

    def send(self, data: bytes, confirm: bytes = b"") -> None:
        """Keep one page. When this returns it survives a power cut; until then it is not there at all."""
        if self.reported not in CAN_PRINT:
            raise DeviceFault("not_ready", f"virtual://{self.name} is {self.reported.value}")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            _keep(self.folder, data)
        except OSError as error:
            raise DeviceFault("storage", f"virtual://{self.name}: {error}") from error

    def keep_torn(self, data: bytes) -> None:
        """Keep what came out of a page that never got to its cut, next to the whole ones."""
        self.folder.mkdir(parents=True, exist_ok=True)
        _keep(self.folder, data, ".torn")

    def torn(self) -> list[bytes]:
        """What came out of pages that were not finished, the first one first."""
        return [path.read_bytes() for path in sorted(self.folder.glob("*.torn"))]

    def status(self) -> PrinterStatus:
        return self.reported

    def reach(self) -> None:
        """A folder is always there."""

    def close(self) -> None:
        """Nothing stays open between pages."""

    def pages(self) -> list[PrintedPage]:
        """Every page that came out, the first one first."""
        return printed_pages(self.folder.parent, self.name)


def printed_pages(folder: Path, name: str) -> list[PrintedPage]:
    """The pages of virtual printer `name` under `folder`, the first one first; none if it never printed."""
    place = folder / name
    if not _NAME.fullmatch(name) or not place.is_dir():
        return []
    found = []
    for path in place.iterdir():
        if matched := _PAGE.fullmatch(path.name):
            found.append(PrintedPage(int(matched[1]), path.stat().st_mtime_ns // 1_000_000, path))
    return sorted(found, key=lambda page: page.number)


def reported_status(address: Address) -> PrinterStatus:
    """The state that `?status=paper_out` makes a virtual printer claim."""
    word = address.settings.get("status", PrinterStatus.READY.value)
    try:
        return PrinterStatus(word)
    except ValueError:
        known = ", ".join(status.value for status in PrinterStatus)
        raise DeviceFault("address", f"{address.url}: status is one of {known}", permanent=True) from None


def _keep(folder: Path, data: bytes, suffix: str = ".bin") -> Path:
    """Write, flush to the disk, then give it the next free number; a link cannot overwrite another's page."""
    draft = folder / f".draft-{os.getpid()}-{os.urandom(6).hex()}"
    try:
        with draft.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        return _number(draft, folder, suffix)
    finally:
        draft.unlink(missing_ok=True)


def _number(draft: Path, folder: Path, suffix: str) -> Path:
    taken = [int(matched[1]) for path in folder.iterdir() if (matched := _PAGE.fullmatch(path.name))]
    number = max(taken, default=0) + 1
    while True:
        page = folder / f"{number:06d}{suffix}"
        try:
            os.link(draft, page)
        except FileExistsError:
            number += 1
            continue
        directory = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)
        return page
