"""Messages between the server and the programs in the hall (kiosk, display): standard library only."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Slip:
    """What a ticket's paper slip says, in one language and ready to lay out.

    `issued_at` is local time as a person reads it; `low` and `high` are minutes, or None where no
    honest estimate exists; `arrow` is one of left, right, ahead, up-left, up-right, back. `offline`: a kiosk
    gave the number by itself, so that nobody knows how many are before it.
    """

    ticket: str
    language: str
    centre: str
    agency: str
    label: str
    issued_at: str
    ahead: int
    area: str
    direction: str
    arrow: str
    counters: str
    track_url: str
    class_name: str | None = None
    service: str | None = None
    low: int | None = None
    high: int | None = None
    copy: bool = False
    offline: bool = False

    def to_wire(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_wire(cls, data: dict[str, Any]) -> Slip:
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in data.items() if name in known})
