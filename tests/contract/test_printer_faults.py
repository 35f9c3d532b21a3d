"""Every fault of a printer, over real TCP and pseudo-terminals, leads to its state, its message and back."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from drivers.fault import DeviceFault
from drivers.opening import open_printer
from drivers.ports import Port
from drivers.printer import Cut, Document, PrinterStatus, Rule, Space, Text
from drivers.printer.encoding import encode
from drivers.printer.lines import NetworkLine, SerialLine
from drivers.printer.printer import EscPosPrinter
from drivers.printer.profile import Profile
from drivers.virtual.carriers import Carrier, PtyCarrier, TcpCarrier
from drivers.virtual.printer import VirtualPrinter
from drivers.virtual.printer_twin import PrinterTwin
from drivers.virtual.script import AFTER, ALWAYS, parse_script
from tests.fault_table import row

PAGE = Document(576, (Text("Sở Tài nguyên và Môi trường", 36, "bold"), Space(40), Rule(20), Cut()))
QUICK = 0.3
CONFIRM = 2.0


@dataclass
class Stand:
    """A twin, its cable, and the real driver at the other end of it."""

    twin: PrinterTwin
    carrier: Carrier
    printer: EscPosPrinter

    @property
    def pages(self) -> int:
        return len(self.twin.printer.pages())


def in_time(holds: Callable[[], bool], patience: float = 20.0) -> bool:
    deadline = time.monotonic() + patience
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


@pytest.fixture(params=["tcp", "serial"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], Stand]]:
    with ExitStack() as stack:

        def made(script: str) -> Stand:
            twin = PrinterTwin(VirtualPrinter("lobby", tmp_path), parse_script(script))
            if request.param == "tcp":
                carrier: Carrier = stack.enter_context(TcpCarrier(twin))
                assert isinstance(carrier, TcpCarrier)
                line = NetworkLine("127.0.0.1", carrier.port, 5, QUICK, QUICK, CONFIRM)
                printer = EscPosPrinter(line, Profile(), confirms=True)
            else:
                link = tmp_path / "printer"
                carrier = stack.enter_context(PtyCarrier(twin, link))
                serial = SerialLine(Port(str(link), 115_200), QUICK, QUICK, CONFIRM)
                printer = EscPosPrinter(serial, Profile(), confirms=True)
            stack.callback(printer.close)
            return Stand(twin, carrier, printer)

        yield made


def becomes(stand: Stand, status: PrinterStatus) -> bool:
    return in_time(lambda: stand.printer.status() is status)


def test_slips_come_out_once_each_and_the_printer_is_ready(make: Callable[[str], Stand]) -> None:
    stand = make("")
    for _ in range(3):
        stand.printer.print(PAGE)
        assert stand.printer.status() is PrinterStatus.READY
    assert [page.read() for page in stand.twin.printer.pages()] == [stand.printer.encode(PAGE).data] * 3
    assert stand.twin.printer.torn() == []


@pytest.mark.parametrize("fault", sorted({*AFTER, *ALWAYS} - {"paper_out_within", "half_slip"}), ids=str)
def test_each_fault_is_seen_as_what_the_page_says_and_mending_it_is_seen_too(
    make: Callable[[str], Stand], fault: str
) -> None:
    """The two that come within a slip have tests of their own below."""
    promised = row("printer", fault)
    stand = make("")
    stand.printer.print(PAGE)
    stand.twin.fail(fault)
    assert becomes(stand, PrinterStatus(promised.state))
    stand.twin.mend()
    assert becomes(stand, PrinterStatus(promised.then))
    stand.printer.print(PAGE)
    assert stand.pages == 2


def test_paper_that_is_out_after_the_third_slip_is_seen_after_the_third(make: Callable[[str], Stand]) -> None:
    stand = make("paper_low@2,paper_out@3")
    seen = []
    for _ in range(3):
        stand.printer.print(PAGE)
        seen.append(stand.printer.status())
    assert seen == [PrinterStatus.READY, PrinterStatus.PAPER_LOW, PrinterStatus.PAPER_OUT]


def test_a_roll_that_ends_within_a_slip_breaks_it_off_and_nothing_is_sent_again(
    make: Callable[[str], Stand],
) -> None:
    stand = make("paper_out_within@1")
    stand.printer.print(PAGE)
    with pytest.raises(DeviceFault, match="paper_out within the page") as raised:
        stand.printer.print(PAGE)
    assert raised.value.kind == "broken_off"
    assert stand.printer.status() is PrinterStatus.PAPER_OUT
    assert (stand.pages, len(stand.twin.printer.torn())) == (1, 1)
    stand.twin.mend()
    assert becomes(stand, PrinterStatus.READY)
    assert (stand.pages, len(stand.twin.printer.torn())) == (1, 1), "the driver printed by itself"
    stand.printer.print(PAGE)
    assert stand.pages == 2


def test_half_a_slip_and_then_silence_is_broken_off_within_its_time(make: Callable[[str], Stand]) -> None:
    stand = make("half_slip@1")
    long = Document(576, (*(Rule(576) for _ in range(9)), Cut()))  # more than any buffer on the way
    stand.printer.print(PAGE)
    with pytest.raises(DeviceFault) as raised:
        stand.printer.print(long)
    assert raised.value.kind == "broken_off"
    assert stand.printer.status() in (PrinterStatus.UNKNOWN, PrinterStatus.OFFLINE)
    assert (stand.pages, len(stand.twin.printer.torn())) == (1, 1)
    stand.twin.mend()
    assert becomes(stand, PrinterStatus.READY)
    stand.printer.print(PAGE)
    assert stand.pages == 2


def test_a_slow_printer_is_waited_for_as_long_as_it_takes_something(make: Callable[[str], Stand]) -> None:
    stand = make("slow=6000")
    size = stand.printer.print(PAGE).bytes
    assert size / 6000 > QUICK, "the page takes longer than a printer may stand still"
    assert stand.pages == 1 and stand.printer.status() is PrinterStatus.READY


def test_a_cable_pulled_before_a_slip_fails_it_and_one_put_back_prints_again(
    make: Callable[[str], Stand],
) -> None:
    stand = make("")
    stand.printer.print(PAGE)
    stand.twin.fail("unplugged")
    assert becomes(stand, PrinterStatus.OFFLINE)
    with pytest.raises(DeviceFault) as raised:
        stand.printer.print(PAGE)
    assert (raised.value.kind, raised.value.permanent) == ("unreachable", False)
    stand.twin.mend()
    assert becomes(stand, PrinterStatus.READY)
    stand.printer.print(PAGE)
    assert stand.pages == 2 and stand.twin.printer.torn() == []


def test_a_printer_that_prints_but_confirms_nothing_leaves_the_slip_in_doubt_unless_it_is_trusted(
    tmp_path: Path,
) -> None:
    twin = PrinterTwin(VirtualPrinter("lobby", tmp_path), parse_script("silent"))
    with TcpCarrier(twin) as carrier:
        line = NetworkLine("127.0.0.1", carrier.port, answer_seconds=QUICK, confirm_seconds=QUICK)
        with pytest.raises(DeviceFault, match="did not confirm"):
            EscPosPrinter(line, Profile(), confirms=True).print(PAGE)
        EscPosPrinter(line, Profile()).print(PAGE)
        assert in_time(lambda: len(twin.printer.pages()) == 2)


def test_a_jammed_printer_delays_no_other(tmp_path: Path) -> None:
    """Measured: the slowest of many slips on a sound printer, alone and beside a jammed one, each in its
    own thread as in its own process."""
    page = encode(Document(576, (*(Rule(576) for _ in range(9)), Cut())), Profile()).data * 60
    sound = PrinterTwin(VirtualPrinter("sound", tmp_path))
    jammed = PrinterTwin(VirtualPrinter("jammed", tmp_path), parse_script("half_slip"))
    with TcpCarrier(sound) as sound_cable, TcpCarrier(jammed) as jammed_cable:
        printer = open_printer(sound_cable.url + "?confirm=yes")

        def median() -> float:
            took = []
            for _ in range(15):
                began = time.perf_counter()
                printer.print(PAGE)
                took.append(time.perf_counter() - began)
            return sorted(took)[7]

        alone = median()
        other = NetworkLine("127.0.0.1", jammed_cable.port, stall=60)
        printing = threading.Thread(target=_give_up, args=(other, page))
        printing.start()
        assert in_time(lambda: jammed.is_stuck)
        beside = median()
        assert printing.is_alive(), "the jammed one is still being waited for"
        jammed.mend()
        printing.join()
    print(f"a slip beside a jammed printer: {beside * 1000:.1f} ms, alone {alone * 1000:.1f} ms")
    assert beside < 3 * alone + 0.02


def _give_up(line: NetworkLine, page: bytes) -> None:
    with pytest.raises(DeviceFault):
        line.send(page)
