"""What the hall says: an announcement as words to show and as clips to play, in each language.

The phrases are data. Each is cut at its placeholders into clips ("call-1" is what stands before the number,
"call-2" what stands after it), so another wording of a centre is another vocabulary and needs no code. Equal
wordings share one clip. Numbers and letters come from `reading`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from queue_server.core.reading import LETTER_NAMES, NUMBER_WORDS, Reading, Region, mark_aloud
from queue_server.core.text import Text

Kind = Literal["call", "recall", "transfer", "missed", "paused", "closing"]

Clips = tuple[tuple[str, tuple[str, ...]], ...]
"""Per language, in the order of speaking: ("vi", ("vi/chime", "vi/call-1", …)). A clip's name begins with the
language whose voice says it, and is its path inside a bank of recordings."""

Phrases = Mapping[str, Mapping[Kind, str]]
"""By language and kind: the sentence, with {label}, {counter}, {times} and {area} where those are said."""

PHRASES: Phrases = {
    "vi": {
        "call": "Mời khách hàng số {label} đến quầy số {counter}.",
        "recall": "Mời khách hàng số {label} đến quầy số {counter}. Nhắc lại lần {times}.",
        "transfer": "Khách hàng số {label} vui lòng chuyển sang quầy số {counter}{area}.",
        "missed": "Khách hàng số {label} đã qua lượt, vui lòng liên hệ quầy hướng dẫn.",
        "paused": "Quầy số {counter} tạm ngừng phục vụ.",
        "closing": "Đã hết giờ nhận số.",
    },
    "en": {
        "call": "Number {label}, please go to counter {counter}.",
        "recall": "Number {label}, please go to counter {counter}. This is call number {times}.",
        "transfer": "Number {label}, please move to counter {counter}{area}.",
        "missed": "Number {label} has missed its turn, please ask at the guidance desk.",
        "paused": "Counter {counter} has paused.",
        "closing": "Numbers are no longer given out today.",
    },
}

PLACES: Mapping[str, Mapping[str, str]] = {
    "vi": {"place-floor": "tầng", "place-zone": "khu", "place-hall": "sảnh", "place-row": "dãy"},
    "en": {
        "place-floor": "floor",
        "place-zone": "zone",
        "place-area": "area",
        "place-hall": "hall",
        "place-row": "row",
    },
}
"""The words of which an area's name may consist, besides numbers and single letters, to be said aloud."""

CHIME, PAUSE, BREATH = "chime", "pause", "breath"
"""Sounds without words: before the first language, between sentences, at a comma."""

_PLACEHOLDER = re.compile(r"\{(label|counter|times|area)\}")
_STOPS = {".": PAUSE, ",": BREATH}


@dataclass(frozen=True)
class Announcement:
    """One row of the hall's ordered announcements. `at` and `expires` are epoch milliseconds, UTC."""

    id: int
    kind: Kind
    label: str
    counter: str
    at: int
    expires: int
    words: Text
    clips: Clips


def announce(
    kind: Kind,
    *,
    label: str = "",
    counter: str = "",
    times: int = 1,
    area: Text | None = None,
    languages: Sequence[str] = ("vi", "en"),
    reading: Reading = "digits",
    region: Region = "north",
    phrases: Phrases = PHRASES,
) -> tuple[dict[str, str], Clips]:
    """The words to show and the clips to play for one announcement, by language.

    `label` is the ticket's ("A012") and `counter` the number on the desk's sign; `times` tells which call
    it is (2 is the first recall); `area` is the name of the place in the hall. `reading` and `region` are the
    centre's rule; counters and times are read as quantities under either. Languages without phrases are left
    out.
    """
    spoken = [language for language in languages if language in phrases]
    marks = {"label": label, "counter": counter, "times": str(times)}
    words: dict[str, str] = {}
    clips: list[tuple[str, tuple[str, ...]]] = []
    for language in spoken:
        place = (area or {}).get(language, "")
        words[language] = phrases[language][kind].format(**marks, area=f", {place}" if place else "")
        saying = _Saying(language, reading, region, phrases)
        names = [CHIME] if not clips else []
        names += saying.clips(kind, marks, place)
        clips.append((language, tuple(f"{language}/{name}" for name in names)))
    return words, tuple(clips)


def vocabulary(phrases: Phrases = PHRASES) -> dict[str, dict[str, str]]:
    """By language: every clip that any announcement can name → the words that it says (a sound says none)."""
    return {
        language: dict.fromkeys((CHIME, PAUSE, BREATH), "")
        | {name: text for text, name in _phrase_clips(language, phrases).items()}
        | dict(NUMBER_WORDS[language])
        | dict(LETTER_NAMES[language])
        | dict(PLACES[language])
        for language in phrases
    }


@dataclass(frozen=True)
class _Saying:
    language: str
    reading: Reading
    region: Region
    phrases: Phrases

    def clips(self, kind: Kind, marks: Mapping[str, str], place: str) -> Iterator[str]:
        names = _phrase_clips(self.language, self.phrases)
        for literal, mark in _parts(self.phrases[self.language][kind]):
            stop, text = _cut(literal)
            if text:
                yield from [stop] if stop else []
                yield names[text]
            if mark == "area":
                yield from self._place(place)
            elif mark:
                reading = self.reading if mark == "label" else "quantity"
                yield from mark_aloud(marks[mark], self.language, reading, self.region)

    def _place(self, place: str) -> Sequence[str]:
        """An area's name word by word; nothing at all unless every word of it can be said."""
        known = {word: clip for clip, word in PLACES[self.language].items()}
        clips = [BREATH]
        for word in re.findall(r"\w+|,", place):
            if word == ",":
                clips.append(BREATH)
            elif word.lower() in known:
                clips.append(known[word.lower()])
            elif (word.isdecimal() or len(word) == 1) and (
                said := mark_aloud(word, self.language, "quantity", self.region)
            ):
                clips += said
            else:
                return ()
        return clips if len(clips) > 1 else ()


def _parts(phrase: str) -> Iterator[tuple[str, str]]:
    """The phrase as pairs of a literal and the placeholder after it (none at the end)."""
    cut = _PLACEHOLDER.split(phrase)
    return zip(cut[::2], [*cut[1::2], ""], strict=True)


def _cut(literal: str) -> tuple[str | None, str]:
    """The silence that a literal's leading stop asks for, and its words without stops at either end."""
    text = literal.strip()
    return _STOPS.get(text[:1]), text.strip(" .,")


def _phrase_clips(language: str, phrases: Phrases) -> dict[str, str]:
    """What is said → the clip's name, for every stretch of words in the phrases of a language."""
    names: dict[str, str] = {}
    for kind, phrase in phrases[language].items():
        texts = [text for literal, _ in _parts(phrase) if (text := _cut(literal)[1])]
        for place, text in enumerate(texts, 1):
            names.setdefault(text, f"{kind}-{place}")
    return names
