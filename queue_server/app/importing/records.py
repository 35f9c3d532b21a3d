"""One table of a site file, from TOML or CSV alike: flat keys, raw values, and where each of them stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from queue_server.app.importing.problems import Findings, Place
from queue_server.app.importing.toml_lines import Path


@dataclass(frozen=True)
class Header:
    """The first line of a CSV file."""

    place: Place
    names: tuple[str, ...]


@dataclass(frozen=True)
class Record:
    """`cells` are strings from CSV, TOML values from TOML; a text by language is `name_vi`, `name_en`."""

    kind: str
    place: Place
    cells: Mapping[str, object]
    lines: Mapping[str, int] = field(default_factory=dict)
    header: Header | None = None

    def where(self, key: str) -> Place:
        """Where the key stands, or where the record begins if it is missing."""
        if key in self.lines:
            return Place(self.place.file, self.lines[key])
        for full, line in self.lines.items():
            if full.startswith(f"{key}_"):
                return Place(self.place.file, line)
        return self.place

    def where_missing(self, *keys: str) -> Place:
        """The header when the whole column is missing, so that it is told once; else the record."""
        if self.header and not set(keys).intersection(self.header.names):
            return self.header.place
        return self.place

    def where_unknown(self, key: str) -> Place:
        return self.header.place if self.header else self.where(key)


class TomlTables:
    """The tables of one TOML file as records."""

    def __init__(self, file: str, lines: Mapping[Path, int], findings: Findings) -> None:
        self._file = file
        self._lines = lines
        self._findings = findings

    def place(self, path: Path) -> Place:
        """Where the path stands; for what has no line of its own, where the table around it does."""
        while path and path not in self._lines:
            path = path[:-1]
        return Place(self._file, self._lines.get(path, 0))

    def record(self, kind: str, table: Mapping[str, object], path: Path) -> Record:
        cells: dict[str, object] = {}
        lines: dict[str, int] = {}
        for key, value in table.items():
            for flat, below, inner in _flat(key, value):
                place = self.place((*path, *below))
                if flat in cells:
                    self._findings.mistake(place, "twice-key", key=flat)
                cells[flat] = inner
                lines[flat] = place.line
        return Record(kind, self.place(path), cells, lines)


def _flat(key: str, value: object) -> list[tuple[str, Path, object]]:
    """`name = {vi = …}` as `name_vi`, with the path to it."""
    if not isinstance(value, dict):
        return [(key, (key,), value)]
    return [
        (f"{key}_{flat}", (key, *below), inner)
        for inner_key, inner_value in value.items()
        for flat, below, inner in _flat(inner_key, inner_value)
    ]
