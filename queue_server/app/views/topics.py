"""The live topics: for each, its snapshot and what a change of the hall makes it send again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...core.refusals import Code, Refused
from ...core.site import Site
from ..ports import Reading
from . import board, counter, kiosk, overview, signs, tracking
from .touched import Touched

Json = dict[str, Any]
Rows = dict[str, dict[str, Json]]
Change = tuple[Rows, dict[str, list[str]]]
"""(put, drop): rows to replace by collection and key, and keys to take away."""

_SNAPSHOTS: dict[str, Callable[[Reading, Site, str, int], Rows]] = {
    "board": board.snapshot,
    "counter": counter.snapshot,
    "kiosk": kiosk.snapshot,
    "site": overview.snapshot,
    "signs": signs.snapshot,
    "ticket": tracking.snapshot,
}
_CHANGES: dict[str, Callable[[Reading, Site, str, Touched, int], Change | None]] = {
    "board": board.change,
    "counter": counter.change,
    "kiosk": kiosk.change,
    "site": overview.change,
    "signs": signs.change,
    "ticket": tracking.change,
}


def snapshot(reading: Reading, site: Site, topic: str, now: int) -> Rows:
    """Everything a screen on `topic` ("board:main") needs; Refused where there is no such topic."""
    kind, _, name = topic.partition(":")
    make = _SNAPSHOTS.get(kind)
    if make is None:
        raise Refused(Code.UNKNOWN_TOPIC, topic=topic)
    return make(reading, site, name, now)


def change(reading: Reading, site: Site, topic: str, touched: Touched, now: int) -> Change | None:
    """What `touched` means for `topic`; None where it means nothing. Not for `touched.everything`."""
    kind, _, name = topic.partition(":")
    return _CHANGES[kind](reading, site, name, touched, now)
