"""A load generator that costs little: many keep-alive HTTP connections in one process, served by one poll."""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

PATIENCE = 30.0
"""Seconds without any answer after which the server counts as dead."""

_END = b"\r\n\r\n"
_LENGTH = b"\r\nContent-Length: "


class BadAnswer(Exception):
    """The server said something that the measure cannot use: it would not be what it is called."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request as bytes, the status that it must be answered with, and whether its time counts."""

    raw: bytes
    status: int
    counts: bool = True


def post(path: str, token: str, body: bytes = b"{}", key: str = "") -> bytes:
    """A POST as a kiosk or a desk sends it."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    )
    if key:
        head += f"Idempotency-Key: {key}\r\n"
    return head.encode() + b"\r\n" + body


Next = Callable[[bytes], Request | None]
"""Given the body of the last answer (empty at first), a client's next request; None when it is done."""


@dataclass
class Burst:
    """What came of a load: seconds from the first request to the last answer, and of each that counted.

    `used` are seconds of the server's processor time.
    """

    seconds: float = 0.0
    answers: int = 0
    used: float = 0.0
    times: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answers a second, of those that counted and those that did not."""
        return self.answers / self.seconds if self.seconds else 0.0

    @property
    def cpu(self) -> float:
        """Milliseconds of the server's processor time for each answer."""
        return 1000 * self.used / self.answers if self.answers else 0.0


class Client:
    """One keep-alive connection."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._got = b""
        self._sent = 0.0
        self.request: Request | None = None

    def send(self, request: Request) -> None:
        self.request, self._got = request, b""
        self._sent = time.perf_counter()
        self.socket.sendall(request.raw)

    def receive(self) -> bytes | None:
        """The body of the answer, once it is there as a whole."""
        got = self.socket.recv(65_536)
        if not got:
            raise BadAnswer("the server closed the connection")
        self._got += got
        end = self._got.find(_END)
        if end < 0:
            return None
        at = self._got.find(_LENGTH, 0, end)
        length = int(self._got[at + len(_LENGTH) : self._got.index(b"\r", at + 2)]) if at > 0 else 0
        if len(self._got) < end + len(_END) + length:
            return None
        status = int(self._got[9:12])
        if self.request is not None and status != self.request.status:
            raise BadAnswer(f"{status} instead of {self.request.status}: {self._got[end + 4 :][:300]!r}")
        return self._got[end + len(_END) :]

    def ask(self, request: Request) -> float:
        """Send a request and do not wait; the time at which it left."""
        self.send(request)
        return self._sent

    def answer(self) -> bytes:
        """Wait for the answer to what was asked last; its body."""
        while (body := self.receive()) is None:
            pass
        return body

    @property
    def took(self) -> float:
        return time.perf_counter() - self._sent

    def close(self) -> None:
        self.socket.close()


class Crowd:
    """Clients that each send their next request as soon as the last is answered (a closed loop)."""

    def __init__(self, port: int, size: int, cpu: Callable[[], float] = lambda: 0.0) -> None:
        self._clients = [Client(port) for _ in range(size)]
        self._cpu = cpu

    def run(self, scripts: Sequence[Next]) -> Burst:
        """Let client n follow script n until all scripts are done."""
        burst = Burst()
        poll = select.epoll()
        busy: dict[int, tuple[Client, Next]] = {}
        used, begun = self._cpu(), time.perf_counter()
        for client, script in zip(self._clients, scripts, strict=True):
            request = script(b"")
            if request is not None:
                poll.register(client.socket, select.EPOLLIN)
                busy[client.socket.fileno()] = (client, script)
                client.send(request)
        while busy:
            ready = poll.poll(PATIENCE)
            if not ready:
                raise BadAnswer(f"no answer for {PATIENCE:.0f} s")
            for number, _ in ready:
                if not self._go_on(burst, *busy[number]):
                    poll.unregister(number)
                    del busy[number]
        burst.seconds = time.perf_counter() - begun
        burst.used = self._cpu() - used
        poll.close()
        return burst

    def _go_on(self, burst: Burst, client: Client, script: Next) -> bool:
        body = client.receive()
        if body is None:
            return True
        burst.answers += 1
        if client.request is not None and client.request.counts:
            burst.times.append(client.took)
        request = script(body)
        if request is None:
            return False
        client.send(request)
        return True

    def close(self) -> None:
        for client in self._clients:
            client.close()

    def __enter__(self) -> Crowd:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()
