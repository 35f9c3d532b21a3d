"""The sample centre on a working morning: busy hours written down, then served by a clock of their own.

`python -m tests.browser.morning FOLDER` serves a folder that `live_through` has filled. The server's day goes
on from NOW, and jumps ahead by as many milliseconds as the file FOLDER/ahead says.
"""

from __future__ import annotations

import sys
from datetime import datetime, timedelta, timezone
from itertools import count
from pathlib import Path
from random import Random
from time import monotonic

from queue_server import concurrency, demonstration, main
from queue_server.app.centre import Centre
from queue_server.core.commands import (
    CallNext,
    CloseCounter,
    FinishService,
    IssueTicket,
    MarkNoShow,
    OpenCounter,
    StartService,
)
from queue_server.core.model import Actor
from queue_server.core.refusals import Refused
from queue_server.core.site import Site
from queue_server.options import Settings
from queue_server.store.sqlite import SqliteStore
from tests.halls import running_writer

HANOI = timezone(timedelta(hours=7))
OPENING = int(datetime(2026, 11, 23, 7, 30, tzinfo=HANOI).timestamp() * 1000)
NOW = OPENING + 102 * 60_000
STEP = 15_000

STAFFED = "1 2 3 5 6 8 9 10 11 12 13 14 15 20 21 22 23 24 27 28 29 30 34 36 38".split()
KEPT_FREE = "12"
"""This counter calls nobody during the last ten minutes and is closed at the end: pictures open it again."""
ARRIVALS = {"stp": 3.0, "cat": 3.0, "stnmt": 3.0, "sgtvt": 2.0, "sxd": 1.2, "bhxh": 2.0, "sldtbxh": 2.0}
ARRIVALS |= {"skhdt": 1.4, "cucthue": 2.0, "snnptnt": 0.8, "sct": 0.4, "sdl": 0.5, "syt": 0.8}
ARRIVALS_A_MINUTE = 2.0
CLASSES = {"ordinary": 75, "elderly": 12, "result": 6, "merit": 4, "pregnant": 3}


class _Desk:
    """One counter through the morning: calls, waits for the person, serves, takes a breath."""

    def __init__(self, hall: _Hall, counter: str) -> None:
        self.hall = hall
        self.counter = counter
        self.actor = Actor(f"desk:{counter}", "officer", counter)
        self.ticket = ""
        self.serving = False
        self.next_at = hall.now + hall.random.randrange(0, 240_000)

    def step(self) -> None:
        if self.hall.now < self.next_at:
            return
        if not self.ticket:
            self._call()
        elif not self.serving:
            self._receive()
        else:
            self.hall.centre.do(FinishService(self.ticket), self.actor)
            self.ticket, self.serving = "", False
            self.next_at = self.hall.now + self.hall.random.randrange(15_000, 60_000)

    def _call(self) -> None:
        if self.counter == KEPT_FREE and self.hall.now > NOW - 600_000:
            return
        try:
            answer = self.hall.centre.do(CallNext(self.counter), self.actor)
        except Refused:
            return  # nobody waits
        assert answer is not None
        self.ticket = answer["ticket"]["id"]
        self.next_at = self.hall.now + self.hall.random.randrange(15_000, 60_000)

    def _receive(self) -> None:
        random = self.hall.random
        if random.random() < 0.06:
            self.hall.centre.do(MarkNoShow(self.ticket), self.actor)
            self.ticket = ""
            return
        self.hall.centre.do(StartService(self.ticket), self.actor)
        self.serving = True
        self.next_at = self.hall.now + int(random.gammavariate(4, 2.6) * 60_000)


class _Hall:
    def __init__(self, folder: Path) -> None:
        self.random = Random(1123)
        self.now = OPENING
        self.ids = count(1)
        store = SqliteStore(Settings(data=str(folder)).file)
        demonstration.prepare(store)
        self.writer = running_writer(store, lambda: self.now)
        self.centre = Centre(store, store.sites()[0], lambda: self.now, self.writer)
        self.site: Site = self.centre.site()
        self.desks = [_Desk(self, counter) for counter in STAFFED]

    def arrive(self) -> None:
        random = self.random
        if random.random() > ARRIVALS_A_MINUTE * STEP / 60_000:
            return
        [queue] = random.choices(list(ARRIVALS), list(ARRIVALS.values()))
        [priority] = random.choices(list(CLASSES), list(CLASSES.values()))
        ranked = [one.id for one in self.site.services_of[queue] if one.popular is not None]
        service = random.choice(ranked) if ranked else None
        number = next(self.ids)
        secret = f"{random.getrandbits(96):024x}"
        self.centre.do(
            IssueTicket(f"{number:032x}", secret, queue, service, priority), Actor("lobby", "kiosk")
        )


def live_through(folder: Path) -> None:
    """Write the morning's journal into `folder`, up to NOW."""
    hall = _Hall(folder)
    for desk in hall.desks:
        hall.centre.do(OpenCounter(desk.counter), desk.actor)
    while hall.now < NOW:
        hall.now += STEP
        hall.arrive()
        for desk in hall.desks:
            desk.step()
    for desk in hall.desks:
        if desk.counter == KEPT_FREE:
            if desk.ticket:
                finished = FinishService if desk.serving else MarkNoShow
                hall.centre.do(finished(desk.ticket), desk.actor)
            hall.centre.do(CloseCounter(desk.counter), desk.actor)
    hall.writer.stop()


def serve(folder: Path) -> None:
    entered = concurrency.enter("threading")
    began = monotonic()
    ahead = folder / "ahead"

    def clock() -> int:
        skipped = int(ahead.read_text()) if ahead.exists() else 0
        return NOW + int((monotonic() - began) * 1000) + skipped

    main.clock = clock
    settings = Settings(data=str(folder), port=0)
    store = SqliteStore(settings.file)
    listener = concurrency.listen(settings.host, settings.port)
    installation = main.build(settings, store, entered)
    url = main.url_of(listener, settings)
    demonstration.install(installation, folder)
    main.serve(installation, listener, url, url)


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
