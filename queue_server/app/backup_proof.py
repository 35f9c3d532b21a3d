"""Whether a store holds what it should: every journal's chain verified, every row as its replay says."""

from __future__ import annotations

from dataclasses import dataclass

from .journal import verify
from .ports import Reading, Store
from .replay import Unreplayable, replay


class Unsound(Exception):
    """A store that must not be trusted; the message says which centre and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proved of one centre: so many entries, the last of them written `at` (0: none) with `head`."""

    site: str
    entries: int
    tickets: int
    at: int
    head: str


def prove(store: Store) -> list[Proof]:
    """Read everything of every centre and check it; the time and memory grow with the history.

    Raises Unsound, and StoreTrouble where a page cannot be read.
    """
    sites = store.sites()
    if not sites:
        raise Unsound("there is no centre in it")
    proofs = []
    for site in sites:
        with store.reading(site) as reading:
            proofs.append(_prove(site, reading))
    return proofs


def _prove(site: str, reading: Reading) -> Proof:
    verdict = verify(site, reading)
    if verdict.broken_at is not None:
        raise Unsound(f"{site}: {verdict.problem}")
    described = reading.site()
    assert described is not None
    try:
        replayed = replay(reading, described[1])
    except Unreplayable as broken:
        raise Unsound(f"{site}: {broken}") from broken
    if replayed.differences:
        first = replayed.differences[0]
        raise Unsound(
            f"{site}: {len(replayed.differences)} rows differ from what the journal says,"
            f" first {first.table} {first.key}"
        )
    last = reading.journal(verdict.entries - 1, 1) if verdict.entries else []
    return Proof(site, verdict.entries, replayed.tickets, last[0].at if last else 0, verdict.head)
