"""Three kiosks and a server in one process, on files, with a clock, a link and deaths that a seed decides."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from flask import Flask

from kiosk.agent.agent import Agent, Setting
from kiosk.agent.scanning import Scanning
from kiosk.agent.server import Answer, Silence, Unreached
from kiosk.print_work import PrintWork
from kiosk.spool import Spool
from queue_server.app.access import Role
from queue_server.app.centre import Centre
from queue_server.app.sites import House
from queue_server.app.views import shapes
from queue_server.app.write_path import Order, carry_out
from queue_server.core.commands import ReprintSlip
from queue_server.core.model import Actor
from queue_server.core.refusals import Refused
from queue_server.core.site import Kiosk
from queue_server.store.sqlite import SqliteStore
from queue_server.web import Folders, WebSettings, create_app
from tests.halls import sites_of
from tests.sites import MORNING, both, small_site
from tests.web_stand import ROOT, TEXTS, cheap_access, wording

NAMES = ("k1", "k2", "k3")
SUPERVISOR = Actor("person:sup", "supervisor", anywhere=True)


class Killed(BaseException):
    """The power went, here and now. No program can catch that."""


@dataclass
class _Writes:
    """A writer that commits each order at once."""

    store: SqliteStore
    clock: Callable[[], int]

    def submit(self, site: str, order: Order) -> Any:
        with self.store.writing(site) as transaction:
            return carry_out(transaction, site, order, self.clock(), shapes.answer_to)

    def run(self, site: str, task: Any) -> Any:
        with self.store.writing(site) as transaction:
            return task(transaction, self.clock())


class ServerSide:
    """The real application over a real file; `now` is the true time."""

    def __init__(self, folder: Path, kept: int = 20) -> None:
        self.now = MORNING
        kiosks = tuple(
            Kiosk(name, both(name, name), "", 900 + at * kept, 900 + (at + 1) * kept - 1)
            for at, name in enumerate(NAMES)
        )
        self.site = small_site(kiosks=kiosks)
        self.store = SqliteStore(folder / "motcua.db")
        with self.store.writing(self.site.id) as transaction:
            transaction.describe(1, self.site, self.now)
        self.centre = Centre(self.store, self.site.id, self.clock, _Writes(self.store, self.clock))  # type: ignore[arg-type]
        access = cheap_access(self.site.id)
        self.tokens = {name: access.create_token(Role.KIOSK, name) for name in NAMES}
        places = Folders(ROOT / "queue_server" / "pages", ROOT, ROOT, (TEXTS,))
        self.app: Flask = create_app(
            sites_of(House(self.site.id, self.centre, access)), wording(), places, WebSettings(version="0")
        )
        self.client = self.app.test_client()

    def clock(self) -> int:
        return self.now

    def ask(self, name: str, method: str, path: str, body: Any, key: str, language: str) -> Answer:
        headers = {"Authorization": f"Bearer {self.tokens[name]}", "Accept-Language": language}
        if key:
            headers["Idempotency-Key"] = key
        got = self.client.open(f"/api/v1{path}", method=method, json=body, headers=headers)
        if got.status_code >= 500:
            raise AssertionError(got.text)
        return Answer(got.status_code, dict(got.json or {}))

    def do(self, command: Any) -> Any:
        return self.centre.do(command, SUPERVISOR)

    def tickets(self, day: str = "2026-11-23") -> dict[str, Any]:
        with self.store.reading(self.site.id) as reading:
            return {ticket.id: ticket for ticket in reading.tickets_of_day(day)}


@dataclass
class Fate:
    """What goes wrong, and how often (a chance for each occasion)."""

    dice: random.Random
    loses_request: float = 0.0
    loses_answer: float = 0.0
    delays: float = 0.0
    kills: float = 0.0
    is_cut: bool = False

    def strikes(self, chance: float) -> bool:
        return chance > 0 and self.dice.random() < chance

    def may_kill(self) -> None:
        if self.strikes(self.kills):
            raise Killed


@dataclass
class Wire:
    """A kiosk's way to the server. What it delays arrives later, even on top of newer requests."""

    server: ServerSide
    name: str
    fate: Fate
    late: list[Callable[[], Any]] = field(default_factory=list)
    made: dict[str, str] = field(default_factory=dict)
    """Key of a touch → the ticket that the server made for it."""

    def ask(self, method: str, path: str, body: Any = None, key: str = "", language: str = "vi") -> Answer:
        self.fate.may_kill()
        if self.fate.is_cut and not self.fate.strikes(self.fate.delays):
            raise Unreached("cut")
        if self.fate.is_cut or self.fate.strikes(self.fate.delays):
            self.late.append(lambda: self._arrive(method, path, body, key, language))
            raise Silence("on its way")
        if self.fate.strikes(self.fate.loses_request):
            raise Silence("lost on the way there")
        answer = self._arrive(method, path, body, key, language)
        self.fate.may_kill()
        if self.fate.strikes(self.fate.loses_answer):
            raise Silence("lost on the way back")
        return answer

    def let_arrive(self) -> None:
        while self.late:
            self.late.pop(0)()

    def _arrive(self, method: str, path: str, body: Any, key: str, language: str) -> Answer:
        answer = self.server.ask(self.name, method, path, body, key, language)
        if method == "POST" and path == "/tickets" and answer.is_good:
            self.made[key] = answer.body["id"]
        return answer


