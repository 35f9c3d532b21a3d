"""What a new password must be, after NIST SP 800-63B: long enough and not easily guessed, nothing else."""

from __future__ import annotations

import re
import secrets
import unicodedata

from .access_rules import RULES

# Words that guessers try first here, without marks; a few digits behind one make it no better.
_COMMON_WORDS = frozenset(
    "matkhau matkhaumoi password passw admin administrator quantri canbo motcua trungtam hanhchinh "
    "hanhchinhcong quangninh halong vietnam hanoi hochiminh saigon danang haiphong anhyeuem emyeuanh yeuem "
    "yeuanh iloveyou qwerty qwertyuiop asdfgh asdfghjkl zxcvbnm abc abcd welcome letmein xinchao conyeume "
    "meyeucon giadinh".split()
)
_COMMON = frozenset(
    "1q2w3e4r5t 1qaz2wsx3edc q1w2e3r4t5 abcd123456 abc123abc123 123456789a a123456789 1122334455".split()
)
_ROWS = (
    "01234567890123456789",
    "98765432109876543210",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
)
_FEW_DIGITS = 6
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class WeakPassword(Exception):
    """`reason`: too_short, login, same or common."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def demand_good(password: str, login: str, current: str | None = None) -> None:
    """Raises WeakPassword; passwords and login composed (NFC)."""
    if len(password) < RULES.shortest_password:
        raise WeakPassword("too_short")
    if current is not None and password == current:
        raise WeakPassword("same")
    said = _folded(password)
    name = _folded(login)
    if name and len(said.replace(name, "")) < 3 and name in said:
        raise WeakPassword("login")
    if _is_common(said):
        raise WeakPassword("common")


def made_up() -> str:
    """A first password to read out or write down: three groups of four, about 59 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))


def _is_common(said: str) -> bool:
    word = said.rstrip("0123456789")
    if word in _COMMON_WORDS and len(said) - len(word) <= _FEW_DIGITS:
        return True
    one_piece_again_and_again = re.fullmatch(r"(.{1,4}?)\1+", said) is not None
    return said in _COMMON or one_piece_again_and_again or any(said in row for row in _ROWS)


def _folded(text: str) -> str:
    """Letters and digits alone, small and without marks: how "Mật-Khẩu 123" sounds to a guesser."""
    small = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    kept = "".join(letter for letter in small if letter.isalnum())
    return kept or text
