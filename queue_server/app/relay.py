"""The relay of one site: tells its listeners what changed, in the journal's order.

What a commit added it is handed as it was written; what lies before that it reads from the journal itself.

It reads on from where it stood, so a wake-up that is lost or doubled changes nothing; whoever was away asks
for what it missed by seq (`Centre.changes_since`).
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import cached_property
from typing import Any

from ..core.calendar import rfc3339
from ..core.events import Entry
from ..core.model import Ticket
from ..core.refusals import Code, Refused
from ..core.site import Site
from .journal import read_back
from .ports import Clock, Reading, Record, Store
from .views import topics, tracking
from .views.touched import TURNING, Touched, touched_by

PAGE = 500
MOST_SLIPS = 20_000

Report = Callable[[BaseException], Any]


class Batch:
    """What happened between two looks at the journal: entries `floor` + 1 to `seq`.

    All topics are made from one reading, so a change costs one transaction however many follow it, and none
    where nobody here follows anything: it is opened by `look` when it is needed. `slips` are kept from batch
    to batch: the ticket of each secret that somebody follows, so that a phone that a change does not touch
    costs no look into the store.
    """

    def __init__(
        self,
        look: Callable[[], Reading],
        clock: Clock,
        floor: int,
        entries: Sequence[Entry],
        slips: dict[str, Ticket],
    ) -> None:
        self._look = look
        self._slips = slips
        self._clock = clock
        self.floor = floor
        self.entries = entries
        self.seq = entries[-1].seq
        self.resets = any(isinstance(entry.event, TURNING) for entry in entries)
        """Whether the page has turned: every topic needs a new snapshot instead of a change."""

    @cached_property
    def _reading(self) -> Reading:
        return self._look()

    @cached_property
    def _touched(self) -> Touched:
        touched, slips = touched_by(self._reading, self.entries), self._slips
        if self.resets or len(slips) >= MOST_SLIPS:
            slips.clear()
        for ticket in touched.tickets.values():  # no ticket changes without an entry that names it
            if ticket.secret in slips:
                slips[ticket.secret] = ticket
        return touched

    def end(self) -> None:
        """It has been told: what nobody asked about is not known any more."""
        if "_touched" not in vars(self):
            self._slips.clear()

    @property
    def at(self) -> str:
        """The time here as text."""
        return rfc3339(self._site(), self._clock())

    def snapshot(self, topic: str) -> tuple[int, topics.Rows]:
        """(seq, rows): the whole of `topic`, as Centre.snapshot gives it."""
        rows = topics.snapshot(self._reading, self._site(), topic, self._clock())
        return self._reading.head()[0], rows

    def for_topic(self, topic: str) -> topics.Change | None:
        """(put, drop) for `topic`, None where this batch does not touch it."""
        kind, _, secret = topic.partition(":")
        touched = self._touched
        known = self._slips.get(secret) if kind == "ticket" else None
        if known is not None and not tracking.is_touched(known, touched):
            return None
        described = self._reading.site()
        if described is None:
            return None
        if kind == "ticket" and known is None and (ticket := self._reading.ticket_by_secret(secret)):
            self._slips[secret] = ticket
        return topics.change(self._reading, described[1], topic, touched, self._clock())

    def _site(self) -> Site:
        described = self._reading.site()
        if described is None:
            raise Refused(Code.DAY_NOT_OPEN)
        return described[1]


class _Look:
    """A reading that is opened when it is first asked for; one that fails is not tried again and again."""

    def __init__(self, store: Store, site_id: str) -> None:
        self._store = store
        self._site_id = site_id
        self._opened = ExitStack()
        self.trouble: Exception | None = None

    def __enter__(self) -> _Look:
        return self

    def __exit__(self, *raised: Any) -> None:
        self._opened.__exit__(*raised)

    def __call__(self) -> Reading:
        if self.trouble is not None:
            raise self.trouble
        try:
            return self._opened.enter_context(self._store.reading(self._site_id))
        except Exception as trouble:
            self.trouble = trouble
            raise


Listener = Callable[[Batch], None]


class Relay:
    """Tells one site's listeners. `seq` is the newest entry that they have been told of.

    Whoever hears of news calls `bring` or `catch_up`, from any green thread: one of them tells at a time, in
    order, and the others leave it what they brought.
    """

    def __init__(self, store: Store, site_id: str, clock: Clock) -> None:
        self._store = store
        self._site_id = site_id
        self._clock = clock
        self._listeners: list[Listener] = []
        self._brought: deque[Sequence[Record] | None] = deque()
        self._telling = threading.Lock()
        self._trouble = ""
        self._slips: dict[str, Ticket] = {}
        self.failures = 0
        with store.reading(site_id) as reading:
            self.seq = reading.head()[0]

    def subscribe(self, listener: Listener) -> None:
        self._listeners.append(listener)

    def unsubscribe(self, listener: Listener) -> None:
        if listener in self._listeners:
            self._listeners.remove(listener)

    def bring(self, records: Sequence[Record], report: Report) -> None:
        """Tell what somebody else has read; whatever lies between here and there is read first."""
        self._tell(records, report)

    def catch_up(self, report: Report) -> None:
        """Tell everything up to the end of the journal."""
        self._tell(None, report)

    def _tell(self, brought: Sequence[Record] | None, report: Report) -> None:
        """Trouble of the store is reported once, not each time that it is met; no news are lost by it."""
        if brought is not None or None not in self._brought:
            self._brought.append(brought)
        while self._brought and self._telling.acquire(blocking=False):
            try:
                self._tell_all(report)
                self._trouble = ""
            except Exception as trouble:
                self.failures += 1
                if repr(trouble) != self._trouble:
                    report(trouble)
                self._trouble = repr(trouble)
            finally:
                self._telling.release()

    def _tell_all(self, report: Report) -> None:
        while self._brought:
            records = self._brought.popleft()
            entries = self._new_of(records) if records else None
            if entries is None:
                entries = self._read()
            while entries:
                self._hand_out(entries, report)
                entries = self._read() if len(entries) >= PAGE else []

    def _new_of(self, records: Sequence[Record]) -> list[Entry] | None:
        """Those not told of yet; None where there is a gap before or amid them, which the journal fills."""
        fresh = [record for record in records if record.seq > self.seq]
        if any(record.seq != self.seq + place for place, record in enumerate(fresh, 1)):
            return None  # another program wrote in between, as an import does
        return [read_back(record) for record in fresh]

    def _hand_out(self, entries: list[Entry], report: Report) -> None:
        with _Look(self._store, self._site_id) as look:
            batch = Batch(look, self._clock, self.seq, entries, self._slips)
            self.seq = batch.seq
            for listener in list(self._listeners):
                try:
                    listener(batch)
                except Exception as trouble:
                    if trouble is not look.trouble:
                        self.failures += 1
                        report(trouble)
            batch.end()
            if look.trouble is not None:  # screens find that they lack something, and ask for it
                raise look.trouble

    def _read(self) -> list[Entry]:
        with self._store.reading(self._site_id) as reading:
            return entries_after(reading, self.seq, PAGE)


def entries_after(reading: Reading, seq: int, limit: int) -> list[Entry]:
    return [read_back(record) for record in reading.journal(seq, limit)]