@dataclass
class Paper:
    """A printer that may be struck before, in the middle of and after a slip; `slips` is what came out."""

    fate: Fate
    slips: list[dict[str, Any]] = field(default_factory=list)

    def print(self, facts: dict[str, Any]) -> Mapping[str, Any]:
        self.fate.may_kill()
        self.slips.append(facts)
        self.fate.may_kill()
        return {"state": "printed", "detail": "", "status": "ready"}

    def status(self) -> str:
        return "ready"

    def close(self) -> None:
        """Nothing stays open."""


class _MortalSpool(Spool):
    fate: Fate

    def put(self, slip: Any, **more: Any) -> Any:
        self.fate.may_kill()
        job = super().put(slip, **more)
        self.fate.may_kill()
        return job

    def put_wished(self, slip: Any, wish: int) -> Any:
        self.fate.may_kill()
        job = super().put_wished(slip, wish)
        self.fate.may_kill()
        return job


class KioskSide:
    """One kiosk, over its folder: dies by Killed, and lives again by `start`."""

    def __init__(self, server: ServerSide, name: str, folder: Path, fate: Fate) -> None:
        self.server = server
        self.name = name
        self.folder = folder
        self.fate = fate
        self.wire = Wire(server, name, fate)
        self.paper = Paper(fate)
        self.skew = 0
        self.scanning: Scanning | None = None
        self.agent: Agent | None = None
        self.work: PrintWork | None = None
        self.deaths = 0

    def start(self) -> None:
        """What `motcua kiosk` does at its start."""
        spool = _MortalSpool(self.folder / "spool.db", self.wall)
        spool.fate = self.fate
        self.work = PrintWork(spool, [("own", self.paper)], clock=self.wall, steady=self.steady_seconds)
        spool.recover()
        setting = Setting(self.folder, "http://centre.test")
        self.agent = Agent(
            setting, self.wire, spool, self.work, self.wall, lambda: self.server.now, self.scanning
        )

    def wall(self) -> int:
        return self.server.now + self.skew

    def steady_seconds(self) -> float:
        return self.server.now / 1000

    def die(self) -> None:
        if self.agent is not None:
            self.deaths += 1
            self.agent.spool.close()
            self.agent.close()
        self.agent = None

    def living(self, act: Callable[[Agent], Any]) -> Any:
        """What `act` gives, or None where the kiosk died over it (or at its start)."""
        try:
            if self.agent is None:
                self.start()
            assert self.agent is not None
            return act(self.agent)
        except Killed:
            self.die()
            return None

    def tick(self) -> None:
        self.living(lambda agent: agent.tick())
        self.living(self._print)

    def _print(self, agent: Agent) -> None:
        assert self.work is not None
        self.work.look()
        self.work.print_due()

    def take(self, key: str, queue: str) -> Answer | None:
        wanted = {"queue": queue, "class": "ordinary", "language": "vi"}
        answer: Answer | None = self.living(lambda agent: agent.take(key, wanted))
        return answer


