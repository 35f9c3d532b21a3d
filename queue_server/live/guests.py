"""Who is connected, and reading what they say."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ..app.access import Principal
from ..app.problems import Fault, Problem
from ..app.sites import House
from ..core.calendar import rfc3339
from .fanout import Fanout
from .lines import Line

_NEWEST = 2**53
_STAMP_SECONDS = 60.0


@dataclass(slots=True)
class Guest:
    """A connection: to which house, who it is, and by which token or session it came ("" for a stranger).

    `line` is its way out; `follows` tells which house's fan-out it has each of its topics from.

    A stranger of whom it cannot be told where they are has no house; their ticket's secret leads to one.
    """

    house: House | None
    principal: Principal | None
    token: str
    session: str
    language: str
    line: Line
    follows: dict[str, Fanout] = field(default_factory=dict)

    @property
    def is_stranger(self) -> bool:
        return not (self.token or self.session)


def stamp_of(house: House) -> Callable[[], str]:
    """The time in a house as text; where that is, is read again after a while, not for every message."""
    site, until = None, 0.0

    def stamp() -> str:
        nonlocal site, until
        if site is None or time.monotonic() > until:
            site, until = house.centre.site(), time.monotonic() + _STAMP_SECONDS
        return rfc3339(site, house.access.clock())

    return stamp


def short_text(value: object) -> str:
    return value if isinstance(value, str) and len(value) <= 200 else ""


def whole_number(asked: dict[str, Any], name: str) -> int:
    value = asked.get(name)
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 16:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Problem(Fault.INVALID_FIELD, {"field": name, "reason": "type"})
    if not 0 <= value <= _NEWEST:
        raise Problem(Fault.INVALID_FIELD, {"field": name, "reason": "range"})
    return value
