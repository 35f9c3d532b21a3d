"""A live socket as a page has it: Engine.IO 4 and Socket.IO 5 over one WebSocket, following one topic."""

from __future__ import annotations

import asyncio
import base64
import os
import time
from collections.abc import Callable
from typing import Any

import msgspec

from .frames import CLOSE, PING, PONG, TEXT, Frames, frame
from .screens import Screen

_PATH = "/socket.io/?EIO=4&transport=websocket"
_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode
_TRY_AGAIN = 0.5


class LiveSocket(asyncio.Protocol):
    """Keeps `screen` up to date; `trouble` hears in a few words of whatever should not happen."""

    def __init__(
        self, host: str, port: int, token: str, screen: Screen, trouble: Callable[[str], None]
    ) -> None:
        self._address = (host, port)
        self._auth = {"token": token} if token else {}
        self.screen = screen
        self._trouble = trouble
        self._transport: asyncio.Transport | None = None
        self._frames = Frames()
        self._greeting: bytearray | None = bytearray()
        self._is_wanted = True
        self._task: asyncio.Task[None] | None = None
        self.following = asyncio.Event()
        """Set from its first snapshot on."""

    async def open(self) -> None:
        """Connect, trying again where that fails."""
        while self._is_wanted:
            self._frames, self._greeting = Frames(), bytearray()
            try:
                await asyncio.get_running_loop().create_connection(lambda: self, *self._address)
                return
            except OSError as error:
                self._trouble(f"socket: {error.strerror or error}")
                await asyncio.sleep(_TRY_AGAIN)

    def close(self) -> None:
        self._is_wanted = False
        if self._transport is not None:
            self._transport.write(frame(b"41"))
            self._transport.write(frame(b"", CLOSE))
            self._transport.close()

    # ---- asyncio calls these ------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        host, port = self._address
        secret = base64.b64encode(os.urandom(16)).decode()
        transport.write(
            f"GET {_PATH} HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {secret}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        if self._greeting is not None:
            self._greeting += data
            head, mark, data = bytes(self._greeting).partition(b"\r\n\r\n")
            if not mark:
                return
            self._greeting = None
            if head[9:12] != b"101":
                self._trouble(f"socket: {head[9:12].decode()}")
                self._drop()
                return
        for kind, payload in self._frames.feed(data):
            if kind == TEXT:
                self._packet(payload)
            elif kind == PING:
                self._send(payload, PONG)
            elif kind == CLOSE:
                self._drop()

    def connection_lost(self, error: Exception | None) -> None:
        self._transport = None
        if self._is_wanted:
            self._trouble("socket: closed by the server")
            self._task = asyncio.ensure_future(self._again())

    # ---- inside -------------------------------------------------------------------------------------------

    async def _again(self) -> None:
        await asyncio.sleep(_TRY_AGAIN)
        await self.open()

    def _drop(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def _send(self, text: bytes, kind: int = TEXT) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(frame(text, kind))

    def _packet(self, text: bytes) -> None:
        """One packet: 0 open, 2 ping, 40 connected, 41 sent away, 42 an event, 43 an acknowledgement."""
        start = text[:2]
        if start == b"42":
            event, message = _decode(text[2:])
            self._event(event, message)
        elif start == b"2":
            self._send(b"3")
        elif start[:1] == b"0":
            self._send(b"40" + _encode(self._auth))
        elif start == b"40":
            self._ask_for(self.screen.seq)
        elif start == b"43":
            answer = _decode(text[text.index(b"[") :])[0]
            if "problem" in answer:
                self._trouble(f"socket: {answer['problem']['code']}")
        elif start in (b"41", b"44", b"1"):
            self._trouble("socket: sent away")
            self._drop()

    def _event(self, event: str, message: dict[str, Any]) -> None:
        if self.screen.hear(event, message, time.perf_counter()):
            self._ask_for(self.screen.seq)
        if event == "snapshot":
            self.following.set()

    def _ask_for(self, seq: int) -> None:
        asked = (
            ["resume", {"topic": self.screen.topic, "seq": seq}]
            if seq
            else ["join", {"topic": self.screen.topic}]
        )
        self._send(b"420" + _encode(asked))
