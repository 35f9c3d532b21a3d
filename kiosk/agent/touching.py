"""One touch, one number: asked of the server, or given by the kiosk itself, never both in anybody's hand.

See docs/adr/0006-offline-kiosk.md: a touch has one key; who gives its number is decided once, durably, before
a slip is printed; the server's memory of the key keeps an old request from becoming a second number.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from threading import Lock
from typing import Any

from kiosk.agent import hall
from kiosk.agent.clock import HallClock
from kiosk.agent.records import Json, Records, Touch
from kiosk.agent.server import Answer, Server, Silence, Unreached
from kiosk.agent.slips import slip_of
from kiosk.wording import wording
from queue_server.protocol import Slip

TRIES = 2
"""How often the server is asked, under the same key, before the kiosk gives the number itself."""

_NO_ANSWER = 503


class Touching:
    """Gives numbers. `is_up` tells whether the server is believed to be there, `lost` that it is not.

    `hand_over` takes a slip to be printed, once for each ticket however often it is called.
    """

    def __init__(
        self,
        records: Records,
        server: Server,
        clock: HallClock,
        hand_over: Callable[[Slip], Any],
        is_up: Callable[[], bool],
        lost: Callable[[], None],
        base: str,
    ) -> None:
        self._records = records
        self._server = server
        self._clock = clock
        self._hand_over = hand_over
        self._is_up = is_up
        self._lost = lost
        self.base = base
        self._turns = [Lock() for _ in range(16)]  # the same key waits for itself

    def take(self, key: str, wanted: Mapping[str, Any], language: str = "vi") -> Answer:
        """A number for `wanted` ({queue, service?, class?, language?}); the same key is the same number."""
        with self._turns[hash(key) % len(self._turns)]:
            return self._taken(key, wanted, language)

    def hand_over_due(self) -> None:
        """Give the spool what it may have missed when the program ended."""
        for touch in self._records.unhanded():
            self._print(touch)

    def _taken(self, key: str, wanted: Mapping[str, Any], language: str) -> Answer:
        touch = self._records.begin(key, wanted, self._clock.now())
        if touch.body != dict(wanted):
            return problem(422, "key_reused", language)
        if touch.by == "nobody":
            decided = self._ask(touch, language) if self._is_up() else None
            if isinstance(decided, Answer):
                return decided
            given = decided or self._by_itself(touch, language)
            if isinstance(given, Answer):
                return given
            touch = given
        if not touch.handed:
            self._print(touch)
        return Answer(201, touch.ticket or {})

    def _ask(self, touch: Touch, language: str) -> Touch | Answer | None:
        """The touch with the server's ticket, the server's refusal, or None where it says nothing."""
        for _ in range(TRIES):
            with suppress(Unreached, Silence):
                answer = self._server.ask("POST", "/tickets", touch.body, touch.key, language)
                if not answer.is_good:
                    return answer
                slip = slip_of(self._site(), self._services(touch), answer.body, self._base_url())
                return self._records.decide(touch.key, "server", answer.body, slip.to_wire())
        self._lost()
        return None

    def _by_itself(self, touch: Touch, language: str) -> Touch | Answer:
        """The touch with a number of the kiosk's own, or why there is none."""
        known, site = self._records.fact("kiosk"), self._site()
        if not site or not known or not known["offline_first"]:
            return problem(_NO_ANSWER, "unreachable", language)
        with self._records.together():
            at = self._clock.stamp()
            refusal = self._refusal(site, touch, at)
            if refusal:
                return problem(409, refusal, language)
            queue, day = touch.body["queue"], hall.day_of(site, at)
            number = hall.next_own_number(
                known["offline_first"], known["offline_last"], self._records.own_numbers(queue), day
            )
            if number is None:
                return problem(409, "numbers_used_up", language)
            self._records.give(queue, number, day, at)
            self._records.know("floor", at)
            secret, id = secrets.token_urlsafe(16), secrets.token_hex(16)
            ticket = hall.own_ticket(site, id, secret, number, at, known["id"], touch.body)
            slip = slip_of(site, self._services(touch), ticket, self._base_url())
            return self._records.decide(touch.key, "kiosk", ticket, slip.to_wire())

    def _refusal(self, site: Json, touch: Touch, at: int) -> str:
        """Why no number may be given, as far as the kiosk knows; "" where one may."""
        if hall.queue_of(site, touch.body["queue"]) is None:
            return "unknown_queue"
        if not hall.doors(site, at)[0]:
            return "outside_hours"
        lines = self._records.fact("lines", {})
        line = lines.get("rows", {}).get(touch.body["queue"], {})
        if lines.get("day") != hall.day_of(site, at):
            return ""
        if line.get("gate") == "closed":
            return "queue_closed"
        is_full = line.get("limit") is not None and line.get("given", 0) >= line["limit"]
        return "queue_full" if is_full else ""

    def _print(self, touch: Touch) -> None:
        self._hand_over(Slip.from_wire(touch.slip or {}))
        self._records.handed(touch.key)

    def _site(self) -> Json:
        return dict(self._records.fact("site") or {})

    def _services(self, touch: Touch) -> list[Json]:
        known = self._records.fact(f"services:{touch.body['queue']}", {})
        return list(known.get("services", ()))

    def _base_url(self) -> str:
        return str(self._site().get("public_url") or self.base).rstrip("/")


def problem(status: int, code: str, language: str) -> Answer:
    """The same kind of document as the server's, in words that the kiosk has itself."""
    say = wording(language)
    title, detail = say(f"agent-{code}-title"), say(f"agent-{code}")
    found = {"type": f"urn:motcua:problem:{code}", "title": title, "status": status, "code": code}
    return Answer(status, {**found, "detail": detail, "params": {}})
