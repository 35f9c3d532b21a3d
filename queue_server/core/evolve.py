"""evolve(hall, entry): the rows that an event replaces. The only place where state changes. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from . import events as e
from .events import Entry
from .evolve_desks import OF_DESKS
from .evolve_tickets import OF_TICKETS
from .model import Changes, Day, Device, Hall


def evolve(hall: Hall, entry: Entry) -> Changes:
    """The rows of `hall` that `entry` replaces. `hall` must hold the rows that the event names."""
    change: Changes = _EVOLVERS[type(entry.event)](hall, entry, entry.event)
    return change


def _queue_closed(hall: Hall, entry: Entry, event: e.QueueClosed) -> Changes:
    return Changes(tallies={event.queue: replace(hall.tally(event.queue), closed=True)})


def _queue_opened(hall: Hall, entry: Entry, event: e.QueueOpened) -> Changes:
    return Changes(tallies={event.queue: replace(hall.tally(event.queue), closed=False, limit=None)})


def _queue_limited(hall: Hall, entry: Entry, event: e.QueueLimited) -> Changes:
    return Changes(tallies={event.queue: replace(hall.tally(event.queue), closed=False, limit=event.limit)})


def _numbers_skipped(hall: Hall, entry: Entry, event: e.NumbersSkipped) -> Changes:
    return Changes(tallies={event.queue: replace(hall.tally(event.queue), last_number=event.last)})


def _day_opened(hall: Hall, entry: Entry, event: e.DayOpened) -> Changes:
    return Changes(days={event.day: Day(event.day, is_open=True)})


def _day_closed(hall: Hall, entry: Entry, event: e.DayClosed) -> Changes:
    return Changes(days={event.day: Day(event.day, is_open=False)})


def _printer_changed(hall: Hall, entry: Entry, event: e.PrinterChanged) -> Changes:
    device = Device(f"printer:{event.kiosk}", event.state, entry.at)
    return Changes(devices={device.id: device})


def _kiosk_reported(hall: Hall, entry: Entry, event: e.KioskReported) -> Changes:
    device = Device(f"kiosk:{event.kiosk}", "online", entry.at, event.facts)
    return Changes(devices={device.id: device})


def _kiosk_vanished(hall: Hall, entry: Entry, event: e.KioskVanished) -> Changes:
    device = Device(f"kiosk:{event.kiosk}", "silent", event.seen_at, event.facts)
    return Changes(devices={device.id: device})


def _unchanged(hall: Hall, entry: Entry, event: e.Event) -> Changes:
    return Changes()


_EVOLVERS: Mapping[type, Callable[[Hall, Entry, Any], Changes]] = {
    **OF_TICKETS,
    **OF_DESKS,
    e.NoteWritten: _unchanged,
    e.SlipPrinted: _unchanged,
    e.SlipReprinted: _unchanged,
    e.PrinterChanged: _printer_changed,
    e.KioskReported: _kiosk_reported,
    e.KioskVanished: _kiosk_vanished,
    e.CounterAssigned: _unchanged,
    e.QueueClosed: _queue_closed,
    e.QueueOpened: _queue_opened,
    e.QueueLimited: _queue_limited,
    e.NumbersSkipped: _numbers_skipped,
    e.DayOpened: _day_opened,
    e.DayClosed: _day_closed,
    e.DoorsChanged: _unchanged,
    e.SiteDescribed: _unchanged,
    e.CentreRestored: _unchanged,
}
