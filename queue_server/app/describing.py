"""Putting a centre's description in force: a new version with its journal entry, or nothing at all."""

from __future__ import annotations

import time
from collections.abc import Iterator

from ..core.events import SiteDescribed
from ..core.model import SYSTEM, DeskState
from ..core.site import Site
from .importing import Changes, difference, digest
from .ports import Reading, Store
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


def _in_use(reading: Reading, old: Site, new: Site) -> Iterator[str]:
    """Why `new` may not follow `old` now. Tickets that are over outlive their queue; who waits must not."""
    for queue in old.queue.keys() - new.queue.keys():
        waiting = sum(line.waiting for line in reading.lines([queue]))
        if waiting:
            yield f"queue '{queue}' cannot go while {waiting} wait in it: transfer or cancel them first"
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
