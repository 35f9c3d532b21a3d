"""A printer that the system's CUPS serves: pages go through `lp`, states come from `lpstat`."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Callable
from typing import Final

from drivers.fault import DeviceFault, FaultKind
from drivers.printer.status import PrinterStatus

_COMMAND_SECONDS: Final = 10.0
_JOB_SECONDS: Final = 30.0
_LOOK_AGAIN: Final = 0.2
_ALERTS: Final = (
    ("cover-open", PrinterStatus.COVER_OPEN),
    ("door-open", PrinterStatus.COVER_OPEN),
    ("media-empty", PrinterStatus.PAPER_OUT),
    ("media-needed", PrinterStatus.PAPER_OUT),
    ("cutter", PrinterStatus.CUTTER_ERROR),
    ("offline", PrinterStatus.OFFLINE),
    ("shutdown", PrinterStatus.OFFLINE),
    ("connecting-to-device", PrinterStatus.OFFLINE),
    ("paused", PrinterStatus.OFFLINE),
    ("media-low", PrinterStatus.PAPER_LOW),
)
"""Words of IPP's printer-state-reasons (RFC 8011, 5.4.12), the worst first."""


class CupsLine:
    """A raw queue of CUPS. What CUPS holds back is cancelled: a slip must not come out an hour later."""

    def __init__(
        self,
        queue: str,
        job_seconds: float = _JOB_SECONDS,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._queue, self._job_seconds, self._clock, self._wait = queue, job_seconds, clock, wait

    def send(self, data: bytes, confirm: bytes = b"") -> None:
        """Give the page to CUPS and see it leave for the printer; DeviceFault("broken_off") if it stays."""
        said = self._run("lp", "-d", self._queue, "-o", "raw", "-t", "slip", given=data)
        job = re.search(rf"{re.escape(self._queue)}-\d+", said)
        if job is None:
            raise DeviceFault("broken_off", f"cups://{self._queue}: lp said {said.strip()!r}")
        deadline = self._clock() + self._job_seconds
        while job[0] in self._run("lpstat", "-W", "not-completed", "-o", self._queue).split():
            if self._clock() > deadline:
                self._run("cancel", job[0])
                raise DeviceFault("broken_off", f"cups://{self._queue}: {job[0]} did not leave the queue")
            self._wait(_LOOK_AGAIN)

    def status(self) -> PrinterStatus:
        """What CUPS knows: a trouble, or nothing. That a queue is idle says nothing of the paper."""
        try:
            said = self._run("lpstat", "-l", "-p", self._queue).lower()
        except DeviceFault:
            return PrinterStatus.OFFLINE
        alerts = " ".join(re.findall(r"alerts:(.*)", said))
        for word, status in _ALERTS:
            if word in alerts:
                return status
        return PrinterStatus.OFFLINE if "disabled since" in said else PrinterStatus.UNKNOWN

    def reach(self) -> None:
        """Raises DeviceFault where CUPS or its queue is missing."""
        self._run("lpstat", "-l", "-p", self._queue)

    def close(self) -> None:
        """Nothing stays open between pages."""

    def _run(self, *command: str, given: bytes = b"") -> str:
        plain = os.environ | {"LC_ALL": "C"}
        where = f"cups://{self._queue}"
        try:
            run = subprocess.run(
                command, input=given, capture_output=True, timeout=_COMMAND_SECONDS, check=False, env=plain
            )
        except FileNotFoundError as error:
            detail = f"{where}: {command[0]} is not installed: apt install cups-client"
            raise DeviceFault("unreachable", detail, permanent=True, hint="missing_library") from error
        except subprocess.TimeoutExpired as error:
            kind: FaultKind = "broken_off" if command[0] == "lp" else "unreachable"
            raise DeviceFault(kind, f"{where}: {command[0]} does not answer") from error
        if run.returncode:
            why = run.stderr.decode("utf-8", "replace").strip()
            raise DeviceFault("unreachable", f"{where}: {why}", hint="not_found")
        return run.stdout.decode("utf-8", "replace")
