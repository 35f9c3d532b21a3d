"""What a change costs with a thousand sockets: ours, a bare Socket.IO `emit`, and a raw WebSocket broadcast.

`figures` gives them side by side, taken in turns in one run.
"""

from __future__ import annotations

import gc
import itertools
import json
import select
import socket
import struct
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from .hall import BenchHall
from .http_load import PATIENCE, BadAnswer, post
from .measure import percentile
from .processes import Server

MARK = b'["change"'
_PING, _PONG = b"\x81\x012", b"\x81\x81\x00\x00\x00\x003"


@dataclass
class Told:
    """What telling `sockets` sockets of a change took, round by round."""

    sockets: int
    memory: float = 0.0
    """Resident bytes per open socket."""
    cpu: list[float] = field(default_factory=list)
    """Seconds of the server's processor time per socket and change, one of each round."""
    times: list[float] = field(default_factory=list)
    """Seconds from sending the request to the last socket's receipt, of each change."""

    @property
    def p50(self) -> float:
        return percentile(self.times, 0.5)

    @property
    def p95(self) -> float:
        return percentile(self.times, 0.95)


class Screens:
    """Raw sockets in one poll, which cost far less than the server that tells them something."""

    def __init__(self, port: int, size: int, hello: list[tuple[str, bytes]]) -> None:
        """`hello`: what each says in turn, with the bytes that it then waits for."""
        self._poll = select.epoll()
        self._sockets: dict[int, socket.socket] = {}
        self._heard: dict[int, int] = {}
        self.sample = b""
        self._asking = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self._asking.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._poll.register(self._asking, select.EPOLLIN)
        self._answer = b""
        for number in range(size):
            one = _opened(port, hello)
            self._sockets[one.fileno()] = one
            self._heard[one.fileno()] = 0
            self._poll.register(one, select.EPOLLIN)
            if number % 50 == 0:
                self.drain(0.0)  # the first are pinged before the last have come

    def ask(self, request: bytes) -> tuple[float, bytes]:
        """Send `request`; (seconds until every socket has heard of a change, body of the answer)."""
        self.drain(0.0)
        silent = dict.fromkeys(self._sockets)
        for number in self._heard:
            self._heard[number] = 0
        self._answer = b""
        begun = time.perf_counter()
        self._asking.sendall(request)
        last = 0.0
        while silent or not is_whole(self._answer):
            ready = self._poll.poll(PATIENCE)
            if not ready:
                raise BadAnswer(f"{len(silent)} sockets heard nothing, answer {self._answer[:300]!r}")
            for number in self._read(ready):
                if self._heard[number] and number in silent:
                    del silent[number]
                    last = time.perf_counter()
        if not self._answer.startswith((b"HTTP/1.1 200", b"HTTP/1.1 201")):
            raise BadAnswer(self._answer[:300].decode(errors="replace"))
        return last - begun, self._answer.partition(b"\r\n\r\n")[2]

    def drain(self, seconds: float) -> None:
        """Read what comes without being asked for, pings above all, for so long."""
        until = time.perf_counter() + seconds
        while (
            ready := self._poll.poll(max(0.0, until - time.perf_counter()))
        ) or time.perf_counter() < until:
            for _ in self._read(ready):
                continue

    def close(self) -> None:
        for one in (*self._sockets.values(), self._asking):
            one.close()
        self._poll.close()

    def _read(self, ready: list[tuple[int, int]]) -> Iterator[int]:
        for number, _ in ready:
            if number not in self._sockets:
                self._answer += self._asking.recv(65_536)
                continue
            one = self._sockets[number]
            data = one.recv(65_536)
            if not data:
                raise BadAnswer("the server closed a socket")
            if MARK in data:
                self._heard[number] += 1
                self.sample = data
            if _PING in data:
                one.sendall(_PONG)
            yield number


def _opened(port: int, hello: list[tuple[str, bytes]]) -> socket.socket:
    one = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    one.sendall(
        b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
        b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        b"Sec-WebSocket-Key: bW90LWN1YS1tb3QtY3VhLQ==\r\n\r\n"
    )
    got = _until(one, b"\r\n\r\n", b"")
    for said, awaited in hello:
        if said:
            one.sendall(_masked(said.encode()))
        got = _until(one, awaited, got.rpartition(b"\r\n\r\n")[2])
    return one


def _until(one: socket.socket, awaited: bytes, got: bytes) -> bytes:
    while awaited not in got:
        if not (more := one.recv(65_536)):
            raise BadAnswer(f"closed instead of {awaited!r}: {got[:300]!r}")
        got += more
    return got


