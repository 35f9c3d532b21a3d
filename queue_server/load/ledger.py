"""What the generator has been told and promised: tickets, calls, times, and whatever went wrong."""

from __future__ import annotations

import asyncio
import math
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

import msgspec

from .connection import Connection

_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode
TRIES = 5
TIDYING = "(tidying up)"
RESTED = 0.3


@dataclass(slots=True)
class Given:
    """A ticket that the server has acknowledged, and what must have become of it."""

    id: str
    site: str
    queue: str
    label: str
    number: int
    secret: str
    state: str = "waiting"
    counter: str | None = None
    calls: int = 0

    @property
    def is_over(self) -> bool:
        return self.state in ("finished", "no_show")


@dataclass
class Ledger:
    """Times are seconds by time.perf_counter, lists of them in seconds too."""

    tickets: dict[str, Given] = field(default_factory=dict)
    spent: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """By verb: how long each request took."""
    late: list[float] = field(default_factory=list)
    """How long after its time each number was asked for: the generator, or its kiosk, was behind."""
    errors: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    """What contradicts a promise."""
    called_at: dict[tuple[str, str], float] = field(default_factory=dict)
    """By site and label: when the request was sent that called it."""
    boards_heard: dict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))
    phones_heard: dict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))
    repeated: int = 0
    ends_at: float = math.inf
    """When the played part is over: what is asked for later is only tidying up, and timed as that."""

    def trouble(self, words: str) -> None:
        self.errors[words] += 1

    def fault(self, words: str) -> None:
        self.faults.append(words)

    async def post(
        self, connection: Connection, verb: str, path: str, body: dict[str, Any], key: str
    ) -> tuple[int, Any, float]:
        """(status, answer, when it was first sent); status 0 where it was asked in vain.

        What got no answer is asked again under the same key: it happens once. Everything but success and
        "nobody waits" is an error.
        """
        sent = time.perf_counter()
        payload = _encode(body)
        for _ in range(TRIES):
            try:
                status, raw = await connection.ask("POST", path, payload, key)
            except OSError as error:  # TimeoutError too
                self.trouble(f"{verb}: {error or 'no answer in time'}")
                await asyncio.sleep(RESTED)
                continue
            self.spent[verb if sent < self.ends_at else TIDYING].append(time.perf_counter() - sent)
            if 200 <= status < 300:
                return status, _decode(raw) if raw else None, sent
            code = _code(raw)
            self.trouble(f"{verb}: {status} {code}")
            if status != 503:
                return status, None, sent
            await asyncio.sleep(RESTED)
        return 0, None, sent

    async def get(self, connection: Connection, path: str) -> tuple[int, Any]:
        """(status, answer), asked again where none comes. Not timed: only the checks ask so."""
        for _ in range(TRIES):
            try:
                status, raw = await connection.ask("GET", path)
                return status, _decode(raw) if raw else None
            except OSError:
                await asyncio.sleep(RESTED)
        return 0, None

    def call_to(self, heard: dict[tuple[str, str], list[float]]) -> list[float]:
        """How long after its call was asked for each screen of `heard` showed it."""
        return [at - sent for ticket, sent in self.called_at.items() for at in heard.get(ticket, ())]


def _code(raw: bytes) -> str:
    try:
        return str(_decode(raw)["code"])
    except (msgspec.DecodeError, KeyError, TypeError):
        return raw[:60].decode(errors="replace")
