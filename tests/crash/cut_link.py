"""A TCP proxy that can be cut: what is under way breaks off, and nobody gets through until it is healed."""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Lock, Thread


class CutLink:
    """Listens on a loopback port of its own, at `url`, and passes everything on to `port`."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._lock = Lock()
        self._open: set[socket.socket] = set()
        self._is_cut = False
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        with self._lock:
            self._is_cut = True
            for end in self._open:
                end_connection(end)
            self._open.clear()

    def heal(self) -> None:
        with self._lock:
            self._is_cut = False

    def close(self) -> None:
        self._listener.close()
        self.cut()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                is_cut = self._is_cut
            if is_cut:
                end_connection(near)
                continue
            try:
                far = socket.create_connection(("127.0.0.1", self._target), timeout=5)
            except OSError:
                end_connection(near)
                continue
            with self._lock:
                self._open |= {near, far}
            for source, drain in ((near, far), (far, near)):
                Thread(target=self._pass_on, args=(source, drain), daemon=True).start()

    def _pass_on(self, source: socket.socket, drain: socket.socket) -> None:
        with suppress(OSError):
            while some := source.recv(65_536):
                drain.sendall(some)
        for end in (source, drain):
            end_connection(end)
            with self._lock:
                self._open.discard(end)


def end_connection(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
