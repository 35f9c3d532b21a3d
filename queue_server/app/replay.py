"""Replay: fold the whole journal again and compare the result with every row the store holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..core.evolve import evolve
from ..core.model import Changes, Day, Hall
from ..core.site import Site
from . import journal
from .ports import Reading


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that the journal and the store disagree on; None where one of them has no such row."""

    table: str
    key: str
    journal: Any
    store: Any


class _Folding:
    """Rows in dictionaries that are changed in place: a replay must not copy the hall at every step."""

    def __init__(self, site: Site) -> None:
        self.tickets: dict[str, Any] = {}
        self.desks: dict[str, Any] = {}
        self.lines: dict[Any, Any] = {}
        self.tallies: dict[str, Any] = {}
        self.devices: dict[str, Any] = {}
        self.days: dict[str, Day] = {}
        self.site = site
        self.day: Day | None = None

    def hall(self) -> Hall:
        return Hall(self.site, self.day, self.tickets, self.desks, self.lines, self.tallies)

    def apply(self, changes: Changes) -> None:
        self.tickets.update(changes.tickets)
        self.desks.update(changes.desks)
        self.lines.update(changes.lines)
        self.tallies.update(changes.tallies)
        self.devices.update(changes.devices)
        if changes.day:
            self.day = changes.day
            self.days[changes.day.date] = changes.day


@dataclass(frozen=True, slots=True)
class Replayed:
    entries: int
    tickets: int
    differences: tuple[Difference, ...]


def replay(reading: Reading, site: Site, day: str | None = None) -> Replayed:
    """Fold every entry of the journal; compare all rows, or only the tickets of `day`."""
    folding = _Folding(site)
    count = 0
    for entry in journal.entries(reading):
        folding.apply(evolve(folding.hall(), entry))
        count += 1
    differences = _compare_tickets(reading, folding, day)
    if day is None:
        differences += _compare_rest(reading, folding)
    tickets = sum(day in (None, ticket.day) for ticket in folding.tickets.values())
    return Replayed(count, tickets, tuple(differences))


def _compare_tickets(reading: Reading, folding: _Folding, day: str | None) -> list[Difference]:
    found: list[Difference] = []
    for date in [day] if day else sorted(folding.days):
        told = {ticket.id: ticket for ticket in folding.tickets.values() if ticket.day == date}
        kept = {ticket.id: ticket for ticket in reading.tickets_of_day(date)}
        found += _compare("ticket", told, kept)
    return found


def _compare_rest(reading: Reading, folding: _Folding) -> list[Difference]:
    last_day = reading.day()
    return [
        *_compare("desk", folding.desks, {desk.id: desk for desk in reading.desks()}),
        *_compare("line", folding.lines, {line.key: line for line in reading.lines()}),
        *_compare("tally", folding.tallies, {tally.queue: tally for tally in reading.tallies()}),
        *_compare("device", folding.devices, {device.id: device for device in reading.devices()}),
        *_compare("day", {"last": folding.day}, {"last": last_day}),
    ]


def _compare(table: str, told: dict[Any, Any], kept: dict[Any, Any]) -> list[Difference]:
    return [
        Difference(table, str(key), told.get(key), kept.get(key))
        for key in sorted(told.keys() | kept.keys(), key=str)
        if told.get(key) != kept.get(key)
    ]
