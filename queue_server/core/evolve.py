"""evolve(hall, entry): the rows that an event replaces. The only place where state changes. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from . import calendar, waiting
from . import events as e
from .events import Entry
from .model import Changes, Day, Desk, DeskState, Device, Hall, Line, LineKey, Ticket, TicketState


def evolve(hall: Hall, entry: Entry) -> Changes:
    """The rows of `hall` that `entry` replaces. `hall` must hold the rows that the event names."""
    change: Changes = _EVOLVERS[type(entry.event)](hall, entry, entry.event)
    return change


def _issued(hall: Hall, entry: Entry, event: e.TicketIssued) -> Changes:
    ticket = Ticket(
        id=event.ticket,
        day=event.day,
        queue=event.queue,
        series=event.queue,
        number=event.number,
        label=event.label,
        secret=event.secret,
        priority=event.priority,
        service=event.service,
        language=event.language,
        origin=event.origin,
        seq=entry.seq,
        issued_at=entry.at,
        since=entry.at,
        memo=tuple(event.memo),
    )
    tally = replace(hall.tally(event.queue), last_number=event.number)
    return Changes({ticket.id: ticket}, lines=_moved(hall, None, ticket), tallies={tally.queue: tally})


def _called(hall: Hall, entry: Entry, event: e.TicketCalled) -> Changes:
    ticket = hall.tickets[event.ticket]
    called = replace(
        ticket,
        state=TicketState.CALLED,
        counter=event.counter,
        calls=1,
        called_at=entry.at,
        started_at=None,
        memo=None,
        reason=event.reason,
    )
    desk = replace(hall.desk(event.counter), ticket=ticket.id, passed=event.reason.get("passed", 0))
    change = Changes({ticket.id: called}, {desk.id: desk}, _moved(hall, ticket, called))
    if ticket.memo is None:
        return change
    tally = hall.tally(ticket.queue)
    waited = max(0, entry.at - ticket.since)
    paused = calendar.break_ms(hall.site, ticket.since, entry.at)
    pace = waiting.called(tally.pace, ticket.memo, waited, entry.at, paused)
    return change.then(Changes(tallies={ticket.queue: replace(tally, pace=pace)}))


def _recalled(hall: Hall, entry: Entry, event: e.TicketRecalled) -> Changes:
    ticket = hall.tickets[event.ticket]
    return Changes({ticket.id: replace(ticket, calls=event.times)})


def _started(hall: Hall, entry: Entry, event: e.ServiceStarted) -> Changes:
    ticket = hall.tickets[event.ticket]
    return Changes({ticket.id: replace(ticket, state=TicketState.SERVING, started_at=entry.at)})


def _finished(hall: Hall, entry: Entry, event: e.ServiceFinished) -> Changes:
    change = _ended(hall, entry, event.ticket, TicketState.FINISHED, event.outcome)
    ticket = hall.tickets[event.ticket]
    if ticket.called_at is None:
        return change
    tally = hall.tally(ticket.queue)
    pace = waiting.served(tally.pace, entry.at - ticket.called_at, entry.at)
    return change.then(Changes(tallies={ticket.queue: replace(tally, pace=pace)}))


def _no_show(hall: Hall, entry: Entry, event: e.TicketNoShow) -> Changes:
    return _ended(hall, entry, event.ticket, TicketState.NO_SHOW, None)


def _cancelled(hall: Hall, entry: Entry, event: e.TicketCancelled) -> Changes:
    return _ended(hall, entry, event.ticket, TicketState.CANCELLED, event.reason)


def _expired(hall: Hall, entry: Entry, event: e.TicketExpired) -> Changes:
    return _ended(hall, entry, event.ticket, TicketState.EXPIRED, None)


def _returned(hall: Hall, entry: Entry, event: e.TicketReturned) -> Changes:
    return _back_in_line(hall, hall.tickets[event.ticket])


def _transferred(hall: Hall, entry: Entry, event: e.TicketTransferred) -> Changes:
    return _back_in_line(hall, hall.tickets[event.ticket], queue=event.queue, only_counter=event.only_counter)


def _unchanged(hall: Hall, entry: Entry, event: e.Event) -> Changes:
    return Changes()


def _counter_opened(hall: Hall, entry: Entry, event: e.CounterOpened) -> Changes:
    desk = Desk(event.counter, DeskState.OPEN, event.officer, entry.at)
    return Changes(desks={desk.id: desk})


def _counter_paused(hall: Hall, entry: Entry, event: e.CounterPaused) -> Changes:
    desk = replace(hall.desk(event.counter), state=DeskState.PAUSED, since=entry.at, reason=event.reason)
    return Changes(desks={desk.id: desk})


def _counter_resumed(hall: Hall, entry: Entry, event: e.CounterResumed) -> Changes:
    desk = replace(hall.desk(event.counter), state=DeskState.OPEN, since=entry.at, reason=None)
    return Changes(desks={desk.id: desk})


def _counter_closed(hall: Hall, entry: Entry, event: e.CounterClosed) -> Changes:
    desk = Desk(event.counter, DeskState.CLOSED, None, entry.at)
    return Changes(desks={desk.id: desk})


def _day_opened(hall: Hall, entry: Entry, event: e.DayOpened) -> Changes:
    return Changes(days={event.day: Day(event.day, is_open=True)})


def _day_closed(hall: Hall, entry: Entry, event: e.DayClosed) -> Changes:
    return Changes(days={event.day: Day(event.day, is_open=False)})


def _printer_changed(hall: Hall, entry: Entry, event: e.PrinterChanged) -> Changes:
    device = Device(f"printer:{event.kiosk}", event.state, entry.at)
    return Changes(devices={device.id: device})


def _ended(hall: Hall, entry: Entry, ticket_id: str, state: TicketState, outcome: str | None) -> Changes:
    ticket = hall.tickets[ticket_id]
    ended = replace(ticket, state=state, ended_at=entry.at, outcome=outcome, memo=None)
    return Changes({ticket.id: ended}, _freed(hall, ticket), _moved(hall, ticket, ended))


def _back_in_line(hall: Hall, ticket: Ticket, **place: Any) -> Changes:
    waiting_again = replace(
        ticket,
        state=TicketState.WAITING,
        counter=None,
        calls=0,
        called_at=None,
        started_at=None,
        memo=None,
        reason=None,
        **place,
    )
    return Changes({ticket.id: waiting_again}, _freed(hall, ticket), _moved(hall, ticket, waiting_again))


def _freed(hall: Hall, ticket: Ticket) -> dict[str, Desk]:
    """The desk that `ticket` leaves."""
    if ticket.counter is None:
        return {}
    desk = hall.desk(ticket.counter)
    return {desk.id: replace(desk, ticket=None)} if desk.ticket == ticket.id else {}


def _moved(hall: Hall, before: Ticket | None, after: Ticket) -> dict[LineKey, Line]:
    """The lines whose kept counts change when a ticket goes from `before` to `after`."""
    steps: dict[LineKey, int] = {}
    if before is not None and before.state is TicketState.WAITING:
        steps[before.line] = steps.get(before.line, 0) - 1
    if after.state is TicketState.WAITING:
        steps[after.line] = steps.get(after.line, 0) + 1
    return {key: Line(key, hall.waiting_in(key) + step) for key, step in steps.items() if step}


_EVOLVERS: dict[type, Callable[[Hall, Entry, Any], Changes]] = {
    e.TicketIssued: _issued,
    e.TicketCalled: _called,
    e.TicketRecalled: _recalled,
    e.ServiceStarted: _started,
    e.ServiceFinished: _finished,
    e.TicketNoShow: _no_show,
    e.TicketReturned: _returned,
    e.TicketTransferred: _transferred,
    e.TicketCancelled: _cancelled,
    e.TicketExpired: _expired,
    e.SlipPrinted: _unchanged,
    e.PrinterChanged: _printer_changed,
    e.CounterOpened: _counter_opened,
    e.CounterPaused: _counter_paused,
    e.CounterResumed: _counter_resumed,
    e.CounterClosed: _counter_closed,
    e.DayOpened: _day_opened,
    e.DayClosed: _day_closed,
    e.DoorsChanged: _unchanged,
    e.SiteDescribed: _unchanged,
}
