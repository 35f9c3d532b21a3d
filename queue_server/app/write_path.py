"""The one way in: dedupe, turn the day, load, decide, evolve, write state and journal together, answer.

Each order runs under its own savepoint inside a transaction that its caller opened and will commit.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from ..core.commands import CloseDay, Command, FinishService, WriteNote
from ..core.decisions import decide
from ..core.decisions.day import needs_turning, opening
from ..core.events import Entry, Event, SlipReprinted, TicketIssued
from ..core.evolve import evolve
from ..core.model import SYSTEM, Actor, Changes, Day, Hall
from ..core.refusals import Code, Refusal, Refused
from ..core.site import Site
from . import copies, journal, kiosks
from .faults import subject_of
from .loading import load, whole_line
from .ports import StoredAnswer, Writing

KEEP_ANSWERS_MS = 3 * 86_400_000
"""How long a caller may repeat a request under the same key and get the first answer."""

KEEP_NOTES_MS = 30 * 86_400_000
"""How long what an officer noted about a visit is kept; the journal has no word of it."""

_encode = msgspec.json.Encoder().encode

Answer = dict[str, Any] | None
Answering = Callable[[Writing, Site, Command, Sequence[Event], int], Answer]
"""Makes the JSON answer to a command from its events and from what now stands in the transaction."""


@dataclass(frozen=True, slots=True)
class Order:
    """A command as it came in. `key` is the caller's idempotency key, `fingerprint` a hash of the request."""

    command: Command
    actor: Actor
    key: str | None = None
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of an order: `repeated` where the stored answer of an earlier twin was given."""

    answer: Answer
    seq: int
    repeated: bool = False


def carry_out(transaction: Writing, site_id: str, order: Order, now: int, answering: Answering) -> Done:
    """Carry out one order; raises Refused, and then nothing of it is kept."""
    transaction.foresee(order.actor.id, order.key, order.command)
    described = transaction.site()
    if described is None:
        raise Refused(Code.DAY_NOT_OPEN)
    site = described[1]
    day = transaction.day()
    if needs_turning(Hall(site, day), now):
        with transaction.savepoint():
            day = turn_day(transaction, site_id, site, now)
    with transaction.savepoint():
        if order.key is not None:
            known = transaction.answer(order.actor.id, order.key)
            if known is not None:
                return _repeat(transaction, known, order)
        hall = load(transaction, site, day, order.command)
        decision = decide(hall, order.command, order.actor, now)
        if isinstance(decision, Refusal):
            raise Refused(decision.code, **decision.params)
        head = transaction.head()
        seq = _record(transaction, site_id, hall, decision, order.actor, now, head)
        _owe_slips(transaction, site, decision, order.actor, seq, now)
        _keep_note(transaction, order, now)
        answer = answering(transaction, site, order.command, decision, now)
        if order.key is not None:
            body = _encode(answer).decode()
            transaction.remember(order.actor.id, order.key, StoredAnswer(order.fingerprint, body), now)
        return Done(answer, seq)


def turn_day(transaction: Writing, site_id: str, site: Site, now: int) -> Day | None:
    """The open day, after closing yesterday's and opening today's where midnight has passed."""
    day = transaction.day()
    if not needs_turning(Hall(site, day), now):
        return day
    hall = whole_line(transaction, site, day)
    closing = decide(hall, CloseDay(), SYSTEM, now) if day and day.is_open else ()
    if isinstance(closing, Refusal):
        raise AssertionError(f"the day could not be closed: {closing.code}")
    _record(transaction, site_id, hall, (*closing, opening(hall, now)), SYSTEM, now, transaction.head())
    transaction.forget_answers(now - KEEP_ANSWERS_MS)
    transaction.forget_notes(now - KEEP_NOTES_MS)
    return transaction.day()


def record_event(transaction: Writing, site_id: str, site: Site, event: Event, actor: Actor, now: int) -> int:
    """Write down one event that no decision is needed for (an import, a copy of a slip)."""
    return _record(transaction, site_id, Hall(site, None), (event,), actor, now, transaction.head())


def _repeat(transaction: Writing, known: StoredAnswer, order: Order) -> Done:
    if known.fingerprint != order.fingerprint:
        raise Refused(Code.KEY_REUSED)
    return Done(msgspec.json.decode(known.body), transaction.head()[0], repeated=True)


def _record(
    transaction: Writing,
    site_id: str,
    hall: Hall,
    events: tuple[Event, ...],
    actor: Actor,
    now: int,
    head: tuple[int, str],
) -> int:
    """Journal `events` and the rows they change; the seq of the last."""
    if not events:
        return head[0]
    changes = Changes()
    entries = [Entry(head[0] + 1 + i, now, actor.id, event) for i, event in enumerate(events)]
    for entry in entries:
        step = evolve(hall, entry)
        if len(entries) == 1:
            changes = step
        else:
            hall, changes = hall.after(step), changes.then(step)
    transaction.save(changes)
    subjects = [subject_of(event, hall.site, now) for event in events]
    transaction.append(journal.write_down(site_id, head, entries), subjects)
    return entries[-1].seq


def _keep_note(transaction: Writing, order: Order, now: int) -> None:
    command = order.command
    if isinstance(command, WriteNote) or (isinstance(command, FinishService) and command.note is not None):
        transaction.keep_note(command.ticket, (command.note or "").strip(), order.actor.id, now)


def _owe_slips(
    transaction: Writing, site: Site, events: tuple[Event, ...], actor: Actor, seq: int, now: int
) -> None:
    """A ticket taken at a kiosk with a printer owes its citizen a slip; so does a wish for a copy.

    A kiosk that runs by itself prints unasked, but for the copies that the staff wish for."""
    for event in events:
        if isinstance(event, SlipReprinted):
            place, body = event.kiosk, {"ticket": event.ticket, "copy": True}
        elif isinstance(event, TicketIssued) and event.origin is not None and event.taken_at is None:
            place, body = event.origin, {"ticket": event.ticket}
        else:
            continue
        kiosk = site.kiosk.get(place)
        if kiosk and kiosks.runs_itself(transaction, kiosk.id):
            if isinstance(event, SlipReprinted) and actor.role != "kiosk":
                copies.wish(transaction, kiosk.id, event.ticket, seq, now)
        elif kiosk and kiosk.printer:
            transaction.owe("slip", kiosk.id, seq, json.dumps(body), now)
