"""Starts `motcua serve` in a process of its own for a simulation, and stops it by its own id."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from .run import Server, allow_many_files

PATIENCE = 120.0
"""Seconds until it must be ready, and until it must have ended."""

_SAID = re.compile(r"http://(\S+):(\d+)/")


class NotServing(Exception):
    """The server did not come up, or not down; the message has what it said."""


@contextmanager
def serving(folder: Path, flags: list[str], environment: Mapping[str, str]) -> Iterator[Server]:
    """A server on a free port of the loopback address, its data in `folder`. Raises NotServing."""
    allow_many_files()
    log = folder / "server.log"
    with log.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "queue_server", "serve", "--port", "0", "--data", str(folder), *flags],
            stdout=said,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **environment},
            start_new_session=True,
        )
    try:
        yield _ready(process, log)
        process.terminate()
        status = process.wait(PATIENCE)
        if status != 0:
            raise NotServing(f"the server ended with {status}:\n{_tail(log)}")
    except subprocess.TimeoutExpired:
        raise NotServing(f"the server did not end:\n{_tail(log)}") from None
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _ready(process: subprocess.Popen[bytes], log: Path) -> Server:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        found = _SAID.search(log.read_text(encoding="utf-8", errors="replace"))
        if found and _answers(found[1], int(found[2])):
            return Server(found[1], int(found[2]), process.pid)
        time.sleep(0.05)
    raise NotServing(f"the server did not become ready:\n{_tail(log)}")


def _answers(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-30:])
