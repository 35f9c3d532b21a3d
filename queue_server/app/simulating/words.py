"""The words of a study in one language, and its figures as that language writes them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle, FluentResource

LANGUAGES = ("vi", "en")
_FOLDER = Path(__file__).parent / "texts"
_MARKS = {"vi": (",", "."), "en": (".", ",")}


class Words:
    """Says the texts of texts/<language>.ftl."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._point, self._thousands = _MARKS[language]
        self._bundle = FluentBundle([language], use_isolating=False)
        text = (_FOLDER / f"{language}.ftl").read_text(encoding="utf-8")
        self._bundle.add_resource(FluentResource(text))

    def __call__(self, name: str, figures: Mapping[str, Any] | None = None) -> str:
        """The text `name` (without "simulate-" in front or with); numbers are written as the language
        does."""
        message = self._bundle.get_message(f"simulate-{name.removeprefix('simulate-')}")
        assert message.value is not None
        told = {key: self._plain(value) for key, value in (figures or {}).items()}
        return str(self._bundle.format_pattern(message.value, told)[0])

    def number(self, value: float | None, digits: int = 0) -> str:
        if value is None:
            return "–"
        text = f"{value:,.{digits}f}"
        return text.translate(str.maketrans(".,", self._point + self._thousands))

    def share(self, value: float) -> str:
        return f"{self.number(value * 100, 1)} %"

    def _plain(self, value: Any) -> Any:
        return self.number(value) if isinstance(value, int) else value
