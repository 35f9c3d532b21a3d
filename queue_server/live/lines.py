"""The way out to each connection: a message is encoded and framed once, and written to every socket at once.

The only module that knows what the socket libraries keep to themselves: how Engine.IO gets its WebSocket,
the queue of each of its connections, and the socket below. tests/integration/test_live_lines.py says when one
of them has changed. See docs/adr/0008-encode-once.md.
"""

from __future__ import annotations

import logging
import socket
import struct
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from engineio.exceptions import SocketIsClosedError
from engineio.packet import MESSAGE
from engineio.packet import Packet as EnginePacket
from flask_socketio import SocketIO
from socketio.packet import EVENT

from . import wire

MOST_HELD = 1024 * 1024
"""Bytes that wait behind the message that a slow connection is taking. One that lets more gather is closed:
it comes again and asks for what it missed."""
MOST_QUEUED = 200
"""The same, in messages, where each connection has a thread of its own."""

_LINE = "motcua.line"
_EXTENSIONS = "HTTP_SEC_WEBSOCKET_EXTENSIONS"
_log = logging.getLogger("motcua.live")


class Frame:
    """One message, encoded once for all who get it: as a WebSocket frame, and as the library's packet."""

    __slots__ = ("packet", "raw")

    def __init__(self, event: str, message: Any) -> None:
        text = wire.CarefulPacket(EVENT, data=[event, message]).encode()
        self.packet = EnginePacket(MESSAGE, text)
        self.raw = framed(self.packet.encode().encode())


def framed(payload: bytes) -> bytes:
    """An unmasked text frame of RFC 6455, as a server sends it."""
    size = len(payload)
    if size < 126:
        return struct.pack("!BB", 0x81, size) + payload
    if size < 65_536:
        return struct.pack("!BBH", 0x81, 126, size) + payload
    return struct.pack("!BBQ", 0x81, 127, size) + payload


class QueuedLine:
    """Through the library's own queue and thread of the connection: what native threads need."""

    def __init__(self, engine: Any, sock: Any) -> None:
        self._engine = engine
        self._sock = sock
        self._writing = threading.Lock()
        self.is_cut = False

    @property
    def is_gone(self) -> bool:
        return bool(self.is_cut or self._engine.closing or self._engine.closed)

    def send(self, frame: Frame) -> None:
        """Hand over without waiting; a connection that is gone, or too far behind, gets nothing more."""
        if self.is_gone:
            return
        if self._engine.queue.qsize() > MOST_QUEUED:
            self.cut()
            return
        with suppress(SocketIsClosedError):
            self._engine.send(frame.packet)

    def cut(self) -> None:
        """End the connection from this side; the library notices as if the other had gone."""
        self.is_cut = True
        with suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)

    def write(self, raw: bytes) -> int:
        """What the library writes: whole, and not amid another's frame."""
        with self._writing:
            self._sock.sendall(raw)
        return len(raw)


