"""The application as its adapters see it: one centre, everything one may ask of it, and its changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ..core import calendar, numbering, rights
from ..core.commands import AdoptTicket, CloseCounter, Command
from ..core.events import Event
from ..core.model import SYSTEM, Actor, Day, Desk, TicketState
from ..core.refusals import Code, Refused
from ..core.site import Site
from . import copies, describing, kiosks
from .attendance import Attendance
from .ports import Clock, Conflict, Reading, Store, StoreTrouble, Writing
from .relay import Listener, Relay, entries_after
from .restoring import CURSOR as RESTORED
from .views import board, directory, shapes, topics
from .views.touched import touched_by
from .write_path import Order, record_event
from .writer import Writes

Json = dict[str, Any]
CATCH_UP = 400
"""A screen that missed more journal entries than this gets a snapshot instead."""


class Centre:
    """One site: commands go in through `do`, views come out, listeners hear of changes."""

    def __init__(
        self, store: Store, site_id: str, clock: Clock, writer: Writes, public_url: str = ""
    ) -> None:
        self.public_url = public_url
        self.site_id = site_id
        self._store = store
        self._clock = clock
        self.attendance = Attendance()
        self.kiosks = kiosks.KioskWatch()
        self.relay = Relay(store, site_id, clock)
        self.writer = writer

    @property
    def ready(self) -> bool:
        """Whether commands are taken and the centre can be read."""
        if not self.writer.alive:
            return False
        try:
            with self._store.reading(self.site_id) as reading:
                return reading.site() is not None
        except StoreTrouble:
            return False

    def do(
        self, command: Command, actor: Actor, *, key: str | None = None, fingerprint: str = ""
    ) -> Json | None:
        """Carry out a command; returns its answer once it is durable. Raises Refused."""
        self.attendance.heard([actor.id])
        return self.writer.submit(self.site_id, Order(command, actor, key, fingerprint)).answer

    def adopt(
        self, command: AdoptTicket, actor: Actor, *, key: str | None = None, fingerprint: str = ""
    ) -> Json | None:
        """`do` for a number that a kiosk gave by itself: one that somebody else holds is refused."""
        try:
            return self.do(command, actor, key=key, fingerprint=fingerprint)
        except Conflict:
            raise Refused(Code.NUMBER_TAKEN, label=self._label(command)) from None

    def _label(self, command: AdoptTicket) -> str:
        queue = self.site().queue.get(command.queue)
        return numbering.label(queue, command.number) if queue else str(command.number)

    def hear_kiosk(
        self,
        kiosk: str,
        printer: str,
        facts: Mapping[str, Any],
        slips: Sequence[kiosks.Settled],
        actor: Actor,
    ) -> Json:
        """A kiosk that runs by itself tells how it is, and what became of slips; returns the time here."""
        site = self.site()
        if kiosk not in site.kiosk:
            raise Refused(Code.UNKNOWN_KIOSK, kiosk=kiosk)
        self.kiosks.heard(kiosk)
        now = self._clock()
        with self._store.reading(self.site_id) as reading:
            news = kiosks.told(reading, kiosk, printer, facts, now) or slips
        if news:

            def written(transaction: Writing, at: int) -> None:
                events = kiosks.settled(transaction, kiosk, slips, at)
                for event in (*kiosks.told(transaction, kiosk, printer, facts, at), *events):
                    record_event(transaction, self.site_id, site, event, actor, at)

            self.write(written)
        return {"at": calendar.rfc3339(site, now)}

    def miss_kiosks(self) -> None:
        """Write down which kiosks have fallen silent, and which copies nobody waits for any more."""
        site = self.site()
        now = self._clock()
        with self._store.reading(self.site_id) as reading:
            silent = self.kiosks.silent(reading.devices(), now)
            idle = [kiosk.id for kiosk in site.kiosks if copies.has_idle(reading, kiosk.id, now)]

        def written(transaction: Writing, at: int) -> None:
            events: list[Event] = [event for one in silent for event in kiosks.vanished(one)]
            events += [event for kiosk in idle for event in copies.give_up(transaction, kiosk, at)]
            for event in events:
                record_event(transaction, self.site_id, site, event, SYSTEM, at)

        if silent or idle:
            self.write(written)

    def view_kiosk(self, kiosk: str) -> Json:
        """What an appliance asks for again and again: the time, its own row and the lines."""
        seq, rows = self.snapshot(f"kiosk:{kiosk}")
        now = self._clock()
        with self._store.reading(self.site_id) as reading:
            site = _site(reading)
            owed = copies.owed(reading, site, kiosk, now, self.public_url)
        spec = site.kiosk[kiosk]
        return {
            "id": kiosk,
            "at": calendar.rfc3339(site, now),
            "seq": seq,
            "offline_first": spec.offline_first,
            "offline_last": spec.offline_last,
            "kiosk": rows["kiosk"],
            "lines": rows["lines"],
            "copies": owed,
        }

    def assign(self, counter: str, queues: Sequence[str], helps: Sequence[str], actor: Actor) -> Json:
        """Give a counter other queues; returns it as it now stands. Raises Refused."""

        def assigned(transaction: Writing, now: int) -> Json:
            describing.assign(transaction, counter, queues, helps, actor, now)
            desk = shapes.desk_of(transaction, counter)
            return shapes.counter_json(transaction, _site(transaction), desk, now)

        answer: Json = self.write(assigned)
        return answer

    def sign_off(self, actor: Actor) -> None:
        """Close the counters that `actor` works at. Raises Refused while somebody is being served there.

        Leaving is no right that one could lack, at whatever counter one was left.
        """
        with self._store.reading(self.site_id) as reading:
            theirs = [desk for desk in reading.desks() if desk.officer == actor.id]
            serving = {desk.id for desk in theirs if _serves(reading, desk)}
        leaving = Actor(actor.id, SYSTEM.role, anywhere=True)
        for desk in sorted(theirs, key=lambda desk: desk.id not in serving):  # refused before any has closed
            self.do(CloseCounter(desk.id), leaving)

    def heard(self, officers: Iterable[str]) -> None:
        """The pages of these actors are connected."""
        self.attendance.heard(officers)

    def rights_of(self, role: str) -> list[str]:
        """The actions that people or devices of `role` may do here."""
        return rights.of(self.site(), role)

    def write(self, task: Callable[[Writing, int], Any]) -> Any:
        """Run `task` in a transaction of this site."""
        return self.writer.run(self.site_id, task)

    def site(self) -> Site:
        with self._store.reading(self.site_id) as reading:
            return _site(reading)

    def view_site(self) -> Json:
        described = self.view(lambda reading, site, now: directory.site_json(site, reading.day(), now))
        return {**described, "public_url": self.public_url}

    def view_services(self, queue: str, popular: int | None) -> Json:
        return directory.services_json(self.site(), queue, popular)

    def view_ticket(self, ticket_id: str) -> Json:
        return self.view(
            lambda reading, site, now: shapes.ticket_json(
                reading, site, shapes.required_ticket(reading, ticket_id), now
            )
        )

    def view_track(self, secret: str) -> Json:
        """The public view of a ticket, with the topic that follows it and the seq it is true for."""
        seq, rows = self.snapshot(f"ticket:{secret}")
        return {**rows["ticket"]["_"], "topic": f"ticket:{secret}", "seq": seq}

    def view_counter(self, counter: str) -> Json:
        return self.snapshot(f"counter:{counter}")[1]

    def view_board(self, name: str) -> Json:
        seq, rows = self.snapshot(f"board:{name}")
        return {"seq": seq, **rows}

    def snapshot(self, topic: str) -> tuple[int, Json]:
        """(seq, rows by collection and key): everything a screen on `topic` shows. Raises Refused."""
        with self._store.reading(self.site_id) as reading:
            rows = topics.snapshot(reading, _site(reading), topic, self._clock())
            return reading.head()[0], rows

    def changes_since(self, topic: str, seq: int) -> tuple[int, Json, Json] | None:
        """(seq, put, drop) since `seq`, merged; None where only a snapshot will do."""
        with self._store.reading(self.site_id) as reading:
            head = reading.head()[0]
            if not reading.cursor(RESTORED) < seq <= head or head - seq > CATCH_UP:
                return None
            touched = touched_by(reading, entries_after(reading, seq, CATCH_UP))
            if touched.everything:
                return None
            change = topics.change(reading, _site(reading), topic, touched, self._clock())
            put, drop = change or ({}, {})
            return head, put, drop

    def spoken(self, name: str, announcement: int) -> None:
        """A board has said an announcement aloud: after a reload it need not be said again."""

        def remember(transaction: Writing, now: int) -> None:
            board.required_board(_site(transaction), name)
            cursor = board.cursor_of(name)
            newest = min(announcement, transaction.head()[0])
            if newest > transaction.cursor(cursor):
                transaction.set_cursor(cursor, newest)

        self.write(remember)

    def subscribe(self, listener: Listener) -> None:
        """`listener` hears of every batch of changes, in order, in the relay's green thread."""
        self.relay.subscribe(listener)

    def unsubscribe(self, listener: Listener) -> None:
        self.relay.unsubscribe(listener)

    def stats(self) -> Json:
        """Figures for operators: the state of the lines, and how far this process has told of it."""
        with self._store.reading(self.site_id) as reading:
            day: Day | None = reading.day()
            waiting = sum(line.waiting for line in reading.lines())
            staffed = sum(desk.officer is not None for desk in reading.desks())
            seq = reading.head()[0]
        return {
            "journal_seq": seq,
            "relayed_seq": self.relay.seq,
            "relay_failures": self.relay.failures,
            "waiting": waiting,
            "counters_staffed": staffed,
            "day": day.date if day else None,
        }

    def view(self, make: Callable[[Reading, Site, int], Json]) -> Json:
        """What `make` reads of the centre as it is now. Raises Refused."""
        with self._store.reading(self.site_id) as reading:
            return make(reading, _site(reading), self._clock())


def _serves(reading: Reading, desk: Desk) -> bool:
    ticket = reading.ticket(desk.ticket) if desk.ticket else None
    return ticket is not None and ticket.state is TicketState.SERVING


def _site(reading: Reading) -> Site:
    described = reading.site()
    if described is None:
        raise Refused(Code.DAY_NOT_OPEN)
    return described[1]
