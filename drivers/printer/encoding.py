"""A document in the printer's language: ESC/POS through python-escpos, raster where letters matter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps

from drivers.fault import DeviceFault
from drivers.printer import typeface
from drivers.printer.document import QR, Block, Columns, Cut, Display, Document, Feed, Frame, Space, Text
from drivers.printer.library import QR_LEVELS, Dummy
from drivers.printer.profile import Profile
from drivers.printer.qr import qr_side
from drivers.printer.raster import stack

_BLANK_RUN: Final = 8  # blank rows worth a command of their own (8 bytes of header against 72 bytes a row)
_BAND: Final = 240  # rows in one command: small printers hold no more, and the head starts sooner


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
    printer = Dummy(profile=profile.for_escpos())
    printer.hw("INIT")
    drawn: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Feed | Cut) or (isinstance(block, QR) and profile.native_qr):
            _draw(printer, drawn, document.width)
            drawn = []
            _command(printer, block, document.width)
        else:
            drawn.append(block)
    _draw(printer, drawn, document.width)
    return Encoded(printer.output, typeface.missing("".join(_texts(document.blocks))))


def _command(printer: Dummy, block: Block, width: int) -> None:
    match block:
        case Feed(lines):
            printer.print_and_feed(lines)
        case Cut(partial):
            printer.cut(mode="PART" if partial else "FULL")
        case QR():
            _native_code(printer, block, width)


def _native_code(printer: Dummy, code: QR, width: int) -> None:
    side = qr_side(code.content, code.correction) * code.module
    if not 1 <= code.module <= 16 or side > width:
        raise DeviceFault("unprintable", f"a QR code of {side} dots on {width}", permanent=True)
    printer.set(align=code.align)
    printer.qr(code.content, ec=QR_LEVELS[code.correction], size=code.module, native=True)
    printer.set(align="left")


def _draw(printer: Dummy, blocks: list[Block], width: int) -> None:
    """Send blocks as raster, leaving out the blank: to the right of the ink, and between the lines.

    Blank rows are a raster one byte wide, not a paper feed: feeds are measured in units that differ
    from maker to maker, and the page must come out dot for dot.
    """
    if not blocks:
        return
    page = stack(tuple(blocks), width)
    for top, bottom, right in _bands(page):
        band = page.crop((0, top, right, bottom))
        printer.image(ImageOps.invert(band), impl="bitImageRaster", fragment_height=_BAND)


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
