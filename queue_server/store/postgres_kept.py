"""A site's small tables, kept by readers from one transaction to the next while nobody changes them.

Every transaction that changes them also counts up `head.changes`, under the site's lock. So whoever reads
that row in a transaction knows which state its snapshot shows: what was once read beside the same row is what
it would read now. A lost connection throws all of it away: the server that comes back may be a restored one.
(What writers remember from commit to commit is app/memory.py's, on every store.)
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ..core.model import Day, Desk, Device, Line, LineKey, Tally, Ticket


@dataclass(frozen=True, slots=True)
class State:
    """A site's row of `head`: how often it was changed, its newest entry, its newest description."""

    changes: int = 0
    seq: int = 0
    hash: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """The small tables themselves."""

    day: Day | None
    desks: dict[str, Desk]
    lines: dict[LineKey, Line]
    tallies: dict[str, Tally]
    devices: dict[str, Device]


@dataclass(slots=True)
class Kept:
    """What was looked at of a site in one state; `heads` are the firsts of all lines of each queue in it."""

    state: State
    rows: Rows | None = None
    heads: dict[str, list[Ticket]] = field(default_factory=dict)


class KeptHalls:
    """The newest that was looked at of each site. Shared by threads."""

    def __init__(self) -> None:
        self._halls: dict[str, Kept] = {}

    def at(self, site: str, state: State) -> Kept:
        known = self._halls.get(site)
        if known is not None and known.state == state:
            return known
        hall = Kept(state)
        if known is None or known.state.changes < state.changes:
            self._halls[site] = hall
        return hall

    def forget(self) -> None:
        self._halls = {}
