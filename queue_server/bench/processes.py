"""Servers for the measures, ours and the bare ones: each a process of its own on a free port of loopback."""

from __future__ import annotations

import os
import re
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from typing import Any

PATIENCE = 60.0
"""Seconds a server may take until it is ready."""

_ADDRESS = re.compile(rb"http://\S+?:(\d+)/")


class Server:
    """A Python module that serves HTTP and says its address in one line; ready once `path` is answered 200.

    `seconds`: from its start until then.
    """

    def __init__(self, *arguments: str, path: str = "/readyz") -> None:
        _allow_many_sockets()
        begun = time.perf_counter()
        self._said = tempfile.TemporaryFile()
        self._process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            stdout=self._said,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.port = 0
        try:
            self._await(path, begun + PATIENCE)
        except BaseException:
            self.stop()
            raise
        self.seconds = time.perf_counter() - begun

    @property
    def pid(self) -> int:
        return self._process.pid

    def cpu(self) -> float:
        """Seconds of processor time so far, of the threads that live."""
        spent = 0
        for thread in os.listdir(f"/proc/{self.pid}/task"):
            with (
                suppress(OSError),
                open(f"/proc/{self.pid}/task/{thread}/schedstat", encoding="ascii") as stat,
            ):
                spent += int(stat.read().split()[0])
        return spent / 1e9

    def memory(self) -> int:
        """Resident bytes."""
        with open(f"/proc/{self.pid}/smaps_rollup", encoding="ascii") as rollup:
            rows = dict(line.split(":", 1) for line in rollup.read().splitlines()[1:])
        return int(rows["Rss"].split()[0]) * 1024

    def stop(self) -> None:
        """Ask it to end, and see to it."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._said.close()

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: Any) -> None:
        self.stop()

    def _await(self, path: str, deadline: float) -> None:
        while time.perf_counter() < deadline:
            said = os.pread(self._said.fileno(), 100_000, 0)
            if self._process.poll() is not None:
                raise RuntimeError(f"a server ended by itself:\n{said.decode(errors='replace')}")
            if found := _ADDRESS.search(said):
                self.port = int(found[1])
                with suppress(OSError):
                    if _is_ready(self.port, path):
                        return
            time.sleep(0.01)
        raise RuntimeError(f"a server was not ready within {PATIENCE:.0f} s")


def _is_ready(port: int, path: str) -> bool:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as asking:
        asking.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        return b" 200 " in asking.recv(200)


def _allow_many_sockets() -> None:
    """As many open files as the system lets a process have; servers inherit it."""
    least, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if least != most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
