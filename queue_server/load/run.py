"""Plays a plan against a running server: screens first, then the people, then the checks."""

from __future__ import annotations

import asyncio
import math
import os
import resource
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from ..core.site import Site
from . import machine
from .checking import Checking
from .clock import Clock
from .ledger import Given, Ledger
from .live_socket import LiveSocket
from .people import SiteDay
from .phones import Phones
from .plan import Plan, Visit, visits_of
from .screens import BoardScreen, Screen
from .sites import Keys

FILES = 65_536
_CONNECTING = 50
"""Sockets that are opened at the same time before the day begins."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where it listens, and its process, if that runs on this machine."""

    host: str
    port: int
    pid: int | None = None


@dataclass
class Done:
    """A plan, played. Seconds are real; `server_busy` and the like are processor seconds, memory is MiB."""

    plan: Plan
    ledger: Ledger
    visits: int = 0
    seconds: float = 0.0
    sockets: int = 0
    phones: int = 0
    phones_each: int = 1
    messages: int = 0
    resumed: int = 0
    server_busy: float | None = None
    server_memory: float | None = None
    generator_busy: float = 0.0
    generator_memory: float = 0.0
    machine_busy: float = 0.0
    """The share of all cores that was in use, by whomever."""
    cores: int = field(default_factory=lambda: os.cpu_count() or 1)

    @property
    def is_sound(self) -> bool:
        return not self.ledger.errors and not self.ledger.faults


def play(
    plan: Plan, sites: Sequence[Site], keys: Mapping[str, Keys], server: Server, say: Callable[[str], None]
) -> Done:
    """Play `plan` in `sites`, whose tokens are `keys`; `say` hears how far it is."""
    allow_many_files()
    return asyncio.run(_Play(plan, sites, keys, server, say).all())


