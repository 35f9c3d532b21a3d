"""Giving a number."""

from __future__ import annotations

from .. import calendar, forecast, numbering, waiting
from ..commands import IssueTicket
from ..events import Event, TicketIssued
from ..model import Actor, Hall
from ..refusals import Code, Refusal
from ..rule import joined_at


def issue(hall: Hall, command: IssueTicket, actor: Actor, now: int) -> tuple[Event, ...] | Refusal:
    if refusal := _unknown(hall, command) or _closed(hall, now) or _of_another_day(hall, command.slot):
        return refusal
    if command.ticket in hall.tickets:
        return Refusal(Code.TICKET_EXISTS)
    queue = hall.site.queue[command.queue]
    tally = hall.tally(command.queue)
    number = numbering.next_number(queue, tally.last_number, hall.site.kept_numbers)
    if number is None:
        return Refusal(Code.NUMBERS_USED_UP, {"queue": queue.id, "last": queue.last})
    if tally.closed:
        return Refusal(Code.QUEUE_CLOSED, {"queue": queue.id})
    if tally.limit is not None and number > tally.limit:
        return Refusal(Code.QUEUE_FULL, {"queue": queue.id, "limit": tally.limit})
    facts = forecast.line_facts(hall, queue.id, command.priority, now)
    interval = forecast.promise(hall, facts, tally.pace)
    return (
        TicketIssued(
            ticket=command.ticket,
            day=tally.day,
            queue=queue.id,
            number=number,
            label=numbering.label(queue, number),
            secret=command.secret,
            priority=command.priority,
            service=command.service,
            language=command.language,
            origin=command.origin,
            ahead=facts.ahead,
            low=interval.low if interval else None,
            high=interval.high if interval else None,
            memo=waiting.recollection(facts, tally.pace),
            slot=command.slot,
            since=None if command.slot is None else joined_at(command.slot, now, hall.site.rule.late_minutes),
        ),
    )


def _unknown(hall: Hall, command: IssueTicket) -> Refusal | None:
    site = hall.site
    if command.queue not in site.queue:
        return Refusal(Code.UNKNOWN_QUEUE, {"queue": command.queue})
    if command.service is not None:
        service = site.service.get(command.service)
        if service is None or service.queue != command.queue:
            return Refusal(Code.UNKNOWN_SERVICE, {"service": command.service})
    if command.priority not in site.priority:
        return Refusal(Code.UNKNOWN_CLASS, {"class": command.priority})
    if command.language not in site.languages:
        return Refusal(Code.UNKNOWN_LANGUAGE, {"language": command.language})
    return None


def _of_another_day(hall: Hall, slot: int | None) -> Refusal | None:
    day = hall.day.date if hall.day else ""
    if slot is None or _date_of(hall, slot) == day:
        return None
    return Refusal(Code.SLOT_OF_ANOTHER_DAY, {"day": day})


def _date_of(hall: Hall, slot: int) -> str | None:
    """Its local date; None for a moment that lies outside the years of the calendar at the site."""
    try:
        return calendar.local_date(hall.site, slot)
    except (ValueError, OverflowError):
        return None


def _closed(hall: Hall, now: int) -> Refusal | None:
    if hall.day is None or not hall.day.is_open:
        return Refusal(Code.DAY_NOT_OPEN)
    if hall.site.outside_hours == "warn":
        return None
    doors = calendar.doors(hall.site, now)
    return None if doors.is_open else Refusal(Code.OUTSIDE_HOURS, {"notice": doors.notice})
