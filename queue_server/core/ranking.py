"""Who is next: accumulating priority over the heads of the lines, with a hard cap.

A ticket of a class with rate b that has waited w has credit b·w; the greatest credit is called
(Stanford, Taylor, Ziedins: "Waiting time distributions in the accumulating priority queue", 2014).
Equal rates make this first come, first served; very unequal ones strict priority. Whoever has waited
longer than the cap goes before everyone who has not, oldest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from .model import Ticket


@dataclass(frozen=True, slots=True)
class Standing:
    """A head of line with the figures it competes with; `credit` is in class-minutes."""

    label: str
    priority: str
    waited_ms: int
    rate: float
    credit: float


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a ticket was called.

    `rule`: "credit" (greatest credit), "cap" (waited past the cap), "alone" (no other line had anyone),
    "chosen" (an officer named it). `rival` is the best of the others, None where there was none.
    """

    rule: str
    picked: Standing
    rival: Standing | None
    cap_minutes: float | None
    helping: bool = False

    def to_data(self) -> dict[str, Any]:
        return asdict(self)


def standing(ticket: Ticket, rates: Mapping[str, float], now: int) -> Standing:
    waited = max(0, now - ticket.since)
    rate = rates.get(ticket.priority, 1.0)
    return Standing(ticket.label, ticket.priority, waited, rate, round(rate * waited / 60_000, 2))


def pick(
    heads: Iterable[Ticket],
    rates: Mapping[str, float],
    cap_minutes: float | None,
    now: int,
    *,
    helping: bool = False,
) -> tuple[Ticket, Reason] | None:
    """The ticket to call among the heads of lines, with the reason; None where nobody waits.

    The order of `heads` makes no difference: seniority (time, then journal entry) breaks every tie.
    """
    ranked = sorted(heads, key=lambda ticket: _rank(ticket, rates, cap_minutes, now))
    if not ranked:
        return None
    best = ranked[0]
    rival = standing(ranked[1], rates, now) if len(ranked) > 1 else None
    past_cap = _is_past_cap(best, cap_minutes, now)
    rule = "alone" if rival is None else "cap" if past_cap else "credit"
    return best, Reason(rule, standing(best, rates, now), rival, cap_minutes, helping)


def _is_past_cap(ticket: Ticket, cap_minutes: float | None, now: int) -> bool:
    return cap_minutes is not None and now - ticket.since > cap_minutes * 60_000


def _rank(
    ticket: Ticket, rates: Mapping[str, float], cap_minutes: float | None, now: int
) -> tuple[int, float, int, int]:
    if _is_past_cap(ticket, cap_minutes, now):
        return (0, 0.0, ticket.since, ticket.seq)
    credit = rates.get(ticket.priority, 1.0) * max(0, now - ticket.since)
    return (1, -credit, ticket.since, ticket.seq)
