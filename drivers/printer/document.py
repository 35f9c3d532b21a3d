"""What a printed page says, before any printer's language: frozen blocks, measured in dots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center", "right"]
Weight = Literal["regular", "medium", "semibold", "bold", "extrabold"]

DOTS_80MM = 576
DOTS_58MM = 384


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. `size` is the em in dots; lines break at spaces, as even as may be.

    With `lines`, type shrinks (to two thirds at most) until the paragraph takes no more lines than that.
    """

    content: str
    size: int = 26
    weight: Weight = "regular"
    align: Align = "left"
    leading: float = 1.3
    lines: int | None = None


@dataclass(frozen=True, slots=True)
class Display:
    """One line set as large as its column is wide, but no taller than `height` dots."""

    content: str
    height: int
    weight: Weight = "extrabold"
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line across the column."""

    thickness: int = 2


@dataclass(frozen=True, slots=True)
class Space:
    """Blank paper."""

    dots: int


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled polygon: corners in a unit square (x to the right, y downwards), drawn `size` dots large."""

    corners: tuple[tuple[float, float], ...]
    size: int
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of one bit per dot: rows of ceil(width / 8) bytes, most significant bit left, 1 is ink."""

    width: int
    height: int
    rows: bytes
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class QR:
    """A QR code. `module` is the side of one square in dots; the quiet zone is the layout's concern."""

    content: str
    module: int = 5
    correction: Literal["L", "M", "Q", "H"] = "M"
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Column:
    """A part of a row; `width` in dots, or None for an equal share of what is left."""

    blocks: tuple[Block, ...]
    width: int | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns side by side, tops aligned, `gap` dots apart."""

    columns: tuple[Column, ...]
    gap: int = 24


@dataclass(frozen=True, slots=True)
class Frame:
    """Blocks within a drawn border."""

    blocks: tuple[Block, ...]
    thickness: int = 3
    padding: int = 12


@dataclass(frozen=True, slots=True)
class Feed:
    """Advance the paper by lines of the printer's own height, so that the page clears the cutter."""

    lines: int = 4


@dataclass(frozen=True, slots=True)
class Cut:
    """Cut the paper; `partial` leaves a bridge so that the slip does not fall."""

    partial: bool = True


Block = Text | Display | Rule | Space | Shape | Picture | QR | Columns | Frame | Feed | Cut


@dataclass(frozen=True, slots=True)
class Document:
    """A page for paper `width` dots wide (576 on 80 mm, 384 on 58 mm)."""

    width: int
    blocks: tuple[Block, ...]
