"""The rule of who is next as a centre, or a rule file, states it: rates with a cap, and the presets of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .calling_rule import Preset
from .site import Site

STEP = 1e9
"""From one level of the strict preset to the next: a millisecond above outweighs eleven days below."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`rates`: credit per minute waited by class, 1.0 where not named. `cap_minutes`: None for no cap.

    The presets: "rates" takes the rates as given; "fifo" takes 1 for everybody; "strict" takes rates so far
    apart that each class of `order` goes before all later ones, and those before the classes not named;
    "one-in-n" calls by age, but of every `n` calls of a counter at least one for a `preferred` class while
    one waits. `name` is for people to read.
    """

    rates: Mapping[str, float] = field(default_factory=dict)
    cap_minutes: float | None = None
    preset: Preset = "rates"
    order: tuple[str, ...] = ()
    n: int = 1
    preferred: tuple[str, ...] = ()
    name: str = ""

    def rate(self, priority: str) -> float:
        """The credit of a minute for a class under the preset."""
        if self.preset == "rates":
            return self.rates.get(priority, 1.0)
        if self.preset == "strict" and priority in self.order:
            return STEP ** (len(self.order) - self.order.index(priority))
        return 1.0

    def is_past_cap(self, since: int, now: int) -> bool:
        return self.cap_minutes is not None and now - since > self.cap_minutes * 60_000


def rule_of(site: Site, name: str = "") -> Rule:
    """The rule that the centre's description states."""
    told = site.rule
    return Rule(
        rates={item.id: item.rate for item in site.classes},
        cap_minutes=told.cap_minutes,
        preset=told.preset,
        order=told.order,
        n=told.n,
        preferred=told.preferred,
        name=name,
    )


def joined_at(slot: int, issued_at: int, late_minutes: float) -> int:
    """From when an appointment counts its wait, in epoch ms: from its slot, whoever comes early or late.

    Who comes late gains no more than `late_minutes` by it.
    """
    return max(slot, issued_at - round(late_minutes * 60_000))
