"""Vietnamese as characters instead of dots, for the printers that truly have all its letters.

A printer writes Vietnamese only with TCVN-3 (TCVN 5712:1993, VN3), which Epson splits over two code pages:
small letters on one, the same places as capitals on the other. CP1258 is not enough: 104 of the 134 letters
need a mark of their own after the letter, and printers set it beside the letter, not above.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from drivers.printer.document import Align, Text
from drivers.printer.library import MODELS, code_page_letters
from drivers.printer.typeface import printable

_PAGES: Final = ("TCVN-3-1", "TCVN-3-2")
_NOT_A_PRINTER: Final = ("default", "simple")
"""Profiles that stand for printers nobody knows: what they promise was read off no printer."""
CELL: Final = (12, 24)
"""Dots of a letter of font A."""
_LARGEST: Final = 8
_ALIGN: Final[dict[Align, bytes]] = {"left": b"\x1ba0", "center": b"\x1ba1", "right": b"\x1ba2"}

_VOWELS: Final = "aăâeêioôơuưy"
_TONES: Final = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
VIETNAMESE: Final = tuple(
    letter
    for small in ["đ", *(unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in _TONES)]
    for letter in (small, small.upper())
    if not letter.isascii()
)
"""The 134 letters that Vietnamese has beyond ASCII: every vowel with every tone, and đ, small and large."""


@lru_cache
def tables(model: str) -> Mapping[str, tuple[int, int]]:
    """Letter → (number of the code page, byte) on a printer of `model`; empty for one without TCVN-3."""
    if model in _NOT_A_PRINTER:
        return {}
    found: dict[str, tuple[int, int]] = {}
    for number, name in MODELS[model]["codePages"].items():
        if name in _PAGES:
            for byte, letter in page_letters(name).items():
                found.setdefault(letter, (int(number), byte))
    return found


@lru_cache
def page_letters(name: str) -> Mapping[int, str]:
    """Byte → letter of a TCVN-3 page. The library writes Đ with the Icelandic letter of the same shape."""
    letters = code_page_letters(name)
    return {byte: letter.replace("\u00d0", "Đ") for byte, letter in enumerate(letters, 128) if letter != " "}


def writes_vietnamese(model: str) -> bool:
    """Whether a printer of `model` has every Vietnamese letter in its own character set."""
    return set(VIETNAMESE) <= set(tables(model))


def as_characters(text: Text, model: str, width: int) -> bytes | None:
    """The paragraph as characters, or None where it has one that `model` lacks and dots must do.

    The printer's letters come in multiples of 12×24 dots: the size is the nearest of these.
    """
    content, known = printable(text.content), tables(model)
    if any(letter not in known and not (letter.isascii() and letter >= " ") for letter in content):
        return None
    times = min(_LARGEST, max(1, round(text.size / CELL[1])))
    bold = text.weight not in ("regular", "medium")
    spacing = min(255, max(CELL[1] * times, round(CELL[1] * times * text.leading)))
    start = _ALIGN[text.align] + b"\x1bE" + bytes([bold]) + b"\x1d!" + bytes([(times - 1) * 17])
    start += b"\x1b3" + bytes([spacing])
    lines = _broken(content, max(1, width // (CELL[0] * times)))
    return start + b"".join(_line(line, known) for line in lines) + b"\x1bt\0\x1b2\x1d!\0\x1bE\0\x1ba0"


def _line(line: str, known: Mapping[str, tuple[int, int]]) -> bytes:
    out, now = bytearray(), None
    for letter in line:
        if letter in known:
            page, byte = known[letter]
            if page != now:
                out += b"\x1bt" + bytes([page])
                now = page
            out.append(byte)
        else:
            out.append(ord(letter))
    return bytes(out) + b"\n"


def _broken(content: str, columns: int) -> list[str]:
    """Lines of at most `columns` letters, broken at spaces; a word that is longer is cut."""
    lines = [""]
    for word in content.split():
        while len(word) > columns:
            head, word = word[:columns], word[columns:]
            lines += [head] if lines[-1] else []
            lines[-1] = head
            lines.append("")
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if len(joined) <= columns:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines
