"""People who never give up, and what each of them saw: kiosks and desks under load, for tests that kill.

A request is repeated under its key until it is answered. Every answer is written down; what must not be said
to a person (a bug, a 503 without a time to come back, no word for longer than patience) fails at once.
"""

from __future__ import annotations

import http.client
import itertools
import json
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from queue_server.core.calling_rule import CallingRule
from queue_server.core.site import Agency, Queue, Site
from tests.clients import Keys, busy_site
from tests.sites import both

HANGING = 60.0
"""Seconds without a word after which a request hangs: the server's patience is 30, the machine is busy."""

GIVING_UP = 120.0
"""Seconds after the end of the trouble in which everybody must have got an answer."""

AWAY = (OSError, http.client.HTTPException)


def crash_site(counters: int, queues: int = 2, **changes: Any) -> Site:
    """A centre with `counters` counters that all serve each of `queues` queues, open at any hour."""
    site = busy_site(counters)
    names = [(f"q{n}", "ACDEFGHIKL"[n]) for n in range(queues)]
    return replace(
        site,
        agencies=tuple(Agency(q, q.upper(), s, both(q, q), both("", ""), "all") for q, s in names),
        queues=tuple(Queue(q, q, s, both(q, q), last=9999) for q, s in names),
        counters=tuple(replace(counter, queues=tuple(q for q, _ in names)) for counter in site.counters),
        rule=CallingRule(cap_minutes=None, recall_seconds=0),
        **changes,
    )


@dataclass
class Ledger:
    """What was acknowledged, refused and endured, by everybody together."""

    issued: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: list[tuple[str, str]] = field(default_factory=list)
    states: dict[str, str] = field(default_factory=dict)
    """The last state of a ticket that its desk was told."""
    answers: Counter[int] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    broken: int = 0
    has_late_twins: bool = False
    """A refused call may come again and find somebody when the desk has gone home: its screen shows it."""
    longest: float = 0.0
    acknowledged: list[tuple[float, float]] = field(default_factory=list)
    """When (monotonic) each order was sent for the last time, and when it was acknowledged, in that order."""

    def first_after(self, moment: float) -> float | None:
        """Seconds from `moment` until an order that was sent later was acknowledged."""
        return next((at - moment for sent, at in self.acknowledged if sent > moment), None)

    def __str__(self) -> str:
        said = ", ".join(f"{count} x {status}" for status, count in sorted(self.answers.items()))
        return (
            f"{len(self.issued)} tickets, {len(self.calls)} calls, {said}, {self.broken} broken off,"
            f" longest answer {self.longest:.1f} s"
        )


class Untrue(AssertionError):
    """A person was told, or not told, what must not be."""


class Caller:
    """One keep-alive connection with one token; each answer goes into the ledger."""

    def __init__(self, url: str, token: str, ledger: Ledger) -> None:
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=HANGING)
        self._ledger = ledger

    def close(self) -> None:
        self._connection.close()

    def ask(self, path: str, body: dict[str, Any] | None, key: str) -> tuple[int, Any] | None:
        """(status, JSON); None where the connection broke off or the server cannot now. No `body`: GET."""
        asked = time.monotonic()
        try:
            headers = {**self._headers, "Idempotency-Key": key}
            method, sent = ("GET", None) if body is None else ("POST", json.dumps(body))
            self._connection.request(method, f"/api/v1{path}", sent, headers)
            response = self._connection.getresponse()
            raw = response.read()
        except TimeoutError:
            raise Untrue(f"{path} had no answer for {HANGING:.0f} s") from None
        except AWAY:
            self._connection.close()
            self._ledger.broken += 1
            return None
        self._ledger.longest = max(self._ledger.longest, time.monotonic() - asked)
        answer = json.loads(raw) if raw else None
        return self._judged(path, response, answer)

    def _judged(self, path: str, response: http.client.HTTPResponse, answer: Any) -> tuple[int, Any] | None:
        status = response.status
        self._ledger.answers[status] += 1
        if status < 400:
            return status, answer
        self._ledger.refusals[answer.get("code", "")] += 1
        if status == 503:
            if not response.headers["Retry-After"] or answer["code"] not in (
                "not_ready",
                "no_answer_in_time",
            ):
                raise Untrue(f"{path}: 503 without a time or a reason: {answer}")
            return None
        if status >= 500 or not answer.get("code"):
            raise Untrue(f"{path}: {status} {answer}")
        return status, answer


