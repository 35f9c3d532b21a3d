"""Audit: a ticket's life from the journal, step by step, with the reasons of its calls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..core import calendar
from ..core.events import to_data
from ..core.explaining import explain
from ..core.model import Ticket
from ..core.site import Site
from .journal import read_back
from .ports import Reading

_SECRET = frozenset({"secret", "memo"})


@dataclass(frozen=True, slots=True)
class Step:
    """One event of a ticket's life; `facts` leaves out what only machines need, and the tracking secret."""

    seq: int
    at: str
    actor: str
    event: str
    facts: dict[str, Any]
    why: str


def life_of(reading: Reading, site: Site, ticket: Ticket, language: str = "vi") -> Iterator[Step]:
    for record in reading.journal_of(ticket.id):
        entry = read_back(record)
        data = to_data(entry.event)
        reason = data.pop("reason", None)
        why = explain(site, reason).get(language, "") if isinstance(reason, dict) else ""
        facts = {name: value for name, value in data.items() if name not in _SECRET and value is not None}
        if isinstance(reason, str):
            facts["reason"] = reason
        yield Step(entry.seq, calendar.rfc3339(site, entry.at), entry.actor, record.type, facts, why)


def find(reading: Reading, wanted: str, day: str | None = None) -> Ticket | None:
    """A ticket by id, or by label ("A012") on `day` (by default the open day)."""
    ticket = reading.ticket(wanted)
    if ticket is not None:
        return ticket
    open_day = reading.day()
    date = day or (open_day.date if open_day else "")
    return next((t for t in reading.tickets_of_day(date) if t.label == wanted.upper()), None)
