"""How rows of the SQLite tables and the application's values become each other."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from ..core.model import Desk, DeskState, Tally, Ticket, TicketState
from ..core.waiting import Pace

TICKET = tuple(field.name for field in fields(Ticket))
TICKET_COLUMNS = ", ".join(TICKET)
RECORD_COLUMNS = "seq, at, actor, type, version, data, prev_hash, hash"
DESK_COLUMNS = "id, state, officer, since, reason, ticket"
TALLY_COLUMNS = "queue, day, last_number, pace"
_STATE, _MEMO, _REASON = TICKET.index("state"), TICKET.index("memo"), TICKET.index("reason")


def to_ticket(row: Sequence[Any]) -> Ticket:
    values = list(row)
    values[_STATE] = TicketState(values[_STATE])
    values[_MEMO] = None if values[_MEMO] is None else tuple(json.loads(values[_MEMO]))
    values[_REASON] = None if values[_REASON] is None else json.loads(values[_REASON])
    return Ticket(*values)


def from_ticket(ticket: Ticket) -> list[Any]:
    values = [getattr(ticket, name) for name in TICKET]
    values[_STATE] = ticket.state.value
    values[_MEMO] = None if ticket.memo is None else json.dumps(ticket.memo)
    values[_REASON] = None if ticket.reason is None else json.dumps(ticket.reason, ensure_ascii=False)
    return values


def to_desk(row: Sequence[Any]) -> Desk:
    return Desk(row[0], DeskState(row[1]), *row[2:])


def from_desk(desk: Desk) -> tuple[Any, ...]:
    return desk.id, desk.state.value, desk.officer, desk.since, desk.reason, desk.ticket


def to_tally(row: Sequence[Any]) -> Tally:
    return Tally(row[0], row[1], row[2], Pace.from_row(json.loads(row[3])))


def from_tally(tally: Tally) -> tuple[Any, ...]:
    return tally.queue, tally.day, tally.last_number, json.dumps(tally.pace.to_row())
