"""On which line each key of a TOML file stands, which the standard library's parser does not tell."""

from __future__ import annotations

import bisect
import re
import tomllib

Path = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:\\.|(?!""").)*"""(?:"{0,2})|\'\'\'(?:(?!\'\'\').)*\'\'\'(?:\'{0,2})'
    r'|"(?:\\.|[^"\\])*"|\'[^\']*\'',
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}#\n]+")


def key_lines(text: str) -> dict[Path, int]:
    """The line (from 1) of every table, key and list element of `text`, which must be valid TOML."""
    return _Walk(text).lines


class _Walk:
    """One pass over the text. Valid TOML is assumed, so only its skeleton is recognised."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Path, int] = {}
        self._text = text
        self._at = 0
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._arrays: dict[Path, int] = {}
        self._document()

    def _document(self) -> None:
        table: Path = ()
        while self._skip(_BLANK) < len(self._text):
            if self._next("["):
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> Path:
        start = self._at
        array = self._text.startswith("[[", start)
        self._at += 2 if array else 1
        path = self._resolved(self._key())
        self._at = self._text.index("]", self._at) + (2 if array else 1)
        self._note(path, start)
        if array:
            self._arrays[path] = self._arrays.get(path, -1) + 1
            path = (*path, self._arrays[path])
            self._note(path, start)
        return path

    def _resolved(self, key: Path) -> Path:
        """`[a.b]` below `[[a]]` speaks of the last `a`."""
        path: Path = ()
        for depth, part in enumerate(key):
            path = (*path, part)
            if path in self._arrays and depth < len(key) - 1:
                path = (*path, self._arrays[path])
        return path

    def _pair(self, table: Path) -> None:
        start = self._at
        key = self._key()
        for depth in range(1, len(key) + 1):
            self._note((*table, *key[:depth]), start)
        self._at = self._text.index("=", self._at) + 1
        self._value((*table, *key))

    def _key(self) -> Path:
        parts: list[str] = []
        while True:
            self._skip(_SPACE)
            found = _BARE.match(self._text, self._at)
            if found:
                parts.append(found.group())
                self._at = found.end()
            else:
                parts.append(self._quoted())
            self._skip(_SPACE)
            if not self._next("."):
                return tuple(parts)
            self._at += 1

    def _quoted(self) -> str:
        start = self._at
        self._skip(_STRING)
        return str(tomllib.loads("key = " + self._text[start : self._at])["key"])

    def _value(self, path: Path) -> None:
        self._skip(_SPACE)
        if self._next("["):
            self._array(path)
        elif self._next("{"):
            self._inline(path)
        elif self._next('"') or self._next("'"):
            self._skip(_STRING)
        else:
            self._skip(_SCALAR)

    def _array(self, path: Path) -> None:
        self._at += 1
        element = 0
        while self._skip(_BLANK) and not self._next("]"):
            if self._next(","):
                self._at += 1
                continue
            self._note((*path, element), self._at)
            self._value((*path, element))
            element += 1
        self._at += 1

    def _inline(self, path: Path) -> None:
        self._at += 1
        while self._skip(_BLANK) and not self._next("}"):
            if self._next(","):
                self._at += 1
                continue
            self._pair(path)
        self._at += 1

    def _next(self, mark: str) -> bool:
        return self._text.startswith(mark, self._at)

    def _skip(self, pattern: re.Pattern[str]) -> int:
        found = pattern.match(self._text, self._at)
        if found:
            self._at = found.end()
        return self._at

    def _note(self, path: Path, at: int) -> None:
        self.lines.setdefault(path, bisect.bisect_right(self._starts, at))
