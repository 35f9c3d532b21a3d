"""A centre's mark at the head of a slip: an image file as black dots, drawn once for each printer."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from drivers.address import Address
from drivers.fault import DeviceFault
from drivers.printer.document import Picture

WIDEST: Final = 0.6
TALLEST: Final = 0.25
"""Shares of the paper's width in which a logo must have room; a smaller one is not enlarged."""


def logo_of(address: Address, width: int) -> Picture | None:
    """What `logo=/path/to/file.png` asks for on paper `width` dots wide; DeviceFault("address") where it
    cannot be read."""
    name = address.settings.get("logo")
    if name is None:
        return None
    try:
        with Image.open(Path(name)) as file:
            return _as_dots(file, width)
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise DeviceFault("address", f"{address.url}: logo={name!r}: {error}", permanent=True) from error


def _as_dots(file: Image.Image, width: int) -> Picture:
    """Grey becomes scattered dots; what is transparent stays paper."""
    coloured = file.convert("RGBA")
    grey = Image.alpha_composite(Image.new("RGBA", coloured.size, "white"), coloured).convert("L")
    grey.thumbnail((round(width * WIDEST), round(width * TALLEST)), Image.Resampling.LANCZOS)
    ink = ImageOps.invert(grey).convert("1")
    return Picture(ink.width, ink.height, ink.tobytes())
