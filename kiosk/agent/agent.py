"""The kiosk's mind: what it knows, whether the server is there, and what is to be done next.

It has no thread, clock or socket of its own: `tick` is called every second or two, touches as they come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from kiosk.agent import hall
from kiosk.agent.clock import HallClock, Milliseconds
from kiosk.agent.homecoming import Homecoming
from kiosk.agent.records import Json, Records
from kiosk.agent.scanning import Scanning
from kiosk.agent.server import Answer, Server, Silence, Unreached
from kiosk.agent.touching import Touching
from kiosk.spool import Spool
from kiosk.spool_rows import Job
from queue_server.protocol import Slip

SITE_MS = 60_000
"""How often the description of the centre is asked for."""
REPORT_MS = 10_000
"""How often the server is told how the kiosk is; at once where something has changed."""
FLOOR_MS = 30_000
"""How often the time is written down, so that a clock that is lost over a power cut does not go back far."""
MISSES = 2
"""How many looks in a row may go unanswered before the server counts as gone."""
KEPT_MS = 3 * 86_400_000
POPULAR = 6
SLIPS_SHOWN = 20


class Paper(Protocol):
    """The printer's side: `state` is its driver's word, or "none"."""

    @property
    def state(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Setting:
    """`base`: where phones reach the server, unless the centre names another address."""

    folder: Path
    base: str
    version: str = ""


class Agent:
    """One kiosk. Everything it must not forget is in `setting.folder`; `wall` and `steady` are in ms."""

    def __init__(
        self,
        setting: Setting,
        server: Server,
        spool: Spool,
        paper: Paper,
        wall: Milliseconds,
        steady: Milliseconds,
        scanning: Scanning | None = None,
    ) -> None:
        self.records = Records(setting.folder / "kiosk.db")
        self.spool = spool
        self.is_up = False
        self._version = setting.version
        self._server = server
        self._paper = paper
        self._scanning = scanning or Scanning(steady)
        records = self.records
        self.clock = HallClock(wall, steady, records.fact("offset", 0), records.fact("floor", 0))
        self.touching = Touching(
            records, server, self.clock, spool.put, lambda: self.is_up, self._lost, setting.base
        )
        self._home = Homecoming(records, server)
        self._site_due = self._report_due = self._floor_due = 0
        self._misses = 0
        self._told: Json = {}
        self._lines: Json = records.fact("lines", {})
        self._listener: Callable[[], None] = lambda: None
        records.forget(self.clock.now() - KEPT_MS)
        self.touching.hand_over_due()

    @property
    def id(self) -> str | None:
        """Which kiosk this is; None until the server has said so for the first time."""
        known = self.records.fact("kiosk")
        return None if known is None else str(known["id"])

    def subscribe(self, listener: Callable[[], None]) -> None:
        """`listener` is called after whatever may have changed the rows."""
        self._listener = listener

    def take(self, key: str, wanted: Mapping[str, Any], language: str = "vi") -> Answer:
        """A number; see touching.py."""
        answer = self.touching.take(key, wanted, language)
        self._listener()
        return answer

    def tick(self) -> None:
        """Look whether the server is there, learn what is new, bring home what is owed, and report."""
        was = (self.is_up, self._lines)
        try:
            self._look()
            self._misses = 0
        except Unreached:
            self.is_up = False
        except Silence:  # once may be a busy moment; whoever touches meanwhile asks for themselves
            self._misses += 1
            self.is_up = self.is_up and self._misses < MISSES
        if was != (self.is_up, self._lines):
            self._listener()

    def close(self) -> None:
        self.records.close()

    def site(self) -> Json | None:
        """The centre's description as its pages want it, with the doors as they are now."""
        known = self.records.fact("site")
        if known is None:
            return None
        now = self.clock.now()
        is_open, notice = hall.doors(known, now)
        base = known.get("public_url") or self.touching.base
        return {
            **known,
            "open": is_open,
            "notice": notice,
            "day": hall.day_of(known, now),
            "public_url": base,
        }

    def today(self) -> date:
        """The day at the centre, in UTC while the centre is not known yet."""
        return hall.local(self.records.fact("site") or {"timezone": "UTC"}, self.clock.now()).date()

    def services(self, queue: str) -> Json | None:
        """The most used services of a queue; None where none were ever heard of."""
        found: Json | None = self.records.fact(f"services:{queue}")
        return found

    def rows(self) -> dict[str, dict[str, Json]]:
        """The kiosk's live topic: its own row, the lines as last heard, its newest slips."""
        known, site = self.records.fact("kiosk"), self.records.fact("site")
        if known is None or site is None:
            return {}
        now = self.clock.now()
        is_open, notice = hall.doors(site, now)
        row = {
            "id": known["id"],
            "name": known["name"],
            "open": is_open,
            "notice": notice,
            "printer": self._paper.state,
            "server": "up" if self.is_up else "down",
            "offline": self.can_go_on,
            "scans": self._scanning.works,
        }
        lines = self._lines if self._lines.get("day") == hall.day_of(site, now) else {}
        shown = self._shown(lines.get("rows", {}))
        return {"kiosk": {"_": row}, "lines": shown, "slips": self._slips(), "scan": self._scanning.rows()}

    @property
    def can_go_on(self) -> bool:
        """Whether this kiosk has numbers of its own to give."""
        known = self.records.fact("kiosk")
        return bool(known and known["offline_first"])

    def _shown(self, lines: Mapping[str, Json]) -> dict[str, Json]:
        """Without the server nobody knows how many wait, or how long."""
        unknown = {} if self.is_up else {"waiting": None, "low": None, "high": None, "oldest": None}
        return {queue: {**row, **unknown} for queue, row in lines.items()}

    def _slips(self) -> dict[str, Json]:
        rows: dict[str, Json] = {}
        for job in self.spool.jobs(SLIPS_SHOWN):
            row = {"ticket": job.ticket, "label": job.slip.label, "state": job.state, "copy": job.copy}
            rows.setdefault(job.ticket, row)
        return rows

    def _lost(self) -> None:
        self.is_up = False

    def _look(self) -> None:
        asked = self.clock.steady()
        answer = self._server.ask("GET", "/kiosk")
        if not answer.is_good:
            # A revoked token, say: what the server answers to a touch says so to whoever stands there.
            self.is_up = self.records.fact("site") is not None
            return
        view = answer.body
        self._keep_time(hall.epoch_ms(view["at"]), asked)
        name = view["kiosk"]["_"]["name"]
        known = {key: view[key] for key in ("id", "offline_first", "offline_last")}
        self.records.know("kiosk", {**known, "name": name})
        self._learn_site()
        self._learn_lines(view["lines"])
        self._home.bring_home(view["id"], (known, self._described()), self.clock.steady())
        self._put_wished(view.get("copies", []))
        self._report(view["id"])  # before it counts as up: the server must know who prints
        self.is_up = True

    def _keep_time(self, server_at: int, asked: int) -> None:
        offset = self.clock.heard(server_at, asked)
        if abs(offset - self.records.fact("offset", 0)) >= 50:
            self.records.know("offset", offset)
        if self.clock.steady() >= self._floor_due:
            self._floor_due = self.clock.steady() + FLOOR_MS
            self.records.know("floor", server_at)

    def _learn_site(self) -> None:
        if self.clock.steady() < self._site_due:
            return
        answer = self._server.ask("GET", "/site")
        if not answer.is_good:
            return
        before = self.records.fact("site")
        for queue in answer.body["queues"]:
            services = self._server.ask("GET", f"/queues/{queue['id']}/services?popular={POPULAR}")
            if services.is_good:
                self.records.know(f"services:{queue['id']}", services.body)
        self.records.know("site", answer.body)
        self._site_due = self.clock.steady() + SITE_MS
        if before is None:
            self._listener()

    def _described(self) -> Json:
        """What the centre says of itself and does not change by the hour."""
        site: Json = self.records.fact("site", {})
        return {name: value for name, value in site.items() if name not in ("open", "notice", "day")}

    def _learn_lines(self, rows: Mapping[str, Json]) -> None:
        site = self.records.fact("site")
        if site is None:
            raise Silence("the server has not described the centre yet")
        found = {"day": hall.day_of(site, self.clock.now()), "rows": dict(rows)}
        if _gates(found) != _gates(self._lines):
            self.records.know("lines", found)
        self._lines = found

    def _put_wished(self, copies: Iterable[Json]) -> None:
        """Copies that the staff wish for; each is offered until the server has heard what became of it."""
        for copy in copies:
            slip = Slip.from_wire(copy["slip"])
            if slip.track_url.startswith("/"):
                slip = replace(slip, track_url=self.touching.base.rstrip("/") + slip.track_url)
            self.spool.put_wished(slip, copy["wish"])

    def _report(self, kiosk: str) -> None:
        jobs = self.spool.unreported(100)
        told = self._facts()
        if told == self._told and not jobs and self.clock.steady() < self._report_due:
            return
        slips = [_told_of(job) for job in jobs]
        body = {**told, "clock_offset_ms": self.clock.offset, "slips": slips}
        answer = self._server.ask("POST", f"/kiosks/{kiosk}/report", body)
        if answer.is_good:
            for job in jobs:
                self.spool.reported(job)
            self._told = told
            self._report_due = self.clock.steady() + REPORT_MS

    def _facts(self) -> Json:
        newest = self.spool.jobs(1)
        labels = [str((touch.ticket or {}).get("label", "")) for touch in self.records.refused()]
        return {
            "printer": self._paper.state,
            "scanner": self._scanning.state,
            "version": self._version,
            "queued": self.spool.queued(),
            "offline_given": len(self.records.owed()),
            "refused": labels[-50:],
            "last_slip": {"label": newest[0].slip.label, "state": newest[0].state} if newest else None,
        }


def _told_of(job: Job) -> Json:
    """What became of a slip, its detail in one line that fits the report."""
    detail = "".join(letter if letter.isprintable() else " " for letter in job.detail)[:200]
    told = {"ticket": job.ticket, "outcome": job.state, "detail": detail, "copy": job.copy}
    return told if job.wish is None else {**told, "wish": job.wish}


def _gates(lines: Mapping[str, Any]) -> Any:
    """What of the lines still holds without the server: whether they give numbers today."""
    rows: Mapping[str, Json] = lines.get("rows", {})
    return lines.get("day"), {queue: (row.get("gate"), row.get("limit")) for queue, row in rows.items()}
