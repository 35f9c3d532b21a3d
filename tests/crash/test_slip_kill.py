"""SIGKILL in the middle of a slip: it is in doubt, a copy is offered, nothing comes out twice unmarked.

The printer is the product's twin behind a real TCP port; the kiosk's spool and its printing are a process of
their own. What came out is compared with the very bytes of each slip and of its copy.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from drivers.opening import open_printer
from drivers.virtual.carriers import TcpCarrier
from drivers.virtual.printer import VirtualPrinter
from drivers.virtual.printer_twin import PrinterTwin
from drivers.virtual.script import parse_script
from kiosk.print_process import PrinterProcess
from kiosk.print_work import PrintWork
from kiosk.slip import layout
from kiosk.spool import Spool
from queue_server.protocol import Slip
from tests.slips import EVERYDAY

ROOT = Path(__file__).parents[2]
SEED = int(os.environ.get("MOTCUA_SEED", "20261123"))
SLIPS = [replace(EVERYDAY, ticket=f"{n:032x}", label=f"A{n:03}") for n in range(1, 4)]
VICTIMS = ("the program", "the program and what prints for it", "what prints for it")


def in_time(happened: Callable[[], bool], seconds: float = 60.0) -> bool:
    deadline = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.001)
    return True


@cache
def bytes_of(slip: Slip) -> bytes:
    printer = open_printer("tcp://127.0.0.1")
    return printer.encode(layout(slip, printer.width)).data


class Hall:
    """A printer at a TCP port, a spool, and what each slip looks like on paper."""

    def __init__(self, folder: Path, carrier: TcpCarrier, twin: PrinterTwin) -> None:
        self.spool_path, self.twin = folder / "spool.db", twin
        self.url = carrier.url
        self.folder = folder

    def came_out(self, slip: Slip) -> int:
        """How many whole pages are this very slip."""
        wanted = bytes_of(slip)
        return sum(page.read() == wanted for page in self.twin.printer.pages())

    def start(self) -> subprocess.Popen[str]:
        slips = json.dumps([slip.to_wire() for slip in SLIPS])
        program = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.printing_kiosk", str(self.spool_path), self.url, slips],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert program.stdout is not None and program.stdout.readline() == "printing\n"
        return program


def kill(program: subprocess.Popen[str], victim: str) -> None:
    if victim == "the program":
        program.kill()
    elif victim == "what prints for it":
        children = [
            int(task.read_text().split()[0])
            for task in Path(f"/proc/{program.pid}/task").glob("*/children")
            if task.read_text().strip()
        ]
        os.kill(children[0], signal.SIGKILL)
    else:
        os.killpg(program.pid, signal.SIGKILL)


@pytest.mark.parametrize("victim", VICTIMS)
@pytest.mark.parametrize("seed", [SEED, SEED + 1])
def test_a_slip_over_which_a_process_is_killed_comes_out_once_unmarked_at_most(
    tmp_path: Path, victim: str, seed: int
) -> None:
    chance = random.Random(f"{seed} {victim}")
    twin = PrinterTwin(VirtualPrinter("lobby", tmp_path), parse_script("slow=160000"))
    with TcpCarrier(twin) as carrier:
        hall = Hall(tmp_path, carrier, twin)
        struck = chance.randrange(len(SLIPS))
        after = int(len(bytes_of(SLIPS[struck])) * chance.uniform(0.1, 0.8))
        program = hall.start()
        assert in_time(lambda: twin.printed == struck and len(twin._page) > after)
        kill(program, victim)
        spool = Spool(hall.spool_path)
        try:
            if victim == "what prints for it":
                last = SLIPS[-1].ticket
                assert in_time(lambda: (job := spool.get(last)) is not None and job.is_settled)
                os.killpg(program.pid, signal.SIGKILL)
            program.wait()
            afterwards(hall, spool, struck)
        finally:
            program.stdout.close() if program.stdout else None
            spool.close()


def afterwards(hall: Hall, spool: Spool, struck: int) -> None:
    """Start again, print what is owed, give the doubtful one a copy, and count the paper."""
    spool.recover()
    process = PrinterProcess(hall.url, hall.folder)
    work = PrintWork(spool, [("first", process)])
    for slip in SLIPS:
        spool.put(slip)  # as a kiosk does that does not know how far it had come
    work.look()
    work.print_due()
    states = [job.state for slip in SLIPS if (job := spool.get(slip.ticket))]
    assert states == ["uncertain" if n == struck else "printed" for n in range(len(SLIPS))]
    for _ in range(2):
        copy = spool.again(SLIPS[struck].ticket)
        assert copy is not None and copy.slip.copy
    work.look()
    work.print_due()
    process.close()
    for n, slip in enumerate(SLIPS):
        whole = hall.came_out(slip)
        assert whole <= 1 if n == struck else whole == 1
        assert hall.came_out(replace(slip, copy=True)) == (n == struck)
    assert len(hall.twin.printer.pages()) <= len(SLIPS) + 1
