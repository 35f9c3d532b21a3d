"""After a restore: what was lost is journalled, and no number that may be on somebody's slip is given again.

A backup ends before the database did that it replaces. Whoever took a number in between holds a slip that the
journal no longer knows of, so the queues go on after the last number that can have been given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..core import calendar, numbering
from ..core.events import CentreRestored, Entry, Event, NumbersSkipped
from ..core.evolve import evolve
from ..core.model import SYSTEM, Day, Hall
from ..core.site import Queue, Site
from . import journal
from .ports import Reading, Writing
from .write_path import turn_day

LEAST_SKIPPED = 100
"""Numbers that each queue leaves out where nobody can tell which were given."""

PER_MINUTE = 1
"""How many more each minute since the backup may have cost: more than any queue of a hall gives for long."""

CURSOR = "restored"
"""The cursor that says which seqs are ambiguous: up to it, screens may know entries that were lost."""

_FAR = 100_000


class NumbersUnknown(Exception):
    """The margin does not fit into what is left of a queue's numbers: somebody must look at the slips."""

    def __init__(self, queue: Queue) -> None:
        super().__init__(
            f"queue {queue.id} ({queue.prefix}) has too few numbers left to leave out a safe margin: look at"
            f" the last slip, and give the next number with --numbers-from {queue.id}=NUMBER"
        )


@dataclass(frozen=True, slots=True)
class Known:
    """What else is known of the day that was lost.

    `given`: (day, its last number) of each queue, None where the database that is replaced cannot be read.
    `told`: the next number to give, by queue, as a person told it. `seq`: the newest journal entry that was
    ever seen, None where nobody knows; without `given` there may have been more.
    """

    given: Mapping[str, tuple[str, int]] | None = None
    told: Mapping[str, int] | None = None
    seq: int | None = None


@dataclass(frozen=True, slots=True)
class Resumed:
    """What a restored centre goes on with: its last entry, how many at least were lost, numbers left out."""

    site: str
    seq: int
    at: int
    lost: int | None
    left_out: tuple[tuple[str, str, str], ...]
    """(queue, first label, last label) of the numbers that are not given today."""


class UnknownNumber(Exception):
    """--numbers-from names no queue, or no number that the queue can give."""


def numbers_told(site: Site, wishes: Sequence[str], *, alone: bool) -> dict[str, int]:
    """The next number by queue, from "QUEUE=NUMBER" each; QUEUE is an id or a prefix.

    "SITE:" may stand before; `alone`: there is no other, so it need not. Raises UnknownNumber.
    """
    told = {}
    for wish in wishes:
        name, _, number = wish.partition("=")
        place, _, queue = name.rpartition(":")
        if (place or site.id) != site.id or not (place or alone):
            continue
        found = [one for one in site.queues if queue in (one.id, one.prefix)]
        if not found or not number.isdecimal() or not found[0].first <= int(number) <= found[0].last:
            known = ", ".join(f"{one.id} ({one.first}-{one.last})" for one in site.queues)
            raise UnknownNumber(f"--numbers-from {wish}: write QUEUE=NUMBER; the queues are {known}")
        told[found[0].id] = int(number)
    return told


def resume(transaction: Writing, site_id: str, known: Known, now: int) -> Resumed:
    """Journal that the centre was restored, and skip the numbers that may be in people's hands.

    Raises NumbersUnknown, and then the transaction is to be given up.
    """
    described = transaction.site()
    assert described is not None, "a backup that was proved has its description"
    site = described[1]
    seq = transaction.head()[0]
    last = transaction.journal(seq - 1, 1) if seq else []
    at = last[0].at if last else 0
    skips = _skips(transaction, site, known, at, now)
    day = turn_day(transaction, site_id, site, now) if skips else transaction.day()
    lost = None if known.seq is None else max(0, known.seq - seq)
    left_out = tuple(_labels(transaction, site, queue, last) for queue, last in skips.items())
    restored = CentreRestored(seq, lost)
    _record(transaction, site, day, [restored, *(NumbersSkipped(*skip) for skip in skips.items())], now)
    newest = max(seq, known.seq or 0)
    transaction.set_cursor(CURSOR, newest if known.given is not None else newest + _FAR)
    return Resumed(site_id, seq, at, lost, left_out)


def _skips(reading: Reading, site: Site, known: Known, at: int, now: int) -> dict[str, int]:
    """The last number that may have been given, by queue, where it is higher than the backup says."""
    open_day = reading.day()
    today = max(calendar.local_date(site, now), open_day.date if open_day else "")
    given = {tally.queue: tally.last_number for tally in reading.tallies() if tally.day == today}
    told = known.told or {}
    margin = 0 if known.given is not None else _margin(site, at, now)
    skips = {}
    for queue in site.queues:
        last = given.get(queue.id, 0)
        if queue.id in told:
            skip = told[queue.id] - 1
        elif known.given is not None:
            day, number = known.given.get(queue.id, ("", 0))
            skip = number if day == today else 0
        else:
            skip = numbering.limit(queue, last, margin, site.kept_numbers) if margin else 0
            if skip >= queue.last:
                raise NumbersUnknown(queue)
        if skip > last:
            skips[queue.id] = skip
    return skips


def _margin(site: Site, at: int, now: int) -> int:
    """How many numbers each queue may have given from `at` on, and today."""
    begin = _opening(site, now)
    minutes = (now - max(at, begin)) // 60_000
    return 0 if now <= begin else max(LEAST_SKIPPED, minutes * PER_MINUTE)


def _opening(site: Site, now: int) -> int:
    """When numbers could first be given today: at midnight, or as the doors opened where they must be."""
    here = calendar.local(site, now)
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    starts = [span.start for span in site.hours if span.weekday == here.weekday()]
    begin = round(midnight.timestamp() * 1000)
    return begin if site.outside_hours == "warn" or not starts else begin + min(starts) * 60_000


def _labels(reading: Reading, site: Site, queue_id: str, last: int) -> tuple[str, str, str]:
    queue, today = site.queue[queue_id], reading.day()
    tallies = [tally for tally in reading.tallies([queue_id]) if today and tally.day == today.date]
    first = max(tallies[0].last_number + 1 if tallies else 1, queue.first)
    return queue_id, numbering.label(queue, first), numbering.label(queue, last)


def _record(transaction: Writing, site: Site, day: Day | None, events: list[Event], now: int) -> None:
    hall = Hall(site, day, tallies={tally.queue: tally for tally in transaction.tallies()})
    head = transaction.head()
    entries = [Entry(head[0] + 1 + i, now, SYSTEM.id, event) for i, event in enumerate(events)]
    for entry in entries:
        transaction.save(evolve(hall, entry))
    transaction.append(journal.write_down(site.id, head, entries), [None] * len(entries))
