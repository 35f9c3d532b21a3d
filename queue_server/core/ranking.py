"""Who is next: accumulating priority over the heads of the lines, with a hard cap.

A ticket of a class with rate b that has waited w has credit b·w; the greatest credit is called
(Stanford, Taylor, Ziedins: "Waiting time distributions in the accumulating priority queue", 2014).
Equal rates make this first come, first served; very unequal ones strict priority. Whoever has waited
longer than the cap goes before everyone who has not, oldest first. An appointment waits from its slot on,
so before it has no credit. "One in N" counts turns, which no rates can express: see `_in_turn`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from .model import Ticket
from .rule import Rule


@dataclass(frozen=True, slots=True)
class Standing:
    """A head of line with the figures it competes with; `credit` is in class-minutes.

    `slot`: the time of its appointment; `counted_from`: since when its wait counts, where that is not the
    slot (who came late, or was sent on). Both epoch ms, None without an appointment.
    """

    label: str
    priority: str
    waited_ms: int
    rate: float
    credit: float
    slot: int | None = None
    counted_from: int | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a ticket was called.

    `rule`: "credit" (greatest credit), "cap" (waited past the cap), "alone" (no other line had anyone),
    "preference" (the counter prefers its queue), "strict" (its class goes first), "oldest" (the longest wait,
    where classes do not count), "turn" (one in N: a preferred class was due), or a person named it: "chosen",
    "parked" (it comes back after a pause), "again" (it was over). `rival` is the best of the others, None
    where there was none. `preset` is that of the rule, `n` the N of "one in N", `passed` the counter's count
    of turns after this call.
    """

    rule: str
    picked: Standing
    rival: Standing | None
    cap_minutes: float | None
    helping: bool = False
    preset: str = "rates"
    n: int = 1
    passed: int = 0

    def to_data(self) -> dict[str, Any]:
        return asdict(self)


def standing(ticket: Ticket, rule: Rule, now: int) -> Standing:
    waited = max(0, now - ticket.since)
    rate = rule.rate(ticket.priority)
    credit = round(rate * waited / 60_000, 2)
    counted_from = ticket.since if ticket.slot not in (None, ticket.since) else None
    return Standing(ticket.label, ticket.priority, waited, rate, credit, ticket.slot, counted_from)


def pick(
    heads: Iterable[Ticket],
    rule: Rule,
    now: int,
    *,
    prefers: Sequence[str] = (),
    passed: int = 0,
    helping: bool = False,
) -> tuple[Ticket, Reason] | None:
    """The ticket to call among the heads of lines, with the reason; None where nobody waits.

    `prefers`: queues in the order in which this counter takes them; empty, or not among them: all alike.
    `passed`: how many others it has called past a waiting preferred ticket since it last called a preferred
    one (for "one in N"). The order of `heads` makes no difference: seniority (time, then journal entry)
    breaks every tie.
    """
    ranked = sorted(heads, key=lambda ticket: _rank(ticket, rule, now))
    if not ranked:
        return None
    best, why = _choose(ranked, rule, now, passed)
    rivals = [ticket for ticket in ranked if ticket is not best]
    if prefers and not rule.is_past_cap(ranked[0].since, now):
        first = min(_tier(ticket, prefers) for ticket in ranked)
        near = [ticket for ticket in ranked if _tier(ticket, prefers) == first]
        if best not in near:
            rivals = [best]
            best, why = _choose(near, rule, now, passed)[0], "preference"
    if not rivals:
        why = "alone"
    turns = _turns(best, ranked, rule, now, passed)
    rival = standing(rivals[0], rule, now) if rivals else None
    picked = standing(best, rule, now)
    return best, Reason(why, picked, rival, rule.cap_minutes, helping, rule.preset, rule.n, turns)


def named(why: str, ticket: Ticket, rule: Rule, now: int, passed: int) -> Reason:
    """The reason where a person named the ticket: `why` is "chosen", "parked" or "again".

    Of the counter's count of turns only a preferred ticket begins a new one.
    """
    turns = 0 if ticket.priority in rule.preferred else passed
    picked = standing(ticket, rule, now)
    return Reason(why, picked, None, rule.cap_minutes, preset=rule.preset, n=rule.n, passed=turns)


def _choose(ranked: Sequence[Ticket], rule: Rule, now: int, passed: int) -> tuple[Ticket, str]:
    """(whom, why) of some heads, the best first."""
    best = ranked[0]
    if rule.is_past_cap(best.since, now):
        return best, "cap"
    if rule.preset == "one-in-n":
        return _in_turn(ranked, rule, now, passed)
    if rule.preset == "strict":
        decided = len(ranked) > 1 and ranked[1].priority != best.priority and best.priority in rule.order
        return best, "strict" if decided else "oldest"
    return best, "oldest" if rule.preset == "fifo" else "credit"


def _in_turn(ranked: Sequence[Ticket], rule: Rule, now: int, passed: int) -> tuple[Ticket, str]:
    """Of every N calls at a counter at least one for a preferred class while one waits; else by age."""
    due = [ticket for ticket in ranked if ticket.priority in rule.preferred and ticket.since <= now]
    if due and passed >= rule.n - 1 and due[0] is not ranked[0]:
        return due[0], "turn"
    return ranked[0], "oldest"


def _turns(called: Ticket, ranked: Iterable[Ticket], rule: Rule, now: int, passed: int) -> int:
    if rule.preset != "one-in-n" or called.priority in rule.preferred:
        return 0
    return passed + any(ticket.priority in rule.preferred and ticket.since <= now for ticket in ranked)


def _tier(ticket: Ticket, prefers: Sequence[str]) -> int:
    return prefers.index(ticket.queue) if ticket.queue in prefers else len(prefers)


def _rank(ticket: Ticket, rule: Rule, now: int) -> tuple[int, float, int, int]:
    if rule.is_past_cap(ticket.since, now):
        return (0, 0.0, ticket.since, ticket.seq)
    credit = rule.rate(ticket.priority) * max(0, now - ticket.since)
    return (1, -credit, ticket.since, ticket.seq)
