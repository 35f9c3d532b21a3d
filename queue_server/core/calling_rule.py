"""What a centre sets for calling: who is next, how often, how long, and where somebody comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Preset = Literal["rates", "fifo", "strict", "one-in-n"]

Place = Literal["seniority", "front", "back"]
"""Where in a line a ticket comes back: by the time it has waited, before all of its class, or behind."""


@dataclass(frozen=True)
class CallingRule:
    """Who is next, and how often.

    `cap_minutes`: nobody waits longer while someone younger is called (None: no cap). `preset`, `order`, `n`
    and `preferred` are those of core/rule.py.
    `announcement_seconds`: an announcement older than this is shown but no longer spoken.
    `recall_seconds`: the least time between two calls of one ticket; `calls_before_no_show`: how many calls
    it takes before absence may be noted; whoever missed their call may come back once, within `grace_minutes`
    or before their queue has called `grace_tickets` more. The `_place` fields say where a ticket comes back.
    `undo_seconds`: for how long a call, a no-show or a finish can be taken back. `target_minutes` is the wait
    and `service_minutes` the time at the desk that the centre promises. `late_minutes`: what an appointment
    may gain at most from a slot that has passed. `vanish_seconds`: an officer whose page was not heard of for
    so long counts as away.
    """

    cap_minutes: float | None = 45.0
    preset: Preset = "rates"
    order: tuple[str, ...] = ()
    n: int = 1
    preferred: tuple[str, ...] = ()
    announcement_seconds: int = 60
    number_reading: Literal["digits", "quantity"] = "digits"
    region: Literal["north", "south"] = "north"
    recall_seconds: int = 8
    calls_before_no_show: int = 1
    grace_minutes: int = 15
    grace_tickets: int = 5
    grace_place: Place = "seniority"
    transfer_place: Place = "seniority"
    next_place: Place = "back"
    unpark_place: Place = "front"
    undo_seconds: int = 30
    target_minutes: int = 15
    service_minutes: int = 15
    late_minutes: int = 15
    vanish_seconds: int = 120
