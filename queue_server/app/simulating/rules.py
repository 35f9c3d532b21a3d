"""The rules that a day can be simulated under.

Who is next is decided by the very function that serves the hall (`CallNext`), over a description of the
centre in which only the rule is replaced.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ...core import ranking
from ...core.commands import CallNext
from ...core.decisions import decide
from ...core.events import TicketCalled
from ...core.model import SYSTEM, Day, Desk, Hall, Ticket
from ...core.refusals import Refusal
from ...core.rule import Rule, rule_of
from ...core.site import Site
from .lines import Waiting

own_rule = rule_of


def fifo(name: str = "fifo", cap_minutes: float | None = None) -> Rule:
    return Rule(cap_minutes=cap_minutes, preset="fifo", name=name)


def strict(order: Sequence[str], name: str = "strict", cap_minutes: float | None = None) -> Rule:
    """Every class of `order` before all the later ones, and those before the classes not named."""
    return Rule(cap_minutes=cap_minutes, preset="strict", order=tuple(order), name=name)


def under(site: Site, rule: Rule) -> Site:
    """The centre as it would be described under `rule`."""
    classes = tuple(replace(item, rate=rule.rates.get(item.id, 1.0)) for item in site.classes)
    stated = replace(
        site.rule,
        cap_minutes=rule.cap_minutes,
        preset=rule.preset,
        order=rule.order,
        n=rule.n,
        preferred=rule.preferred,
    )
    return replace(site, classes=classes, rule=stated)


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

    def opens(self, counter: str) -> None:
        """A counter begins its turns anew when it opens."""
        self._passed.pop(counter, None)

    def named(self, ticket: Ticket, counter: str) -> None:
        """An officer named the ticket that `counter` calls."""
        reason = ranking.named("chosen", ticket, rule_of(self.site), 0, self._passed.get(counter, 0))
        self._passed[counter] = reason.passed

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
        passed = self._passed.get(counter, 0)
        here = replace(desks.get(counter) or Desk(counter), passed=passed)
        hall = Hall(self.site, self._day, first, {**desks, counter: here})
        decision = decide(hall, CallNext(counter), SYSTEM, now)
        if isinstance(decision, Refusal):
            return None
        for event in decision:
            if isinstance(event, TicketCalled):
                self._passed[counter] = event.reason.get("passed", 0)
                return first[event.ticket]
        return None
