"""A document in the printer's language: ESC/POS through python-escpos, raster where letters matter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from PIL import Image

from drivers.fault import DeviceFault
from drivers.printer import typeface
from drivers.printer.characters import as_characters
from drivers.printer.document import QR, Block, Columns, Cut, Display, Document, Feed, Frame, Space, Text
from drivers.printer.library import QR_LEVELS, Dummy
from drivers.printer.profile import Profile
from drivers.printer.qr import qr_side
from drivers.printer.raster import stack

_BLANK_RUN: Final = 8  # blank rows worth a command of their own (8 bytes of header against 72 bytes a row)
_BAND: Final = 240  # rows in one command: small printers hold no more
# Bytes of the first command; each next one may be twice as large. A printer prints a command when it has all
# of it: so the head starts within 150 ms even on a cable of 9,600 baud, and waits no longer than it prints.
_FIRST_BAND: Final = 96


@dataclass(frozen=True, slots=True)
class Encoded:
    """A page ready to send. `missing`: letters that the face lacks and that come out as boxes."""

    data: bytes
    missing: str = ""


def encode(document: Document, profile: Profile) -> Encoded:
    """The bytes of one page, or DeviceFault("unprintable") where the page cannot be."""
    if document.width > profile.width:
        raise DeviceFault(
            "unprintable", f"a page of {document.width} dots on a head of {profile.width}", permanent=True
        )
    sheet = _Sheet(profile, document.width)
    drawn: list[Block] = []
    for block in document.blocks:
        if sheet.takes(block):
            sheet.draw(drawn)
            drawn = []
            sheet.command(block)
        else:
            drawn.append(block)
    sheet.draw(drawn)
    return Encoded(sheet.printer.output, typeface.missing("".join(_texts(document.blocks))))


class _Sheet:
    """One page on its way into bytes."""

    def __init__(self, profile: Profile, width: int) -> None:
        self.profile, self.width = profile, width
        self.printer = Dummy(profile=profile.for_escpos())
        self.printer.hw("INIT")
        self._next_band = _FIRST_BAND

    def takes(self, block: Block) -> bool:
        """Whether the printer has a command of its own for the block, so that it need not be drawn."""
        match block:
            case Feed() | Cut():
                return True
            case QR():
                return self.profile.native_qr
            case Text():
                return self.profile.code_pages and self._characters(block) is not None
        return False

    def command(self, block: Block) -> None:
        match block:
            case Feed(lines):
                self.printer.print_and_feed(lines)
            case Cut(partial):
                self.printer.cut(mode="PART" if partial else "FULL")
            case QR():
                self._native_code(block)
            case Text():
                self.printer._raw(self._characters(block) or b"")

    def draw(self, blocks: list[Block]) -> None:
        """Send blocks as raster, leaving out the blank: to the right of the ink, and between the lines.

        Blank rows are a raster one byte wide, not a paper feed: feeds are measured in units that differ
        from maker to maker, and the page must come out dot for dot.
        """
        if not blocks:
            return
        page = stack(tuple(blocks), self.width)
        for top, bottom, right in _bands(page):
            while top < bottom:
                rows = min(bottom - top, _BAND, max(1, self._next_band // ((right + 7) // 8)))
                self._raster(page.crop((0, top, right, top + rows)))
                self._next_band *= 2
                top += rows

    def _raster(self, band: Image.Image) -> None:
        """GS v 0. The library's own way gives the same bytes and takes longer than all the drawing."""
        size = ((band.width + 7) // 8).to_bytes(2, "little") + band.height.to_bytes(2, "little")
        self.printer._raw(b"\x1dv0\0" + size + band.convert("1").tobytes())

    def _native_code(self, code: QR) -> None:
        side = qr_side(code.content, code.correction) * code.module
        if not 1 <= code.module <= 16 or side > self.width:
            raise DeviceFault("unprintable", f"a QR code of {side} dots on {self.width}", permanent=True)
        self.printer.set(align=code.align)
        self.printer.qr(code.content, ec=QR_LEVELS[code.correction], size=code.module, native=True)
        self.printer.set(align="left")

    def _characters(self, text: Text) -> bytes | None:
        return as_characters(text, self.profile.model, self.width)


def _bands(page: Image.Image) -> Iterator[tuple[int, int, int]]:
    """(top, bottom, right) of the page's parts from top to bottom, blank ones 8 dots wide."""
    inked = [bool(row) for row in page.getprojection()[1]]
    top = 0
    while top < page.height:
        bottom = top
        if inked[top]:
            bottom = _end_of_ink(inked, top)
            box = page.crop((0, top, page.width, bottom)).getbbox()
            right = box[2] if box else 1
            yield top, bottom, min(page.width, (right + 7) // 8 * 8)
        else:
            while bottom < page.height and not inked[bottom]:
                bottom += 1
            yield top, bottom, 8
        top = bottom


def _end_of_ink(inked: list[bool], top: int) -> int:
    """Where the ink that starts at `top` gives way to a blank run worth a command of its own."""
    bottom = row = top
    while row < len(inked) and row - bottom < _BLANK_RUN:
        row += 1
        if inked[row - 1]:
            bottom = row
    return bottom if row - bottom >= _BLANK_RUN else len(inked)


def _texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Text() | Display():
                yield typeface.printable(block.content)
            case Frame():
                yield from _texts(block.blocks)
            case Columns():
                for column in block.columns:
                    yield from _texts(column.blocks)
            case Space() | _:
                continue
