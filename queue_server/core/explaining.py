"""Why a ticket was called, in words with the figures: for the officer, the citizen and the audit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .site import Site, in_language

_WORDS: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "alone": "{picked}; không có hàng nào khác đang chờ",
        "credit": "{picked}; vé tiếp theo {rival}",
        "cap": "{picked}, đã quá mức chờ tối đa {cap} phút nên được gọi trước; vé tiếp theo {rival}",
        "chosen": "Cán bộ chọn gọi {label}: {picked}",
        "standing": "{name}: chờ {minutes} phút × {rate} = {credit}",
        "helping": "Hỗ trợ quầy khác. ",
    },
    "en": {
        "alone": "{picked}; nobody waits in any other line",
        "credit": "{picked}; next best {rival}",
        "cap": "{picked}, past the longest wait of {cap} minutes, so called first; next best {rival}",
        "chosen": "The officer chose {label}: {picked}",
        "standing": "{name}: waited {minutes} min × {rate} = {credit}",
        "helping": "Helping another counter. ",
    },
}
_DECIMAL_MARK = {"vi": ","}


def explain(site: Site, reason: Mapping[str, Any]) -> dict[str, str]:
    """The sentence for a stored `ranking.Reason`, by language."""
    return {language: _sentence(site, reason, language) for language in site.languages if language in _WORDS}


def _sentence(site: Site, reason: Mapping[str, Any], language: str) -> str:
    words = _WORDS[language]
    rival = reason["rival"]
    text = words[reason["rule"]].format(
        picked=_standing(site, reason["picked"], language),
        rival=f"{rival['label']} ({_standing(site, rival, language)})" if rival else "",
        cap=_figure(reason["cap_minutes"] or 0, language, 0),
        label=reason["picked"]["label"],
    )
    return words["helping"] + text if reason["helping"] else text


def _standing(site: Site, standing: Mapping[str, Any], language: str) -> str:
    priority = site.priority.get(standing["priority"])
    return _WORDS[language]["standing"].format(
        name=in_language(priority.name, language) if priority else standing["priority"],
        minutes=_figure(standing["waited_ms"] / 60_000, language, 0),
        rate=_figure(standing["rate"], language, 1),
        credit=_figure(standing["credit"], language, 1),
    )


def _figure(value: float, language: str, digits: int) -> str:
    return f"{value:.{digits}f}".replace(".", _DECIMAL_MARK.get(language, "."))
