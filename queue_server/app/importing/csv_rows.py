"""The rows of a CSV file as records, with the line on which each begins."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import NamedTuple

from queue_server.app.importing.kinds import Kind
from queue_server.app.importing.problems import Findings, Place
from queue_server.app.importing.records import Header, Record

_DELIMITERS = ",;\t"


class Rows(NamedTuple):
    """`complete` is False when a row had to be left out."""

    records: list[Record]
    complete: bool


def csv_records(kind: Kind, text: str, file: str, findings: Findings) -> Rows:
    """Every row below the header. Empty cells count as absent.

    The separator is the one that the header holds most of: spreadsheets set to Vietnamese write ";".
    """
    delimiter = max(_DELIMITERS, key=text.split("\n", 1)[0].count)
    rows = _rows(text, delimiter, file, findings)
    place, cells = next(rows, (Place(file, 1), []))
    header = Header(place, tuple(cell.strip() for cell in cells or ()))
    if not _right_header(kind, header, findings):
        return Rows([], complete=False)
    records: list[Record] = []
    complete = True
    for place, cells in rows:
        if cells is None:
            complete = False
        elif not any(cells):  # spreadsheets leave such rows at the end
            continue
        elif len(cells) != len(header.names):
            findings.mistake(place, "columns", found=len(cells), wanted=len(header.names))
            complete = False
        else:
            given = {key: cell for key, cell in zip(header.names, cells, strict=True) if cell}
            records.append(Record(kind.name, place, given, header=header))
    return Rows(records, complete)


def _rows(
    text: str, delimiter: str, file: str, findings: Findings
) -> Iterator[tuple[Place, list[str] | None]]:
    """Every line that is not empty, each with the line on which it begins; None for what is not CSV."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            findings.mistake(Place(file, begins), "csv", why=error)
            yield Place(file, begins), None
            return
        if row is None:
            return
        if row:
            yield Place(file, begins), row
        begins = reader.line_num + 1


def _right_header(kind: Kind, header: Header, findings: Findings) -> bool:
    if not any(header.names):
        findings.mistake(header.place, "no-header", keys=",".join(kind.columns()))
        return False
    twice = {name for name in header.names if header.names.count(name) > 1}
    for name in sorted(twice):
        findings.mistake(header.place, "twice-column", key=name)
    return not twice
