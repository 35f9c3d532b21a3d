"""A picture of the paper that a page's bytes put out, to be looked at: margins, edges, and its mistakes."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw

from drivers.printer.document import DOTS_80MM
from drivers.printer.typeface import break_lines, face
from drivers.virtual.paper import Paper, put_on_paper

MARGIN: Final = 32
"""Dots of paper left and right of what the head can reach: 4 mm."""
TO_CUTTER: Final = 96
"""Dots from the head to the cutter, 12 mm: so much blank paper precedes every slip."""

_PAPER: Final = (253, 252, 248, 255)
_INK: Final = (34, 32, 38, 255)
_FAULT: Final = (176, 32, 24, 255)
_TOOTH: Final = 8
_NOTE_SIZE: Final = 20


def render(page: bytes, width: int = DOTS_80MM) -> bytes:
    """A PNG of the slip, drawn from the page's bytes alone; one dot of the head is one pixel.

    The head's dots start `MARGIN` pixels from the left and `TO_CUTTER` from the top. Bytes that cannot be
    read are said in red where the printing ended.
    """
    paper = put_on_paper(page, width)
    out = BytesIO()
    _slip(paper).save(out, format="PNG", optimize=False, compress_level=6)
    return out.getvalue()


def _slip(paper: Paper) -> Image.Image:
    ink = paper.image
    note = _note(paper, ink.width) if paper.mistake else None
    # A cut leaves what is between head and cutter on the roll; without one the paper hangs out, uncut.
    printed = ink.getbbox()
    length = paper.cuts[-1] if paper.cuts else ink.height + TO_CUTTER
    length = max(length, TO_CUTTER + (printed[3] if printed else 0) + TO_CUTTER // 3)
    height = length + (note.height if note else 0)
    picture = Image.new("RGBA", (ink.width + 2 * MARGIN, height), (0, 0, 0, 0))
    picture.paste(_PAPER, (0, 0), _edges(picture.width, height, torn=not paper.cuts))
    picture.paste(_INK, (MARGIN, TO_CUTTER), ink)
    if note:
        picture.paste(note, (MARGIN, length - TO_CUTTER // 4), note)
    for row in paper.cuts[:-1]:
        _dashes(picture, row)
    return picture


def _edges(width: int, height: int, *, torn: bool) -> Image.Image:
    """The paper's outline: a clean cut, or teeth where it still hangs out of the printer."""
    mask = Image.new("L", (width, height), 255)
    if torn:
        draw = ImageDraw.Draw(mask)
        for left in range(0, width, _TOOTH):
            corners = [(left, height), (left + _TOOTH // 2, height - _TOOTH), (left + _TOOTH, height)]
            draw.polygon(corners, fill=0)
    return mask


def _dashes(picture: Image.Image, row: int) -> None:
    draw = ImageDraw.Draw(picture)
    for left in range(0, picture.width, 16):
        draw.line((left, row, left + 8, row), fill=(150, 146, 140, 255))


def _note(paper: Paper, width: int) -> Image.Image:
    font = face("medium", _NOTE_SIZE)
    lines = break_lines(f"? {paper.mistake}", "medium", _NOTE_SIZE, width)
    note = Image.new("RGBA", (width, 16 + 28 * len(lines)), (0, 0, 0, 0))
    draw = ImageDraw.Draw(note)
    draw.line((0, 4, width, 4), fill=_FAULT, width=3)
    for number, line in enumerate(lines, 1):
        draw.text((0, 10 + 28 * number), line, _FAULT, font, anchor="ls")
    return note
