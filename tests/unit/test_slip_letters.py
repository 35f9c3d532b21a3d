"""Every Vietnamese letter on paper is itself: drawn, whole, and like no other."""

from __future__ import annotations

import unicodedata
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from drivers.printer import typeface
from drivers.printer.document import Text, Weight
from drivers.printer.raster import strip

TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
VOWELS = "aăâeêioôơuưy"
LOWER = [unicodedata.normalize("NFC", vowel + tone) for vowel, tone in product(VOWELS, TONES)] + ["đ"]
LETTERS = [letter for letter in LOWER + [letter.upper() for letter in LOWER] if not letter.isascii()]
SIZES_ON_SLIPS: list[tuple[int, Weight]] = [
    (21, "regular"),
    (23, "regular"),
    (24, "regular"),
    (23, "semibold"),
    (27, "semibold"),
    (29, "bold"),
    (36, "bold"),
]


def test_there_are_134_vietnamese_letters_beyond_the_plain_alphabet() -> None:
    assert len(LETTERS) == len(set(LETTERS)) == 134


@pytest.mark.parametrize(("size", "weight"), SIZES_ON_SLIPS)
def test_no_two_letters_look_the_same_on_paper(size: int, weight: Weight) -> None:
    # All but "l", which in this face (as in most without serifs) is the picture of "I".
    alphabet = [*LETTERS, *"abcdefghijkmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"]
    seen: dict[bytes, str] = {}
    for letter in alphabet:
        drawn = strip(Text(letter, size, weight), 120).tobytes()
        twin = seen.get(drawn)
        assert twin is None, f"{letter} looks like {twin}"
        seen[drawn] = letter


@pytest.mark.parametrize(("size", "weight"), SIZES_ON_SLIPS)
def test_no_letter_loses_a_mark_at_the_edge_of_its_line(size: int, weight: Weight) -> None:
    for letter in LETTERS:
        roomy = Image.new("L", (400, 400))
        ImageDraw.Draw(roomy).text((100, 200), letter, 255, typeface.face(weight, size), anchor="ls")
        hard = roomy.point([255 if level >= 112 else 0 for level in range(256)])
        assert strip(Text(letter, size, weight), 400).histogram()[255] == hard.histogram()[255], letter


def test_no_letter_is_the_box_of_a_missing_one() -> None:
    assert typeface.missing("".join(LETTERS)) == ""
    assert typeface.missing("Sở 東 Tài 東 ☂") == "東☂"


def test_letters_typed_with_separate_marks_come_out_as_the_same_picture() -> None:
    composed = "Sở Tài nguyên và Môi trường — Ưu tiên: người cao tuổi"
    decomposed = unicodedata.normalize("NFD", composed)
    assert composed != decomposed
    assert strip(Text(composed), 576).tobytes() == strip(Text(decomposed), 576).tobytes()


def test_letters_of_other_widths_become_plain_and_shapeless_ones_vanish() -> None:
    assert typeface.printable("Ａ０１２ ﬁ\u200b\u202e\x07") == "A012 fi"
    assert typeface.printable("a\tb\u2003c\u00a0d") == "a b c\u00a0d"
    assert typeface.printable("\ud800") == "\ufffd"


def test_a_line_breaks_at_spaces_and_leaves_no_lonely_word() -> None:
    lines = typeface.break_lines("Trung tâm Phục vụ hành chính công tỉnh Quảng Ninh", "semibold", 27, 576)
    assert lines == ["Trung tâm Phục vụ hành", "chính công tỉnh Quảng Ninh"]


def test_a_line_is_as_wide_as_its_letters_together() -> None:
    line = "Trung tâm Phục vụ AVTo Ỹ, 10–20 phút — WAY"
    assert typeface.width_of(line, "bold", 36) == typeface.face("bold", 36).getlength(line)


@given(st.text(st.sampled_from("ab ầỘ\u00a0-" + "W" * 3), max_size=120), st.integers(20, 200))
def test_breaking_lines_keeps_every_letter_and_the_width(text: str, width: int) -> None:
    lines = typeface.break_lines(text, "regular", 20, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(typeface.width_of(line, "regular", 20) <= width for line in lines if len(line) > 1)
