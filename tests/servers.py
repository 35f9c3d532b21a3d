"""Real servers for tests: each its own process, port and folder, on loopback, stopped by its own pid."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import requests

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0
"""Seconds a server may take to be ready on a busy machine."""


class RunningCentre:
    """A `motcua` server in a process of its own.

    `url` has no slash at its end. `demo`: the sample centre with demo sign-ins (`logins`: counter id ->
    (login, password), "" is the supervisor); otherwise the centre that is in `folder` already. `options` are
    further ones of `motcua serve`, by name.
    """

    def __init__(
        self, folder: Path, *, demo: bool = True, mode: str | None = None, **options: str | int
    ) -> None:
        self.folder = folder
        self._options = {f"MOTCUA_{name.upper()}": str(value) for name, value in options.items()}
        self.mode = mode or os.environ.get("MOTCUA_ASYNC_MODE", "eventlet")
        self._command = "demo" if demo else "serve"
        self._process: subprocess.Popen[bytes] | None = None
        self._log = folder / "server.log"
        self._port = 0
        self.url = ""
        self.start()

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def log(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace") if self._log.exists() else ""

    def start(self) -> None:
        """Start (again, on the same port) and wait until it is ready."""
        said_before = len(self.log)
        arguments = [self._command, "--port", str(self._port), "--data", str(self.folder)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "queue_server", *arguments, "--async-mode", self.mode],
                cwd=ROOT,
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                env={**os.environ, **self._options},
            )
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise AssertionError(f"the server ended with {self._process.returncode}:\n{self.log}")
            if found := re.search(r"http://\S+:(\d+)/", self.log[said_before:]):
                self.url, self._port = found[0].rstrip("/"), int(found[1])
                with suppress(requests.RequestException):
                    if requests.get(f"{self.url}/readyz", timeout=5).ok:
                        return
            time.sleep(0.05)
        self.kill()
        raise AssertionError(f"the server was not ready within {PATIENCE} s:\n{self.log}")

    def stop(self) -> int:
        """Ask it to end (SIGTERM); its exit status."""
        assert self._process is not None
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        return self.wait()

    def wait(self) -> int:
        """Its exit status, once it has ended; a failure where it does not within a patient while."""
        assert self._process is not None
        try:
            return self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"the server did not end:\n{self.log}") from None

    def kill(self) -> None:
        """SIGKILL, as a power cut would."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def motcua(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run another subcommand on the same folder."""
        return motcua(*arguments, "--data", str(self.folder), check=check)

    def token(self, role: str, **subject: str) -> str:
        """A new token, made by the command line as a technician would."""
        flags = [part for name, value in subject.items() for part in (f"--{name}", value)]
        return self.motcua("token", "create", "--role", role, *flags).stdout.strip()

    def demo_facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = requests.get(f"{self.url}/demo.json", timeout=10).json()
        return facts

    @property
    def logins(self) -> dict[str, tuple[str, str]]:
        facts = self.demo_facts()
        logins = {counter["id"]: (counter["login"], counter["password"]) for counter in facts["counters"]}
        return {**logins, "": (facts["supervisor"]["login"], facts["supervisor"]["password"])}


class Api:
    """The JSON API with one token: `post("/tickets", queue="stp")` returns the response."""

    def __init__(self, url: str, token: str) -> None:
        self._base = f"{url}/api/v1"
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Bearer {token}"

    def close(self) -> None:
        self._session.close()

    def get(self, path: str) -> requests.Response:
        return self._session.get(self._base + path, timeout=30)

    def post(self, path: str, *, key: str | None = None, **body: Any) -> requests.Response:
        headers = {"Idempotency-Key": key} if key else {}
        return self._session.post(self._base + path, json=body, headers=headers, timeout=30)


def in_time(ask: Callable[[], Any], patience: float = PATIENCE) -> Any:
    """The first truthy answer of `ask`; a failure where there is none within a patient while."""
    deadline = time.monotonic() + patience
    while not (answer := ask()):
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)
    return answer


def motcua(*arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    """The command as a technician runs it."""
    done = subprocess.run(
        [sys.executable, "-m", "queue_server", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    if check and done.returncode != 0:
        raise AssertionError(f"motcua {' '.join(arguments)} ended with {done.returncode}:\n{done.stderr}")
    return done


@pytest.fixture(scope="module")
def centre() -> Iterator[RunningCentre]:
    """The sample centre, running, for the tests of one module."""
    with tempfile.TemporaryDirectory(prefix="motcua-") as folder:
        running = RunningCentre(Path(folder))
        try:
            yield running
        finally:
            running.stop()
