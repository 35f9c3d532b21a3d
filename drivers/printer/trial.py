"""The trial slip: everything that a slip needs, on one, so that a look at it tells what a printer can do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from drivers.printer.characters import VIETNAMESE
from drivers.printer.document import (
    QR,
    Block,
    Cut,
    Display,
    Document,
    Feed,
    Picture,
    Rule,
    Space,
    Text,
    Weight,
)

CAPITALS: Final = "".join(letter for letter in VIETNAMESE if letter.isupper())
SMALL: Final = "".join(letter for letter in VIETNAMESE if letter.islower())
_GROUP: Final = 12


def trial_slip(
    width: int, title: str, lines: Sequence[str], code: str, logo: Picture | None = None
) -> Document:
    """`title` and `lines` are for whoever looks at it; `code` is what the QR code says."""
    blocks: list[Block] = [
        *([logo, Space(12)] if logo else ()),
        Text(title, 34, "bold"),
        Space(8),
        *(Text(line, 24) for line in lines),
        Space(8),
        Rule(3),
        Display("A012", 120, align="center"),
        Rule(3),
        Space(8),
        *(Text(_grouped(letters), size, weight) for letters in (SMALL, CAPITALS) for size, weight in _SIZES),
        Space(12),
        QR(code, 5, align="center"),
        Feed(2),
        Cut(),
    ]
    return Document(width, tuple(blocks))


_SIZES: Final[tuple[tuple[int, Weight], ...]] = ((24, "regular"), (36, "bold"))


def _grouped(letters: str) -> str:
    """Broken into words, so that they run over as many lines as the paper needs."""
    return " ".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))