@dataclass
class Told:
    """What a citizen saw on the glass, and when."""

    key: str
    label: str
    ticket: str
    at: int
    kiosk: str
    is_own: bool


class OfflineHall:
    """Ten minutes of a hall under the fate of `seed`."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.dice = random.Random(seed)
        self.server = ServerSide(folder)
        self.told: list[Told] = []
        self.wishes: list[str] = []
        self.kiosks = []
        for name in NAMES:
            fate = Fate(random.Random(self.dice.random()))
            kiosk = KioskSide(self.server, name, folder / name, fate)
            kiosk.skew = self.dice.choice((0, 0, -7_200_000, 93_000, 40 * 86_400_000, -400 * 86_400_000))
            kiosk.tick()
            self.kiosks.append(kiosk)

    def live(self, steps: int = 60, step_ms: int = 10_000) -> None:
        for kiosk in self.kiosks:
            kiosk.fate = self._some_fate(kiosk.fate)
        for _ in range(steps):
            self.server.now += step_ms
            kiosk = self.dice.choice(self.kiosks)
            if self.dice.random() < 0.15:
                kiosk.fate.is_cut = not kiosk.fate.is_cut
            if self.dice.random() < 0.05:
                kiosk.die()
            if self.dice.random() < 0.1:
                kiosk.wire.let_arrive()
            if self.dice.random() < 0.6:
                self._somebody_comes(self.dice.choice(self.kiosks))
            if self.told and self.dice.random() < 0.1:
                self._staff_wish_a_copy(self.dice.choice(self.told).ticket)
            kiosk.tick()

    def heal(self) -> None:
        """The link is back, nobody dies any more, and what was under way arrives: old requests last."""
        for kiosk in self.kiosks:
            kiosk.fate.is_cut = False
            kiosk.fate.kills = kiosk.fate.loses_answer = kiosk.fate.loses_request = kiosk.fate.delays = 0.0
        for round_ in range(4):
            self.server.now += 5_000
            for kiosk in self.kiosks:
                kiosk.tick()
                if round_ == 1:
                    kiosk.wire.let_arrive()

    def close(self) -> None:
        for kiosk in self.kiosks:
            kiosk.die()
        self.server.store.close()

    def _staff_wish_a_copy(self, ticket: str) -> None:
        """Somebody has lost their slip. A number that is not home yet, or no kiosk that prints: not now."""
        with suppress(Refused):
            self.server.do(ReprintSlip(ticket))
            self.wishes.append(ticket)

    def _some_fate(self, fate: Fate) -> Fate:
        fate.kills = self.dice.choice((0.0, 0.01, 0.04))
        fate.loses_answer = self.dice.choice((0.0, 0.1, 0.4))
        fate.loses_request = self.dice.choice((0.0, 0.1))
        fate.delays = self.dice.choice((0.0, 0.1, 0.3))
        return fate

    def _somebody_comes(self, kiosk: KioskSide) -> None:
        """Their page tries again under the same key after a death, as it does after a lost answer."""
        key = f"{self.dice.getrandbits(128):032x}"
        queue = self.dice.choice(("dat", "thue"))
        for _ in range(self.dice.choice((1, 3, 5))):
            answer = kiosk.take(key, queue)
            with suppress(AttributeError):
                if answer is not None and answer.status == 201:
                    own = bool(answer.body.get("offline"))
                    body = answer.body
                    self.told.append(Told(key, body["label"], body["id"], self.server.now, kiosk.name, own))
                    return


__all__ = ["KioskSide", "OfflineHall", "ServerSide", "replace"]
