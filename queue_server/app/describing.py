"""Putting a centre's description in force: a new version with its journal entry, or nothing at all."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..core import rights
from ..core.events import CounterAssigned, SiteDescribed
from ..core.model import SYSTEM, Actor, DeskState
from ..core.refusals import Code, Refused
from ..core.site import Site
from .importing import Changes, difference, digest
from .ports import Reading, Store, Writing
from .write_path import record_event


class StillInUse(Exception):
    """The new description takes away what people use at this moment; each of `reasons` is a sentence."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


def describe(store: Store, site: Site, *, keep: bool = True) -> Changes:
    """Put `site` in force where it differs; returns what changes. `keep=False` only tells.

    Raises StillInUse, and then nothing has changed.
    """
    now = round(time.time() * 1000)
    with store.writing(site.id) as transaction:
        described = transaction.site()
        version, old = described or (0, None)
        changes = difference(old, site)
        if old is not None and (reasons := tuple(_in_use(transaction, old, site))):
            raise StillInUse(reasons)
        if changes and keep:
            transaction.describe(version + 1, site, now)
            event = SiteDescribed(version + 1, digest(site))
            record_event(transaction, site.id, site, event, SYSTEM, now)
        return changes


def assign(
    transaction: Writing, counter: str, queues: Sequence[str], helps: Sequence[str], actor: Actor, now: int
) -> None:
    """Give a counter other queues, by a supervisor's word, until the next import. Raises Refused.

    It is a new version of the description, so that every screen, rule and replay goes by it.
    """
    described = transaction.site()
    if described is None:
        raise Refused(Code.DAY_NOT_OPEN)
    version, site = described
    if refusal := rights.lacks(site, actor, "assign_counter"):
        raise Refused(refusal.code, **refusal.params)
    spec = site.counter.get(counter)
    if spec is None:
        raise Refused(Code.UNKNOWN_COUNTER, counter=counter)
    for queue in (*queues, *helps):
        if queue not in site.queue:
            raise Refused(Code.UNKNOWN_QUEUE, queue=queue)
    own = tuple(dict.fromkeys(queues))
    changed = replace(spec, queues=own, helps=tuple(one for one in dict.fromkeys(helps) if one not in own))
    if changed == spec:
        return
    new = replace(site, counters=tuple(changed if one.id == counter else one for one in site.counters))
    told = CounterAssigned(counter, changed.queues, changed.helps)
    record_event(transaction, site.id, site, told, actor, now)
    transaction.describe(version + 1, new, now)
    event = SiteDescribed(version + 1, digest(new))
    record_event(transaction, site.id, new, event, actor, now)


def _in_use(reading: Reading, old: Site, new: Site) -> Iterator[str]:
    """Why `new` may not follow `old` now. Tickets that are over outlive their queue; who waits must not."""
    for queue in old.queue.keys() - new.queue.keys():
        waiting = sum(line.waiting for line in reading.lines([queue]))
        if waiting:
            yield f"queue '{queue}' cannot go while {waiting} wait in it: transfer or cancel them first"
        parked = sum(ticket.queue == queue for ticket in reading.parked_tickets())
        if parked:
            yield f"queue '{queue}' cannot go while {parked} of it are parked: transfer or cancel them first"
    for desk in reading.desks():
        if desk.id not in old.counter or desk.state is DeskState.CLOSED:
            continue
        number = old.counter[desk.id].number
        if desk.id not in new.counter:
            yield f"counter {number} ('{desk.id}') cannot go while somebody works there: close it first"
        ticket = reading.ticket(desk.ticket) if desk.ticket else None
        if ticket is not None and ticket.queue in old.queue and ticket.queue not in new.queue:
            served = f"{ticket.label} is at counter {number}"
            yield f"queue '{ticket.queue}' cannot go while {served}: finish that first"
    yield from _twice_given(reading, old, new)


def _twice_given(reading: Reading, old: Site, new: Site) -> Iterator[str]:
    """A label stands for one person all day: no queue may take the letters that another has used today."""
    day = reading.day()
    if day is None or not day.is_open:
        return
    used = {
        t.queue for t in reading.tallies() if t.day == day.date and t.last_number and t.queue in old.queue
    }
    for queue in used:
        prefix = old.queue[queue].prefix
        for other in new.queues:
            if other.prefix == prefix and other.id != queue:
                taken = f"the letters {prefix} today, with which '{queue}' has given numbers"
                yield f"queue '{other.id}' cannot take {taken}: import it after closing"
