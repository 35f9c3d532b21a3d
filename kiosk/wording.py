"""The words on the slip, from Fluent files: one file for each language, Vietnamese where a language lacks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from fluent.runtime import FluentBundle, FluentResource

TEXTS = Path(__file__).parent / "texts"
SOURCE = "vi"


class Wording(Protocol):
    """Says the message `id` with its figures filled in."""

    def __call__(self, id: str, /, **figures: str | int) -> str: ...


@lru_cache(maxsize=16)
def wording(language: str, folder: Path = TEXTS) -> Wording:
    """The words of `language`; raises KeyError for a message that no language has."""
    bundles = [_bundle(code, folder) for code in dict.fromkeys((language, SOURCE))]
    present = [bundle for bundle in bundles if bundle is not None]

    def say(id: str, /, **figures: str | int) -> str:
        for bundle in present:
            if bundle.has_message(id):
                return _format(bundle, id, figures)
        raise KeyError(id)

    return say


def _bundle(language: str, folder: Path) -> FluentBundle | None:
    path = folder / f"{language}.ftl"
    if not language.isalpha() or not path.is_file():
        return None
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    return bundle


def _format(bundle: FluentBundle, id: str, figures: Mapping[str, str | int]) -> str:
    pattern = bundle.get_message(id).value
    if pattern is None:
        raise KeyError(id)
    text, errors = bundle.format_pattern(pattern, dict(figures))
    if errors:
        raise errors[0]
    return str(text)
