"""The whole hall at a glance: every counter and line, for those who look after it."""

from __future__ import annotations

from typing import Any

from ...core.refusals import Code, Refused
from ...core.site import Site
from ..ports import Reading
from .kiosk import kiosk_row
from .rows import line_rows
from .shapes import counter_json, desk_of
from .touched import Touched

Json = dict[str, Any]
Rows = dict[str, dict[str, Json]]


def snapshot(reading: Reading, site: Site, name: str, now: int) -> Rows:
    if name != site.id:
        raise Refused(Code.UNKNOWN_TOPIC, topic=f"site:{name}")
    return {
        "counters": _counters(reading, site, [counter.id for counter in site.counters], now),
        "lines": line_rows(reading, site, site.queue, now),
        "kiosks": {kiosk.id: kiosk_row(reading, site, kiosk.id, now) for kiosk in site.kiosks},
    }


def change(
    reading: Reading, site: Site, name: str, touched: Touched, now: int
) -> tuple[Rows, dict[str, list[str]]] | None:
    put: Rows = {}
    if counters := [counter for counter in site.counter if counter in touched.counters]:
        put["counters"] = _counters(reading, site, counters, now)
    if queues := [queue for queue in site.queue if touched.doors or queue in touched.queues]:
        put["lines"] = line_rows(reading, site, queues, now)
    kiosks = [kiosk for kiosk in site.kiosk if touched.doors or kiosk in touched.kiosks]
    if kiosks:
        put["kiosks"] = {kiosk: kiosk_row(reading, site, kiosk, now) for kiosk in kiosks}
    return (put, {}) if put else None


def _counters(reading: Reading, site: Site, counters: list[str], now: int) -> dict[str, Json]:
    return {counter: counter_json(reading, site, desk_of(reading, counter), now) for counter in counters}