def _masked(payload: bytes) -> bytes:
    """A text frame as a client sends it, its mask being zero."""
    if len(payload) < 126:
        return struct.pack("!BBI", 0x81, 0x80 | len(payload), 0) + payload
    return struct.pack("!BBHI", 0x81, 0xFE, len(payload), 0) + payload


def is_whole(answer: bytes) -> bool:
    head, end, body = answer.partition(b"\r\n\r\n")
    found = head.lower().rpartition(b"\r\ncontent-length:")
    return bool(end) and len(body) >= (int(found[2].split(b"\r\n")[0]) if found[1] else 0)


class _Ours:
    """An officer who calls the next and says that nobody came, in turns; each is a change to the board."""

    def __init__(self, hall: BenchHall) -> None:
        self._desk, self._token = next(iter(hall.desks.items()))
        self._keys = itertools.count(time.time_ns())
        self._ticket = ""

    def request(self) -> bytes:
        key = f"socket-{next(self._keys)}"
        if self._ticket:
            return post(f"/api/v1/tickets/{self._ticket}/no-show", self._token, key=key)
        return post(f"/api/v1/counters/{self._desk}/call-next", self._token, key=key)

    def hear(self, answer: bytes) -> None:
        self._ticket = "" if self._ticket else json.loads(answer)["ticket"]["id"]


@dataclass
class _Stand:
    """One of those that are compared."""

    server: Server
    screens: Screens
    request: Callable[[], bytes]
    hear: Callable[[bytes], None]
    told: Told


def figures(
    sockets: int = 1000, changes: int = 40, rounds: int = 3, mode: str = "eventlet", settle: float = 3.0
) -> dict[str, Told]:
    """{"ours", "bare", "raw"}: `rounds` rounds in which each tells `changes` changes to `sockets` sockets."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="motcua-sockets-")))
        hall = BenchHall(folder, waiting=changes * rounds + 100)
        stands = {"ours": _ours(stack, hall, sockets, mode)}
        officer = stands["ours"]
        officer.hear(officer.screens.ask(officer.request())[1])
        body = _payload(officer.screens.sample)
        stands["bare"] = _floor(
            stack,
            Server("queue_server.bench.bare", mode, str(folder / "bare.db")),
            sockets,
            [("", b"0{"), ("40", b"40{"), ('420["join",{}]', b"430")],
            body,
        )
        stands["raw"] = _floor(stack, Server("queue_server.bench.broadcast"), sockets, [], body)
        for _ in range(rounds):
            for stand in stands.values():
                for other in stands.values():
                    other.screens.drain(0.0)
                _round(stand, changes)
        return {name: stand.told for name, stand in stands.items()}


def _round(stand: _Stand, changes: int) -> None:
    gc.disable()  # the client's own pauses are nobody's merit
    before = stand.server.cpu()
    for _ in range(changes):
        took, answer = stand.screens.ask(stand.request())
        stand.hear(answer)
        stand.told.times.append(took)
    stand.told.cpu.append((stand.server.cpu() - before) / changes / stand.told.sockets)
    gc.enable()


def _ours(stack: ExitStack, hall: BenchHall, sockets: int, mode: str) -> _Stand:
    serving = ("serve", "--port", "0", "--data", str(hall.folder), "--async-mode", mode)
    server = stack.enter_context(Server("queue_server", *serving))
    hello = [
        ("", b"0{"),
        ("40" + json.dumps({"token": hall.board}), b"40{"),
        ('420["join",{"topic":"board:main"}]', b'["snapshot"'),
    ]
    officer = _Ours(hall)
    return _with_screens(stack, server, sockets, hello, officer.request, officer.hear)


def _floor(
    stack: ExitStack, server: Server, sockets: int, hello: list[tuple[str, bytes]], body: bytes
) -> _Stand:
    stack.enter_context(server)
    return _with_screens(stack, server, sockets, hello, lambda: post("/emit", "bare", body), lambda _: None)


def _with_screens(
    stack: ExitStack,
    server: Server,
    sockets: int,
    hello: list[tuple[str, bytes]],
    request: Callable[[], bytes],
    hear: Callable[[bytes], None],
) -> _Stand:
    warm = Screens(server.port, 1, hello)  # what the first one costs is not a socket's price
    before = server.memory()
    screens = Screens(server.port, sockets, hello)
    stack.callback(screens.close)
    screens.drain(0.5)
    told = Told(sockets, (server.memory() - before) / sockets)
    warm.close()
    return _Stand(server, screens, request, hear, told)


def _payload(sample: bytes) -> bytes:
    """The message of the change in a read: what the others are to send."""
    at = sample.index(MARK) + len(MARK) + 1
    message = json.JSONDecoder().raw_decode(sample[at:].decode(errors="ignore"))[0]
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
