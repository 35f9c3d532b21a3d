"""What a scanned code means: a citizen's card, a ticket, a filed dossier, or nothing of ours. Pure.

Of a card only the age band leaves this module. Nothing that was read is stored, logged or put into an error.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal
from urllib.parse import urlsplit

LONGEST: Final = 1024
"""Bytes of a code that is read at all; a citizen's card has about 200."""
BANDS: Final = (0, 16, 60, 75, 80)
"""Where age bands begin, in years, unless the centre says otherwise."""
_OLDEST: Final = 130

Why = Literal["empty", "too_long", "not_text", "unknown", "damaged_card"]


@dataclass(frozen=True, slots=True)
class AgeBand:
    """`low` years and more, but less than `high`; None is without end."""

    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class CitizenCard:
    """A citizen's card that is consistent in itself. It is not signed: it proves nothing about its holder."""

    age: AgeBand


@dataclass(frozen=True, slots=True)
class TicketCode:
    """The code on one of our slips: `secret` opens the ticket's page."""

    secret: str


@dataclass(frozen=True, slots=True)
class DossierCode:
    """The code of a filed dossier, as on an appointment slip: capitals, no spaces."""

    code: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Nothing that we know; `why` is for a counter of troubles, never what was read."""

    why: Why


Scan = CitizenCard | TicketCode | DossierCode | Unreadable

_SECRET: Final = re.compile(r"[0-9A-Za-z_-]{16,64}")
# The form in use: the unit's identifier, the day of filing, a running number, as in H49.12-261123-0001 or,
# the other way round, 000.00.12.H49-261123-0001.
_DOSSIER: Final = re.compile(r"(?:\d{3}(?:\.\d{2}){2}\.)?[GH]\d{2}(?:\.\d{1,3}){0,3}-\d{6}-\d{1,6}")
_NUMBER: Final = re.compile(r"\d{12}")
_OLD_NUMBER: Final = re.compile(r"(?:\d{9}|\d{12})?")
_PROVINCES: Final = frozenset(
    "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 "
    "040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 "
    "083 084 086 087 089 091 092 093 094 095 096".split()
)
"""The codes of the 63 provinces that issued numbers; that provinces were merged changed no number."""


def decode(read: bytes | str, today: date, bands: Sequence[int] = BANDS) -> Scan:
    """What one scanned code says. Never raises, whatever was read. `bands` are ages, ascending from 0."""
    text = _text(read)
    if isinstance(text, Unreadable):
        return text
    if "|" in text:
        return _card(text, today, bands)
    if (secret := _secret(text)) is not None:
        return TicketCode(secret)
    dossier = "".join(text.split()).upper()
    return DossierCode(dossier) if _DOSSIER.fullmatch(dossier) else Unreadable("unknown")


def _text(read: bytes | str) -> str | Unreadable:
    if len(read) > LONGEST:
        return Unreadable("too_long")
    if isinstance(read, bytes):
        try:
            read = read.decode("utf-8")
        except UnicodeDecodeError:
            return Unreadable("not_text")
    text = unicodedata.normalize("NFC", read).strip().lstrip("\ufeff")
    return text or Unreadable("empty")


def _secret(text: str) -> str | None:
    """The secret of one of our addresses, `http(s)://host/t/SECRET`; the host does not matter here."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    last = parts.path.rpartition("/t/")
    if parts.scheme not in ("http", "https") or not last[1]:
        return None
    secret = last[2].rstrip("/")
    return secret if _SECRET.fullmatch(secret) else None


def _card(text: str, today: date, bands: Sequence[int]) -> CitizenCard | Unreadable:
    fields = [field.strip() for field in text.split("|")]
    born = _born(fields, today) if len(fields) >= 7 else None
    if born is None:
        return Unreadable("damaged_card")
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    begin = max((low for low in bands if low <= age), default=0)
    end = min((low for low in bands if low > age), default=None)
    return CitizenCard(AgeBand(begin, end))


def _born(fields: list[str], today: date) -> date | None:
    """The day of birth where all fields agree with one another; None for a card that is not one.

    `12-digit number | 9-digit old number or empty | name | ddMMyyyy birth | Nam/Nữ | address | ddMMyyyy of
    issue`, newer cards add more. Digits 1 to 3 of the number are the province, 4 century and sex, 5 and 6 the
    year of birth.
    """
    number, old, name, birth, sex, _, issue = fields[:7]
    born, issued = _day(birth), _day(issue)
    if not _NUMBER.fullmatch(number) or not number.isascii() or number[:3] not in _PROVINCES:
        return None
    if not _OLD_NUMBER.fullmatch(old) or not name or born is None or issued is None:
        return None
    if not born <= issued <= today or today.year - born.year > _OLDEST:
        return None
    is_woman = sex[:3].lower() != "nam"
    if not sex.lower().startswith("n") or int(number[3]) != (born.year // 100 - 19) * 2 + is_woman:
        return None
    return born if int(number[4:6]) == born.year % 100 else None


def _day(digits: str) -> date | None:
    if len(digits) != 8 or not (digits.isascii() and digits.isdigit()):
        return None
    try:
        return date(int(digits[4:]), int(digits[2:4]), int(digits[:2]))
    except ValueError:
        return None
