"""What screens and voices say, in each of a centre's languages."""

from __future__ import annotations

from collections.abc import Mapping

Text = Mapping[str, str]
"""What to say, by language code: {"vi": "Sở Tư pháp", "en": "Department of Justice"}."""


def in_language(text: Text, language: str) -> str:
    """The text in `language`, else Vietnamese, else whatever there is."""
    return text.get(language) or text.get("vi") or next(iter(text.values()), "")
