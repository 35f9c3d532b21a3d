"""What must be true after anything that can happen to a centre: one list of checks for every crash test."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from typing import Any

from queue_server.app import journal
from queue_server.app.replay import replay
from queue_server.core import events
from queue_server.core.calling_rule import CallingRule
from queue_server.core.events import Entry
from tests.clients import FollowingBoard, Http, Keys
from tests.crash.people import Ledger

CATCHING_UP = 60.0
"""Seconds that a board may take to show what is, on a busy machine."""

A_BLINK_MS = 2_000
"""Between the newest entry that a snapshot knows and the moment at which it was made."""

LEAVES = (
    events.ServiceFinished,
    events.VisitContinued,
    events.TicketNoShow,
    events.TicketReturned,
    events.TicketParked,
    events.TicketTransferred,
    events.TicketCancelled,
    events.TicketExpired,
)
"""After these a ticket is at no counter."""


ANNOUNCED = (events.TicketCalled, events.TicketRecalled, events.TicketNoShow)


def check_store(store: Any, site: str, ledger: Ledger) -> list[Entry]:
    """Everything that a store can be asked after the trouble; the journal's entries."""
    with store.reading(site) as reading:
        verdict = journal.verify(site, reading)
        assert verdict.broken_at is None, verdict.problem
        entries = list(journal.entries(reading))
        tickets = {ticket.id: ticket for day in reading.days() for ticket in reading.tickets_of_day(day.date)}
        described = reading.site()
        assert described is not None
        differences = replay(reading, described[1]).differences
    assert differences == (), differences[:3]
    check_tickets(tickets, ledger)
    check_calls(entries, ledger)
    at_counters(entries)
    return entries


def check_tickets(kept: dict[str, Any], ledger: Ledger) -> None:
    """Exactly the acknowledged tickets, each as it was told; every number once and none left out."""
    lost = [ticket["label"] for id, ticket in ledger.issued.items() if id not in kept]
    assert lost == [], f"acknowledged and lost: {lost}"
    doubled = [ticket.number for id, ticket in kept.items() if id not in ledger.issued]
    assert doubled == [], f"numbers that nobody was given: {doubled}"
    for id, told in ledger.issued.items():
        ticket = kept[id]
        assert (ticket.number, ticket.day) == (told["number"], told["day"])
        assert told["tracking"].endswith(ticket.secret)
    series: dict[Any, list[int]] = defaultdict(list)
    for ticket in kept.values():
        series[ticket.day, ticket.series].append(ticket.number)
    for name, numbers in series.items():
        assert sorted(numbers) == list(range(1, len(numbers) + 1)), name
    for id, state in ledger.states.items():
        if state in ("finished", "no_show"):  # for good: here nobody brings them back
            assert kept[id].state == state, f"{id} was {state} and is {kept[id].state}"


def check_calls(entries: list[Entry], ledger: Ledger) -> None:
    """Exactly the acknowledged calls, each at the counter that was told of it."""
    kept = Counter(
        (entry.event.ticket, entry.event.counter)
        for entry in entries
        if isinstance(entry.event, events.TicketCalled)
    )
    told = Counter(ledger.calls)
    assert told - kept == Counter(), "acknowledged calls that the journal does not know"
    untold = kept - told
    if ledger.has_late_twins:
        untold -= Counter(at_counters(entries).items())
    assert untold == Counter(), "calls that no counter was told of"


def at_counters(entries: list[Entry]) -> dict[str, str]:
    """Who is at which counter at the end, by ticket. At every moment of the journal a ticket must be at one
    counter at most, and a counter have one ticket at most."""
    place: dict[str, str] = {}
    for entry in entries:
        event: Any = entry.event
        if isinstance(event, events.TicketCalled):
            assert event.ticket not in place, f"entry {entry.seq}: a ticket at two counters"
            assert event.counter not in place.values(), f"entry {entry.seq}: two tickets at one counter"
            place[event.ticket] = event.counter
        elif isinstance(event, LEAVES):
            place.pop(event.ticket, None)
    return place


def check_board(board: FollowingBoard, entries: list[Entry]) -> None:
    """Every call, repeated call and missed call was announced, once, in order; but for those that are not to
    be any more: of a day that had ended, or too old, when the board came back after missing much."""
    told, late = set(board.announced), _late(board, entries)
    announced = [entry.seq for entry in entries if isinstance(entry.event, ANNOUNCED)]
    wanted = [seq for seq in announced if seq in told or seq not in late]
    assert sorted(set(wanted) - told) == [], "calls that the board never told of"
    assert board.announced == wanted


def _late(board: FollowingBoard, entries: list[Entry]) -> set[int]:
    """What was not to be announced any more when the board was given a snapshot in place of changes."""
    late: set[int] = set()
    at = {entry.seq: entry.at for entry in entries}
    turns = [entry.seq for entry in entries if isinstance(entry.event, events.DayOpened)]
    for old, new in board.leaps:
        missed = [entry for entry in entries if old < entry.seq <= new]
        oldest = at[new] - CallingRule().announcement_seconds * 1000 + A_BLINK_MS
        turn = max((seq for seq in turns if old < seq <= new), default=0)
        late.update(entry.seq for entry in missed if entry.seq < turn or entry.at < oldest)
    return late


def wait_for_board(board: FollowingBoard, url: str, keys: Keys) -> None:
    """Until the board shows what the server says that it should; a failure where it does not."""
    deadline = time.monotonic() + CATCHING_UP
    with Http(url, keys.board) as client:
        while True:
            _, shown = client.get("/boards/main")
            newest = {label: board.rows.get("calls", {}).get(label) for label in shown["calls"]}
            wanted = {queue: row["waiting"] for queue, row in shown["lines"].items()}
            waiting = {queue: row["waiting"] for queue, row in board.rows.get("lines", {}).items()}
            if newest == shown["calls"] and waiting == wanted:
                return
            assert time.monotonic() < deadline, f"the board shows {newest}, {waiting} and not {shown}"
            time.sleep(0.05)
