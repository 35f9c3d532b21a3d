"""The rules that a day can be simulated under: rates with a cap, their presets, and "one in N".

Who is next is decided by the very function that serves the hall (`CallNext`), over a description of the
centre in which only the rates and the cap are replaced. "One in N" counts turns, which no rates can
express; it is a rule of its own over the same heads of line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ...core.commands import CallNext
from ...core.decisions import decide
from ...core.decisions.calling import heads
from ...core.events import TicketCalled
from ...core.model import SYSTEM, Day, Desk, Hall, Ticket
from ...core.refusals import Refusal
from ...core.site import Site
from .lines import Waiting

STEP = 1e9
"""From one level of the strict preset to the next: a millisecond above outweighs eleven days below."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Rates per minute by class (a class not named has 1.0) and the cap in minutes (None: no cap).

    With `one_in` = n, rates count for nothing: see `one_in_n`; `preferred` are the classes it favours.
    `order` is what a strict rule's rates were made from, for people to read.
    """

    name: str
    rates: Mapping[str, float] = field(default_factory=dict)
    cap_minutes: float | None = None
    one_in: int | None = None
    preferred: tuple[str, ...] = ()
    order: tuple[str, ...] = ()


def own_rule(site: Site, name: str) -> Rule:
    """The rule that the centre's description states."""
    return Rule(name, {item.id: item.rate for item in site.classes}, site.rule.cap_minutes)


def fifo(name: str = "fifo", cap_minutes: float | None = None) -> Rule:
    return Rule(name, {}, cap_minutes)


def strict(order: Sequence[str], name: str = "strict", cap_minutes: float | None = None) -> Rule:
    """Every class of `order` before all the later ones, and those before the classes not named."""
    rates = {one: STEP ** (len(order) - place) for place, one in enumerate(order)}
    return Rule(name, rates, cap_minutes, order=tuple(order))


def under(site: Site, rule: Rule) -> Site:
    """The centre as it would be described under `rule`."""
    classes = tuple(replace(item, rate=rule.rates.get(item.id, 1.0)) for item in site.classes)
    return replace(site, classes=classes, rule=replace(site.rule, cap_minutes=rule.cap_minutes))


def one_in_n(
    waiting: Iterable[Ticket],
    preferred: Iterable[str],
    n: int,
    passed: int,
    cap_minutes: float | None,
    now: int,
) -> tuple[Ticket, int] | None:
    """Of every `n` calls at a counter at least one for a preferred class while one waits; else by seniority.

    `passed` is how many others that counter has called past a waiting preferred ticket since it last called a
    preferred one. Returns the ticket and the new `passed`; None where nobody waits.
    """
    ranked = sorted(waiting, key=lambda ticket: (ticket.since, ticket.seq))
    if not ranked:
        return None
    favoured = [ticket for ticket in ranked if ticket.priority in set(preferred)]
    if cap_minutes is not None and now - ranked[0].since > cap_minutes * 60_000:
        chosen = ranked[0]
    else:
        chosen = favoured[0] if favoured and passed >= n - 1 else ranked[0]
    if chosen in favoured:
        return chosen, 0
    return chosen, passed + 1 if favoured else passed


class Choosing:
    """One day under one rule: says whom a counter calls; remembers only the turns of "one in N"."""

    def __init__(self, site: Site, rule: Rule | None, day: str = "") -> None:
        self._rule = rule
        self._day = Day(day, is_open=True)
        self._passed: dict[str, int] = {}
        self.describe(site)

    def describe(self, site: Site) -> None:
        """The centre's description was replaced; the rule stays, unless it is the centre's own."""
        self.site = under(site, self._rule) if self._rule else site

    def choose(
        self, waiting: Waiting, desks: Mapping[str, Desk], counter: str, now: int, within: Iterable[str] = ()
    ) -> Ticket | None:
        """Whom the free, open `counter` calls at `now`; only from the queues `within`, unless that is
        empty."""
        spec = self.site.counter.get(counter)
        if spec is None:
            return None
        queues = [queue for queue in spec.serves if not within or queue in within]
        first = {ticket.id: ticket for ticket in waiting.heads(queues)}
        if not first:
            return None
        hall = Hall(self.site, self._day, first, desks)
        if self._rule is not None and self._rule.one_in is not None:
            return self._in_turn(hall, self._rule, self._rule.one_in, counter, now)
        decision = decide(hall, CallNext(counter), SYSTEM, now)
        if isinstance(decision, Refusal):
            return None
        return next((first[event.ticket] for event in decision if isinstance(event, TicketCalled)), None)

    def _in_turn(self, hall: Hall, rule: Rule, n: int, counter: str, now: int) -> Ticket | None:
        spec = self.site.counter[counter]
        for queues in (spec.queues, spec.helps):
            found = one_in_n(
                heads(hall, counter, queues),
                rule.preferred,
                n,
                self._passed.get(counter, 0),
                rule.cap_minutes,
                now,
            )
            if found:
                ticket, self._passed[counter] = found
                return ticket
        return None
