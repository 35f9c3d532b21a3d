"""The program: every line in its own thread, the server followed in another, and the time watched here."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any, Final

from display.signs.hall import SignHall
from display.signs.link import LinkTrouble, Message, NotAdmitted, Server
from display.signs.plan import SignPlan
from drivers.led import Showing, SignLine, SignState, open_signs
from drivers.led.service import BLINK_FOR_SECONDS

LOOK_SECONDS: Final = 0.5
AGAIN_SECONDS: Final = 2.0


def _nothing(*_: object) -> None:
    return None


@dataclass(frozen=True, slots=True)
class News:
    """Who is told what: `link("up" | "lost" | "refused", detail)`, `sign(counter, state)`, and once for each
    `unknown(counters)` that the signs' files name and the centre does not have. Called from any thread."""

    link: Callable[[str, str], None] = _nothing
    sign: Callable[[str, SignState], None] = _nothing
    unknown: Callable[[list[str]], None] = _nothing


@dataclass
class _Line:
    plan: SignPlan
    driver: SignLine | None = None
    is_lost: bool = False


@dataclass
class SignProgram:
    """What hangs where, and what is known of the hall; `follow` and `watch` each have a thread."""

    server: Server
    plans: Iterable[SignPlan]
    folder: Path
    news: News = field(default_factory=News)
    over: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self._lines = [_Line(plan) for plan in self.plans]
        self._hall = SignHall(BLINK_FOR_SECONDS)
        self._lock = Lock()
        self._since = time.monotonic()
        self._said = ""
        self._unknown: list[str] = []

    def follow(self) -> None:
        """Keep up with the server until it is over; whatever happens to the link, it is tried again."""
        while not self.over.is_set():
            try:
                self._follow_once()
            except NotAdmitted as refused:
                self._say("refused", str(refused))
            except LinkTrouble as trouble:
                self._say("lost", str(trouble))
            except Exception as trouble:  # what is said is no protocol of ours: the next try may be luckier
                self._say("lost", f"{type(trouble).__name__}: {trouble}")
            self.over.wait(AGAIN_SECONDS)

    def watch(self) -> None:
        """Until it is over: lines that have not heard of the server for too long say so."""
        while not self.over.wait(LOOK_SECONDS):
            with self._lock:
                for line in self._lines:
                    if not line.is_lost and self._hall.is_lost(
                        self._since, time.monotonic(), line.plan.faces
                    ):
                        self._show_lost(line)

    def close(self) -> None:
        """Hang up; the signs go on showing what they show."""
        self.over.set()
        for line in self._lines:
            if line.driver is not None:
                line.driver.close()

    # ---- inside -------------------------------------------------------------------------------------------

    def _follow_once(self) -> None:
        topic = f"signs:{self.server.site()['id']}"
        messages: Any = self.server.follow(topic)
        try:
            missing = None
            while not self.over.is_set():
                missing = self._hear(messages.send(missing))
        finally:
            messages.close()

    def _hear(self, message: Message | None) -> bool | None:
        """Take in one message; whether something before it is missing."""
        if message is None:
            return None
        event, said = message
        now = time.monotonic()
        with self._lock:
            is_whole = event == "snapshot"
            if not is_whole and any(line.is_lost for line in self._lines):
                return True  # they show nothing of the hall any more: all of it is needed again
            if event == "beat":
                newest = max(said["seqs"].values(), default=None)
                if newest is None:
                    return True  # the server does not count us as followers: it could not, when we asked
                self._hall.heard(now)
                return bool(newest > self._hall.seq)
            if event not in ("snapshot", "change"):
                return None
            new = self._hall.snapshot(said, now) if is_whole else self._hall.change(said, now)
            if new is None:
                return True
            self._show(new, said["at"], is_whole)
        if is_whole:
            self._say("up", "")
            self._tell_unknown()
        return None

    def _show(self, new: Iterable[str], at: str, is_whole: bool) -> None:
        for line in self._lines:
            if line.driver is None and line.plan.by_number:
                line.plan = line.plan.for_counters(self._hall.numbers)
            counters = line.plan.counters if is_whole and (line.is_lost or not line.driver) else new
            line.is_lost = False
            self._put(line, {name: self._hall.showing(name, line.plan.faces, at) for name in counters})

    def _show_lost(self, line: _Line) -> None:
        line.is_lost = True
        self._put(line, dict.fromkeys(line.plan.counters, Showing(line.plan.faces.lost)))

    def _put(self, line: _Line, showings: dict[str, Showing]) -> None:
        """A line is opened when there is something to show: until then its signs keep what they show."""
        driver = line.driver or open_signs(
            line.plan.url, line.plan.described, virtual_folder=self.folder, noticed=self.news.sign
        )
        for counter, showing in showings.items():
            driver.show(counter, showing)
        if line.driver is None and (line.plan.counters or not line.plan.by_number):
            line.driver = driver.start()

    def _say(self, what: str, detail: str) -> None:
        if what != self._said:
            self._said = what
            self.news.link(what, detail)

    def _tell_unknown(self) -> None:
        known = self._hall.numbers
        found = [name for line in self._lines for name in line.plan.counters if name not in known]
        if found and found != self._unknown:
            self.news.unknown(found)
        self._unknown = found


def run(
    server: Server,
    plans: Iterable[SignPlan],
    folder: Path,
    news: News,
    over: Event,
    began: Callable[[], None],
) -> None:
    """Drive the signs until `over` is set."""
    program = SignProgram(server, plans, folder, news, over)
    following = Thread(target=program.follow, name="server", daemon=True)
    following.start()
    began()
    program.watch()
    following.join(2.0)
    program.close()
