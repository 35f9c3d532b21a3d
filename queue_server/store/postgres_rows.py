"""Rows that wait to be written: those of many orders go out in few statements, each row as it is at last."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import count
from typing import Any

_FOLDED = {"head": 0, "day": 1, "tally": 1, "device": 1, "cursor": 1, "note": 1, "line": 3}
"""Tables whose rows are replaced whole, each named by so many values: the last one counts."""

_EXCLUSIVE = {"ticket", "desk"}
"""Tables whose rows exclude each other (one ticket at a counter): what comes later must not overtake."""

_SIZES = (8, 4, 2, 1)
"""How many rows of a table go into one statement: few sizes, so that few statements are prepared."""

_MOST = 256


class RowsToWrite:
    """Rows of one centre for different tables, in few statements: one round for many orders.

    The parts of a statement are carried out in no certain order and do not see each other; the rows of one
    part are in the order in which they came.
    """

    def __init__(self) -> None:
        self._rows: dict[str, dict[Any, tuple[Any, ...]]] = {}
        self._site = ""
        self._count = 0

    def add(self, sql: str, site: str, values: tuple[Any, ...]) -> bool:
        """False where it must wait for what is here already."""
        if self._rows and (site != self._site or self._count >= _MOST):
            return False
        table = _table_of(sql)
        rows = self._rows.setdefault(sql, {})
        if table in _EXCLUSIVE:
            if values[0] in rows:
                return False
            key: Any = values[0]
        else:
            named = _FOLDED.get(table)
            key = self._count if named is None else values[:named]
        self._site = site
        self._count += 1
        rows[key] = values
        return True

    def forget(self) -> None:
        self._rows, self._count = {}, 0

    def taken(self) -> Iterator[tuple[bytes, tuple[Any, ...]]]:
        """The statements, each with its values."""
        if not self._rows:
            return
        left = {sql: list(rows.values()) for sql, rows in self._rows.items() if rows}
        self.forget()
        while left:
            parts, values = [], [self._site]
            for sql, rows in list(left.items()):
                size = next(size for size in _SIZES if size <= len(rows))
                parts.append((sql, size))
                for row in rows[:size]:
                    values += row
                if size < len(rows):
                    left[sql] = rows[size:]
                else:
                    del left[sql]
            yield merged(tuple(parts)), tuple(values)


@cache
def _table_of(sql: str) -> str:
    return sql.split(maxsplit=3)[2]


@cache
def merged(parts: tuple[tuple[str, int], ...]) -> bytes:
    """Several INSERTs, each of so many rows, as one statement; the first value is their centre."""
    numbers = count(2)
    texts = []
    for sql, size in parts:
        head, row, tail = _taken_apart(sql)
        first, *others = row.split("?")
        rows = []
        for _ in range(size):
            rows.append(
                f"{first}$1" + "".join(f"{other}${next(numbers)}" for other in others[:-1]) + others[-1]
            )
        texts.append(head + ", ".join(rows) + tail)
    ahead = ", ".join(f"part{number} AS ({text})" for number, text in enumerate(texts[:-1]))
    return (f"WITH {ahead} {texts[-1]}" if ahead else texts[-1]).encode()


def _taken_apart(sql: str) -> tuple[str, str, str]:
    """What stands before the row of values, the row itself, and what comes after."""
    head, values, rest = sql.partition(" VALUES ")
    row, closing, tail = rest.partition(")")
    return head + values, row + closing, tail
