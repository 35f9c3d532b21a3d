"""Who came on a recorded day, with their errands, for a day with another number of counters."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.model import Ticket
from .durations import typical
from .free import Leg, Visitor
from .script import ComesBack, Goes, Joins, Place, RecordedDay, Stint


def visitors_of(recorded: RecordedDay) -> list[Visitor]:
    """Everybody of a recorded day with the visits they made; a visit that never was lasts as long as most."""
    came: dict[str, Ticket] = {}
    went: dict[str, int] = {}
    back: dict[int, tuple[int, Place]] = {}
    for at, _, what in recorded.happenings:
        if isinstance(what, Joins):
            came[what.ticket.id] = what.ticket
        elif isinstance(what, Goes):
            went[what.ticket] = at
        elif isinstance(what, ComesBack) and what.stint is not None:
            back[what.stint] = at, what.to
    usual = typical([s.end_at - s.at for s in recorded.stints if s.end_at is not None])
    legs: dict[str, list[Leg]] = {}
    last: dict[str, Stint] = {}
    for stint in recorded.stints:
        length = usual if stint.end_at is None else stint.end_at - stint.at
        again = _rejoined(stint, back)[0]
        gap = again - stint.end_at if again is not None and stint.end_at is not None else 0
        before = last.get(stint.ticket)
        put = _rejoined(before, back)[1] if before else None
        anew = put is not None and stint.ticket in came and put.row.since > came[stint.ticket].since
        legs.setdefault(stint.ticket, []).append(Leg(stint.queue, length, None, gap, anew))
        last[stint.ticket] = stint
    for name, ticket in came.items():
        if name not in legs:
            left_at = went.get(name)
            patience = None if left_at is None else left_at - ticket.issued_at
            legs[name] = [Leg(ticket.queue, usual, patience)]
    return [Visitor(ticket, tuple(legs[name])) for name, ticket in came.items()]


def _rejoined(stint: Stint, back: Mapping[int, tuple[int, Place]]) -> tuple[int | None, Place | None]:
    """When and where whoever stood at `stint` came into a line again."""
    if stint.back is not None:
        return stint.end_at, stint.back
    return back.get(stint.index, (None, None))
