"""A printer in a process of its own: drawing a slip takes a core, and the server must not feel it.

The parent writes one JSON line for each request and reads one for each answer; the child ends when its
input does, so it never outlives the parent, and an alarm ends it where a slip takes too long. The child is
started by the posix module itself, whose functions no async mode replaces, and read through plain files;
its parent calls from a native thread.
"""

from __future__ import annotations

import json
import os
import posix
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import Any

GENTLE = 5
"""How much the child yields to the server (nice)."""

SLIP_SECONDS = 60
"""How long the child may take over one request before it is ended: a slow serial line needs some."""


class PrinterProcess:
    """The parent's side: one printer, one request at a time. Starts the child when it is first needed."""

    def __init__(self, url: str, virtual_folder: Path) -> None:
        self._arguments = [sys.executable, "-m", "kiosk.print_process", url, str(virtual_folder)]
        self._pid: int | None = None
        self._requests: TextIOWrapper | None = None
        self._answers: TextIOWrapper | None = None

    def print(self, facts: dict[str, Any]) -> dict[str, Any]:
        """What became of the slip: state, detail, the printer's status and the fault's kind, as words."""
        return self._ask({"print": facts}) or _uncertain("the printing process died")

    def status(self) -> str:
        answer = self._ask({"status": True})
        return str(answer["status"]) if answer else "unknown"

    def close(self) -> None:
        """Let the child finish its slip and end."""
        for end in (self._requests, self._answers):
            if end is not None:
                with suppress(OSError):
                    end.close()
        if self._pid is not None:
            with suppress(ChildProcessError):
                posix.waitpid(self._pid, 0)
        self._pid = self._requests = self._answers = None

    def _ask(self, request: dict[str, Any]) -> dict[str, Any] | None:
        """The child's answer, None where it died over the request; the next one starts it anew."""
        line = json.dumps(request) + "\n"
        if not self._send(line):
            # It had died before: the request cannot have been read, so it may be sent again.
            self.close()
            if not self._send(line):
                self.close()
                return None
        assert self._answers is not None
        try:
            answer: dict[str, Any] = json.loads(self._answers.readline())
        except (OSError, ValueError):  # nothing, or half a line: it died meanwhile
            self.close()
            return None
        return answer

    def _send(self, line: str) -> bool:
        """False where the child is no longer there to read."""
        if self._pid is None:
            self._start()
        assert self._requests is not None
        try:
            self._requests.write(line)
            self._requests.flush()
        except OSError:
            return False
        return True

    def _start(self) -> None:
        # Python's pipes are closed on exec, so no other child ever holds an end of this one's.
        to_child, from_parent = os.pipe()
        to_parent, from_child = os.pipe()
        inherited = [(os.POSIX_SPAWN_DUP2, to_child, 0), (os.POSIX_SPAWN_DUP2, from_child, 1)]
        try:
            self._pid = posix.posix_spawn(sys.executable, self._arguments, os.environ, file_actions=inherited)
        except OSError:
            posix.close(from_parent)
            posix.close(to_parent)
            raise
        finally:
            posix.close(to_child)
            posix.close(from_child)
        self._requests = open(from_parent, "w", encoding="utf-8")
        self._answers = open(to_parent, encoding="utf-8")


def serve_requests(url: str, virtual_folder: str) -> None:
    """The child: answer requests from standard input until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's affair: a slip is not torn in half
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    os.nice(GENTLE)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a library prints must not look like an answer
    answer = _answering(url, Path(virtual_folder))
    for line in sys.stdin:
        signal.alarm(SLIP_SECONDS)
        try:
            told = answer(json.loads(line))
        except Exception as bug:  # it may have got as far as the paper
            traceback.print_exc()
            told = _uncertain(f"{type(bug).__name__}: {bug}")
        signal.alarm(0)
        try:
            answers.write(json.dumps(told) + "\n")
            answers.flush()
        except BrokenPipeError:  # the server is gone, and so is who would want to know
            os._exit(0)


def _answering(url: str, virtual_folder: Path) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """What answers one request. A printer that cannot be opened answers too: that it is offline, and why."""
    # Imported here, in the child: the parent should start without what draws slips.
    from drivers.fault import DeviceFault
    from drivers.opening import open_printer
    from kiosk.printing import SlipPrinter
    from queue_server.protocol import Slip

    try:
        printer = SlipPrinter(open_printer(url, virtual_folder=virtual_folder))
    except DeviceFault as fault:
        unusable = {"state": "failed", "detail": fault.detail, "status": "offline", "reason": fault.kind}
        return lambda request: unusable

    printer.prepare()

    def answer(request: dict[str, Any]) -> dict[str, Any]:
        if "print" not in request:
            return {"status": printer.status().value}
        outcome = printer.print(Slip.from_wire(request["print"]))
        return {
            "state": outcome.state,
            "detail": outcome.detail,
            "status": outcome.status.value,
            "reason": outcome.reason or "",
        }

    return answer


def _uncertain(detail: str) -> dict[str, Any]:
    return {"state": "uncertain", "detail": detail, "status": "unknown", "reason": "broken_off"}


if __name__ == "__main__":
    serve_requests(sys.argv[1], sys.argv[2])
