"""Open ways to a device, one class for each kind of cable; nothing on them waits for ever."""

from __future__ import annotations

import os
import select
import socket
import time
from pathlib import Path
from typing import Any, Final, Protocol

from serial import SerialTimeoutException

from drivers.fault import unreachable
from drivers.ports import Port, open_port

STALL_SECONDS: Final = 10.0
"""A device that takes not one byte for so long is jammed."""
_CHUNK: Final = 2048
_LOOK_SECONDS: Final = 0.005


class Channel(Protocol):
    """An open connection. Every failure is an OSError; one thread uses it at a time."""

    def write(self, data: bytes) -> None:
        """Hand over all of `data`; raises OSError as soon as the other side takes nothing for too long."""

    def read(self, seconds: float) -> bytes:
        """What has arrived, after waiting `seconds` at most for a first byte; b"" for silence."""

    def close(self) -> None: ...


class NetworkChannel:
    """A TCP connection. Raises DeviceFault("unreachable") where nobody answers."""

    def __init__(self, host: str, port: int, connect_seconds: float, stall: float = STALL_SECONDS) -> None:
        try:
            self._socket = socket.create_connection((host, port), connect_seconds)
        except OSError as error:
            raise unreachable(f"{host}:{port}", error) from error
        self._socket.settimeout(stall)
        # A status request of three bytes must not wait for company.
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def write(self, data: bytes) -> None:
        left = memoryview(data)
        while left:
            left = left[self._socket.send(left) :]

    def read(self, seconds: float) -> bytes:
        if not select.select([self._socket], [], [], seconds)[0]:
            return b""
        part = self._socket.recv(_CHUNK)
        if not part:
            raise ConnectionResetError("the device closed the connection")
        return part

    def close(self) -> None:
        self._socket.close()


class SerialChannel:
    """A serial port. Raises DeviceFault("unreachable") where there is none."""

    def __init__(self, port: Port, stall: float = STALL_SECONDS) -> None:
        # pySerial counts the time for a whole write: a chunk's own time on the wire comes on top.
        patience = stall + 2 * _CHUNK * port.seconds_per_byte
        self._port: Any = open_port(port, read_seconds=0, write_seconds=patience)
        try:
            self._node: int | None = self._port.fileno()
        except OSError:  # a loop or a serial server: nothing that the system could wait for
            self._node = None

    def write(self, data: bytes) -> None:
        try:
            for at in range(0, len(data), _CHUNK):
                self._port.write(data[at : at + _CHUNK])
        except SerialTimeoutException as error:
            raise TimeoutError("the device takes nothing") from error

    def read(self, seconds: float) -> bytes:
        # The port's own time limit stays 0: pySerial sets all of a port anew whenever that changes.
        if self._node is not None:
            return self._read_now() if select.select([self._node], [], [], seconds)[0] else b""
        deadline = time.monotonic() + seconds
        while not self._port.in_waiting:
            if time.monotonic() >= deadline:
                return b""
            time.sleep(_LOOK_SECONDS)
        part = self._read_now()
        while self._port.in_waiting and len(part) < _CHUNK:
            part += self._read_now()
        return part

    def _read_now(self) -> bytes:
        part = bytes(self._port.read(_CHUNK))
        if not part:
            raise OSError("the device hung up")
        return part

    def close(self) -> None:
        # pySerial leaves the socket of a serial server open where the other side has hung up first.
        held = getattr(self._port, "_socket", None)
        self._port.close()
        if held is not None:
            held.close()


class NodeChannel:
    """A device node such as /dev/usb/lp0, which answers where the kernel and the printer let it."""

    def __init__(self, path: Path, stall: float = STALL_SECONDS) -> None:
        self._stall = stall
        # A pipe is for writing only; opened for both it would have a reader: ourselves.
        way = os.O_WRONLY if path.is_fifo() else os.O_RDWR
        self._talks_back = way == os.O_RDWR
        try:
            self._node = os.open(path, way | os.O_NONBLOCK | os.O_NOCTTY)
        except OSError as error:
            raise unreachable(str(path), error) from error

    def write(self, data: bytes) -> None:
        left = memoryview(data)
        deadline = time.monotonic() + self._stall
        while left:
            if not select.select([], [self._node], [], max(0.0, deadline - time.monotonic()))[1]:
                raise TimeoutError("the device takes nothing")
            try:
                left = left[os.write(self._node, left[:_CHUNK]) :]
            except BlockingIOError:
                continue
            deadline = time.monotonic() + self._stall

    def read(self, seconds: float) -> bytes:
        if not self._talks_back or not select.select([self._node], [], [], seconds)[0]:
            return b""
        try:
            return os.read(self._node, _CHUNK)
        except BlockingIOError:
            return b""

    def close(self) -> None:
        os.close(self._node)
