"""The printing process: a real child that prints, dies, is started anew, and never outlives its parent."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import termios
import threading
import time
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from drivers.virtual.printer import printed_pages
from kiosk.print_process import PrinterProcess
from queue_server.protocol import Slip
from tests.slips import EVERYDAY

ROOT = Path(__file__).resolve().parents[2]
FACTS: dict[str, Any] = EVERYDAY.to_wire()


@pytest.fixture
def printer(tmp_path: Path) -> Iterator[PrinterProcess]:
    made = PrinterProcess("virtual://lobby", tmp_path)
    yield made
    made.close()


def in_time(holds: Callable[[], bool], patience: float = 60.0) -> bool:
    deadline = time.monotonic() + patience
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def state_of(pid: int) -> str:
    """The letter of proc(5); "Z" for one that is no more."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return "Z"


def is_running(pid: int) -> bool:
    return state_of(pid) != "Z"


def unread_bytes(pipe: int) -> int:
    """How much was written into a pipe and is not read yet."""
    count = array("i", [0])
    fcntl.ioctl(pipe, termios.FIONREAD, count)
    return count[0]


def child_of(printer: PrinterProcess) -> int:
    assert printer._pid is not None
    return printer._pid


def test_a_slip_is_printed_by_a_child_of_its_own(printer: PrinterProcess, tmp_path: Path) -> None:
    assert Slip.from_wire(FACTS) == EVERYDAY
    assert printer.print(FACTS) == {
        "state": "printed",
        "detail": "",
        "status": "ready",
        "reason": "",
    }
    assert printer.status() == "ready"
    assert len(printed_pages(tmp_path, "lobby")) == 1
    assert child_of(printer) != os.getpid()


def test_a_child_that_was_killed_meanwhile_is_replaced_and_the_slip_printed_once(
    printer: PrinterProcess, tmp_path: Path
) -> None:
    printer.status()
    first = child_of(printer)
    os.kill(first, signal.SIGKILL)
    assert in_time(lambda: not is_running(first))
    assert printer.print(FACTS)["state"] == "printed"
    assert child_of(printer) != first
    assert len(printed_pages(tmp_path, "lobby")) == 1
    assert not Path(f"/proc/{first}").exists(), "the dead child was waited for"


def test_a_child_that_dies_over_a_slip_leaves_it_uncertain(printer: PrinterProcess) -> None:
    printer.status()
    stopped = child_of(printer)
    os.kill(stopped, signal.SIGSTOP)
    assert in_time(lambda: state_of(stopped) == "T")

    def kill_once_it_was_asked() -> None:
        assert printer._requests is not None
        in_time(lambda: unread_bytes(printer._requests.fileno()) > 0)
        os.kill(stopped, signal.SIGKILL)

    killer = threading.Thread(target=kill_once_it_was_asked)
    killer.start()
    answer = printer.print(FACTS)
    killer.join()
    assert (answer["state"], answer["detail"]) == ("uncertain", "the printing process died")
    assert printer.print(FACTS)["state"] == "printed"


def test_a_slip_that_takes_for_ever_is_uncertain_and_the_next_gets_a_child_of_its_own(tmp_path: Path) -> None:
    program = (
        "import sys, time, kiosk.print_process as process, kiosk.printing as printing\n"
        "process.SLIP_SECONDS = 1\n"
        "printing.SlipPrinter.print = lambda *_: time.sleep(40)\n"
        "process.serve_requests('virtual://lobby', sys.argv[1])\n"
    )
    printer = PrinterProcess("virtual://lobby", tmp_path)
    printer._arguments = [sys.executable, "-c", program, str(tmp_path)]
    assert printer.status() == "ready"
    first = child_of(printer)
    began = time.monotonic()
    answer = printer.print(FACTS)
    assert (answer["state"], answer["detail"]) == ("uncertain", "the printing process died")
    assert time.monotonic() - began < 20, "the alarm did not end it"
    assert not Path(f"/proc/{first}").exists()
    assert printer.status() == "ready" and child_of(printer) != first
    printer.close()


def test_a_bug_over_one_slip_leaves_it_uncertain_and_the_child_alive(
    printer: PrinterProcess, capfd: pytest.CaptureFixture[str]
) -> None:
    printer.status()
    child = child_of(printer)
    answer = printer.print({"ticket": "x"})
    assert (answer["state"], answer["detail"].split(":")[0]) == ("uncertain", "TypeError")
    assert printer.print(FACTS)["state"] == "printed"
    assert child_of(printer) == child
    assert "Traceback" in capfd.readouterr().err


def test_a_printer_that_cannot_be_opened_is_offline_and_says_why(tmp_path: Path) -> None:
    printer = PrinterProcess("tcp://", tmp_path)
    assert printer.status() == "offline"
    answer = printer.print(FACTS)
    assert answer["state"] == "failed"
    assert "tcp://" in answer["detail"]
    printer.close()


def test_two_printers_hold_no_end_of_each_other(tmp_path: Path) -> None:
    """Else the first child would live on after its own input ended, for the second holds it open."""
    one, two = PrinterProcess("virtual://one", tmp_path), PrinterProcess("virtual://two", tmp_path)
    one.status(), two.status()
    first = child_of(one)
    one.close()
    assert not is_running(first)
    assert two.status() == "ready"
    two.close()


@pytest.mark.parametrize("mode", ["eventlet", "gevent", "threading"])
def test_the_child_ends_with_its_parent_in_every_async_mode(tmp_path: Path, mode: str) -> None:
    """The parent prints from a native thread, as the server does, and is then killed."""
    program = (
        "import sys, time\n"
        "from queue_server import concurrency\n"
        "entered = concurrency.enter(sys.argv[1])\n"
        "from queue_server.app.side_thread import SideThread\n"
        "from kiosk.print_process import PrinterProcess\n"
        "printer = PrinterProcess('virtual://lobby', sys.argv[2])\n"
        "off_hub = SideThread(entered, 'printer')\n"
        "print(off_hub(printer.status), printer._pid, flush=True)\n"
        "first = printer._pid\n"
        "import os, signal\n"
        "os.kill(first, signal.SIGKILL)\n"
        "os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)\n"
        "print(off_hub(printer.status), printer._pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", program, mode, str(tmp_path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    (first_state, first), (state, child) = parent.stdout.readline().split(), parent.stdout.readline().split()
    assert (first_state, state) == ("ready", "ready")
    assert first != child
    assert is_running(int(child))
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert in_time(lambda: not is_running(int(child)))