class People:
    """Kiosks and desks at work until `stop`. `forgiven`: codes that a desk may be refused with here."""

    def __init__(
        self,
        url: str,
        keys: Keys,
        seed: int,
        *,
        kiosks: int = 5,
        queues: int = 2,
        pace: float = 0.01,
        forgiven: tuple[str, ...] = (),
    ) -> None:
        self.ledger = Ledger(has_late_twins="counter_busy" in forgiven)
        self._url, self._seed, self._queues, self._pace = url, seed, queues, pace
        self._forgiven = frozenset(forgiven)
        self._stop = threading.Event()
        self._end = float("inf")
        self.failures: list[BaseException] = []
        work = [(self._kiosk, f"k{n}", keys.kiosk) for n in range(kiosks)]
        work += [(self._desk, counter, token) for counter, token in keys.counters.items()]
        self._threads = [threading.Thread(target=self._guard, args=one, daemon=True) for one in work]
        for thread in self._threads:
            thread.start()

    def stop(self) -> Ledger:
        """Everybody gets the answer they wait for, then goes home."""
        self._end = time.monotonic() + GIVING_UP
        self._stop.set()
        for thread in self._threads:
            thread.join(GIVING_UP + HANGING + 10)
        if self.failures:
            raise self.failures[0]
        assert not any(thread.is_alive() for thread in self._threads)
        return self.ledger

    def go_home(self) -> None:
        """End without waiting for answers: where a test has failed, or `stop` has been."""
        self._end = 0.0
        self._stop.set()
        for thread in self._threads:
            thread.join(HANGING + 10)

    def wait_for(self, more: int, patience: float = GIVING_UP) -> None:
        """Until so many more orders were acknowledged."""
        goal, until = len(self.ledger.acknowledged) + more, time.monotonic() + patience
        while len(self.ledger.acknowledged) < goal:
            if self.failures:
                raise self.failures[0]
            assert time.monotonic() < until, f"nobody is served any more: {self.ledger}"
            time.sleep(0.01)

    def _guard(self, work: Any, name: str, token: str) -> None:
        caller = Caller(self._url, token, self.ledger)
        try:
            work(caller, name, random.Random(f"{self._seed} {name}"))
        except BaseException as failure:
            self.failures.append(failure)
        finally:
            caller.close()

    def _insist(self, caller: Caller, path: str, body: dict[str, Any] | None, key: str) -> tuple[int, Any]:
        sent = time.monotonic()
        while (heard := caller.ask(path, body, key)) is None:
            if time.monotonic() > self._end:
                raise Untrue(f"{path} was not answered within {GIVING_UP:.0f} s after the trouble")
            time.sleep(0.02)
            sent = time.monotonic()
        if heard[0] < 300:
            self.ledger.acknowledged.append((sent, time.monotonic()))
        return heard

    # ---- kiosks -------------------------------------------------------------------------------------------

    def _kiosk(self, caller: Caller, name: str, dice: random.Random) -> None:
        for turn in itertools.count():
            if self._stop.is_set():
                return
            wish = {"queue": f"q{dice.randrange(self._queues)}"}
            for _ in range(1 + (dice.random() < 0.15)):  # a double tap, even after the answer
                self._take(caller, wish, f"{name}-{turn}")
            time.sleep(dice.uniform(0, 2 * self._pace))

    def _take(self, caller: Caller, wish: dict[str, Any], key: str) -> None:
        status, ticket = self._insist(caller, "/tickets", wish, key)
        if status != 201:
            raise Untrue(f"a number was refused: {ticket}")
        known = self.ledger.issued.setdefault(ticket["id"], {**ticket, "key": key})
        if known != {**ticket, "key": key}:
            raise Untrue(f"one number for two touches, or two answers to one: {known} {ticket}")

    # ---- desks --------------------------------------------------------------------------------------------

    def _desk(self, caller: Caller, counter: str, dice: random.Random) -> None:
        opening = itertools.count()
        parked: list[str] = []
        for turn in itertools.count():
            if self._stop.is_set():
                return
            key = f"{counter}-{turn}"
            status, call = self._insist(caller, f"/counters/{counter}/call-next", {}, key)
            if status == 200:
                self._serve(caller, dice, counter, call, key, parked)
            elif status == 204:
                time.sleep(2 * self._pace)
            elif call["code"] == "counter_closed":
                self._insist(caller, f"/counters/{counter}/open", {}, f"{counter}-open-{next(opening)}")
            else:
                self._must_forgive(f"{counter} calls", call)
                if call["code"] == "counter_busy":
                    self._serve_whom_the_screen_shows(caller, dice, counter, key, parked)
            if parked and dice.random() < 0.5:
                self._do(caller, parked.pop(), "unpark", {}, f"{key}-unpark")

    def _serve_whom_the_screen_shows(
        self, caller: Caller, dice: random.Random, counter: str, key: str, parked: list[str]
    ) -> None:
        """A call that was refused, for nobody waited, came to the server once more when somebody did."""
        _, shown = self._insist(caller, f"/counters/{counter}", None, f"{key}-look")
        if ticket := shown["ticket"].get("_"):
            self._serve(caller, dice, counter, {"ticket": ticket, "counter": {"id": counter}}, key, parked)

    def _serve(
        self, caller: Caller, dice: random.Random, counter: str, call: Any, key: str, parked: list[str]
    ) -> None:
        ticket = call["ticket"]["id"]
        if call["counter"]["id"] != counter or call["ticket"]["counter"] != counter:
            raise Untrue(f"{counter} was told of a call to another: {call}")
        self.ledger.calls.append((ticket, counter))
        self.ledger.states[ticket] = "called"
        what = dice.choices(("finish", "no-show", "return", "park", "transfer"), (12, 2, 1, 2, 2))[0]
        if dice.random() < 0.2:
            self._do(caller, ticket, "recall", {}, f"{key}-recall")
        if what == "no-show" or what == "return":
            self._do(caller, ticket, what, {}, f"{key}-{what}")
            return
        bodies = {"park": {"reason": "copy"}, "finish": {"outcome": "done"}}
        other = call["ticket"]["queue"]
        while what == "transfer" and other == call["ticket"]["queue"]:
            other = f"q{dice.randrange(self._queues)}"
        self._do(caller, ticket, "start", {}, f"{key}-start")
        done = self._do(caller, ticket, what, bodies.get(what, {"queue": other}), f"{key}-{what}")
        if done and what == "park":
            parked.append(ticket)

    def _do(self, caller: Caller, ticket: str, verb: str, body: dict[str, Any], key: str) -> bool:
        status, answer = self._insist(caller, f"/tickets/{ticket}/{verb}", body, key)
        if status != 200:
            self._must_forgive(f"{verb} of {ticket}", answer)
            return False
        self.ledger.states[ticket] = answer["state"]
        return True

    def _must_forgive(self, what: str, answer: Any) -> None:
        if answer["code"] not in self._forgiven:
            raise Untrue(f"{what}: {answer}")
