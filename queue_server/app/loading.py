"""The slice of a hall that one command may look at, read from the store: small, whatever the history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..core.commands import (
    AdoptTicket,
    CallNext,
    CloseDay,
    Command,
    FinishService,
    IssueTicket,
    QueueCommand,
    ReprintSlip,
    ReturnTicket,
    TransferTicket,
    UnparkTicket,
)
from ..core.model import Day, Desk, Hall, Ticket
from ..core.site import Site
from .ports import Reading

MOVES = (TransferTicket, ReturnTicket, UnparkTicket, FinishService)
"""What may put a ticket into a line by rule, and so asks for the heads of that line."""


def load(reading: Reading, site: Site, day: Day | None, command: Command) -> Hall:
    """What `decide` and `evolve` need for `command`, and nothing that grows with the day."""
    if isinstance(command, IssueTicket | AdoptTicket):
        return _for_issue(reading, site, day, command)
    if isinstance(command, CloseDay):
        return whole_line(reading, site, day)
    if isinstance(command, QueueCommand):
        return _hall(reading, site, day, (), (), [command.queue])
    if isinstance(command, ReprintSlip):
        hall = _hall(reading, site, day, _named(reading, command.ticket), (), ())
        return replace(hall, devices={device.id: device for device in reading.devices()})
    desks = reading.desks()
    named = _named(reading, getattr(command, "ticket", None))
    tickets = named + _at_desk(reading, desks, getattr(command, "counter", None))
    queues = {ticket.queue for ticket in tickets}
    for ticket in named:
        tickets += _at_desk(reading, desks, ticket.counter)
    if isinstance(command, CallNext) and command.counter in site.counter:
        serves = site.counter[command.counter].serves
        queues |= set(serves)
        tickets += reading.heads(serves)
    if named and isinstance(command, MOVES):
        queues |= _target_queues(site, command, named[0])
        tickets += reading.heads(queues)
    return _hall(reading, site, day, tickets, desks, queues)


def whole_line(reading: Reading, site: Site, day: Day | None) -> Hall:
    """Everything that is still open: for the end of a day."""
    return _hall(reading, site, day, reading.open_tickets(), reading.desks(), None)


def around_queue(reading: Reading, site: Site, day: Day | None, queue: str) -> Hall:
    """What a forecast for `queue` looks at."""
    desks = reading.desks([counter.id for counter in site.counters_of.get(queue, ())])
    beside = (queue, *site.rivals_of.get(queue, ()))
    return Hall(
        site,
        day,
        {ticket.id: ticket for ticket in reading.heads([queue])},
        {desk.id: desk for desk in desks},
        {line.key: line for line in reading.lines(beside)},
        {tally.queue: tally for tally in reading.tallies([queue])},
    )


def _for_issue(reading: Reading, site: Site, day: Day | None, command: IssueTicket | AdoptTicket) -> Hall:
    if command.queue not in site.queue:
        return Hall(site, day)
    hall = around_queue(reading, site, day, command.queue)
    named = _named(reading, command.ticket)
    if isinstance(command, AdoptTicket) and command.instead_of:
        stray = _named(reading, command.instead_of)
        queues = {command.queue, *(ticket.queue for ticket in stray)}
        return _hall(reading, site, day, named + stray, reading.desks(), queues)
    if not named:
        return hall
    return Hall(site, day, {ticket.id: ticket for ticket in named}, hall.desks, hall.lines, hall.tallies)


def _hall(
    reading: Reading,
    site: Site,
    day: Day | None,
    tickets: Iterable[Ticket],
    desks: Iterable[Desk],
    queues: Iterable[str] | None,
) -> Hall:
    wanted = None if queues is None else sorted(queues)
    return Hall(
        site,
        day,
        {ticket.id: ticket for ticket in tickets},
        {desk.id: desk for desk in desks},
        {line.key: line for line in reading.lines(wanted)},
        {tally.queue: tally for tally in reading.tallies(wanted)},
    )


def _named(reading: Reading, ticket_id: str | None) -> list[Ticket]:
    ticket = reading.ticket(ticket_id) if ticket_id else None
    return [ticket] if ticket else []


def _at_desk(reading: Reading, desks: Iterable[Desk], counter: str | None) -> list[Ticket]:
    """The ticket at `counter`, if any."""
    return [
        ticket
        for desk in desks
        if desk.id == counter and desk.ticket
        for ticket in _named(reading, desk.ticket)
    ]


def _target_queues(site: Site, command: Command, ticket: Ticket) -> set[str]:
    """The queues in whose lines `command` may put the ticket."""
    if isinstance(command, FinishService):
        return set(ticket.stops)
    if not isinstance(command, TransferTicket):
        return {ticket.queue}
    if command.counter is not None and command.counter in site.counter:
        return set(site.counter[command.counter].serves)
    return {command.queue} if command.queue else set()
