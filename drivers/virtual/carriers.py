"""The cables of the twins: a TCP port, or a pseudo-terminal under a name that outlasts its cable."""

from __future__ import annotations

import os
import pty
import select
import socket
import tty
from abc import ABC, abstractmethod
from pathlib import Path
from threading import Event, Thread
from typing import Final, Self

from drivers.virtual.twin import Twin

_PART: Final = 1024
_IDLE_SECONDS: Final = 0.02
_RESET: Final = b"\1\0\0\0\0\0\0\0"  # SO_LINGER {on, 0 s}: closing sends a reset, as a lost device seems to


class Carrier(ABC):
    """A cable in a thread of its own. Use as a context; `url` is what the real driver is given."""

    def __init__(self, twin: Twin) -> None:
        self.twin = twin
        self._over = Event()
        self._thread = Thread(target=self._run, name=type(self).__name__, daemon=True)
        self._plug()

    @property
    @abstractmethod
    def url(self) -> str: ...

    @abstractmethod
    def _plug(self) -> None: ...

    @abstractmethod
    def _unplug(self) -> None: ...

    @abstractmethod
    def _turn(self) -> None:
        """Wait a moment for bytes and hand them to the twin."""

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        is_in, was_stuck = True, False
        while not self._over.is_set():
            if self.twin.is_unplugged == is_in:
                (self._unplug if is_in else self._plug)()
                is_in = not is_in
            elif is_in and was_stuck and not self.twin.is_stuck:
                # It was switched off and on: what was held up on the way is gone.
                self._unplug()
                self._plug()
            was_stuck = self.twin.is_stuck
            if is_in and not was_stuck:
                self._turn()
            else:
                self._over.wait(_IDLE_SECONDS)
        if is_in:
            self._unplug()

    def _hand_over(self, data: bytes) -> bytes:
        speed = self.twin.bytes_per_second
        if speed is not None:
            self._over.wait(len(data) / speed)
        return self.twin.take(data)

    @property
    def _part(self) -> int:
        speed = self.twin.bytes_per_second
        return _PART if speed is None else max(1, min(_PART, speed // 20))


class TcpCarrier(Carrier):
    """One connection at a time, as with most network printers; the next caller waits for its turn."""

    def __init__(self, twin: Twin, port: int = 0, host: str = "127.0.0.1") -> None:
        self._host, self.port = host, port
        self._connection: socket.socket | None = None
        super().__init__(twin)

    @property
    def url(self) -> str:
        return f"tcp://{self._host}:{self.port}"

    def _plug(self) -> None:
        self._server = socket.create_server((self._host, self.port))
        self.port = self._server.getsockname()[1]

    def _unplug(self) -> None:
        self._server.close()
        if self._connection is not None:
            self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            self._let_go()

    def _turn(self) -> None:
        if self._connection is not None:
            self._say(self.twin.speak())
        waited_for = self._connection or self._server
        if not select.select([waited_for], [], [], _IDLE_SECONDS)[0]:
            return
        if self._connection is None:
            self._connection, _ = self._server.accept()
            self._connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return
        try:
            data = self._connection.recv(self._part)
        except OSError:
            data = b""
        if data:
            self._say(self._hand_over(data))
        else:
            self._let_go()

    def _say(self, data: bytes) -> None:
        try:
            if self._connection is not None:
                self._connection.sendall(data)
        except OSError:
            self._let_go()  # the caller vanished

    def _let_go(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
        self.twin.hang_up()


class PtyCarrier(Carrier):
    """A serial port: `link` is its name, as /dev/serial/by-id names the port of a real device."""

    def __init__(self, twin: Twin, link: Path, settings: str = "baud=115200") -> None:
        self._link, self._settings = link, settings
        super().__init__(twin)

    @property
    def url(self) -> str:
        return f"serial://{self._link}?{self._settings}"

    def _plug(self) -> None:
        self._master, self._slave = pty.openpty()
        tty.setraw(self._slave)
        os.set_blocking(self._master, False)
        draft = self._link.with_name(self._link.name + ".new")
        draft.unlink(missing_ok=True)
        draft.symlink_to(os.ttyname(self._slave))
        draft.replace(self._link)

    def _unplug(self) -> None:
        self._link.unlink(missing_ok=True)
        os.close(self._slave)
        os.close(self._master)
        self.twin.hang_up()

    def _turn(self) -> None:
        self._say(self.twin.speak())
        if not select.select([self._master], [], [], _IDLE_SECONDS)[0]:
            return
        try:
            data = os.read(self._master, self._part)
        except OSError:
            return
        self._say(self._hand_over(data))

    def _say(self, data: bytes) -> None:
        try:
            while data:
                data = data[os.write(self._master, data) :]
        except OSError:
            pass  # nobody reads: a real cable loses it too
