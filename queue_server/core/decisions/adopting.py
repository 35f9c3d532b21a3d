"""Taking over a number that a kiosk gave by itself while it could not reach the server.

The slip is in somebody's hand: what matters is that it gets its ticket, once, in its place by time. So hours,
gates and limits, which the kiosk could not ask about, refuse nothing here.
"""

from __future__ import annotations

from .. import calendar, numbering
from ..commands import AdoptTicket
from ..events import Event, TicketCancelled, TicketExpired, TicketIssued
from ..forecast import waiting_in
from ..model import OPEN_STATES, Actor, Hall
from ..refusals import Code, Refusal
from ..site import ORDINARY


def adopt(hall: Hall, command: AdoptTicket, actor: Actor, now: int) -> tuple[Event, ...] | Refusal:
    """Adopting again what is adopted already is no event and no error.

    A number of an earlier day, brought home after midnight, is written down under its day and has expired. A
    time that is still to come is a wrong clock: then it counts from now.
    """
    if command.ticket in hall.tickets:
        return ()
    if hall.day is None or not hall.day.is_open:
        return Refusal(Code.DAY_NOT_OPEN)
    site = hall.site
    if command.queue not in site.queue:
        return Refusal(Code.UNKNOWN_QUEUE, {"queue": command.queue})
    kiosk = site.kiosk.get(command.origin)
    if kiosk is None or not kiosk.offline_first <= command.number <= kiosk.offline_last:
        return Refusal(Code.NOT_YOUR_NUMBER, {"number": command.number})
    taken_at = max(0, min(command.taken_at, now))  # no clock that works is before 1970
    day = min(calendar.local_date(site, taken_at), hall.day.date)
    service = site.service.get(command.service or "")
    issued = TicketIssued(
        ticket=command.ticket,
        day=day,
        queue=command.queue,
        number=command.number,
        label=numbering.label(site.queue[command.queue], command.number),
        secret=command.secret,
        priority=command.priority if command.priority in site.priority else ORDINARY,
        service=service.id if service and service.queue == command.queue else None,
        language=command.language if command.language in site.languages else site.languages[0],
        origin=command.origin,
        ahead=waiting_in(hall, command.queue),
        low=None,
        high=None,
        memo=None,
        since=taken_at,
        taken_at=taken_at,
    )
    events = (*_withdrawn(hall, command), issued)
    return events if day == hall.day.date else (*events, TicketExpired(command.ticket, None))


def _withdrawn(hall: Hall, command: AdoptTicket) -> tuple[Event, ...]:
    """The end of the ticket that nobody holds, where it is still open and this kiosk's own."""
    stray = hall.tickets.get(command.instead_of or "")
    if stray is None or stray.origin != command.origin or stray.state not in OPEN_STATES:
        return ()
    return (TicketCancelled(stray.id, stray.counter, "duplicate"),)
