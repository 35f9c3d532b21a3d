"""What binds counters and those who look after the hall: take-over, summons, help, gates of queues."""

from __future__ import annotations

from .. import events as e
from .. import numbering, rights
from ..commands import (
    AnswerCall,
    AskForHelp,
    CloseQueue,
    LimitQueue,
    NoticeOfficer,
    OpenQueue,
    SummonOfficer,
    TakeOver,
)
from ..model import Actor, Desk, DeskState, Hall
from ..refusals import Code, Refusal
from .desks import authority, elsewhere, number_of
from .reasons import unlisted

Outcome = tuple[e.Event, ...] | Refusal


def take_over(hall: Hall, command: TakeOver, actor: Actor, now: int) -> Outcome:
    """Become the officer of a staffed counter, whoever is at it; taking over one's own is no event."""
    desk = _staffed(hall, command.counter)
    if isinstance(desk, Refusal):
        return desk
    if desk.officer == actor.id:
        return ()
    if actor.counter is not None and actor.counter != desk.id:
        return Refusal(Code.NOT_YOUR_COUNTER, {"counter": number_of(hall, desk.id)})
    return elsewhere(hall, desk.id, actor) or (e.CounterTakenOver(desk.id, actor.id, desk.officer or ""),)


def summon(hall: Hall, command: SummonOfficer, actor: Actor, now: int) -> Outcome:
    """Call a colleague at a counter, open or not: their screen says so until they answer."""
    if command.counter not in hall.site.counter:
        return Refusal(Code.UNKNOWN_COUNTER, {"counter": command.counter})
    if refusal := unlisted(hall, "summon", command.reason):
        return refusal
    return (e.OfficerSummoned(command.counter, command.reason),)


def ask_help(hall: Hall, command: AskForHelp, actor: Actor, now: int) -> Outcome:
    desk = _staffed(hall, command.counter)
    if isinstance(desk, Refusal):
        return desk
    if refusal := authority(hall, command.counter, actor):
        return refusal
    return () if desk.help_at is not None else (e.HelpAsked(command.counter),)


def answer(hall: Hall, command: AnswerCall, actor: Actor, now: int) -> Outcome:
    """The counter's officer answers the summons, or takes back the cry for help; a leader answers the cry."""
    if refusal := authority(hall, command.counter, actor):
        return refusal
    desk = hall.desk(command.counter)
    leads = rights.may(hall.site, actor.role, "summon") and desk.officer != actor.id
    found: list[e.Event] = []
    if desk.summons is not None and not leads:
        found.append(e.SummonsAnswered(desk.id))
    if desk.help_at is not None and (leads or not found):
        found.append(e.HelpAnswered(desk.id))
    if not found:
        return Refusal(Code.NOTHING_TO_ANSWER, {"counter": number_of(hall, desk.id)})
    return tuple(found)


def notice(hall: Hall, command: NoticeOfficer, actor: Actor, now: int) -> Outcome:
    """Note that an officer vanished or is back; nothing where the counter has another officer by now."""
    desk = hall.desk(command.counter)
    if desk.officer != command.officer or command.is_heard is (desk.away_at is None):
        return ()
    return (e.OfficerBack(desk.id) if command.is_heard else e.OfficerVanished(desk.id),)


def close_queue(hall: Hall, command: CloseQueue, actor: Actor, now: int) -> Outcome:
    if refusal := _unknown_queue(hall, command.queue):
        return refusal
    return () if hall.tally(command.queue).closed else (e.QueueClosed(command.queue),)


def open_queue(hall: Hall, command: OpenQueue, actor: Actor, now: int) -> Outcome:
    if refusal := _unknown_queue(hall, command.queue):
        return refusal
    tally = hall.tally(command.queue)
    return (e.QueueOpened(command.queue),) if tally.closed or tally.limit is not None else ()


def limit_queue(hall: Hall, command: LimitQueue, actor: Actor, now: int) -> Outcome:
    if refusal := _unknown_queue(hall, command.queue):
        return refusal
    site, last = hall.site, hall.tally(command.queue).last_number
    limit = numbering.limit(site.queue[command.queue], last, command.numbers, site.kept_numbers)
    return (e.QueueLimited(command.queue, limit),)


def _staffed(hall: Hall, counter: str) -> Desk | Refusal:
    if counter not in hall.site.counter:
        return Refusal(Code.UNKNOWN_COUNTER, {"counter": counter})
    desk = hall.desk(counter)
    if desk.state is DeskState.CLOSED:
        return Refusal(Code.COUNTER_CLOSED, {"counter": number_of(hall, counter)})
    return desk


def _unknown_queue(hall: Hall, queue: str) -> Refusal | None:
    """A gate is of a day: there is none to set while no day is open."""
    if hall.day is None or not hall.day.is_open:
        return Refusal(Code.DAY_NOT_OPEN)
    return None if queue in hall.site.queue else Refusal(Code.UNKNOWN_QUEUE, {"queue": queue})
