"""The letters that raster text is made of: Be Vietnam Pro, measured and broken into lines."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

import fontpkg  # type: ignore[import-untyped]
from PIL import ImageFont

from drivers.printer.document import Weight

FAMILY: Final = "Be Vietnam Pro"
_WEIGHTS: Final[dict[Weight, int]] = {
    "regular": 400,
    "medium": 500,
    "semibold": 600,
    "bold": 700,
    "extrabold": 800,
}
# In ems. The face declares an ascent of 1.0, yet stacked marks ("Ẵ") reach 1.22 above the baseline.
ASCENT: Final = 1.23
DESCENT: Final = 0.27
_NO_LETTER: Final = "\U0010ffff"
_PROBE_SIZE: Final = 24


@lru_cache(maxsize=64)
def face(weight: Weight, size: int) -> ImageFont.FreeTypeFont:
    """The face at `size` dots per em. Basic layout: the other depends on what the machine has installed."""
    path = fontpkg.path(FAMILY, _WEIGHTS[weight])
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def has_letter(letter: str) -> bool:
    """Whether the face can draw `letter`, rather than the box that stands for what it lacks."""
    if letter in " \u00a0":
        return True
    return _picture(letter) != _picture(_NO_LETTER)


def _picture(letter: str) -> tuple[tuple[int, int], bytes]:
    mask = face("regular", _PROBE_SIZE).getmask(letter)
    return mask.size, bytes(mask)


def printable(text: str) -> str:
    """`text` in NFC with what has no shape taken out and compatibility letters ("Ａ", "ﬁ") made plain.

    A letter that the face still lacks stays and is drawn as a box: see `missing`.
    """
    kept: list[str] = []
    for letter in unicodedata.normalize("NFC", text):
        category = unicodedata.category(letter)
        if letter == "\n" or letter == "\u00a0":
            kept.append(letter)
        elif category.startswith("Z") or letter == "\t":
            kept.append(" ")
        elif category == "Cs":
            kept.append("\ufffd")
        elif not category.startswith("C") or category == "Co":
            kept.append(_plain(letter))
    return "".join(kept)


def missing(text: str) -> str:
    """The letters of a printable text that come out as a box, each once, in order."""
    return "".join(dict.fromkeys(letter for letter in text if letter != "\n" and not has_letter(letter)))


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    if has_letter(letter):
        return letter
    plain = unicodedata.normalize("NFKC", letter)
    return plain if all(has_letter(part) for part in plain) else letter


def width_of(text: str, weight: Weight, size: int) -> float:
    """Dots across: the sum of the letters, for basic layout reads no kerning that this face has."""
    return sum(_letter_width(letter, weight, size) for letter in text)


@lru_cache(maxsize=8192)
def _letter_width(letter: str, weight: Weight, size: int) -> float:
    return face(weight, size).getlength(letter)


def break_lines(text: str, weight: Weight, size: int, width: int) -> list[str]:
    """The lines of `text` within `width` dots, as few as may be and then as even as may be."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _even(paragraph.split(" "), weight, size, width)
    return lines


def _even(words: list[str], weight: Weight, size: int, width: int) -> list[str]:
    lines = _fill(words, weight, size, width)
    if len(lines) == 1:
        return lines
    longest = max(width_of(word, weight, size) for word in words)
    narrow, wide = min(width, int(longest) + 1), width
    while narrow < wide:  # the narrowest column that needs no more lines has no lonely last word
        middle = (narrow + wide) // 2
        if len(_fill(words, weight, size, middle)) <= len(lines):
            wide = middle
        else:
            narrow = middle + 1
    return _fill(words, weight, size, wide)


def _fill(words: list[str], weight: Weight, size: int, width: int) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in words:
        joined = f"{line} {word}" if line else word
        if width_of(joined, weight, size) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        while word and width_of(word, weight, size) > width and len(word) > 1:
            part = _longest_start(word, weight, size, width)
            lines.append(part)
            word = word[len(part) :]
        line = word
    return [*lines, line]


def _longest_start(word: str, weight: Weight, size: int, width: int) -> str:
    end = 1
    while end < len(word) and width_of(word[: end + 1], weight, size) <= width:
        end += 1
    return word[:end]
