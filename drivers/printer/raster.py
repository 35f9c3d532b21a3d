"""Draws blocks as dots: one strip of the column's width for each block, rendered once and kept."""

from __future__ import annotations

from functools import lru_cache
from math import ceil

from PIL import Image, ImageDraw

from drivers.fault import DeviceFault
from drivers.printer import typeface
from drivers.printer.document import (
    QR,
    Align,
    Block,
    Columns,
    Display,
    Frame,
    Picture,
    Rule,
    Shape,
    Space,
    Text,
    Weight,
)
from drivers.printer.qr import qr_squares

INK = 255
LONGEST = 6000
"""Dots: 75 cm of paper. A page that is longer is a mistake, not a slip."""
_DARK_ENOUGH = 112  # of 255: a little under half, because thermal heads thin out small strokes
_SMALLEST = 2 / 3
_FINE = 4  # shapes are drawn this much larger, then reduced


def strip(block: Block, width: int) -> Image.Image:
    """The block as a picture of mode "L" (0 paper, 255 ink), `width` dots wide; never to be drawn upon."""
    if isinstance(block, Columns):
        return _columns(block, width)
    if isinstance(block, Frame):
        return _frame(block, width)
    return _strip(block, width)


def stack(blocks: tuple[Block, ...], width: int) -> Image.Image:
    """The blocks below one another."""
    strips = [strip(block, width) for block in blocks]
    height = sum(part.height for part in strips)
    if height > LONGEST:
        raise DeviceFault("unprintable", f"{height} dots long, more than {LONGEST}", permanent=True)
    page, top = Image.new("L", (width, height)), 0
    for part in strips:
        page.paste(part, (0, top))
        top += part.height
    return page


@lru_cache(maxsize=512)
def _strip(block: Block, width: int) -> Image.Image:
    match block:
        case Text():
            return _text(block, width)
        case Display():
            return _display(block, width)
        case Rule(thickness):
            return Image.new("L", (width, thickness), INK)
        case Space(dots):
            return Image.new("L", (width, dots))
        case Shape():
            return _aligned(_shape(block), width, block.align)
        case Picture():
            return _aligned(_picture(block), width, block.align)
        case QR():
            return _aligned(_qr(block), width, block.align)
    raise TypeError(f"{type(block).__name__} has no picture")


def _text(text: Text, width: int) -> Image.Image:
    if len(text.content) > LONGEST:
        raise DeviceFault("unprintable", f"{len(text.content)} letters in one paragraph", permanent=True)
    size, lines = _set_lines(text, width)
    # Shrunken type keeps the first baseline, so that columns side by side stay level.
    above, below = ceil(text.size * typeface.ASCENT), ceil(text.size * typeface.DESCENT)
    step = round(size * text.leading)
    height = above + step * (len(lines) - 1) + below
    if height > LONGEST:
        raise DeviceFault("unprintable", f"{height} dots long, more than {LONGEST}", permanent=True)
    picture = Image.new("L", (width, height))
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        font = typeface.face(text.weight, size)
        left = _left(font.getlength(line), width, text.align)
        ink = font.getbbox(
            line, anchor="ls"
        )  # marks may stand out beyond their letter ("ĩ"): keep them on paper
        left = max(-ink[0], min(left, width - ink[2]))
        draw.text((left, above + step * number), line, INK, font, anchor="ls")
    return _hard(picture)


def _set_lines(text: Text, width: int) -> tuple[int, list[str]]:
    """The size and the lines of a paragraph, shrunk where it may take only so many lines."""
    content, size = typeface.printable(text.content), text.size
    lines = typeface.break_lines(content, text.weight, size, width)
    while text.lines is not None and len(lines) > text.lines and size > text.size * _SMALLEST:
        size -= 1
        lines = typeface.break_lines(content, text.weight, size, width)
    return size, lines


