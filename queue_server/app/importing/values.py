"""How the value of a key is read from a TOML value or a CSV cell, and what is wrong with it otherwise."""

from __future__ import annotations

import contextlib
import datetime
import re
import unicodedata
import zoneinfo
from collections.abc import Callable, Collection, Sequence

from queue_server.app.importing.problems import Mistake, nearest

Reader = Callable[[str, object], object]
"""Reads the raw value of a key; raises Mistake."""

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LANGUAGES = ("vi", "en")
"""Languages in which the product has its own texts and its voice."""

_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")
_LETTERS = re.compile(r"[A-ZĐ]{1,2}")
_SIGN = re.compile(r"[0-9A-Z]{1,4}")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S+")
_SPAN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)\s*-\s*([01]\d|2[0-4]):([0-5]\d)")
_WHOLE = re.compile(r"-?\d{1,12}", re.ASCII)


def line(limit: int = 200) -> Reader:
    """One line of text of 1 to `limit` characters, in Unicode's composed form."""

    def read(key: str, raw: object) -> str:
        if not isinstance(raw, str):
            raise Mistake("not-text", key=key)
        text = unicodedata.normalize("NFC", raw).strip()
        if not text.isprintable():
            raise Mistake("not-printable", key=key)
        if len(text) > limit:
            raise Mistake("too-long", key=key, length=len(text), limit=limit)
        return text

    return read


def _matching(pattern: re.Pattern[str], code: str) -> Reader:
    def read(key: str, raw: object) -> str:
        value = str(raw).strip() if isinstance(raw, (str, int)) else ""
        if not pattern.fullmatch(value):
            raise Mistake(code, value=raw)
        return value

    return read


ident = _matching(_ID, "not-id")
letters = _matching(_LETTERS, "not-letters")
sign = _matching(_SIGN, "not-sign")
address = _matching(_ADDRESS, "not-address")


def whole(low: int, high: int) -> Reader:
    """A whole number from `low` to `high`."""

    def read(key: str, raw: object) -> int:
        if isinstance(raw, str):
            found = _WHOLE.fullmatch(raw.strip())
            raw = int(found.group()) if found else raw
        if isinstance(raw, bool) or not isinstance(raw, int):
            raise Mistake("not-whole", key=key, value=raw, low=low, high=high)
        if not low <= raw <= high:
            raise Mistake("range", key=key, value=raw, low=low, high=high)
        return raw

    return read


def number(low: float, high: float) -> Reader:
    """A number from `low` to `high`; NaN is not one."""

    def read(key: str, raw: object) -> float:
        if isinstance(raw, str):
            with contextlib.suppress(ValueError):
                raw = float(raw.strip())
        if isinstance(raw, bool) or not isinstance(raw, (int, float)):
            raise Mistake("not-number", key=key, value=raw, low=low, high=high)
        if not low <= raw <= high:
            raise Mistake("range", key=key, value=raw, low=low, high=high)
        return float(raw)

    return read


def number_or_none(low: float, high: float) -> Reader:
    """A number, or the word "none"."""
    read_number = number(low, high)
    return lambda key, raw: None if raw == "none" else read_number(key, raw)


def rates(key: str, raw: object) -> dict[str, float]:
    """A table of credits per minute, by class."""
    if not isinstance(raw, dict) or not raw:
        raise Mistake("not-rates", key=key)
    read_rate = number(0, 1000)
    return {name: float(str(read_rate(f"{key}.{name}", rate))) for name, rate in raw.items()}


def flag(key: str, raw: object) -> bool:
    words = {"true": True, "false": False}
    value = words.get(raw.strip().lower()) if isinstance(raw, str) else raw
    if not isinstance(value, bool):
        raise Mistake("not-flag", key=key, value=raw)
    return value


def choice(*known: str, code: str = "not-choice") -> Reader:
    """One of the known words."""

    def read(key: str, raw: object) -> str:
        if not isinstance(raw, str) or raw.strip() not in known:
            raise Mistake(code, key=key, value=raw, nearest=nearest(str(raw), known))
        return raw.strip()

    return read


def several(read_one: Reader) -> Reader:
    """A list without repetition: an array in TOML, words with spaces between them in CSV."""

    def read(key: str, raw: object) -> tuple[object, ...]:
        parts: Sequence[object] | None = raw.split() if isinstance(raw, str) else None
        if isinstance(raw, list):
            parts = raw
        if not parts:
            raise Mistake("not-list", key=key)
        found = [read_one(key, part) for part in parts]
        for value in found:
            if found.count(value) > 1:
                raise Mistake("twice-in-list", key=key, value=value)
        return tuple(found)

    return read


def date(key: str, raw: object) -> str:
    """A calendar date, as "2026-04-30"."""
    if isinstance(raw, datetime.date) and not isinstance(raw, datetime.datetime):
        return raw.isoformat()
    try:
        if isinstance(raw, str) and len(raw.strip()) == len("2026-04-30"):
            return datetime.date.fromisoformat(raw.strip()).isoformat()
    except ValueError:
        pass
    raise Mistake("not-date", value=raw)


def span(key: str, raw: object) -> tuple[int, int]:
    """ "07:30-11:30" as minutes after midnight; the end may be 24:00."""
    found = _SPAN.fullmatch(raw.strip()) if isinstance(raw, str) else None
    if found:
        start_hour, start_minute, end_hour, end_minute = map(int, found.groups())
        start, end = start_hour * 60 + start_minute, end_hour * 60 + end_minute
        if start < end <= 24 * 60:
            return start, end
    raise Mistake("not-span", value=raw)


def timezone(key: str, raw: object) -> str:
    """A zone of the IANA database."""
    name = line(60)(key, raw)
    try:
        zoneinfo.ZoneInfo(str(name))
    except (KeyError, OSError, ValueError):  # an unknown name, a folder, a path that leads outside
        known: Collection[str] = zoneinfo.available_timezones()
        raise Mistake("unknown-timezone", value=name, nearest=_nearest_zone(str(name), known)) from None
    return str(name)


def _nearest_zone(name: str, known: Collection[str]) -> str:
    meant = nearest(name, known)
    return meant if meant.startswith("nearest") else "for example 'Asia/Ho_Chi_Minh'"
