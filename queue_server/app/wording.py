"""What a refusal or another problem is called, and what it says, in each language: from refusals.ftl."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle, FluentResource

SOURCE = "vi"
FILE = "refusals.ftl"


class Wording:
    """Sentences from `folder`/<language>/refusals.ftl: `problem-<code>` is the detail, `.title` the title."""

    def __init__(self, folder: Path, languages: tuple[str, ...] = ("vi", "en")) -> None:
        self.languages = languages
        self._bundles = {language: _bundle(folder / language / FILE, language) for language in languages}

    def of_problem(self, code: str, params: dict[str, Any], language: str) -> tuple[str, str]:
        """(title, detail) in `language`, else in Vietnamese; the bare code where no one wrote any words."""
        for one in (language, SOURCE):
            bundle = self._bundles.get(one)
            if bundle is None or not bundle.has_message(f"problem-{code}"):
                continue
            message = bundle.get_message(f"problem-{code}")
            title, _ = bundle.format_pattern(message.attributes["title"], params)
            detail, _ = bundle.format_pattern(message.value or message.attributes["title"], params)
            return str(title), str(detail)
        return code, code

    def language_of(self, accepted: str | None) -> str:
        """Which of our languages an Accept-Language header prefers; Vietnamese where it names none."""
        if not accepted:
            return SOURCE
        best, best_weight = SOURCE, 0.0
        for part in accepted[:200].split(","):
            tag, _, parameter = part.partition(";")
            language = tag.strip().lower().partition("-")[0]
            if language in self._bundles and (weight := _weight(parameter)) > best_weight:
                best, best_weight = language, weight
        return best


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


def _bundle(file: Path, language: str) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))
    return bundle
