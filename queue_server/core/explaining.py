"""Why a ticket was called, in words with the figures: for the officer, the citizen and the audit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import calendar
from .site import ORDINARY, Site
from .text import in_language

_WORDS: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "alone": "{picked}; không có hàng nào khác đang chờ",
        "credit": "{picked}; {rival}",
        "cap": "{picked}, đã quá mức chờ tối đa {cap} phút nên được gọi trước; {rival}",
        "preference": "{picked}; quầy này phục vụ hàng ấy trước; {rival}",
        "strict": "{picked}, diện được gọi trước; {rival}",
        "oldest": "{picked}, chờ lâu nhất; {rival}",
        "turn": "{picked}; cứ {n} lượt gọi có một lượt ưu tiên, nay đến lượt; {rival}",
        "chosen": "Cán bộ chọn gọi {label}: {picked}",
        "parked": "{label} trở lại sau khi tạm dừng: {picked}",
        "again": "Cán bộ gọi lại {label} tại quầy này",
        "rival": "vé tiếp theo {label} ({standing})",
        "ordinary": "vé thường dài nhất {label} ({standing})",
        "credited": "{name}: {waited} × {rate} = {credit}",
        "aged": "{name}: {waited}",
        "waited": "chờ {minutes} phút",
        "slot": "hẹn {slot}, quá giờ hẹn {minutes} phút",
        "early": "hẹn {slot}, chưa đến giờ hẹn: 0 phút",
        "counted": "hẹn {slot}, tính chờ từ {since}: {minutes} phút",
        "helping": "Hỗ trợ quầy khác. ",
    },
    "en": {
        "alone": "{picked}; nobody waits in any other line",
        "credit": "{picked}; {rival}",
        "cap": "{picked}, past the longest wait of {cap} minutes, so called first; {rival}",
        "preference": "{picked}; this counter takes that line first; {rival}",
        "strict": "{picked}, of a class that goes first; {rival}",
        "oldest": "{picked}, the longest wait; {rival}",
        "turn": "{picked}; one call in {n} is for priority, and this is the one; {rival}",
        "chosen": "The officer chose {label}: {picked}",
        "parked": "{label} comes back after being set aside: {picked}",
        "again": "The officer called {label} again at this counter",
        "rival": "next best {label} ({standing})",
        "ordinary": "longest ordinary {label} ({standing})",
        "credited": "{name}: {waited} × {rate} = {credit}",
        "aged": "{name}: {waited}",
        "waited": "waited {minutes} min",
        "slot": "booked for {slot}, {minutes} min past it",
        "early": "booked for {slot}, not yet due: 0 min",
        "counted": "booked for {slot}, waiting counted from {since}: {minutes} min",
        "helping": "Helping another counter. ",
    },
}
_DECIMAL_MARK = {"vi": ","}


def explain(site: Site, reason: Mapping[str, Any]) -> dict[str, str]:
    """The sentence for a stored `ranking.Reason`, by language."""
    return {language: _sentence(site, reason, language) for language in site.languages if language in _WORDS}


def _sentence(site: Site, reason: Mapping[str, Any], language: str) -> str:
    words = _WORDS[language]
    picked, rival = reason["picked"], reason["rival"]
    # Only under "rates" do rates mean anything to a person, so only then is anything multiplied.
    shape = "credited" if reason.get("preset", "rates") == "rates" else "aged"
    against = ""
    if rival:
        plain = rival["priority"] == ORDINARY != picked["priority"]
        standing = _standing(site, rival, language, shape)
        against = words["ordinary" if plain else "rival"].format(label=rival["label"], standing=standing)
    text = words[reason["rule"]].format(
        picked=_standing(site, picked, language, shape),
        rival=against,
        cap=_figure(reason["cap_minutes"] or 0, language, 0, 1),
        label=picked["label"],
        n=reason.get("n", 1),
    )
    return words["helping"] + text if reason["helping"] else text


def _standing(site: Site, standing: Mapping[str, Any], language: str, shape: str) -> str:
    priority = site.priority.get(standing["priority"])
    return _WORDS[language][shape].format(
        name=in_language(priority.name, language) if priority else standing["priority"],
        waited=_waited(site, standing, language),
        rate=_figure(standing["rate"], language, 1, 2),
        credit=_figure(standing["credit"], language, 1),
    )


def _waited(site: Site, standing: Mapping[str, Any], language: str) -> str:
    """How long, and since when for an appointment: its slot, or what is counted in its place."""
    slot, since = standing.get("slot"), standing.get("counted_from")
    minutes = _figure(standing["waited_ms"] / 60_000, language, 0, 1)
    if slot is None or (since is not None and since < slot):
        return _WORDS[language]["waited"].format(minutes=minutes)
    how = "counted" if since is not None else "slot" if standing["waited_ms"] else "early"
    return _WORDS[language][how].format(
        slot=_clock(site, slot), since=_clock(site, since or slot), minutes=minutes
    )


def _clock(site: Site, at: int) -> str:
    return f"{calendar.local(site, at):%H:%M}"


def _figure(value: float, language: str, digits: int, most: int = 0) -> str:
    """With `digits` places after the decimal mark, or up to `most` where they are not nought."""
    text = f"{value:.{max(digits, most)}f}"
    while text[-1] == "0" and len(text.partition(".")[2]) > digits:
        text = text[:-1]
    return text.rstrip(".").replace(".", _DECIMAL_MARK.get(language, "."))
