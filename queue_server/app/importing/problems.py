"""What can be wrong with a site file: where, what, and how to mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from queue_server.app.importing.wording import MENDS, STATEMENTS


class Place(NamedTuple):
    """A file as the technician knows it, and a line counted from 1 (0: the file as a whole)."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


class Mistake(ValueError):
    """A value is not what its key asks for: a code of `wording.STATEMENTS` and what it speaks of."""

    def __init__(self, code: str, **about: object) -> None:
        super().__init__(code)
        self.code = code
        self.about = about


@dataclass(frozen=True)
class Problem:
    """One mistake, or one warning, at one place."""

    place: Place
    code: str
    about: tuple[tuple[str, str], ...] = ()

    @property
    def statement(self) -> str:
        return STATEMENTS[self.code].format(**dict(self.about))

    @property
    def mend(self) -> str:
        return MENDS[self.code].format(**dict(self.about))

    def __str__(self) -> str:
        return f"{self.place}: {self.statement}; {self.mend}"


class ImportProblems(Exception):
    """Every mistake in a site file, in the order of its lines. Nothing was imported."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class Findings:
    """Collects mistakes and warnings while a file is read, so that all are told in one go."""

    def __init__(self) -> None:
        self._mistakes: dict[Problem, None] = {}
        self._warnings: dict[Problem, None] = {}
        self._files: dict[str, int] = {}

    def opened(self, file: str) -> None:
        """Problems are told in the order in which their files were opened."""
        self._files.setdefault(file, len(self._files))

    def mistake(self, place: Place, code: str, **about: object) -> None:
        self._mistakes[_problem(place, code, about)] = None

    def warning(self, place: Place, code: str, **about: object) -> None:
        self._warnings[_problem(place, code, about)] = None

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return self._in_order(self._warnings)

    def raise_if_wrong(self) -> None:
        if self._mistakes:
            raise ImportProblems(self._in_order(self._mistakes))

    def _in_order(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        last = len(self._files)
        return tuple(
            sorted(
                problems, key=lambda problem: (self._files.get(problem.place.file, last), problem.place.line)
            )
        )


def nearest(word: str, known: Iterable[str]) -> str:
    """How a mend names what was probably meant: "nearest: 'stp'", else all that is known."""
    choices = list(known)
    close = difflib.get_close_matches(word, choices, n=1, cutoff=0.6)
    if close:
        return f"nearest: '{close[0]}'"
    if not choices:
        return "none is defined yet"
    shown = ", ".join(f"'{choice}'" for choice in choices[:12])
    return f"known: {shown}" + (", …" if len(choices) > 12 else "")


def _problem(place: Place, code: str, about: dict[str, object]) -> Problem:
    return Problem(place, code, tuple((name, _brief(str(value))) for name, value in about.items()))


def _brief(value: str) -> str:
    flat = "".join(letter if letter.isprintable() else "�" for letter in value)
    return flat if len(flat) <= 300 else flat[:60] + "…"
