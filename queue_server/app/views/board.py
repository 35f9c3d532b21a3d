"""What a hall board shows: the calls, who waits, and what is still to be spoken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ...core.events import Entry
from ...core.model import AT_A_DESK, Ticket, TicketState
from ...core.refusals import Code, Refused
from ...core.site import Board, Counter, Site
from ..journal import read_back
from ..ports import Reading
from .rows import announcement, changed_calls, doors_row, line_rows, where
from .shapes import time_of
from .touched import ANNOUNCED, Touched

Json = dict[str, Any]
Rows = dict[str, dict[str, Json]]
CALLS_SHOWN = 12
PAGE = 300
LOOK_BACK = 20_000
"""Journal entries that are searched at most for what is still young enough to be spoken: far more than a hall
makes in that time, and a bound for whoever loads it harder."""

_ANNOUNCED_TYPES = frozenset(kind.__name__ for kind in ANNOUNCED)


def snapshot(reading: Reading, site: Site, name: str, now: int) -> Rows:
    board = required_board(site, name)
    counters = counters_of(site, board)
    calls = reading.last_called(CALLS_SHOWN, [counter.id for counter in counters])
    return {
        "board": {"_": _board_row(site, board, now)},
        "calls": {ticket.label: _call_row(site, ticket) for ticket in calls},
        "lines": line_rows(reading, site, _queues(counters), now),
        "announcements": _unspoken(reading, site, board, now),
    }


def change(
    reading: Reading, site: Site, name: str, touched: Touched, now: int
) -> tuple[Rows, dict[str, list[str]]] | None:
    board = required_board(site, name)
    counters = counters_of(site, board)
    put: Rows = {}
    drop: dict[str, list[str]] = {}
    if touched.called and touched.counters.intersection(counter.id for counter in counters):
        shown, gone = changed_calls(reading, touched, CALLS_SHOWN, counters)
        put["calls"] = {ticket.label: _call_row(site, ticket) for ticket in shown}
        drop["calls"] = [ticket.label for ticket in gone if ticket.label not in put["calls"]]
    if touched.doors:
        put["board"] = {"_": _board_row(site, board, now)}
    if queues := [queue for queue in _queues(counters) if touched.doors or queue in touched.queues]:
        put["lines"] = line_rows(reading, site, queues, now)
    if spoken := _announcements(site, board, touched.announced, touched.tickets):
        put["announcements"] = spoken
    put = {collection: rows for collection, rows in put.items() if rows}
    drop = {collection: keys for collection, keys in drop.items() if keys}
    return (put, drop) if put or drop else None


def required_board(site: Site, name: str) -> Board:
    if name not in site.board:
        raise Refused(Code.UNKNOWN_BOARD, board=name)
    return site.board[name]


def counters_of(site: Site, board: Board) -> list[Counter]:
    return [counter for counter in site.counters if not board.areas or counter.area in board.areas]


def cursor_of(board: str) -> str:
    """The name under which the journal remembers how far this board has spoken."""
    return f"spoken:{board}"


def _queues(counters: Iterable[Counter]) -> list[str]:
    return list(dict.fromkeys(queue for counter in counters for queue in counter.queues))


def _board_row(site: Site, board: Board, now: int) -> Json:
    return {
        "id": board.id,
        "name": board.name,
        "centre": site.name,
        "slogan": site.slogan,
        "languages": site.languages,
        "speaks": board.speaks,
        **doors_row(site, now),
    }


def _call_row(site: Site, ticket: Ticket) -> Json:
    counter = site.counter[ticket.counter or ""]
    state = ticket.state.value if ticket.state in AT_A_DESK else "done"
    return {
        "label": ticket.label,
        "chip": site.agency_of(ticket.queue).chip,
        **where(site, counter),
        "at": time_of(site, ticket.called_at),
        "calls": ticket.calls,
        "state": "missed" if ticket.state is TicketState.NO_SHOW else state,
    }


def _announcements(
    site: Site, board: Board, entries: Sequence[Entry], tickets: dict[str, Ticket]
) -> dict[str, Json]:
    mine = {counter.id for counter in counters_of(site, board)}
    rows = {}
    for entry in entries:
        ticket = tickets.get(getattr(entry.event, "ticket", ""))
        made = announcement(site, entry, ticket) if ticket else None
        if made and made[0].id in mine:
            rows[str(entry.seq)] = made[1]
    return rows


def _unspoken(reading: Reading, site: Site, board: Board, now: int) -> dict[str, Json]:
    """What is young enough to be spoken and has not been, however busy the last minute was."""
    oldest = now - site.rule.announcement_seconds * 1000
    entries = _announced_since(reading, oldest, reading.cursor(cursor_of(board.id)))
    tickets = {}
    for entry in entries:
        ticket = reading.ticket(getattr(entry.event, "ticket", ""))
        if ticket:
            tickets[ticket.id] = ticket
    return _announcements(site, board, entries, tickets)


def _announced_since(reading: Reading, oldest: int, floor: int) -> list[Entry]:
    """The announced entries after `floor` that are no older than `oldest`, read back page by page."""
    found: list[Entry] = []
    end = reading.head()[0]
    stop = max(floor, end - LOOK_BACK)
    while end > stop:
        start = max(stop, end - PAGE)
        page = reading.journal(start, end - start)
        young = [record for record in page if record.at >= oldest]
        found = [read_back(record) for record in young if record.type in _ANNOUNCED_TYPES] + found
        if len(young) < len(page):
            break
        end = start
    return found
