"""What the processes of one installation tell each other: who wrote, what was written, who is still there.

One of them leads. It alone reads the journals and passes each entry on to all, itself included; every
process makes of it the changes for its own sockets. A message that is lost does no harm: the leader tells
once a second how far everybody should be, and while nobody does, each process looks for itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple
from functools import partial
from typing import Any, Protocol

from .courier import Courier
from .ports import Record, Store
from .relay import PAGE, Report
from .sites import Sites

PRESENCE_SECONDS = 2.0
"""How often a process tells whom it has heard of: well within what counts as a sign of life."""

SILENCE_SECONDS = 3.0
"""After so long without a word from the leader a process looks into the store itself."""

Json = dict[str, Any]


class Bus(Protocol):
    """Carries messages to every process, the sender included, in the order in which each of them sent."""

    def send(self, message: Json) -> None:
        """Without waiting; lost while nobody can carry it."""


class Colleagues:
    """One process among several: `leads` tells whether it is the one that passes entries on."""

    def __init__(
        self,
        bus: Bus,
        store: Store,
        sites: Sites,
        courier: Courier,
        leads: Callable[[], bool],
        spawn: Callable[[Callable[[], None]], Any],
        report: Report,
    ) -> None:
        self._bus = bus
        self._store = store
        self._sites = sites
        self._courier = courier
        self._leads = leads
        self._spawn = spawn
        self._report = report
        self._passed_on: dict[str, int] = {}
        self._wanted: dict[str, int] = {}
        self._passing: set[str] = set()
        self._was_leading = False
        self._due: Mapping[str, int] = {}  # what was passed on a second ago: by now everybody should have it
        self._heard_at = self._told_at = time.monotonic()
        courier.looks = self.is_alone

    def committed(self, site: str, seq: int) -> None:
        """This process has written up to `seq`. From any thread."""
        self._bus.send({"committed": site, "seq": seq})

    def is_alone(self) -> bool:
        return time.monotonic() - self._heard_at > SILENCE_SECONDS

    def hear(self, message: Json) -> None:
        """A message of any process."""
        if "entries" in message:
            self._bring(message["site"], [Record(*record) for record in message["entries"]])
        elif "heads" in message:
            self._heard_at = time.monotonic()
            for house in self._sites:
                if message["heads"].get(house.id, 0) > house.centre.relay.seq:
                    self._courier.wake(house.id)
        elif self._leads():
            if "committed" in message:
                self.pass_on({message["committed"]: message["seq"]})
            elif "heard" in message:
                self._note_presence(message["heard"])

    def run(self, sleep: Callable[[float], Any]) -> None:
        """Tell what there is to tell, for ever; trouble is reported, and the next second comes as well."""
        while True:
            sleep(1.0)
            try:
                self.tell_heads()
                if time.monotonic() - self._told_at >= PRESENCE_SECONDS:
                    self._told_at = time.monotonic()
                    self.tell_presence()
            except Exception as trouble:
                self._report(trouble)

    def tell_presence(self) -> None:
        """Tell the leader which officers and kiosks this process has heard of lately."""
        heard = {
            house.id: {"officers": house.centre.attendance.fresh(), "kiosks": house.centre.kiosks.fresh()}
            for house in self._sites
        }
        heard = {site: facts for site, facts in heard.items() if facts["officers"] or facts["kiosks"]}
        if heard and not self._leads():
            self._bus.send({"heard": heard})

    def tell_heads(self) -> None:
        """What the leader does each second: pass on what nobody told it of, and say how far all should be."""
        if not self._leads():
            self._was_leading = False
            return
        heads = self._store.heads()
        if not self._was_leading:  # whoever led before may have passed these on or not: `heads` lets all look
            self._passed_on, self._was_leading, self._due = dict(heads), True, heads
        else:
            self.pass_on(heads)
        self._bus.send({"heads": self._due})
        self._due = heads

    def pass_on(self, heads: Mapping[str, int]) -> None:
        """Send every entry up to `heads` that was not passed on yet; site by site, each in its own time."""
        for site, head in heads.items():
            self._wanted[site] = max(head, self._wanted.get(site, 0))
            if site not in self._passing and self._passed_on.get(site, head - 1) < head:
                self._passing.add(site)
                self._spawn(partial(self._pass_on, site))

    def _pass_on(self, site: str) -> None:
        try:
            while (after := self._passed_on.get(site, self._wanted[site] - 1)) < self._wanted[site]:
                with self._store.reading(site) as reading:
                    records = reading.journal(after, PAGE)
                if not records:
                    return
                self._bus.send({"site": site, "entries": [astuple(record) for record in records]})
                self._passed_on[site] = records[-1].seq
        except Exception as trouble:
            self._report(trouble)
        finally:
            self._passing.discard(site)

    def _bring(self, site: str, records: Sequence[Record]) -> None:
        house = self._sites.opened(site)
        if house is not None:
            self._spawn(partial(house.centre.relay.bring, records, self._report))

    def _note_presence(self, heard: dict[str, dict[str, Iterable[str]]]) -> None:
        for site, facts in heard.items():
            house = self._sites.opened(site)
            if house is None:
                continue
            house.centre.attendance.heard(facts.get("officers", ()))
            for kiosk in facts.get("kiosks", ()):
                house.centre.kiosks.heard(kiosk)
