"""What the events of a ticket's life change: the ticket, the desk it comes to or leaves, the kept counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from . import calendar, waiting
from . import events as e
from .events import Entry
from .model import AT_A_DESK, ENDED, Changes, Desk, Hall, Line, LineKey, Tally, Ticket, TicketState


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
        issued_at=_or(event.taken_at, entry.at),
        since=_or(event.since, entry.at),
        memo=None if event.memo is None else tuple(event.memo),
        slot=event.slot,
    )
    change = Changes({ticket.id: ticket}, lines=_moved(hall, None, ticket))
    if event.taken_at is not None:  # out of a range that the queue itself never gives
        return change
    tally = replace(hall.tally(event.queue), last_number=event.number)
    return change.then(Changes(tallies={tally.queue: tally}))


def _called(hall: Hall, entry: Entry, event: e.TicketCalled) -> Changes:
    ticket = hall.tickets[event.ticket]
    called = replace(
        ticket,
        state=TicketState.CALLED,
        counter=event.counter,
        calls=1,
        called_at=entry.at,
        rang_at=entry.at,
        before=ticket.state.value,
        started_at=None,
        ended_at=None,
        memo=None,
        reason=event.reason,
        comebacks=ticket.comebacks + (ticket.state is TicketState.NO_SHOW),
    )
    desk = replace(hall.desk(event.counter), ticket=ticket.id, passed=event.reason.get("passed", 0))
    tally = hall.tally(ticket.queue)
    tally = replace(tally, called=tally.called + 1, pace=_learnt(hall, tally, ticket, entry.at))
    return Changes({ticket.id: called}, {desk.id: desk}, _moved(hall, ticket, called), {tally.queue: tally})


def _learnt(hall: Hall, tally: Tally, ticket: Ticket, at: int) -> waiting.Pace:
    """What the queue learns of the wait that is over; an appointment began to wait when its holder came."""
    if ticket.memo is None:
        return tally.pace
    joined = max(ticket.issued_at, ticket.since)
    paused = calendar.break_ms(hall.site, joined, at)
    return waiting.called(tally.pace, ticket.memo, max(0, at - joined), at, paused)


def _recalled(hall: Hall, entry: Entry, event: e.TicketRecalled) -> Changes:
    ticket = hall.tickets[event.ticket]
    return Changes({ticket.id: replace(ticket, calls=event.times, rang_at=entry.at)})


def _started(hall: Hall, entry: Entry, event: e.ServiceStarted) -> Changes:
    ticket = hall.tickets[event.ticket]
    return Changes({ticket.id: replace(ticket, state=TicketState.SERVING, started_at=entry.at)})


def _finished(hall: Hall, entry: Entry, event: e.ServiceFinished) -> Changes:
    change = _ended(hall, entry, event.ticket, TicketState.FINISHED, event.outcome)
    ticket = hall.tickets[event.ticket]
    if ticket.called_at is None or ticket.before == TicketState.FINISHED:  # an afterthought, not a service
        return change
    tally = hall.tally(ticket.queue)
    pace = waiting.served(tally.pace, max(0, entry.at - ticket.called_at), entry.at)
    return change.then(Changes(tallies={ticket.queue: replace(tally, pace=pace)}))


def _no_show(hall: Hall, entry: Entry, event: e.TicketNoShow) -> Changes:
    change = _ended(hall, entry, event.ticket, TicketState.NO_SHOW, None)
    gone = change.tickets[event.ticket]
    missed = replace(gone, missed_at=hall.tally(gone.queue).called)
    return change.then(Changes({missed.id: missed}))


def _cancelled(hall: Hall, entry: Entry, event: e.TicketCancelled) -> Changes:
    return _ended(hall, entry, event.ticket, TicketState.CANCELLED, event.reason)


def _expired(hall: Hall, entry: Entry, event: e.TicketExpired) -> Changes:
    return _ended(hall, entry, event.ticket, TicketState.EXPIRED, None)


def _returned(hall: Hall, entry: Entry, event: e.TicketReturned) -> Changes:
    ticket = hall.tickets[event.ticket]
    comebacks = ticket.comebacks + (ticket.state is TicketState.NO_SHOW)
    return _back_in_line(hall, ticket, since=_or(event.since, ticket.since), comebacks=comebacks)


def _transferred(hall: Hall, entry: Entry, event: e.TicketTransferred) -> Changes:
    ticket = hall.tickets[event.ticket]
    since = _or(event.since, ticket.since)
    stops = tuple(stop for stop in ticket.stops if stop != event.queue)  # not twice
    place = {"queue": event.queue, "only_counter": event.only_counter, "since": since}
    return _back_in_line(hall, ticket, stops=stops, **place)


def _parked(hall: Hall, entry: Entry, event: e.TicketParked) -> Changes:
    ticket = hall.tickets[event.ticket]
    parked = replace(
        _off_desk(ticket, TicketState.PARKED),
        parked_by=event.counter,
        parked_for=event.reason,
        parked_at=entry.at,
        remind_at=event.remind_at,
    )
    return Changes({ticket.id: parked}, _freed(hall, ticket))


def _unparked(hall: Hall, entry: Entry, event: e.TicketUnparked) -> Changes:
    return _back_in_line(hall, hall.tickets[event.ticket], since=event.since)


def _service_added(hall: Hall, entry: Entry, event: e.ServiceAdded) -> Changes:
    ticket = hall.tickets[event.ticket]
    return Changes({ticket.id: replace(ticket, stops=(*ticket.stops, event.queue))})


def _continued(hall: Hall, entry: Entry, event: e.VisitContinued) -> Changes:
    ticket = hall.tickets[event.ticket]
    stops = ticket.stops
    later = stops[stops.index(event.queue) + 1 :] if event.queue in stops else stops
    place = {"queue": event.queue, "only_counter": "", "since": event.since, "stops": later}
    return _back_in_line(hall, ticket, service=None, comebacks=0, **place)


def _undone(hall: Hall, entry: Entry, event: e.TicketUndone) -> Changes:
    """Back to the desk, back in its old place in line, or to where it was called from."""
    ticket = hall.tickets[event.ticket]
    back_to = TicketState(event.back_to)
    if back_to in AT_A_DESK:
        again = replace(ticket, state=back_to, ended_at=None, outcome=None)
        desk = replace(hall.desk(event.counter), ticket=ticket.id)
        return Changes({ticket.id: again}, {desk.id: desk})
    if back_to is TicketState.PARKED:
        return Changes({ticket.id: _off_desk(ticket, back_to)}, _freed(hall, ticket))
    if back_to in ENDED:
        return _over_as_before(hall, entry, ticket, back_to)
    change = _back_in_line(hall, ticket)
    reason = ticket.reason or {}
    if reason.get("rule") != "turn":
        return change
    return change.then(Changes(desks=_still_due(hall, ticket, reason["n"])))


def _over_as_before(hall: Hall, entry: Entry, ticket: Ticket, back_to: TicketState) -> Changes:
    """Over again, as though it had not been called once more; that end cannot be taken back in its turn."""
    change = _ended(hall, entry, ticket.id, back_to, ticket.outcome)
    comebacks = ticket.comebacks - (back_to is TicketState.NO_SHOW)
    over = replace(change.tickets[ticket.id], before=None, comebacks=comebacks)
    return change.then(Changes({over.id: over}))


def _still_due(hall: Hall, ticket: Ticket, n: int) -> dict[str, Desk]:
    """The desk that a preferred ticket leaves whose turn was taken back: the turn has not been had."""
    return {desk.id: replace(desk, passed=n - 1) for desk in _freed(hall, ticket).values()}


def _ended(hall: Hall, entry: Entry, ticket_id: str, state: TicketState, outcome: str | None) -> Changes:
    ticket = hall.tickets[ticket_id]
    ended = replace(ticket, state=state, ended_at=entry.at, outcome=outcome, memo=None)
    return Changes({ticket.id: ended}, _freed(hall, ticket), _moved(hall, ticket, ended))


def _off_desk(ticket: Ticket, state: TicketState) -> Ticket:
    """The ticket at no counter, with nothing left of the call that brought it to one."""
    return replace(
        ticket,
        state=state,
        counter=None,
        calls=0,
        called_at=None,
        rang_at=None,
        before=None,
        started_at=None,
        ended_at=None,
        outcome=None,
        memo=None,
        reason=None,
    )


def _back_in_line(hall: Hall, ticket: Ticket, **place: Any) -> Changes:
    waiting_again = replace(
        _off_desk(ticket, TicketState.WAITING),
        parked_for=None,
        parked_at=None,
        remind_at=None,
        **place,
    )
    return Changes({ticket.id: waiting_again}, _freed(hall, ticket), _moved(hall, ticket, waiting_again))


def _or(given: int | None, otherwise: int) -> int:
    return otherwise if given is None else given


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


OF_TICKETS: Mapping[type, Callable[[Hall, Entry, Any], Changes]] = {
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
    e.TicketUndone: _undone,
    e.TicketParked: _parked,
    e.TicketUnparked: _unparked,
    e.ServiceAdded: _service_added,
    e.VisitContinued: _continued,
}
