"""Replay: fold the whole journal again and compare the result with every row the store holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..core.events import Entry, SiteDescribed
from ..core.evolve import evolve
from ..core.model import Changes, Day, Hall
from ..core.site import Site
from . import journal
from .importing import digest_of, site_from_json
from .ports import Reading


class Unreplayable(Exception):
    """A journal entry that does not follow from those before it: the journal was tampered with."""

    def __init__(self, seq: int, cause: BaseException) -> None:
        super().__init__(
            f"entry {seq} does not follow from those before it ({type(cause).__name__}: {cause})"
        )
        self.seq = seq


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
        self.days.update(changes.days)
        for day in changes.days.values():
            if self.day is None or day.date >= self.day.date:
                self.day = day


@dataclass(frozen=True, slots=True)
class Replayed:
    entries: int
    tickets: int
    differences: tuple[Difference, ...]


def replay(reading: Reading, site: Site, day: str | None = None) -> Replayed:
    """Fold every entry of the journal; compare all rows, or only the tickets of `day`.

    Each entry is folded under the description of the centre that was in force then; `site` is the one before
    the first that the journal tells of. Raises Unreplayable.
    """
    folding = _Folding(site)
    count = 0
    differences: list[Difference] = []
    for record in journal.records(reading):
        try:
            entry = journal.read_back(record)
            differences += _described(reading, folding, entry)
            folding.apply(evolve(folding.hall(), entry))
        except (LookupError, ValueError, TypeError, AttributeError) as error:
            raise Unreplayable(record.seq, error) from error
        count += 1
    differences += _compare_tickets(reading, folding, day)
    if day is None:
        differences += _compare_rest(reading, folding)
    tickets = sum(day in (None, ticket.day) for ticket in folding.tickets.values())
    return Replayed(count, tickets, tuple(differences))


def _described(reading: Reading, folding: _Folding, entry: Entry) -> list[Difference]:
    """Fold on under the description that `entry` put in force; told where the store keeps another."""
    event = entry.event
    if not isinstance(event, SiteDescribed):
        return []
    kept = reading.description(event.version)
    if kept is not None:
        folding.site = site_from_json(kept)
    found = None if kept is None else digest_of(kept)
    if found == event.digest:
        return []
    return [Difference("site", f"version {event.version}", event.digest, found)]


def _compare_tickets(reading: Reading, folding: _Folding, day: str | None) -> list[Difference]:
    found: list[Difference] = []
    for date in [day] if day else sorted(folding.days):
        told = {ticket.id: ticket for ticket in folding.tickets.values() if ticket.day == date}
        kept = {ticket.id: ticket for ticket in reading.tickets_of_day(date)}
        found += _compare("ticket", told, kept)
    return found


def _compare_rest(reading: Reading, folding: _Folding) -> list[Difference]:
    return [
        *_compare("desk", folding.desks, {desk.id: desk for desk in reading.desks()}),
        *_compare("line", folding.lines, {line.key: line for line in reading.lines()}),
        *_compare("tally", folding.tallies, {tally.queue: tally for tally in reading.tallies()}),
        *_compare("device", folding.devices, {device.id: device for device in reading.devices()}),
        *_compare("day", folding.days, {day.date: day for day in reading.days()}),
    ]


def _compare(table: str, told: dict[Any, Any], kept: dict[Any, Any]) -> list[Difference]:
    return [
        Difference(table, str(key), told.get(key), kept.get(key))
        for key in sorted(told.keys() | kept.keys(), key=str)
        if told.get(key) != kept.get(key)
    ]
