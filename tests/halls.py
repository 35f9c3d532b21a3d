"""A hall in memory for tests of the rules: give commands, get events, look at the state."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from queue_server import concurrency
from queue_server.app import journal
from queue_server.app.ports import Store
from queue_server.app.sites import House, Sites
from queue_server.app.views import shapes
from queue_server.app.write_path import Order, carry_out
from queue_server.app.writer import Writer
from queue_server.core.commands import Command, IssueTicket
from queue_server.core.events import Entry
from queue_server.core.model import Actor, Desk, Ticket
from queue_server.core.refusals import Code, Refused
from queue_server.core.site import Site
from queue_server.store.memory import MemoryStore
from tests.sites import MINUTE, MORNING, small_site

KIOSK = Actor("kiosk:k1", "kiosk")
SUPERVISOR = Actor("person:sup", "supervisor", anywhere=True)


def officer(name: str) -> Actor:
    return Actor(f"person:{name}", "officer")


def running_writer(
    store: Any, clock: Callable[[], int], on_commit: Callable[..., None] = lambda *_: None
) -> Writer:
    """A writer in a native thread; stop it at the end."""
    writer = Writer(store, clock, concurrency.enter("threading"), shapes.answer_to, on_commit)
    writer.start()
    return writer


def sites_of(*houses: House) -> Sites:
    """An installation of exactly these houses."""
    by_id = {house.id: house for house in houses}

    class Here:
        def sites(self) -> list[str]:
            return sorted(by_id)

        def heads(self) -> dict[str, int]:
            return {name: house.centre.relay.seq for name, house in by_id.items()}

        def site_of_secret(self, secret: str) -> str | None:
            return None

        def site_of_token(self, digest: str) -> str | None:
            return next((one.id for one in houses if one.access.store.token(one.id, digest)), None)

        def site_of_session(self, digest: str) -> str | None:
            return next((one.id for one in houses if one.access.store.session(one.id, digest)), None)

    return Sites(Here(), Here(), by_id.__getitem__)


class TestHall:
    """A centre on a store, with a clock that tests move."""

    __test__ = False

    def __init__(self, store: Store | None = None, site: Site | None = None, now: int = MORNING) -> None:
        self.store: Any = store or MemoryStore()
        self.site = site or small_site()
        self.now = now
        self._names = itertools.count(1)
        with self.store.writing(self.site.id) as transaction:
            transaction.describe(1, self.site, now)

    def wait(self, minutes: float) -> None:
        self.now += round(minutes * MINUTE)

    def do(
        self, command: Command, actor: Actor = SUPERVISOR, key: str | None = None, fingerprint: str = ""
    ) -> Any:
        """The answer to a command; raises Refused."""
        with self.store.writing(self.site.id) as transaction:
            order = Order(command, actor, key, fingerprint)
            return carry_out(transaction, self.site.id, order, self.now, shapes.answer_to).answer

    def refusal(self, command: Command, actor: Actor = SUPERVISOR) -> Code | None:
        """The code that a command is refused with, None where it is not."""
        try:
            self.do(command, actor)
        except Refused as refused:
            return refused.refusal.code
        return None

    def issue(self, queue: str = "dat", priority: str = "ordinary", **more: Any) -> str:
        """Give a number; the ticket's id."""
        name = next(self._names)
        ticket = f"{name:032x}"
        self.do(IssueTicket(ticket, f"secret-{name:08d}", queue, priority=priority, **more), KIOSK)
        return ticket

    def ticket(self, ticket_id: str) -> Ticket:
        with self.store.reading(self.site.id) as reading:
            found = reading.ticket(ticket_id)
        assert found is not None
        return found

    def desk(self, counter: str) -> Desk:
        with self.store.reading(self.site.id) as reading:
            return next((desk for desk in reading.desks([counter])), Desk(counter))

    def waiting(self) -> dict[str, int]:
        """How many wait in each queue, by the kept counts."""
        counts: dict[str, int] = {}
        with self.store.reading(self.site.id) as reading:
            for line in reading.lines():
                counts[line.key.queue] = counts.get(line.key.queue, 0) + line.waiting
        return counts

    def entries(self) -> list[Entry]:
        with self.store.reading(self.site.id) as reading:
            return list(journal.entries(reading))

    def happened(self) -> list[str]:
        """The names of the events so far."""
        return [type(entry.event).__name__ for entry in self.entries()]
