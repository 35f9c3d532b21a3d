"""Reading labels and numbers aloud: which clips, in which order, say "A012" or "12" in each language.

A clip is a short recording with a name ("n-5", "letter-dd"); its spoken text stands in `NUMBER_WORDS` and
`LETTER_NAMES`. Clip names are plain ASCII, because they become file names: letters with marks are spelt as in
Telex (ă "aw", â "aa", đ "dd", ê "ee", ô "oo", ơ "ow", ư "uw").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Literal

Reading = Literal["digits", "quantity"]
"""How a ticket's number is read: digit by digit ("không một hai"), or as a quantity ("mười hai")."""

Region = Literal["north", "south"]
"""Whose words join a Vietnamese quantity: linh and nghìn, or lẻ and ngàn."""

LARGEST_QUANTITY = 9999
"""Longer numbers are read digit by digit in either mode."""

_DIGITS = {
    "vi": ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"],
    "en": ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
}

_TEENS = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]

NUMBER_WORDS: Mapping[str, Mapping[str, str]] = {
    "vi": {f"n-{digit}": word for digit, word in enumerate(_DIGITS["vi"])}
    | {
        "ten": "mười",
        "tens": "mươi",
        "one-after-tens": "mốt",
        "four-after-tens": "tư",
        "five-after-tens": "lăm",
        "no-tens-north": "linh",
        "no-tens-south": "lẻ",
        "hundred": "trăm",
        "thousand-north": "nghìn",
        "thousand-south": "ngàn",
    },
    "en": {f"n-{number}": word for number, word in enumerate(_DIGITS["en"] + _TEENS)}
    | {f"n-{(tens + 2) * 10}": word for tens, word in enumerate(_TENS)}
    | {"hundred": "hundred", "thousand": "thousand", "and": "and"},
}
"""By language: number clip → what it says."""

_TELEX = {"Ă": "aw", "Â": "aa", "Đ": "dd", "Ê": "ee", "Ô": "oo", "Ơ": "ow", "Ư": "uw"}

# In the north "giê" sounds like "dê", so G goes by its other name; I and Y are told apart as schools do.
_LETTERS_VI = {
    "A": "a", "Ă": "á", "Â": "ớ", "B": "bê", "C": "xê", "D": "dê", "Đ": "đê", "E": "e", "Ê": "ê",
    "F": "ép phờ", "G": "gờ", "H": "hát", "I": "i ngắn", "J": "giây", "K": "ca", "L": "e lờ", "M": "em mờ",
    "N": "en nờ", "O": "o", "Ô": "ô", "Ơ": "ơ", "P": "pê", "Q": "quy", "R": "e rờ", "S": "ét sờ", "T": "tê",
    "U": "u", "Ư": "ư", "V": "vê", "W": "vê kép", "X": "ích xì", "Y": "i dài", "Z": "dét",
}  # fmt: skip

_LETTERS_EN = {letter: letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"} | {
    "Ă": "A, breve",
    "Â": "A, circumflex",
    "Đ": "D stroke",
    "Ê": "E circumflex",
    "Ô": "O circumflex",
    "Ơ": "O horn",
    "Ư": "U horn",
}


def letter_clip(letter: str) -> str:
    """The clip that says one letter of the Vietnamese or English alphabet (upper case, NFC)."""
    return "letter-" + _TELEX.get(letter, letter.lower())


LETTER_NAMES: Mapping[str, Mapping[str, str]] = {
    "vi": {letter_clip(letter): name for letter, name in _LETTERS_VI.items()},
    "en": {letter_clip(letter): name for letter, name in _LETTERS_EN.items()},
}
"""By language: letter clip → the letter's name."""


def digits_aloud(digits: str) -> list[str]:
    """Every digit by its own name, zeros included: "005" ends in "năm", never in "lăm"."""
    return [f"n-{int(digit)}" for digit in digits]


def quantity_aloud(number: int, language: str, region: Region = "north") -> list[str]:
    """The clips of a number 0..9999 read as a quantity; ValueError outside that range."""
    if not 0 <= number <= LARGEST_QUANTITY:
        raise ValueError(f"a quantity is read from 0 to {LARGEST_QUANTITY}, not {number}")
    return _quantity_vi(number, region) if language == "vi" else _quantity_en(number)


def _quantity_vi(number: int, region: Region) -> list[str]:
    thousands, below_thousand = divmod(number, 1000)
    hundreds, below_hundred = divmod(below_thousand, 100)
    clips = [f"n-{thousands}", f"thousand-{region}"] if thousands else []
    # After thousands the hundreds are always said, "không trăm" when there are none, unless nothing follows.
    if hundreds or (thousands and below_hundred):
        clips += [f"n-{hundreds}", "hundred"]
    if below_hundred or not clips:
        clips += _below_hundred_vi(below_hundred, follows_hundreds=bool(clips), region=region)
    return clips


def _below_hundred_vi(number: int, follows_hundreds: bool, region: Region) -> list[str]:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return ([f"no-tens-{region}"] if follows_hundreds else []) + [f"n-{ones}"]
    clips = ["ten"] if tens == 1 else [f"n-{tens}", "tens"]
    if ones == 5:
        return [*clips, "five-after-tens"]
    if ones == 1 and tens > 1:
        return [*clips, "one-after-tens"]
    if ones == 4 and tens > 1:
        return [*clips, "four-after-tens"]
    return [*clips, f"n-{ones}"] if ones else clips


def _quantity_en(number: int) -> list[str]:
    thousands, below_thousand = divmod(number, 1000)
    hundreds, rest = divmod(below_thousand, 100)
    clips = [f"n-{thousands}", "thousand"] if thousands else []
    clips += [f"n-{hundreds}", "hundred"] if hundreds else []
    if not rest and clips:
        return clips
    if clips:
        clips.append("and")
    tens, ones = divmod(rest, 10)
    if rest < 20:
        return [*clips, f"n-{rest}"]
    return [*clips, f"n-{tens * 10}"] + ([f"n-{ones}"] if ones else [])


def mark_aloud(mark: str, language: str, reading: Reading, region: Region = "north") -> list[str]:
    """The clips of a ticket's label ("A012", "HA7") or a counter's mark ("12", "3B").

    Runs of digits are read as `reading` says, letters by name, in the order written; anything else (a hyphen,
    a letter of no alphabet we know) is passed over, since a hall must not stay silent for one odd sign.
    """
    clips: list[str] = []
    for run in re.findall(r"[0-9]+|[^0-9]", unicodedata.normalize("NFC", mark).upper()):
        if run[0] in "0123456789":
            clips += _number_aloud(run, language, reading, region)
        elif run in _LETTERS_VI:
            clips.append(letter_clip(run))
    return clips


def _number_aloud(run: str, language: str, reading: Reading, region: Region) -> list[str]:
    if reading == "digits" or len(run.lstrip("0")) > len(str(LARGEST_QUANTITY)):
        return digits_aloud(run)
    return quantity_aloud(int(run), language, region)
