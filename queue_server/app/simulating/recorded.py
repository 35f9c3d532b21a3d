"""Takes a recorded day out of the journal: notes what each entry did to lines and counters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from ...core import calendar
from ...core.events import DayOpened, Entry, SiteDescribed, TicketCalled
from ...core.evolve import evolve
from ...core.model import AT_A_DESK, Day, Desk, DeskState, Hall, Ticket, TicketState
from ...core.site import Site
from .. import journal
from ..importing import site_from_json
from ..ports import Reading
from .outcome import Diary
from .script import (
    ComesBack,
    DeskStands,
    Goes,
    Happening,
    Joins,
    Moves,
    Place,
    RecordedDay,
    Redescribed,
    Stint,
)

Describing = Callable[[int], Site | None]
"""The description of the centre of a version, None where the store has not kept it."""


class NoSuchDay(Exception):
    """The journal tells of no such day; `known` are those it tells of."""

    def __init__(self, day: str, known: tuple[str, ...]) -> None:
        super().__init__(day)
        self.known = known


def recorded_day(reading: Reading, site: Site, day: str | None = None) -> RecordedDay:
    """The recorded `day` ("2026-11-23"; None: the newest). Raises NoSuchDay.

    `site` stands for descriptions that the store has not kept.
    """
    known = tuple(one.date for one in reading.days())
    wanted = day or (known[-1] if known else "")
    if wanted not in known:
        raise NoSuchDay(wanted, known)

    def described(version: int) -> Site | None:
        kept = reading.description(version)
        return None if kept is None else site_from_json(kept)

    return day_of(_entries_of(reading, wanted), site, described, wanted)


def _entries_of(reading: Reading, day: str) -> Iterable[Entry]:
    """The descriptions before the day, then everything from its opening to the opening of the next."""
    inside = False
    for record in journal.records(reading):
        if record.type == "DayOpened":
            entry = journal.read_back(record)
            if inside and isinstance(entry.event, DayOpened) and entry.event.day != day:
                return
            inside = isinstance(entry.event, DayOpened) and entry.event.day == day
        if inside or record.type == "SiteDescribed":
            yield journal.read_back(record)


def recorded_days(reading: Reading, site: Site) -> Iterator[RecordedDay]:
    """Every recorded day, oldest first, in one pass over the journal; `site` as for `recorded_day`."""

    def described(version: int) -> Site | None:
        kept = reading.description(version)
        return None if kept is None else site_from_json(kept)

    taking: _Taking | None = None
    for entry in journal.entries(reading):
        if isinstance(entry.event, DayOpened) and (taking is None or entry.event.day != taking.day.date):
            if taking is not None:
                yield taking.finish()
            taking = _Taking(site, described, entry.event.day)
        if taking is not None:
            taking.take(entry)
            site = taking.site
        elif isinstance(entry.event, SiteDescribed):
            site = described(entry.event.version) or site
    if taking is not None:
        yield taking.finish()


def day_of(entries: Iterable[Entry], site: Site, described: Describing, day: str) -> RecordedDay:
    """The recorded day of `entries`: see `_entries_of` for which."""
    taking = _Taking(site, described, day)
    for entry in entries:
        taking.take(entry)
    return taking.finish()


class _Taking:
    """The fold over one day."""

    def __init__(self, site: Site, described: Describing, day: str) -> None:
        self.site = self._first_site = site
        self._described = described
        self.day = Day(day, is_open=True)
        self.tickets: dict[str, Ticket] = {}
        self.desks: dict[str, Desk] = {}
        self.tallies: dict[str, Any] = {}
        self.happenings: list[tuple[int, int, Happening]] = []
        self.stints: list[Stint] = []
        self.last_stint: dict[str, Stint] = {}
        self.diary = Diary()
        self.first_seq = self.end = 0
        self.redescribed = False

    def take(self, entry: Entry) -> None:
        if isinstance(entry.event, SiteDescribed):
            return self._describe(entry, entry.event)
        if isinstance(entry.event, DayOpened):
            self.first_seq = self.first_seq or entry.seq
        hall = Hall(self.site, self.day, self.tickets, self.desks, {}, self.tallies)
        changes = evolve(hall, entry)
        if calendar.local_date(self.site, entry.at) == self.day.date:
            self.end = max(self.end, entry.at)
            self._note(entry, changes.tickets.values(), changes.desks.values())
        self.tickets.update(changes.tickets)
        self.desks.update(changes.desks)
        self.tallies.update(changes.tallies)

    def finish(self) -> RecordedDay:
        return RecordedDay(
            day=self.day.date,
            site=self._first_site,
            happenings=tuple(self.happenings),
            stints=tuple(self.stints),
            outcome=self.diary.close(self.end),
            end=self.end,
            redescribed=self.redescribed,
            first_seq=self.first_seq,
            labels={ticket.id: ticket.label for ticket in self.tickets.values()},
        )

    def _describe(self, entry: Entry, event: SiteDescribed) -> None:
        self.site = self._described(event.version) or self.site
        if self.first_seq:
            self.redescribed = True
            self.happenings.append((entry.at, entry.seq, Redescribed(self.site)))
        else:
            self._first_site = self.site

    def _note(self, entry: Entry, tickets: Iterable[Ticket], desks: Iterable[Desk]) -> None:
        for after in tickets:
            self._note_ticket(entry, self.tickets.get(after.id), after)
        for desk in desks:
            before = self.desks.get(desk.id) or Desk(desk.id)
            if (before.state, before.officer) != (desk.state, desk.officer):
                self._happened(entry, DeskStands(replace(desk, ticket=None)))
                noted = self.diary.opened if desk.state is DeskState.OPEN else self.diary.closed
                noted(desk.id, entry.at)

    def _happened(self, entry: Entry, what: Happening) -> None:
        self.happenings.append((entry.at, entry.seq, what))

    def _note_ticket(self, entry: Entry, before: Ticket | None, after: Ticket) -> None:
        """What the change of one ticket means for lines and counters, whichever event made it."""
        was, now = _where(before), _where(after)
        if was == "desk" and now == "desk":
            return
        if now == "line":
            self._into_line(entry, before, after, was)
        elif now == "desk":
            self._to_desk(entry, after, was)
        elif was == "desk":
            self._end_stint(entry, after, None)
        elif was == "line" and after.state is not TicketState.EXPIRED:
            self._happened(entry, Goes(after.id))
            self.diary.gone(after.id, entry.at)

    def _into_line(self, entry: Entry, before: Ticket | None, after: Ticket, was: str) -> None:
        if before is None:
            self._happened(entry, Joins(after))
            self.diary.joined(after, entry.at)
            return
        place = Place(after, (before.since, before.seq) == (after.since, after.seq))
        if was == "line":
            self._happened(entry, Moves(place))
        elif was == "desk":
            self._end_stint(entry, after, place)
        else:
            stint = self.last_stint.get(after.id)
            self._happened(entry, ComesBack(place, stint.index if stint else None))
        self.diary.joined(after, entry.at)

    def _to_desk(self, entry: Entry, after: Ticket, was: str) -> None:
        counter = after.counter or ""
        earlier = self.last_stint.get(after.id)
        if was == "away" and earlier and (earlier.counter, earlier.at) == (counter, after.called_at):
            earlier.end_at = earlier.back = None  # an end was taken back: they never left
            self.diary.resumed(counter, earlier.at)
            return
        if was == "away":  # called without standing in a line: a chosen call of somebody who comes back
            self._happened(entry, ComesBack(Place(after, True), earlier.index if earlier else None))
            self.diary.joined(after, entry.at)
        event = entry.event
        chosen = was == "away" or not isinstance(event, TicketCalled) or event.reason.get("rule") == "chosen"
        stint = Stint(len(self.stints), counter, entry.at, entry.seq, after.id, after.queue, chosen)
        self.stints.append(stint)
        self.last_stint[after.id] = stint
        self.diary.called(after, counter, entry.at)

    def _end_stint(self, entry: Entry, after: Ticket, back: Place | None) -> None:
        stint = self.last_stint[after.id]
        stint.end_at, stint.end_seq, stint.back = entry.at, entry.seq, back
        self.diary.done(stint.counter, entry.at)


def _where(ticket: Ticket | None) -> str:
    if ticket is None:
        return "nowhere"
    if ticket.state is TicketState.WAITING:
        return "line"
    return "desk" if ticket.state in AT_A_DESK else "away"
