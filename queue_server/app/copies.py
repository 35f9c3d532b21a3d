"""Copies that the staff wish from a kiosk that prints by itself: each once, as long as anybody waits for it.

A wish is known by the journal entry in which it was made. The kiosk fetches what is owed, keeps it on its own
disk under the wish's number before it prints, and reports under the same number: whichever side dies, nothing
is lost, and no wish is printed twice.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ..core.events import SlipPrinted
from ..core.site import Site
from .ports import Delivery, Reading, Writing
from .views.slip import needs_slip, slip_facts

Json = dict[str, Any]
CHANNEL = "copy"
PATIENCE_MS = 10 * 60_000
"""As long as a kiosk itself waits for paper, see kiosk/print_work.py."""
AT_ONCE = 20
_KNOWN = 100
_SETTLED = {"printed": "done", "failed": "failed", "uncertain": "uncertain"}


def wish(transaction: Writing, kiosk: str, ticket: str, seq: int, now: int) -> None:
    """`kiosk` owes a copy from journal entry `seq` on."""
    body = {"wish": seq, "ticket": ticket, "until": now + PATIENCE_MS}
    transaction.owe(CHANNEL, kiosk, seq, json.dumps(body), now)


def owed(reading: Reading, site: Site, kiosk: str, now: int, public_url: str) -> list[Json]:
    """What `kiosk` is to print for the staff now, oldest first: {wish, slip}, as in protocol.Slip."""
    found: list[Json] = []
    for delivery in reading.due(CHANNEL, kiosk, now, AT_ONCE):
        body = json.loads(delivery.body)
        ticket = reading.ticket(body["ticket"])
        if ticket is None or _is_idle(reading, body, now):
            continue
        try:
            slip = slip_facts(reading, site, ticket, public_url)
        except LookupError:  # an import has taken its queue away; in time the wish is given up
            continue
        found.append({"wish": delivery.seq, "slip": {**slip, "copy": True}})
    return found


def settle(
    transaction: Writing, kiosk: str, number: int, event: SlipPrinted, now: int
) -> Sequence[SlipPrinted]:
    """What is new in the kiosk's word on wish `number`: the same word again is nothing."""
    delivery = _of(transaction, kiosk, number, now)
    if delivery is not None:
        transaction.settle(delivery.id, _SETTLED[event.outcome], now)
        return (event,)
    was_given_up = any(
        state == "failed" and json.loads(body)["wish"] == number
        for body, state in transaction.deliveries(CHANNEL, kiosk, _KNOWN)
    )
    return (event,) if was_given_up and event.outcome != "failed" else ()


def has_idle(reading: Reading, kiosk: str, now: int) -> bool:
    """Whether `kiosk` owes copies that nobody waits for any more."""
    due = reading.due(CHANNEL, kiosk, now, AT_ONCE)
    return any(_is_idle(reading, json.loads(one.body), now) for one in due)


def give_up(transaction: Writing, kiosk: str, now: int) -> list[SlipPrinted]:
    """Let those fail that were not fetched in time, or whose number is over."""
    events: list[SlipPrinted] = []
    for delivery in transaction.due(CHANNEL, kiosk, now, AT_ONCE):
        body = json.loads(delivery.body)
        if _is_idle(transaction, body, now):
            transaction.settle(delivery.id, "failed", now)
            said = "the kiosk did not print this copy in time"
            events.append(SlipPrinted(body["ticket"], kiosk, "failed", said, copy=True))
    return events


def _is_idle(reading: Reading, body: Json, now: int) -> bool:
    ticket = reading.ticket(body["ticket"])
    return now > body["until"] or ticket is None or not needs_slip(reading, ticket)


def _of(reading: Reading, kiosk: str, number: int, now: int) -> Delivery | None:
    due = reading.due(CHANNEL, kiosk, now, _KNOWN)
    return next((one for one in due if one.seq == number), None)
