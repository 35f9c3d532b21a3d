"""One centre's day as its people make it: who takes numbers, and the officers who call and serve them."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid4

from ..core import site as facts
from .clock import Clock
from .connection import Connection
from .ledger import Given, Ledger
from .plan import Visit
from .sites import Keys

WALK = (10.0, 40.0)
"""Seconds from a call to the counter; whoever has not come by then is called again, and then missed."""

BETWEEN = (3.0, 12.0)
"""Seconds that an officer takes from one citizen to the next call."""

TAPS_TWICE = 0.05
"""The share of calls that are sent twice under one key, as by a double tap."""


class SiteDay:
    """The kiosks and desks of one centre, played against the server at `address`."""

    def __init__(
        self,
        site: facts.Site,
        keys: Keys,
        visits: Sequence[Visit],
        ledger: Ledger,
        clock: Clock,
        address: tuple[str, int],
        issued: Callable[[Given], None],
        seed: int,
    ) -> None:
        self.site, self.keys, self.visits = site, keys, visits
        self._ledger, self._clock, self._address = ledger, clock, address
        self._issued = issued
        self._seed = seed
        self._waiting: Counter[str] = Counter()
        self._visit_of: dict[str, Visit] = {}
        self._idle: dict[str, asyncio.Event] = {one.id: asyncio.Event() for one in site.counters}
        self._serving: dict[str, list[str]] = {
            queue.id: [one.id for one in site.counters if queue.id in one.serves] for queue in site.queues
        }

    def actors(self) -> list[Any]:
        """The coroutines of everybody here."""
        kiosks = [self._kiosk(kiosk.id) for kiosk in self.site.kiosks]
        return kiosks + [self._desk(counter) for counter in self.site.counters]

    # ---- the kiosk ----------------------------------------------------------------------------------------

    async def _kiosk(self, name: str) -> None:
        connection = Connection(*self._address, self.keys.kiosks[name])
        for visit in self.visits:
            if visit.kiosk == name:
                self._ledger.late.append(await self._clock.until(visit.at))
                await self._take_a_number(connection, visit)
        connection.close()

    async def _take_a_number(self, connection: Connection, visit: Visit) -> None:
        key, body = uuid4().hex, {"queue": visit.queue, "class": visit.priority}
        _, ticket, _ = await self._ledger.post(connection, "issue", "/tickets", body, key)
        if ticket is None:
            return
        given = self._kept(ticket)
        self._visit_of[given.id] = visit
        if visit.sends_twice:
            _, again, _ = await self._ledger.post(connection, "issue again", "/tickets", body, key)
            self._ledger.repeated += 1
            if again is not None and again != ticket:
                self._ledger.fault(f"{self.site.id}: one key gave {given.label} and then another answer")
        self._waiting[visit.queue] += 1
        for counter in self._serving[visit.queue]:
            self._idle[counter].set()
        self._issued(given)

    def _kept(self, ticket: dict[str, Any]) -> Given:
        secret = ticket["tracking"].rpartition("/")[2]
        given = Given(ticket["id"], self.site.id, ticket["queue"], ticket["label"], ticket["number"], secret)
        if given.id in self._ledger.tickets:
            self._ledger.fault(f"{self.site.id}: {given.label} was given twice")
        self._ledger.tickets[given.id] = given
        return given

    # ---- the desk -----------------------------------------------------------------------------------------

    async def _desk(self, counter: facts.Counter) -> None:
        connection = Connection(*self._address, self.keys.counters[counter.id])
        dice = random.Random(f"{self._seed} {self.site.id} {counter.id}")
        place = f"/counters/{counter.id}"
        await self._clock.until(dice.uniform(0, 60))
        await self._do(connection, "open", f"{place}/open")
        while not self._clock.is_over:
            idle = self._idle[counter.id]
            if not any(self._waiting[queue] for queue in counter.serves):
                idle.clear()
                await self._heard_of_somebody(idle)
            await self._clock.sleep(dice.uniform(*BETWEEN))
            if any(self._waiting[queue] for queue in counter.serves) and not self._clock.is_over:
                given = await self._call_next(connection, counter, dice)
                if given is not None:
                    await self._attend(connection, given, dice)
        await self._do(connection, "close", f"{place}/close")
        connection.close()

    async def _heard_of_somebody(self, idle: asyncio.Event) -> None:
        try:
            async with asyncio.timeout(self._clock.left):
                await idle.wait()
        except TimeoutError:
            return

    async def _do(self, connection: Connection, verb: str, path: str) -> Any:
        return (await self._ledger.post(connection, verb, path, {}, uuid4().hex))[1]

    async def _call_next(
        self, connection: Connection, counter: facts.Counter, dice: random.Random
    ) -> Given | None:
        key, path = uuid4().hex, f"/counters/{counter.id}/call-next"
        _, call, sent = await self._ledger.post(connection, "call-next", path, {}, key)
        if call is None:
            return None  # 204: another officer was quicker
        given = self._ledger.tickets.get(call["ticket"]["id"])
        if given is None:
            # Its kiosk has not heard yet what it was given.
            given = await self._known_soon(call["ticket"]["id"])
            if given is None:
                return None
        if given.calls or given.state != "waiting":
            self._ledger.fault(
                f"{self.site.id}: {given.label} was called at {given.counter} and {counter.id}"
            )
        given.calls, given.state, given.counter = 1, "called", counter.id
        self._ledger.called_at[(self.site.id, given.label)] = sent
        self._waiting[given.queue] -= 1
        if dice.random() < TAPS_TWICE:
            _, again, _ = await self._ledger.post(connection, "call again", path, {}, key)
            self._ledger.repeated += 1
            if again != call:
                self._ledger.fault(
                    f"{self.site.id}: one key called {given.label} and then answered otherwise"
                )
        return given

    async def _known_soon(self, ticket: str) -> Given | None:
        for _ in range(200):
            await asyncio.sleep(0.05)
            if ticket in self._visit_of:
                return self._ledger.tickets[ticket]
        self._ledger.fault(f"{self.site.id}: a ticket was called that no kiosk was given")
        return None

    async def _attend(self, connection: Connection, given: Given, dice: random.Random) -> None:
        visit, path = self._visit_of[given.id], f"/tickets/{given.id}"
        await self._clock.sleep(dice.uniform(*WALK))
        if not visit.stays:
            if await self._do(connection, "recall", f"{path}/recall"):
                given.calls += 1
            await self._clock.sleep(dice.uniform(*WALK))
            if await self._do(connection, "no-show", f"{path}/no-show"):
                given.state = "no_show"
            return
        if await self._do(connection, "start", f"{path}/start"):
            given.state = "serving"
        await self._clock.sleep(visit.service)
        if await self._do(connection, "finish", f"{path}/finish"):
            given.state = "finished"
