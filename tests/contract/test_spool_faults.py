"""Each scripted fault of a printer over TCP, seen from the spool: nothing lost, nothing twice unmarked."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from drivers.opening import open_printer
from drivers.printer import Printer
from drivers.virtual.carriers import TcpCarrier
from drivers.virtual.printer import VirtualPrinter
from drivers.virtual.printer_twin import PrinterTwin
from drivers.virtual.script import AFTER, parse_script
from kiosk.print_work import PrintWork
from kiosk.printing import SlipPrinter
from kiosk.slip import layout
from kiosk.spool import Spool
from queue_server.protocol import Slip
from tests.fault_table import row
from tests.slips import EVERYDAY

SLIPS = [replace(EVERYDAY, ticket=f"{n:032x}", label=f"A{n:03}") for n in range(1, 4)]
KEPT = ["uncertain", "queued", "queued"]
"""The fault came with the end of the first slip: whether all of it came out, nobody can say."""
WITHIN = ["printed", "uncertain", "queued"]

FATES: Mapping[str, tuple[str, list[str]]] = {
    "paper_low": ("paper_low", ["printed"] * 3),
    "paper_out": ("paper_out", KEPT),
    "paper_out_within": ("paper_out", WITHIN),
    "half_slip": ("offline", WITHIN),
    "cover_open": ("cover_open", KEPT),
    "cutter_error": ("cutter_error", KEPT),
    "offline": ("offline", KEPT),
    "unplugged": ("offline", KEPT),
}
"""After each fault at the first slip: what the kiosk says of its printer, and how the three slips stand."""


class Device:
    """A printer in this process, as the printing child answers for one in its own."""

    def __init__(self, printer: Printer) -> None:
        self._slips = SlipPrinter(printer)

    def print(self, facts: dict[str, Any]) -> Mapping[str, Any]:
        outcome = self._slips.print(Slip.from_wire(facts))
        told = {"detail": outcome.detail, "reason": outcome.reason or ""}
        return {"state": outcome.state, "status": outcome.status.value, **told}

    def status(self) -> str:
        return self._slips.status().value

    def close(self) -> None: ...


@cache
def bytes_of(slip: Slip) -> bytes:
    printer = open_printer("tcp://127.0.0.1")
    return printer.encode(layout(slip, printer.width)).data


def came_out(twin: PrinterTwin, slip: Slip) -> int:
    return sum(page.read() == bytes_of(slip) for page in twin.printer.pages())


def states(spool: Spool) -> list[str]:
    return [job.state for slip in SLIPS if (job := spool.get(slip.ticket))]


@contextmanager
def kiosk(folder: Path, name: str, script: str) -> Iterator[tuple[PrinterTwin, Device]]:
    twin = PrinterTwin(VirtualPrinter(name, folder), parse_script(script))
    with TcpCarrier(twin) as carrier:
        yield twin, Device(open_printer(carrier.url))


def turn(work: PrintWork) -> None:
    work.look()
    work.print_due()
    work.look()


def test_every_fault_that_a_twin_can_play_is_played() -> None:
    assert FATES.keys() == AFTER.keys()


@pytest.mark.parametrize("fault", FATES)
def test_what_is_played_is_what_the_page_promises(fault: str) -> None:
    state, fates = FATES[fault]
    promised = row("printer", fault)
    assert promised.state == state
    assert promised.slip == ("in doubt" if "uncertain" in fates else "printed")
    assert promised.behind == ("wait" if fates[-1] == "queued" else "printed")


@pytest.mark.parametrize("fault", ["silent", "garbage", "slow"])
def test_a_printer_that_only_talks_badly_prints_all_slips_once(tmp_path: Path, fault: str) -> None:
    promised = row("printer", fault)
    spool = Spool(tmp_path / "spool.db")
    with kiosk(tmp_path, "lobby", "slow=300000" if fault == "slow" else fault) as (twin, device):
        work = PrintWork(spool, [("lobby", device)])
        slips = SLIPS[:2]
        for slip in slips:
            spool.put(slip)
        turn(work)
        assert (work.state, states(spool)) == (
            promised.state,
            [promised.slip, promised.behind],
        )
        wait_for(lambda: len(twin.printer.pages()) == len(slips))
        assert [came_out(twin, slip) for slip in slips] == [1, 1]
    spool.close()


def wait_for(holds: Callable[[], bool]) -> None:
    for _ in range(400):
        if holds():
            return
        time.sleep(0.02)
    raise AssertionError("it did not come out")


@pytest.mark.parametrize("fault", FATES)
def test_a_fault_keeps_what_nothing_came_out_of_and_leaves_the_rest_in_doubt(
    tmp_path: Path, fault: str
) -> None:
    state, fates = FATES[fault]
    spool = Spool(tmp_path / "spool.db")
    with kiosk(tmp_path, "lobby", f"{fault}@1") as (twin, device):
        work = PrintWork(spool, [("lobby", device)], steady=iter(range(0, 10**9, 100)).__next__)
        for slip in SLIPS:
            spool.put(slip)
        turn(work)
        turn(work)
        assert (work.state, states(spool)) == (state, fates)
        twin.mend()
        until_it_is_well(work)
        turn(work)
        assert states(spool) == ["printed" if fate == "queued" else fate for fate in fates]
        for slip, fate in zip(SLIPS, fates, strict=True):
            assert came_out(twin, slip) <= 1 if fate == "uncertain" else came_out(twin, slip) == 1
            if fate == "uncertain":
                spool.again(slip.ticket)
        turn(work)
        for slip, fate in zip(SLIPS, fates, strict=True):
            assert came_out(twin, replace(slip, copy=True)) == (fate == "uncertain")
    spool.close()


def until_it_is_well(work: PrintWork) -> None:
    """A cable that is put back is noticed within seconds."""
    for _ in range(200):
        work.look()
        if work.state == "ready":
            return
        time.sleep(0.05)
    raise AssertionError(work.state)


def test_a_second_printer_takes_over_all_but_the_slip_in_doubt(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool.db")
    with kiosk(tmp_path, "one", "half_slip@1") as (one, first), kiosk(tmp_path, "two", "") as (two, second):
        work = PrintWork(spool, [("one", first), ("two", second)])
        for slip in SLIPS:
            spool.put(slip)
        turn(work)
        turn(work)
        assert states(spool) == ["printed", "uncertain", "printed"]
        assert [came_out(one, slip) for slip in SLIPS] == [1, 0, 0]
        assert [came_out(two, slip) for slip in SLIPS] == [0, 0, 1]
    spool.close()
