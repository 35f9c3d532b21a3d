"""A `motcua serve` that is ready a moment after it was killed: see tests.crash.nursery."""

from __future__ import annotations

import http.client
import os
import re
import resource
import signal
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.crash.nursery import Nursery
from tests.servers import PATIENCE


class QuickCentre:
    """As tests.servers.RunningCentre, for a folder with a centre in it; `odd`: see tests.crash.oddities."""

    def __init__(self, nursery: Nursery, folder: Path, **odd: Any) -> None:
        self.folder = folder
        self._nursery = nursery
        self._odd = odd
        self._log = folder / "server.log"
        self._port = 0
        self.pid = 0
        self.url = ""
        self.start()

    @property
    def log(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace") if self._log.exists() else ""

    def start(self) -> None:
        """Start (again, on the same port) and wait until it is ready."""
        self.begin()
        self.ready()

    def begin(self) -> None:
        """Start, without waiting."""
        self._said = len(self.log)
        arguments = ["serve", "--port", str(self._port), "--data", str(self.folder)]
        arguments += ["--async-mode", self._nursery.mode]
        self.pid = self._nursery.start(arguments, str(self._log), self._odd)

    def ready(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            assert not _has_ended(self.pid), f"the server ended:\n{self.log}"
            if found := re.search(r"http://\S+:(\d+)/", self.log[self._said :]):
                self.url, self._port = found[0].rstrip("/"), int(found[1])
                if self.is_ready():
                    return
            time.sleep(0.005)
        self.kill()
        raise AssertionError(f"the server was not ready within {PATIENCE} s:\n{self.log}")

    def is_ready(self) -> bool:
        with closing(http.client.HTTPConnection("127.0.0.1", self._port, timeout=5)) as connection:
            try:
                connection.request("GET", "/readyz")
                return connection.getresponse().status == 200
            except (OSError, http.client.HTTPException):
                return False

    def kill(self) -> None:
        """SIGKILL: nothing of the process runs any more when this returns."""
        os.kill(self.pid, signal.SIGKILL)
        self._reap()

    def end(self) -> None:
        """Leave no process behind, whatever has been."""
        if self.pid:
            self.kill()

    def _reap(self) -> int:
        pid, self.pid = self.pid, 0
        return self._nursery.wait(pid)

    def stop(self) -> int:
        """Ask it to end (SIGTERM); its exit status."""
        if not _has_ended(self.pid):
            os.kill(self.pid, signal.SIGTERM)
        return self.ended()

    def ended(self) -> int:
        """Its exit status, once it has ended by itself."""
        deadline = time.monotonic() + PATIENCE
        while not _has_ended(self.pid):
            if time.monotonic() > deadline:
                self.kill()
                raise AssertionError(f"the server did not end:\n{self.log}")
            time.sleep(0.005)
        return self._reap()

    def may_write(self, most_bytes: int = resource.RLIM_INFINITY) -> None:
        """From now on the kernel lets none of its files grow beyond so many bytes; none: all is well."""
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (most_bytes, resource.RLIM_INFINITY))


def _has_ended(pid: int) -> bool:
    """Whether it is a zombie by now: only the nursery, its parent, takes it off the list."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"


@pytest.fixture(scope="session")
def nursery(async_mode: str) -> Iterator[Nursery]:
    made = Nursery(async_mode)
    yield made
    made.close()
