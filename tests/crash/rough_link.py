"""A TCP proxy that is late, breaks off in the middle, and asks the server twice: a bad network, by a seed."""

from __future__ import annotations

import itertools
import random
import socket
import time
from contextlib import suppress
from threading import Thread
from urllib.parse import urlsplit

from tests.crash.cut_link import CutLink, end_connection


class RoughLink(CutLink):
    """A CutLink whose every piece may come late, only in part, or (a whole POST) a second time.

    `late`: seconds at most; `cuts`, `twice`: how likely. A piece that breaks off takes the connection with
    it; an answer breaks off before its first byte or behind its headers, which tell a client the length.
    """

    def __init__(
        self, port: int, seed: int, *, late: float = 0.0, cuts: float = 0.0, twice: float = 0.0
    ) -> None:
        self._seed, self._late, self._cuts, self._twice = seed, late, cuts, twice
        self._ways = itertools.count()
        self.is_rough = False  # a screen's library gives up where its very first try to connect fails
        self.counts = {"late": 0, "cut": 0, "twice": 0}
        super().__init__(port)

    def _pass_on(self, source: socket.socket, drain: socket.socket) -> None:
        dice = random.Random(f"{self._seed} {next(self._ways)}")
        with suppress(OSError):
            is_asking = source.getsockname()[1] == urlsplit(self.url).port
            while some := source.recv(65_536):
                if not self.is_rough:
                    drain.sendall(some)
                    continue
                if dice.random() < 0.5 and self._late:
                    self.counts["late"] += 1
                    time.sleep(dice.uniform(0, self._late))
                if dice.random() < self._cuts:
                    self.counts["cut"] += 1
                    drain.sendall(some[: _breaks_off(some, dice, is_asking)])
                    break
                if is_asking and _is_whole_post(some) and dice.random() < self._twice:
                    self.counts["twice"] += 1
                    Thread(target=self._ask_again, args=(some, dice.uniform(0, 0.1)), daemon=True).start()
                drain.sendall(some)
        for end in (source, drain):
            end_connection(end)
            with self._lock:
                self._open.discard(end)

    def _ask_again(self, request: bytes, after: float) -> None:
        """The same request on another connection, a moment later or at once; nobody hears the answer."""
        time.sleep(after)
        with suppress(OSError), socket.create_connection(("127.0.0.1", self._target), timeout=30) as far:
            far.sendall(request)
            far.recv(65_536)


def _breaks_off(some: bytes, dice: random.Random, is_asking: bool) -> int:
    if is_asking:
        return dice.randrange(len(some))
    headers = some.find(b"\r\n\r\n") + 4
    return dice.choice((0, dice.randrange(headers, len(some) + 1)))


def _is_whole_post(some: bytes) -> bool:
    head, _, body = some.partition(b"\r\n\r\n")
    length = next(
        (line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), b":0"
    )
    return some.startswith(b"POST ") and len(body) == int(length.partition(b":")[2])
