"""The lines to the sockets, over real sockets in each async mode: order, slow and dead clients, nothing torn.

These fail where a library that `queue_server/live/lines.py` reaches into has changed what it keeps to itself.
"""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
import websocket

from queue_server.live import lines
from tests.clients import LiveClient
from tests.servers import ROOT

pytestmark = pytest.mark.in_process  # what is looked at here is the same in every async mode

SOON = 30.0
BIG = 3_000_000
MODES = ("eventlet", "gevent", "threading")


@pytest.fixture(scope="module", params=MODES)
def server(request: pytest.FixtureRequest) -> Iterator[LineServer]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.integration.line_server", request.param],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline().decode()
        found = re.search(r":(\d+)/", said)
        assert found, said
        yield LineServer(request.param, int(found[1]), process.pid)
        process.terminate()


@dataclass(frozen=True)
class LineServer:
    mode: str
    port: int
    pid: int

    @property
    def memory(self) -> int:
        """Resident bytes."""
        with open(f"/proc/{self.pid}/statm", encoding="ascii") as statm:
            return int(statm.read().split()[1]) * 4096


class Reader:
    """A client that reads all that it is told."""

    def __init__(self, server: LineServer) -> None:
        self.told: list[int] = []
        self.bulk = 0
        self.client = LiveClient(reconnection=False)
        self.client.on("told", self.told.append)
        self.client.on("bulk", self._count)
        self.client.connect(f"http://127.0.0.1:{server.port}", transports=["websocket"], wait_timeout=SOON)
        wire = self.client.eio.ws  # which would wait three seconds for some servers' goodbye
        wire.close = partial(wire.close, timeout=0.1)

    def _count(self, text: str) -> None:
        self.bulk += len(text)

    def ask(self, event: str, **asked: int) -> dict[str, int | str]:
        answer: dict[str, int | str] = self.client.call(event, asked, timeout=SOON)
        return answer


@pytest.fixture
def reader(server: LineServer) -> Iterator[Reader]:
    one = Reader(server)
    yield one
    one.client.disconnect()


def unread(server: LineServer, **options: Any) -> Any:
    """A client with little room in its kernel, which reads only when it is told to."""
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    sock.settimeout(SOON)
    sock.connect(("127.0.0.1", server.port))
    url = f"ws://127.0.0.1:{server.port}/socket.io/?EIO=4&transport=websocket"
    raw = websocket.create_connection(url, socket=sock, timeout=SOON, **options)
    raw.recv()
    raw.send("40")
    raw.recv()
    return raw


def test_what_goes_by_the_library_and_by_the_line_arrives_in_its_order(
    server: LineServer, reader: Reader
) -> None:
    count = lines.MOST_QUEUED // 2  # a queue of more is cut off, however quick its reader
    kind = reader.ask("mix", count=count)["kind"]
    assert kind == ("QueuedLine" if server.mode == "threading" else "DirectLine")
    assert reader.told == list(range(count))


def test_one_who_does_not_read_holds_nobody_up_and_is_sent_away(server: LineServer, reader: Reader) -> None:
    with closing(unread(server).sock):
        assert reader.ask("tell", count=1, size=10)["lines"] == 2
        before, begun, rounds = server.memory, time.monotonic(), 0
        while reader.ask("tell", count=10, size=20_000)["lines"] == 2:
            rounds += 1
            assert rounds < 400, "it was never sent away"
        assert time.monotonic() - begun < SOON
        assert reader.bulk >= rounds * 200_000
        assert server.memory - before < 40_000_000


@pytest.mark.parametrize(
    "server", ["eventlet", "gevent"], indirect=True
)  # native threads answer in any order
def test_a_message_that_the_kernel_takes_piece_by_piece_arrives_whole_and_before_the_next(
    server: LineServer,
) -> None:
    with closing((slow := unread(server)).sock):
        slow.send(f'420["tell",{{"count":1,"size":{BIG}}}]')
        slow.send('421["mix",{"count":30}]')
        time.sleep(0.3)
        slow.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BIG)
        assert slow.recv() == '42["bulk","' + "x" * BIG + '"]'
        heard = [slow.recv() for _ in range(32)]
        held = json.loads(next(one for one in heard if one.startswith("430"))[3:])[0]["held"]
        assert held > 0
        told = [one for one in heard if one.startswith("42")]
        assert told == [f'42["told",{number}]' for number in range(30)]


def test_compression_is_declined_and_other_versions_refused(server: LineServer) -> None:
    """One frame is for all: it cannot depend on what one client compressed before."""
    asked = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"
    with closing((raw := unread(server, header=[asked])).sock):
        assert "sec-websocket-extensions" not in raw.getheaders()
    with socket.create_connection(("127.0.0.1", server.port), timeout=SOON) as old:
        old.sendall(
            b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
            b"Connection: Upgrade\r\nSec-WebSocket-Version: 8\r\nSec-WebSocket-Key: bW90LWN1YQ==\r\n\r\n"
        )
        assert b" 426 " in old.recv(1000)


def test_one_who_vanishes_amid_a_message_is_let_go(server: LineServer, reader: Reader) -> None:
    gone = unread(server)
    gone.send(f'420["fill",{{"size":{BIG}}}]')
    gone.sock.close()
    deadline = time.monotonic() + SOON
    while reader.ask("tell", count=1, size=10)["lines"] != 1:
        assert time.monotonic() < deadline, "it is told for ever"
        time.sleep(0.05)