def allow_many_files() -> None:
    """Each socket is an open file; what this process may have is what its children may have."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


class _Play:
    def __init__(
        self,
        plan: Plan,
        sites: Sequence[Site],
        keys: Mapping[str, Keys],
        server: Server,
        say: Callable[[str], None],
    ) -> None:
        self.plan, self.sites, self.keys, self.server, self.say = plan, sites, keys, server, say
        self.address = (server.host, server.port)
        self.ledger = Ledger()
        self.clock = Clock(plan)
        self.visits = visits_of(plan, sites)
        # So that as many phones as asked for are open by the middle of the part.
        each = math.ceil(plan.phones / max(1, len(self.visits) / 2)) if plan.phones else 1
        self.phones = Phones(plan.phones, each, self.address, self.ledger)
        self.boards: dict[str, list[tuple[str, BoardScreen]]] = {}
        self.desks: dict[str, list[Screen]] = {}
        self.sockets: list[LiveSocket] = []
        self.done = Done(plan, self.ledger, visits=len(self.visits), phones_each=each)

    async def all(self) -> Done:
        await self._open_screens()
        self.say(f"{len(self.sites)} centres, {len(self.sockets)} screens; {len(self.visits)} visits to come")
        watching = asyncio.ensure_future(self._watch())
        await self._day()
        watching.cancel()
        self.say("checking")
        await self._check()
        self.phones.close()
        for socket in self.sockets:
            socket.close()
        await asyncio.sleep(0.2)
        return self.done

    async def _open_screens(self) -> None:
        for site in self.sites:
            self.boards[site.id] = [(one.id, self._board(site, one.id)) for one in site.boards]
            self.desks[site.id] = [self._desk(site, one.id) for one in site.counters]
        for start in range(0, len(self.sockets), _CONNECTING):
            some = self.sockets[start : start + _CONNECTING]
            await asyncio.gather(*(socket.open() for socket in some))
            async with asyncio.timeout(60):
                await asyncio.gather(*(socket.following.wait() for socket in some))

    def _board(self, site: Site, board: str) -> BoardScreen:
        def heard(label: str, at: float) -> None:
            self.ledger.boards_heard[(site.id, label)].append(at)

        screen = BoardScreen(board, heard)
        self._socket(self.keys[site.id].boards[board], screen)
        return screen

    def _desk(self, site: Site, counter: str) -> Screen:
        screen = Screen(f"counter:{counter}")
        self._socket(self.keys[site.id].counters[counter], screen)
        return screen

    def _socket(self, token: str, screen: Screen) -> None:
        self.sockets.append(LiveSocket(*self.address, token, screen, self.ledger.trouble))

    async def _day(self) -> None:
        mine: dict[str, list[Visit]] = {site.id: [] for site in self.sites}
        for visit in self.visits:
            mine[visit.site].append(visit)
        pids = machine.family(self.server.pid) if self.server.pid else []
        before = machine.processor_seconds(pids), time.process_time(), machine.machine_seconds()
        start = time.perf_counter()
        self.clock.start()
        self.ledger.ends_at = self.clock.end
        days = [self._site_day(site, mine[site.id]) for site in self.sites]
        await asyncio.gather(*(actor for day in days for actor in day.actors()))
        done = self.done
        done.seconds = time.perf_counter() - start
        done.generator_busy = time.process_time() - before[1]
        busy, whole = (now - then for now, then in zip(machine.machine_seconds(), before[2], strict=True))
        done.machine_busy = busy / whole if whole else 0.0
        if pids:
            done.server_busy = machine.processor_seconds(pids) - before[0]

    def _site_day(self, site: Site, visits: Sequence[Visit]) -> SiteDay:
        def issued(given: Given) -> None:
            self.phones.take(given)

        return SiteDay(
            site, self.keys[site.id], visits, self.ledger, self.clock, self.address, issued, self.plan.seed
        )

    async def _watch(self) -> None:
        """Once a second: how much memory is in use, how many sockets are open."""
        told = 0.0
        pids = machine.family(self.server.pid) if self.server.pid else []
        while True:
            if pids:
                self.done.server_memory = max(self.done.server_memory or 0.0, machine.resident_mib(pids))
            self.done.generator_memory = max(self.done.generator_memory, machine.resident_mib([os.getpid()]))
            self.done.phones = max(self.done.phones, len(self.phones.open))
            self.done.sockets = max(self.done.sockets, len(self.phones.open) + len(self.sockets))
            if time.perf_counter() - told > 30:
                told = time.perf_counter()
                self.say(
                    f"{self.clock.left:.0f} s left: {len(self.ledger.tickets)} numbers, "
                    f"{len(self.ledger.called_at)} calls, {len(self.phones.open)} phones, "
                    f"{sum(self.ledger.errors.values())} errors"
                )
            await asyncio.sleep(1)

    async def _check(self) -> None:
        checking = Checking(self.ledger, self.address)
        checks = [
            checking.site(site, self.keys[site.id], self.boards[site.id], self.desks[site.id])
            for site in self.sites
        ]
        await asyncio.gather(*checks, checking.phones(self.phones.open))
        self._heard_everywhere()
        screens = [socket.screen for socket in self.sockets] + [one.screen for one in self.phones.open]
        self.done.messages = sum(screen.messages for screen in screens)
        self.done.resumed = sum(screen.resumed for screen in screens)

    def _heard_everywhere(self) -> None:
        """Each call came to every board of its hall that shows the counter."""
        for site in self.sites:
            shown = {
                counter.id: sum(not board.areas or counter.area in board.areas for board in site.boards)
                for counter in site.counters
            }
            for given in self.ledger.tickets.values():
                if given.site == site.id and given.counter is not None:
                    heard = len(self.ledger.boards_heard[(site.id, given.label)])
                    if heard != shown[given.counter]:
                        self.ledger.fault(
                            f"{site.id}: the call of {given.label} came to {heard} boards of "
                            f"{shown[given.counter]}"
                        )
