"""`motcua kiosk` as a process of its own, for tests: its link can be cut, and it can be killed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests

from tests.crash.cut_link import CutLink
from tests.servers import ROOT, in_time

OWN_PRINTER = ("--printer", "virtual://own")


class RunningKiosk:
    """`motcua kiosk` in a process of its own, its way to the server through a link that can be cut."""

    def __init__(
        self, name: str, folder: Path, token: str, server_port: int, devices: Sequence[str] = OWN_PRINTER
    ) -> None:
        self.folder = folder / name
        self.link = CutLink(server_port)
        self._token = folder / f"{name}.token"
        self._token.write_text(token, encoding="utf-8")
        self._devices = devices
        self._log = folder / f"{name}.log"
        self.url = ""
        self._port = 0
        self.given: dict[str, dict[str, Any]] = {}
        self.session = requests.Session()

    def start(self) -> None:
        """Begin to start; `ready` waits for it."""
        self._said = len(self.log)
        command = [sys.executable, "-m", "queue_server", "kiosk", "--server", self.link.url]
        command += ["--token", f"@{self._token}", *self._devices, "--data", str(self.folder)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [*command, "--port", str(self._port)],
                cwd=ROOT,
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    def ready(self) -> None:
        line = in_time(lambda: [text for text in self.log[self._said :].splitlines() if "http://" in text])
        self.url = line[-1].rpartition(" ")[2].rstrip("/")
        self._port = urlsplit(self.url).port or 0

    @property
    def log(self) -> str:
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        self.link.close()
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(15)
        self.kill()
        self.session.close()

    def knows_the_centre(self) -> bool:
        try:
            return bool(self.session.get(f"{self.url}/api/v1/site", timeout=10).ok)
        except requests.RequestException:
            return False

    def take(self, key: str, until: float) -> None:
        """As the page does: the same key again until there is an answer, or the citizen gives up."""
        body = {"queue": "dat", "class": "ordinary", "language": "vi"}
        while time.monotonic() < until:
            with suppress(requests.RequestException):
                answer = self.session.post(
                    f"{self.url}/api/v1/tickets", json=body, headers={"Idempotency-Key": key}, timeout=8
                )
                if answer.status_code == 201:
                    self.given[key] = answer.json()
                    return
            time.sleep(0.1)

    def rows(self, file: str, query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.folder / file, timeout=15)) as db:
            return db.execute(query).fetchall()

    def is_quiet(self) -> bool:
        """Everything is home, printed and told."""
        owed = self.rows("kiosk.db", "SELECT count(*) FROM touch WHERE home = 'owed'")[0][0]
        under_way = "SELECT count(*) FROM job WHERE state IN ('queued', 'printing') OR reported < revision"
        return owed == 0 and self.rows("spool.db", under_way)[0][0] == 0
