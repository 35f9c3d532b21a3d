"""What was wrong with a kiosk and its devices, from the journal: each trouble with its beginning and its end.

Entries about a kiosk stand in the journal's index under the kiosk and the day, so that a look at a few days
reads those days of that kiosk, however long the journal is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from ..core import calendar
from ..core.events import Entry, Event, KioskReported, KioskVanished, PrinterChanged
from ..core.refusals import Code, Refused
from ..core.site import Site
from .journal import read_back
from .ports import Reading

Json = dict[str, Any]
CLOCK_WRONG_MS = 60_000
"""A kiosk's own clock may be so far out; the supervisor's page has the same bound."""
MOST = 200
_WELL = ("ready", "none", "online", "waiting")
_OF_KIOSKS = (PrinterChanged, KioskReported, KioskVanished)


def subject_of(event: Event, site: Site, at: int) -> str | None:
    """Under what an entry is found: its ticket, or the kiosk on that day."""
    if isinstance(event, _OF_KIOSKS):
        return _subject(event.kiosk, calendar.local(site, at).date().isoformat())
    return getattr(event, "ticket", None)


def history(kiosk: str, days: int, reading: Reading, site: Site, now: int) -> Json:
    """The troubles of the last `days` days, the newest first, 200 at most; `until` None: it still lasts.

    Each {device, state, since, until, clock_offset_ms}: device is printer, scanner, clock or kiosk. Refused
    for a kiosk that the site does not have.
    """
    if kiosk not in site.kiosk:
        raise Refused(Code.UNKNOWN_KIOSK, kiosk=kiosk)
    found = _Troubles()
    for entry in _entries(reading, site, kiosk, days, now):
        found.hear(entry)
    for device in sorted(reading.devices(), key=lambda device: device.id):
        if device.id in (f"kiosk:{kiosk}", f"printer:{kiosk}"):
            found.still(device.id.partition(":")[0], device.state, device.since)
    newest = sorted(found.rows, key=lambda row: row.since, reverse=True)[:MOST]
    return {"kiosk": kiosk, "days": days, "faults": [_json(site, row) for row in newest]}


@dataclass(slots=True)
class _Row:
    device: str
    state: str
    since: int
    until: int | None = None
    clock_offset_ms: int | None = None


@dataclass
class _Troubles:
    """Rows as they come; at most one of each device lasts at a time."""

    rows: list[_Row] = field(default_factory=list)
    lasting: dict[str, _Row] = field(default_factory=dict)

    def hear(self, entry: Entry) -> None:
        event = entry.event
        if isinstance(event, PrinterChanged):
            is_silence = event.state == "unknown" and "kiosk" in self.lasting  # goes without saying
            self.turn("printer", "ready" if is_silence else event.state, entry.at)
        elif isinstance(event, KioskVanished):
            self.turn("kiosk", "silent", event.seen_at)
        elif isinstance(event, KioskReported):
            self.turn("kiosk", "ready", entry.at)
            self.turn("scanner", event.facts.get("scanner") or "none", entry.at)
            offset = int(event.facts.get("clock_offset_ms") or 0)
            self.turn("clock", "wrong" if abs(offset) > CLOCK_WRONG_MS else "ready", entry.at, offset)

    def turn(self, device: str, state: str, at: int, offset: int | None = None) -> None:
        """`device` is in `state` from `at` on."""
        lasting = self.lasting.get(device)
        if lasting is not None and lasting.state != state:
            lasting.until = at
            del self.lasting[device]
        if state not in _WELL and device not in self.lasting:
            self.lasting[device] = _Row(device, state, at, clock_offset_ms=offset)
            self.rows.append(self.lasting[device])

    def still(self, device: str, state: str, since: int) -> None:
        """A trouble that began before those days; a silent kiosk's printer is unknown, of course."""
        if device not in {row.device for row in self.rows} and "kiosk" not in self.lasting:
            self.turn(device, state, since)


def _entries(reading: Reading, site: Site, kiosk: str, days: int, now: int) -> Iterator[Entry]:
    today = calendar.local(site, now).date()
    for before in range(days - 1, -1, -1):
        for record in reading.journal_of(_subject(kiosk, (today - timedelta(days=before)).isoformat())):
            yield read_back(record)


def _subject(kiosk: str, day: str) -> str:
    return f"kiosk:{kiosk} {day}"


def _json(site: Site, row: _Row) -> Json:
    return {
        "device": row.device,
        "state": row.state,
        "since": calendar.rfc3339(site, row.since),
        "until": None if row.until is None else calendar.rfc3339(site, row.until),
        "clock_offset_ms": row.clock_offset_ms,
    }
