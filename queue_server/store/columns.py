"""How rows of the SQL tables and the application's values become each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any

import msgspec

from ..core.model import Desk, DeskState, Device, Tally, Ticket, TicketState
from ..core.waiting import Pace

TICKET = tuple(field.name for field in fields(Ticket))
TICKET_COLUMNS = ", ".join(TICKET)
RECORD_COLUMNS = "seq, at, actor, type, version, data, prev_hash, hash"
DESK = tuple(field.name for field in fields(Desk))
DESK_COLUMNS = ", ".join(DESK)
TALLY = ("queue", "day", "last_number", "pace", "called", "closed", "highest")
TALLY_COLUMNS = ", ".join(TALLY)
_read = msgspec.json.decode
_TICKET_VALUES = attrgetter(*TICKET)
_STATE, _MEMO, _REASON = TICKET.index("state"), TICKET.index("memo"), TICKET.index("reason")
_STOPS = TICKET.index("stops")


def _text(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def to_ticket(row: Sequence[Any]) -> Ticket:
    values = list(row)
    values[_STATE] = TicketState(values[_STATE])
    values[_MEMO] = None if values[_MEMO] is None else tuple(_read(values[_MEMO]))
    values[_REASON] = None if values[_REASON] is None else _read(values[_REASON])
    values[_STOPS] = tuple(values[_STOPS].split()) if values[_STOPS] else ()
    return Ticket(*values)


def from_ticket(ticket: Ticket) -> list[Any]:
    values = list(_TICKET_VALUES(ticket))
    values[_STATE] = ticket.state.value
    values[_MEMO] = None if ticket.memo is None else _text(ticket.memo)
    values[_REASON] = None if ticket.reason is None else _text(ticket.reason)
    values[_STOPS] = " ".join(ticket.stops)
    return values


def to_desk(row: Sequence[Any]) -> Desk:
    return Desk(row[0], DeskState(row[1]), *row[2:])


def from_desk(desk: Desk) -> tuple[Any, ...]:
    return tuple(getattr(desk, name) for name in DESK)


def to_tally(row: Sequence[Any]) -> Tally:
    queue, day, last_number, pace, called, closed, highest = row
    return Tally(queue, day, last_number, Pace.from_row(_read(pace)), called, bool(closed), highest)


_paces: dict[str, tuple[Pace, str]] = {}
"""What was written last for each queue: between two calls only the number changes."""


def from_tally(tally: Tally) -> tuple[Any, ...]:
    known = _paces.get(tally.queue)
    if known is None or known[0] is not tally.pace:
        known = _paces[tally.queue] = (tally.pace, _text(tally.pace.to_row()))
    pace = known[1]
    gate = (tally.called, int(tally.closed), tally.limit)
    return (tally.queue, tally.day, tally.last_number, pace, *gate)


def to_device(row: Sequence[Any]) -> Device:
    name, state, since, facts = row
    return Device(name, state, since, _read(facts))