def _display(text: Display, width: int) -> Image.Image:
    content = typeface.printable(text.content).replace("\n", " ").strip() or " "
    if len(content) > width:
        raise DeviceFault("unprintable", f"{len(content)} letters in one line", permanent=True)
    ink = _ink(content, text.weight, 100)
    size = max(8, int(100 * min(width / ink.width, text.height / ink.height)))
    ink = _ink(content, text.weight, size)
    while (ink.width > width or ink.height > text.height) and size > 8:
        size -= 1
        ink = _ink(content, text.weight, size)
    return _aligned(_hard(ink), width, text.align)


def _ink(content: str, weight: Weight, size: int) -> Image.Image:
    """One line cropped to its ink, so that it stands flush with the margin whatever its first letter is."""
    font = typeface.face(weight, size)
    above, below = ceil(size * typeface.ASCENT), ceil(size * typeface.DESCENT)
    picture = Image.new("L", (ceil(font.getlength(content)) + 2 * size, above + below))
    ImageDraw.Draw(picture).text((size, above), content, INK, font, anchor="ls")
    box = picture.point([0 if level < _DARK_ENOUGH else INK for level in range(256)]).getbbox()
    return picture.crop(box) if box else Image.new("L", (1, 1))


def _shape(shape: Shape) -> Image.Image:
    fine = shape.size * _FINE
    picture = Image.new("L", (fine, fine))
    corners = [(x * (fine - 1), y * (fine - 1)) for x, y in shape.corners]
    ImageDraw.Draw(picture).polygon(corners, fill=INK)
    return _hard(picture.resize((shape.size, shape.size), Image.Resampling.BOX))


def _picture(picture: Picture) -> Image.Image:
    if len(picture.rows) != ceil(picture.width / 8) * picture.height or not picture.rows:
        raise DeviceFault("unprintable", "the picture's bytes do not fit its size", permanent=True)
    return Image.frombytes("1", (picture.width, picture.height), picture.rows).convert("L")


def _qr(code: QR) -> Image.Image:
    squares = qr_squares(code.content, code.correction)
    picture = Image.new("L", (len(squares), len(squares)))
    picture.putdata([INK if square else 0 for row in squares for square in row])
    side = len(squares) * code.module
    if side < 1:
        raise DeviceFault("unprintable", "a QR code without size", permanent=True)
    return picture.resize((side, side), Image.Resampling.NEAREST)


def _columns(row: Columns, width: int) -> Image.Image:
    fixed = sum(column.width or 0 for column in row.columns) + row.gap * (len(row.columns) - 1)
    sharing = sum(1 for column in row.columns if column.width is None)
    share = (width - fixed) // sharing if sharing else 0
    widths = [share if column.width is None else column.width for column in row.columns]
    if min(widths, default=0) < 1 or fixed > width:
        raise DeviceFault("unprintable", f"{len(widths)} columns do not fit {width} dots", permanent=True)
    parts = [stack(column.blocks, part) for column, part in zip(row.columns, widths, strict=True)]
    page, left = Image.new("L", (width, max(part.height for part in parts))), 0
    for part in parts:
        page.paste(part, (left, 0))
        left += part.width + row.gap
    return page


def _frame(frame: Frame, width: int) -> Image.Image:
    edge = frame.thickness + frame.padding
    inside = stack(frame.blocks, width - 2 * edge)
    page = Image.new("L", (width, inside.height + 2 * edge))
    box = (0, 0, width - 1, page.height - 1)
    ImageDraw.Draw(page).rectangle(box, outline=INK, width=frame.thickness)
    page.paste(inside, (edge, edge))
    return page


def _aligned(picture: Image.Image, width: int, align: Align) -> Image.Image:
    if picture.width > width:
        raise DeviceFault("unprintable", f"{picture.width} dots wide on {width}", permanent=True)
    page = Image.new("L", (width, picture.height))
    page.paste(picture, (int(_left(picture.width, width, align)), 0))
    return page


def _left(content: float, width: int, align: Align) -> float:
    slack = width - content
    return {"left": 0.0, "center": slack // 2, "right": slack}[align]


def _hard(picture: Image.Image) -> Image.Image:
    return picture.point([INK if level >= _DARK_ENOUGH else 0 for level in range(256)])