class DirectLine:
    """Straight into the socket, for green threads: what the kernel does not take is held, and sent on behind.

    Nothing here waits, so the order is that of the calls: the library's own writes come through `write` too,
    and as long as the library has something in its queue, new messages queue up behind it.
    """

    __slots__ = ("_engine", "_held", "_is_idle", "_now", "_size", "_sock", "_spawn", "is_cut")

    def __init__(self, engine: Any, sock: Any) -> None:
        self._engine = engine
        self._sock = sock
        self._now = native(sock).send
        self._is_idle = engine.queue.empty
        self._spawn = engine.server.start_background_task
        self._held: deque[bytes] = deque()
        self._size = 0
        self.is_cut = False

    @property
    def is_gone(self) -> bool:
        return bool(self.is_cut or self._engine.closing or self._engine.closed)

    def send(self, frame: Frame) -> None:
        """Hand over without waiting; a connection that is gone, or too far behind, gets nothing more."""
        if self.is_cut:
            return
        if not self._is_idle():
            with suppress(SocketIsClosedError):
                self._engine.send(frame.packet)
            return
        with suppress(OSError):
            self.write(frame.raw)

    def write(self, raw: bytes) -> int:
        """Send a whole frame, or hold what is left of it; BrokenPipeError where the connection was cut."""
        if self.is_cut:
            raise BrokenPipeError
        if self._held:
            self._hold(raw)
            return len(raw)
        try:
            sent = self._now(raw, socket.MSG_DONTWAIT)
        except BlockingIOError:
            sent = 0
        except OSError:
            self.cut()
            raise
        if sent < len(raw):
            self._hold(raw[sent:])
            self._spawn(self._send_on)
        return len(raw)

    def cut(self) -> None:
        """End the connection from this side; the library notices as if the other had gone."""
        self.is_cut = True
        with suppress(OSError):
            native(self._sock).shutdown(socket.SHUT_RDWR)

    def _hold(self, raw: bytes) -> None:
        if self._held and self._size - len(self._held[0]) > MOST_HELD:
            _log.info("a socket fell behind by %s bytes and was closed", self._size)
            self.cut()
            raise BrokenPipeError
        self._held.append(raw)
        self._size += len(raw)

    def _send_on(self) -> None:
        try:
            while self._held and not self.is_cut:
                self._sock.sendall(self._held[0])
                self._size -= len(self._held.popleft())
        except OSError:
            self.cut()


Line = DirectLine | QueuedLine


class _Outlet:
    """A socket in a library's hands whose writes go through the line."""

    __slots__ = ("_sock", "recv", "send", "sendall")

    def __init__(self, sock: Any, line: Line) -> None:
        self._sock = sock
        self.send = self.sendall = line.write
        self.recv = sock.recv

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)


def native(sock: Any) -> Any:
    """The operating system's socket below a green one: it never lets another green thread run."""
    for below in ("fd", "_sock"):
        found = getattr(sock, below, None)
        if hasattr(found, "send"):
            return found
    return sock


def open_lines(socketio: SocketIO) -> None:
    """Give every connection of `socketio` that comes from now on a line; see `line_of`."""
    engine_server = socketio.server.eio
    library = engine_server._async["websocket"]
    kind = QueuedLine if socketio.async_mode == "threading" else DirectLine
    patience = engine_server.ping_interval + engine_server.ping_timeout

    def door(handler: Callable[[Any], Any], server: Any) -> Callable[[dict[str, Any], Any], Any]:
        engine = handler.__self__  # type: ignore[attr-defined]  # a method of Engine.IO's connection

        def serve(environ: dict[str, Any], start_response: Any) -> Any:
            # Each connection would compress by itself, with a window of its own: nothing could be shared.
            environ.pop(_EXTENSIONS, None)
            if environ.get("HTTP_SEC_WEBSOCKET_VERSION") != "13":  # others frame their messages differently
                start_response("426 Upgrade Required", [("Sec-WebSocket-Version", "13")])
                return []

            def entered(websocket: Any) -> Any:
                environ[_LINE] = _tap(websocket, engine, kind, patience)
                return handler(websocket)

            return library(entered, server)(environ, start_response)

        return serve

    engine_server._async = {**engine_server._async, "websocket": door}


def line_of(environ: dict[str, Any]) -> Line:
    """The line of the connection that came with this WSGI environment."""
    line: Line = environ[_LINE]
    return line


def _tap(websocket: Any, engine: Any, kind: type[Line], patience: float) -> Line:
    """Put a line between a library's WebSocket and its socket: eventlet's, or simple-websocket's."""
    holder, name = (websocket, "socket") if hasattr(websocket, "socket") else (websocket.ws, "sock")
    sock = getattr(holder, name)
    sock.settimeout(patience)  # which Engine.IO does for eventlet alone: a dead peer would never be let go
    line = kind(engine, sock)
    setattr(holder, name, _Outlet(sock, line))
    return line
