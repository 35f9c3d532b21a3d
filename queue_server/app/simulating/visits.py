"""The visits of recorded days, for a backtest of the waiting times by a centre's own journal."""

from __future__ import annotations

from collections.abc import Iterator

from ...core import calendar
from ...core.model import DeskState
from ...core.site import ORDINARY, Site
from ..ports import Reading
from ..traces import Visit
from .outcome import Stay
from .recorded import recorded_days
from .script import DeskStands, Joins, RecordedDay, Redescribed, Stint

MINUTE = 60_000


def visits_of_journal(reading: Reading, site: Site) -> list[Visit]:
    """Every stay in a line that the journal tells of, day by day; `site` as for `recorded_day`."""
    return [visit for day in recorded_days(reading, site) for visit in visits_of(day)]


def visits_of(recorded: RecordedDay) -> Iterator[Visit]:
    """One recorded day's stays in lines, in the order in which they began."""
    staffed = _open_counters(recorded)
    called = [stay for stay in recorded.outcome.stays if stay.fate == "called"]
    stints = {stay.turn: stint for stay, stint in zip(called, recorded.stints, strict=True)}
    for stay in sorted(recorded.outcome.stays, key=lambda one: (one.joined, one.seq)):
        yield _visit(recorded.site, stay, stints.get(stay.turn), staffed.get(stay.ticket))


def _visit(site: Site, stay: Stay, stint: Stint | None, staffed: int | None) -> Visit:
    queue = site.queue.get(stay.queue)
    came = max(stay.joined, stay.since) if stay.first else stay.joined
    left = stint.end_at if stint else stay.ended
    return Visit(
        site=site.id,
        queue=stay.queue,
        arrival=_clock(site, min(came, stay.ended)),
        called=_clock(site, stint.at) if stint else None,
        finished=None if left is None else _clock(site, left),
        klass="" if stay.priority == ORDINARY else stay.priority,
        counter=stint.counter if stint else "",
        open_counters=staffed if stay.first else None,
        closed_ms=calendar.break_ms(site, came, stint.at) if stint else 0,
        guess_ms=round(queue.service_minutes * MINUTE) if queue else None,
        comes_back=not stay.first,
    )


def _open_counters(recorded: RecordedDay) -> dict[str, int]:
    """For each ticket how many counters of its queue were open when it came."""
    site, is_open = recorded.site, set[str]()
    found: dict[str, int] = {}
    for _, _, what in recorded.happenings:
        if isinstance(what, Redescribed):
            site = what.site
        elif isinstance(what, DeskStands):
            (is_open.add if what.desk.state is DeskState.OPEN else is_open.discard)(what.desk.id)
        elif isinstance(what, Joins):
            own = site.counters_of.get(what.ticket.queue, ())
            found[what.ticket.id] = sum(counter.id in is_open for counter in own)
    return found


def _clock(site: Site, at: int) -> int:
    """Local time as if it were UTC, in ms, as visits have it."""
    offset = calendar.local(site, at).utcoffset()
    return at + (round(offset.total_seconds() * 1000) if offset else 0)
