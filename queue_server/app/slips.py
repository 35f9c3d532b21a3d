"""Slips that are owed: claimed, printed once at most, and what became of each written into the journal."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol

from ..core.events import Event, PrinterChanged, SlipPrinted, SlipReprinted, TicketIssued
from ..core.model import Actor
from . import kiosks
from .access import OffHub
from .centre import Centre
from .ports import Delivery, Threads, Writing
from .relay import Batch
from .views.slip import needs_slip, slip_facts
from .write_path import record_event

CLAIM_MS = 120_000
"""A claim that is older belongs to a process that died over its slip: no printer takes that long."""
STATUS_SECONDS = 5.0
STOP_SECONDS = 8.0
"""How long a slip that is being printed may keep the server from ending."""
_SETTLED = {"printed": "done", "failed": "failed", "uncertain": "uncertain"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """`state`: printed, failed or uncertain. `printer`: the state it was last seen in."""

    state: str
    detail: str
    printer: str


class SlipPrinting(Protocol):
    """A kiosk's printer; both calls block and are made in a native thread."""

    def print(self, facts: dict[str, Any]) -> Outcome: ...
    def status(self) -> str: ...


class SlipWork:
    """Prints what one kiosk owes, in order, in a green loop of its own; a slow printer holds up only itself.

    A slip that was claimed by a process that then died is uncertain: it may be in the citizen's hand, so it
    is never printed again unmarked.
    """

    def __init__(
        self,
        centre: Centre,
        kiosk: str,
        printer: SlipPrinting,
        off_hub: OffHub,
        threads: Threads,
        public_url: str,
    ) -> None:
        self._centre = centre
        self._kiosk = kiosk
        self._printer = printer
        self._off_hub = off_hub
        self._threads = threads
        self._public_url = public_url
        self._actor = Actor(f"kiosk:{kiosk}", "kiosk")
        self._wake = threads.completion()
        self._ended = threads.completion()
        self._seen: str | None = None
        self._running = True
        self._at_work = False
        centre.subscribe(self._on_change)

    def run(self, report: Callable[[BaseException], Any]) -> None:
        """Print until stopped; trouble is reported, and the next slip gets its chance."""
        self._at_work = True
        while self._running:
            self._wake = self._threads.completion()
            try:
                self.print_due()
                if self._running:
                    self.look_at_printer()
            except Exception as trouble:
                if self._running:
                    report(trouble)
            if self._running:
                with suppress(TimeoutError):
                    self._wake.wait(STATUS_SECONDS)
        self._ended.set(None)

    def stop(self) -> None:
        """End after the slip that is being printed."""
        self._running = False
        self._centre.unsubscribe(self._on_change)
        self._wake.set(None)

    def wait(self) -> None:
        """Until it has ended, so that what became of its last slip is still written down; not for ever."""
        if self._at_work:
            with suppress(TimeoutError):
                self._ended.wait(STOP_SECONDS)

    def print_due(self) -> None:
        """Print every slip that is owed now, oldest first."""
        while self._running and (delivery := self._centre.write(self._claim)):
            self._deliver(delivery)

    def look_at_printer(self) -> None:
        """Write down the printer's state where it is another than before."""
        self._watch(self._off_hub(self._printer.status))

    def _on_change(self, batch: Batch) -> None:
        if any(_owes(entry.event, self._kiosk) for entry in batch.entries):
            self._wake.set(None)

    def _claim(self, transaction: Writing, now: int) -> Delivery | None:
        """The next slip that this kiosk owes: claimed one by one, so that a crash leaves one in doubt."""
        for delivery in transaction.due("slip", self._kiosk, now, 1):
            if transaction.claim(delivery.id, now, now + CLAIM_MS):
                return delivery
        return None

    def _deliver(self, delivery: Delivery) -> None:
        owed = json.loads(delivery.body)
        ticket_id, copy = owed["ticket"], bool(owed.get("copy"))
        outcome = self._outcome(delivery, ticket_id, copy)
        event = SlipPrinted(ticket_id, self._kiosk, outcome.state, outcome.detail, copy)
        self._centre.write(lambda transaction, now: self._settle(transaction, now, delivery, event))
        self._watch(outcome.printer)

    def _outcome(self, delivery: Delivery, ticket_id: str, copy: bool) -> Outcome:
        """What became of the slip, whatever happens over it."""
        seen = self._seen or "unknown"
        if delivery.attempts > 0:
            return Outcome("uncertain", "the program stopped while this slip was printing", seen)
        try:
            facts = self._centre.write(lambda transaction, now: self._facts(transaction, ticket_id))
        except LookupError as error:
            return Outcome("failed", f"{type(error).__name__}: {error}", seen)
        if facts is None:
            return Outcome("failed", "the ticket is no longer good", seen)
        slip = {**facts, "copy": copy}
        try:
            return self._off_hub(lambda: self._printer.print(slip))
        except Exception as error:  # it may have got as far as the paper
            return Outcome("uncertain", f"{type(error).__name__}: {error}", "unknown")

    def _facts(self, transaction: Writing, ticket_id: str) -> dict[str, Any] | None:
        """The slip's fields; None where nobody needs it any more, after a power cut say. LookupError."""
        described, ticket = transaction.site(), transaction.ticket(ticket_id)
        if described is None or ticket is None:
            raise LookupError(f"ticket {ticket_id} owes a slip but does not exist")
        if not needs_slip(transaction, ticket):
            return None
        return slip_facts(transaction, described[1], ticket, self._public_url)

    def _settle(self, transaction: Writing, now: int, delivery: Delivery, event: SlipPrinted) -> None:
        transaction.settle(delivery.id, _SETTLED[event.outcome], now)
        self._record(transaction, now, event)

    def _watch(self, state: str) -> None:
        """Write down that the printer is in another state than before."""
        if state != self._seen:
            event = PrinterChanged(self._kiosk, state)
            self._centre.write(lambda transaction, now: self._note_state(transaction, now, event))
            self._seen = state

    def _note_state(self, transaction: Writing, now: int, event: PrinterChanged) -> None:
        known = {device.id: device.state for device in transaction.devices()}
        if kiosks.runs_itself(transaction, self._kiosk):
            return
        if known.get(f"printer:{self._kiosk}") != event.state:
            self._record(transaction, now, event)

    def _record(self, transaction: Writing, now: int, event: Event) -> None:
        described = transaction.site()
        if described is not None:
            record_event(transaction, self._centre.site_id, described[1], event, self._actor, now)


def _owes(event: Event, kiosk: str) -> bool:
    """Whether `event` may have left this kiosk a slip to print."""
    if isinstance(event, TicketIssued):
        return event.origin == kiosk
    return isinstance(event, SlipReprinted) and event.kiosk == kiosk
