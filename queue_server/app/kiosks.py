"""Kiosks that run by themselves: what they report, who has fallen silent, and what is kept of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from ..core.events import Event, KioskReported, KioskVanished, PrinterChanged, SlipPrinted
from ..core.model import Device
from . import copies
from .ports import Reading, Writing

SILENT_SECONDS = 60.0
"""A kiosk reports every ten seconds; one that was not heard of for so long counts as silent."""

CLOCK_STEP_MS = 2_000
"""A clock that wanders by less is not worth an entry in the journal."""

SLIP_STEP_MS = 60_000
"""That another slip came out is worth one in a minute at most: each slip has an entry of its own."""

Facts = Mapping[str, Any]


class Settled(NamedTuple):
    """What became of a slip. `wish`: which of the staff's wishes it answers, see copies.py; 0: none."""

    ticket: str
    outcome: str
    detail: str = ""
    copy: bool = False
    wish: int = 0


class KioskWatch:
    """When each kiosk was last heard of, in this process. `steady` gives seconds that never jump.

    After a restart of the server every kiosk gets its full time to report before it counts as silent.
    """

    def __init__(self, steady: Callable[[], float] = time.monotonic) -> None:
        self._steady = steady
        self._heard: dict[str, float] = {}

    def heard(self, kiosk: str) -> None:
        self._heard[kiosk] = self._steady()

    def fresh(self) -> list[str]:
        """Those heard of lately."""
        steady = self._steady()
        return [kiosk for kiosk, at in self._heard.items() if steady - at < SILENT_SECONDS / 10]

    def silent(self, devices: Iterable[Device], now: int) -> list[KioskVanished]:
        """Those that have fallen silent since they reported."""
        steady = self._steady()
        found: list[KioskVanished] = []
        for device in devices:
            kind, _, kiosk = device.id.partition(":")
            if kind != "kiosk" or device.state != "online":
                continue
            quiet = steady - self._heard.setdefault(kiosk, steady)
            if quiet > SILENT_SECONDS:
                found.append(KioskVanished(kiosk, now - round(quiet * 1000), device.facts))
        return found


def runs_itself(reading: Reading, kiosk: str) -> bool:
    """Whether the kiosk is an appliance at work: then it prints and knows its printer, and the server not."""
    return any(device.id == f"kiosk:{kiosk}" and device.state == "online" for device in reading.devices())


def told(reading: Reading, kiosk: str, printer: str, facts: Facts, now: int) -> list[Event]:
    """What a report says that is not known yet: nothing, mostly."""
    known = {device.id: device for device in reading.devices()}
    events: list[Event] = []
    before = known.get(f"kiosk:{kiosk}")
    if before is None or before.state != "online" or _differs(before, facts, now):
        events.append(KioskReported(kiosk, facts))
    seen = known.get(f"printer:{kiosk}")
    if seen is None or seen.state != printer:
        events.append(PrinterChanged(kiosk, printer))
    return events


def settled(transaction: Writing, kiosk: str, slips: Iterable[Settled], now: int) -> list[Event]:
    """What became of slips; those of tickets that are not known are left out. Wishes are settled with it."""
    events: list[Event] = []
    for slip in slips:
        if transaction.ticket(slip.ticket) is None:
            continue
        event = SlipPrinted(slip.ticket, kiosk, slip.outcome, slip.detail, slip.copy)
        events += copies.settle(transaction, kiosk, slip.wish, event, now) if slip.wish else (event,)
    return events


def vanished(event: KioskVanished) -> list[Event]:
    """A kiosk that nothing is heard of may have paper or not: nobody knows."""
    return [event, PrinterChanged(event.kiosk, "unknown")]


def _differs(before: Device, facts: Facts, now: int) -> bool:
    """Whether more has changed than what changes all the time."""
    was = before.facts
    drift = abs(int(facts.get("clock_offset_ms") or 0) - int(was.get("clock_offset_ms") or 0))
    another_slip = facts.get("last_slip") != was.get("last_slip") and now - before.since >= SLIP_STEP_MS
    return drift >= CLOCK_STEP_MS or another_slip or _lasting(was) != _lasting(facts)


def _lasting(facts: Facts) -> dict[str, Any]:
    passing = ("clock_offset_ms", "last_slip")
    return {name: value for name, value in facts.items() if name not in passing}
