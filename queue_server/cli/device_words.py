"""What the `motcua device` commands say, in the technician's language."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from fluent.runtime import FluentBundle, FluentResource

LANGUAGES: Final = ("vi", "en")
_FOLDER: Final = Path(__file__).resolve().parent / "texts"


class DeviceWords:
    """Sentences of texts/<language>.ftl."""

    def __init__(self, language: str) -> None:
        self._bundle = FluentBundle([language], use_isolating=False)
        text = (_FOLDER / f"{language}.ftl").read_text(encoding="utf-8")
        self._bundle.add_resource(FluentResource(text))

    def say(self, name: str, **figures: Any) -> str:
        pattern = self._bundle.get_message(name).value
        return str(self._bundle.format_pattern(pattern, figures)[0]) if pattern else name

    def remedy(self, code: str) -> str:
        """What to do about a diagnosis; "" where there is nothing to do."""
        pattern = self._bundle.get_message(code).attributes.get("remedy")
        return str(self._bundle.format_pattern(pattern)[0]) if pattern else ""

    def diagnosis(self, code: str) -> str:
        """The sentence, and the remedy on a line of its own."""
        remedy = self.remedy(code)
        return f"{self.say(code)}\n  → {remedy}" if remedy else self.say(code)
