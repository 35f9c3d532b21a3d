"""From the text of a site file and its CSV files to items: one list for each kind of table."""

from __future__ import annotations

import contextlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from queue_server.app.importing import shape, values
from queue_server.app.importing.csv_rows import csv_records
from queue_server.app.importing.files import SiteFiles
from queue_server.app.importing.kinds import Kind
from queue_server.app.importing.problems import Findings, Mistake, Place, nearest
from queue_server.app.importing.reading import Item, RecordReader
from queue_server.app.importing.records import Record, TomlTables
from queue_server.app.importing.toml_lines import key_lines

_TOML_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True)
class Tables:
    """Everything a site file says, key by key; not yet checked for what belongs together."""

    site: Item
    rule: Item
    lists: Mapping[str, list[Item]]
    unreadable: frozenset[str]
    """Kinds of which some record could not be read at all: which ids of theirs exist cannot be said."""


def read_tables(files: SiteFiles, findings: Findings) -> Tables | None:
    """None when there is no site file, or when it is not TOML."""
    text = files.main_text()
    if text is None:
        return None
    file = str(files.main)
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        _tell_toml_error(file, text, str(error), findings)
        return None
    toml = TomlTables(file, key_lines(text), findings)
    return _Composer(document, toml, files, findings).compose()


def _tell_toml_error(file: str, text: str, message: str, findings: Findings) -> None:
    """The parser puts the place into its message; a text that ends too early ends at its last line."""
    found = _TOML_PLACE.search(message)
    line = int(found.group(1) or text.count("\n") + 1) if found else 0
    findings.mistake(Place(file, line), "toml", why=_TOML_PLACE.sub("", message))


class _Composer:
    def __init__(
        self, document: Mapping[str, object], toml: TomlTables, files: SiteFiles, findings: Findings
    ) -> None:
        self._document = document
        self._toml = toml
        self._files = files
        self._findings = findings
        self._unreadable: set[str] = set()
        self._languages = self._known_languages()
        self._reader = RecordReader(self._languages, findings)

    def compose(self) -> Tables:
        site = self._site()
        rule = self._rule()
        lists = {kind.name: self._list(kind) for kind in shape.LISTS}
        return Tables(site, rule, lists, frozenset(self._unreadable))

    def _known_languages(self) -> tuple[str, ...]:
        """Read first, since every text depends on them; a mistake is told with the site's own keys."""
        key = next(key for key in shape.SITE.keys if key.name == "languages")
        with contextlib.suppress(Mistake):
            found = (
                key.read(key.name, self._document[key.name]) if key.name in self._document else key.default
            )
            if isinstance(found, tuple):
                return found
        return values.LANGUAGES

    def _site(self) -> Item:
        elsewhere = {kind.name for kind in shape.LISTS} | {shape.RULE.name}
        known = elsewhere | self._reader.names(shape.SITE)
        own: dict[str, object] = {}
        for key, value in self._document.items():
            if key not in known:
                close = nearest(key, sorted(known))
                place = self._toml.place((key,))
                self._findings.mistake(place, "unknown-key", kind="the site", key=key, nearest=close)
            elif key not in elsewhere:
                own[key] = value
        return self._reader.read(shape.SITE, self._toml.record(shape.SITE.name, own, ()))

    def _rule(self) -> Item:
        name = shape.RULE.name
        table = self._document.get(name, {})
        if not isinstance(table, dict):
            self._findings.mistake(self._toml.place((name,)), "not-a-table", key=name)
            table = {}
        return self._reader.read(shape.RULE, self._toml.record(name, table, (name,)))

    def _list(self, kind: Kind) -> list[Item]:
        records = self._records(kind)
        place = self._toml.place((kind.name,))
        if not records and kind.required and kind.name not in self._unreadable:
            self._findings.mistake(place, "no-section", kind=kind.name)
            self._unreadable.add(kind.name)
        if len(records) > kind.limit:
            self._findings.mistake(place, "too-many", kind=kind.name, count=len(records), limit=kind.limit)
        return [self._reader.read(kind, record) for record in records]

    def _records(self, kind: Kind) -> list[Record]:
        given = self._document.get(kind.name, [])
        place = self._toml.place((kind.name,))
        if isinstance(given, str):
            return self._csv(kind, given, place)
        if isinstance(given, list) and all(isinstance(table, dict) for table in given):
            return [
                self._toml.record(kind.name, table, (kind.name, index)) for index, table in enumerate(given)
            ]
        self._unreadable.add(kind.name)
        self._findings.mistake(place, "not-a-list", key=kind.name)
        return []

    def _csv(self, kind: Kind, name: str, asked_at: Place) -> list[Record]:
        file, text = self._files.beside(name, asked_at)
        if text is None:
            self._unreadable.add(kind.name)
            return []
        rows = csv_records(kind, text, file, self._findings)
        if not rows.complete:
            self._unreadable.add(kind.name)
        return rows.records
