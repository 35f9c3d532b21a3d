"""Reads one record against its kind: every key known, every value right, or a problem in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from queue_server.app.importing.kinds import REQUIRED, Key, Kind
from queue_server.app.importing.problems import Findings, Mistake, Place, nearest
from queue_server.app.importing.records import Record


@dataclass(frozen=True)
class Item:
    """A record whose values were read. A key whose value was wrong is absent from `values`."""

    kind: Kind
    record: Record
    values: Mapping[str, object]

    def where(self, key: str) -> Place:
        return self.record.where(key)

    @property
    def id(self) -> str:
        """What other tables call it; empty if its id was wrong."""
        return str(self.values.get(self.kind.identity[0], "")) if self.kind.identity else ""


class RecordReader:
    """Knows the site's languages, the first of which is the one every text must have."""

    def __init__(self, languages: Sequence[str], findings: Findings) -> None:
        self._languages = languages
        self._findings = findings
        self._suffixes = {f"_{language}": language for language in languages}

    def read(self, kind: Kind, record: Record) -> Item:
        values: dict[str, object] = {}
        left = dict(record.cells)
        for key in kind.keys:
            if key.languages:
                self._text(kind, key, record, left, values)
            elif key.name in left:
                self._value(key, record, left.pop(key.name), values)
            elif key.default is REQUIRED:
                self._missing(kind, key, record)
            else:
                values[key.name] = key.default
        for name in left:
            self._unknown(kind, name, record)
        return Item(kind, record, values)

    def names(self, kind: Kind) -> set[str]:
        """Every key a record of this kind may have: texts bare and by language."""
        suffixes = ("", *self._suffixes)
        return {
            key.name + suffix for key in kind.keys for suffix in (suffixes if key.languages else suffixes[:1])
        }

    def _value(self, key: Key, record: Record, raw: object, values: dict[str, object]) -> None:
        try:
            values[key.name] = key.read(key.name, raw)
        except Mistake as mistake:
            self._findings.mistake(record.where(key.name), mistake.code, **mistake.about)

    def _text(
        self, kind: Kind, key: Key, record: Record, left: dict[str, object], values: dict[str, object]
    ) -> None:
        """Gathers `name_vi`, `name_en`, …; a bare `name` is in the site's first language."""
        given = {name: left.pop(name) for name in self._text_keys(key, left)}
        if not given:
            if key.default is REQUIRED:
                self._missing(kind, key, record)
            else:
                values[key.name] = key.default
            return
        text: dict[str, str] = {}
        for name, raw in given.items():
            language = self._languages[0] if name == key.name else name.removeprefix(f"{key.name}_")
            try:
                text[language] = str(key.read(name, raw))
            except Mistake as mistake:
                self._findings.mistake(record.where(name), mistake.code, **mistake.about)
                text[language] = "?"
        self._complete(key, record, text)
        values[key.name] = text

    def _text_keys(self, key: Key, left: Mapping[str, object]) -> list[str]:
        names = (key.name, *(key.name + suffix for suffix in self._suffixes))
        return [name for name in names if name in left]

    def _complete(self, key: Key, record: Record, text: Mapping[str, str]) -> None:
        wanted = self._languages if key.languages == "all" else self._languages[:1]
        for language in wanted:
            if not text.get(language):
                missing = f"{key.name}_{language}"
                place = record.where_missing(missing) if record.header else record.where(key.name)
                self._findings.mistake(place, "missing-language", key=key.name, language=language)

    def _missing(self, kind: Kind, key: Key, record: Record) -> None:
        names = [key.name, *(key.name + suffix for suffix in self._suffixes)]
        place = record.where_missing(*names)
        self._findings.mistake(place, "missing-key", kind=kind.one, key=key.name, help=key.help)

    def _unknown(self, kind: Kind, name: str, record: Record) -> None:
        place = record.where_unknown(name)
        for key in kind.keys:
            language = name.removeprefix(f"{key.name}_")
            if key.languages and language != name:
                close = nearest(language, self._languages)
                self._findings.mistake(
                    place, "foreign-language", key=key.name, language=language, nearest=close
                )
                return
        close = nearest(name, sorted(self.names(kind)))
        self._findings.mistake(place, "unknown-key", kind=kind.one, key=name, nearest=close)
