"""Starts `motcua` processes in a tenth of the time: they are forked from one that has everything imported.

A server spends most of its start on imports. For a test that kills hundreds, a process imports once, as
`motcua serve` does and in that order, and forks a child for each start; the child runs the very command, in a
session of its own, and dies by SIGKILL like any other. What it opens it opens itself, after the fork.

`python -m tests.crash.nursery MODE` talks in lines of JSON on its standard input and output:
`{"start": [ARGUMENTS], "log": PATH, "odd": {...}}` → its pid; `{"wait": PID}` → its exit status, as in Popen.
"""

from __future__ import annotations

import ctypes
import importlib
import json
import os
import signal
import subprocess
import sys
import traceback
import warnings
from threading import Lock
from typing import Any

from tests.servers import ROOT

_FIRST = {"eventlet": ("eventlet", "monkey_patch"), "gevent": ("gevent.monkey", "patch_all")}
"""What queue_server.concurrency does before anything else is imported; nothing green runs before the fork."""


_DIES_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of prctl(2)."""


class Nursery:
    """The forking process, seen from the test."""

    def __init__(self, mode: str) -> None:
        self.mode = mode
        self._lock = Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.nursery", mode],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert self._answer() == "ready"

    def start(self, arguments: list[str], log: str, odd: dict[str, Any]) -> int:
        """The pid of a new `motcua` process; `odd`: see tests.crash.oddities."""
        return int(self._ask({"start": arguments, "log": log, "odd": odd}))

    def wait(self, pid: int) -> int:
        """The exit status of a child that has ended or is about to."""
        return int(self._ask({"wait": pid}))

    def close(self) -> None:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()

    def _ask(self, wish: dict[str, Any]) -> Any:
        with self._lock:
            assert self._process.stdin
            self._process.stdin.write(json.dumps(wish) + "\n")
            self._process.stdin.flush()
            return self._answer()

    def _answer(self) -> Any:
        assert self._process.stdout
        line = self._process.stdout.readline()
        assert line, f"the nursery ended with {self._process.wait(30)}"
        return json.loads(line)


def _import_everything(mode: str) -> None:
    os.environ.setdefault("EVENTLET_NO_GREENDNS", "yes")
    for name in (
        "queue_server.cli.serving",
        "queue_server.concurrency",
    ):  # before any patch, as in the program
        importlib.import_module(name)
    if mode in _FIRST:
        module, patch = _FIRST[mode]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            getattr(importlib.import_module(module), patch)()
            for name in (f"{mode}.event", "eventlet.wsgi" if mode == "eventlet" else "gevent.pywsgi"):
                importlib.import_module(name)
    store = ("queue_server.store.opening", "queue_server.store.sqlite", "queue_server.store.sqlite_start")
    for name in ("queue_server.main", "queue_server.demonstration", *store, f"engineio.async_drivers.{mode}"):
        importlib.import_module(name)


def _child(wish: dict[str, Any]) -> None:
    """The forked process: becomes `motcua ARGUMENTS` and never returns."""
    status = 1
    try:
        os.setsid()
        ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)  # no test leaves a server behind
        with open(os.devnull, "rb") as nothing, open(wish["log"], "ab") as log:
            os.dup2(nothing.fileno(), 0)
            os.dup2(log.fileno(), 1)
            os.dup2(log.fileno(), 2)
        sys.argv = ["motcua", *wish["start"]]
        from queue_server.__main__ import main
        from tests.crash import oddities

        oddities.apply(wish["odd"])
        main()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(status)


def main() -> None:
    """Serve the test until it closes the pipe."""
    _import_everything(sys.argv[1])
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        wish = json.loads(line)
        if "wait" in wish:
            print(json.dumps(os.waitstatus_to_exitcode(os.waitpid(wish["wait"], 0)[1])), flush=True)
            continue
        pid = os.fork()
        if pid == 0:
            _child(wish)
        print(json.dumps(pid), flush=True)


if __name__ == "__main__":
    main()
