"""Every way to a printer delivers a page whole or says that it did not; the virtual one keeps it for good."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from drivers.fault import DeviceFault
from drivers.opening import open_printer
from drivers.printer import Cut, Document, PrinterStatus, Text
from drivers.printer.lines import NetworkLine
from drivers.virtual.picture import render
from drivers.virtual.printer import VirtualPrinter, printed_pages

PAGE = Document(576, (Text("Sở Tài nguyên và Môi trường", 36, "bold"), Cut()))


@dataclass
class ListeningPrinter:
    """A printer on TCP: keeps what it is sent and answers status requests as told (None: not at all)."""

    answers: tuple[int, ...] | None = (0x12, 0x12, 0x12, 0x12)
    hang_up_after: int | None = None
    received: list[bytes] = field(default_factory=list)
    port: int = 0

    @contextmanager
    def listening(self) -> Iterator[ListeningPrinter]:
        with socket.create_server(("127.0.0.1", 0)) as server:
            self.port = server.getsockname()[1]
            serving = threading.Thread(target=self._serve, args=(server,))
            serving.start()
            try:
                yield self
            finally:
                server.shutdown(socket.SHUT_RDWR)
                serving.join()

    def _serve(self, server: socket.socket) -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection:
                self._attend(connection)

    def _attend(self, connection: socket.socket) -> None:
        page = b""
        while True:
            try:
                part = connection.recv(4096)
            except ConnectionError:
                part = b""
            if not part:
                break
            if part.startswith(b"\x10\x04"):
                if self.answers is not None:
                    connection.sendall(bytes([self.answers[part[2] - 1]]))
                continue
            page += part
            if self.hang_up_after is not None and len(page) >= self.hang_up_after:
                # A reset, as from a printer that lost its power.
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                return
        if page:
            self.received.append(page)


def test_a_page_sent_over_tcp_arrives_byte_for_byte() -> None:
    with ListeningPrinter().listening() as there:
        printer = open_printer(f"tcp://127.0.0.1:{there.port}")
        page = printer.encode(PAGE)
        assert printer.print(PAGE).bytes == len(page.data)
        assert printer.status() is PrinterStatus.READY
    assert there.received == [page.data]


def test_the_state_of_a_printer_on_tcp_is_its_own_word() -> None:
    with ListeningPrinter(answers=(0x1A, 0x32, 0x12, 0x7E)).listening() as there:
        assert open_printer(f"tcp://127.0.0.1:{there.port}").status() is PrinterStatus.PAPER_OUT


def test_a_printer_that_does_not_answer_is_unknown_within_its_time() -> None:
    with ListeningPrinter(answers=None).listening() as there:
        started = time.monotonic()
        assert NetworkLine("127.0.0.1", there.port, timeout=0.2).status() is PrinterStatus.UNKNOWN
        assert time.monotonic() - started < 30


def test_nobody_at_the_address_is_unreachable_and_offline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    printer = open_printer(f"tcp://127.0.0.1:{port}")
    assert printer.status() is PrinterStatus.OFFLINE
    with pytest.raises(DeviceFault) as raised:
        printer.print(PAGE)
    assert (raised.value.kind, raised.value.permanent) == ("unreachable", False)


def test_a_connection_that_dies_within_the_page_is_broken_off() -> None:
    with ListeningPrinter(hang_up_after=1).listening() as there:
        line = NetworkLine("127.0.0.1", there.port, timeout=60)
        with pytest.raises(DeviceFault) as raised:
            line.send(bytes(50_000_000))
    assert raised.value.kind == "broken_off"


def test_pages_for_a_file_follow_one_another_and_a_file_never_answers(tmp_path: Path) -> None:
    printer = open_printer(f"file://{tmp_path}/out.bin")
    printer.print(PAGE)
    printer.print(PAGE)
    assert (tmp_path / "out.bin").read_bytes() == printer.encode(PAGE).data * 2
    assert printer.status() is PrinterStatus.UNKNOWN
    gone = open_printer(f"file://{tmp_path}/no/such/folder/out.bin")
    assert gone.status() is PrinterStatus.OFFLINE
    with pytest.raises(DeviceFault, match="storage"):
        gone.print(PAGE)


def test_a_virtual_printer_keeps_each_page_under_its_number(tmp_path: Path) -> None:
    assert printed_pages(tmp_path, "lobby") == []
    printer = open_printer("virtual://lobby", virtual_folder=tmp_path)
    data = printer.encode(PAGE).data
    before = int(time.time() * 1000)
    printer.print(PAGE)
    open_printer("virtual://lobby", virtual_folder=tmp_path).print(PAGE)  # as after a restart
    open_printer("virtual://gate", virtual_folder=tmp_path).print(PAGE)
    pages = printed_pages(tmp_path, "lobby")
    assert [page.number for page in pages] == [1, 2]
    assert [page.path.name for page in pages] == ["000001.bin", "000002.bin"]
    assert all(page.read() == data and page.at >= before - 2000 for page in pages)
    assert render(pages[0].read()).startswith(b"\x89PNG")
    assert printed_pages(tmp_path, "../lobby") == []


@pytest.mark.parametrize("state", ["paper_out", "cover_open", "cutter_error", "offline"])
def test_a_virtual_printer_in_trouble_says_so_and_prints_nothing(state: str, tmp_path: Path) -> None:
    printer = open_printer(f"virtual://lobby?status={state}", virtual_folder=tmp_path)
    assert printer.status().value == state
    with pytest.raises(DeviceFault) as raised:
        printer.print(PAGE)
    assert raised.value.kind == "not_ready"
    assert printed_pages(tmp_path, "lobby") == []


def _print_many(folder: Path, text: bytes, times: int) -> None:
    printer = VirtualPrinter("lobby", folder)
    for _ in range(times):
        printer.send(text)


def test_programs_that_print_at_once_lose_no_page_and_share_no_number(tmp_path: Path) -> None:
    forked = multiprocessing.get_context("spawn")
    programs = [forked.Process(target=_print_many, args=(tmp_path, b"%d" % n, 15)) for n in range(3)]
    for program in programs:
        program.start()
    for program in programs:
        program.join()
        assert program.exitcode == 0
    pages = printed_pages(tmp_path, "lobby")
    assert [page.number for page in pages] == list(range(1, 46))
    assert sorted(page.read() for page in pages) == sorted([b"0"] * 15 + [b"1"] * 15 + [b"2"] * 15)


def test_a_program_killed_while_it_prints_leaves_only_whole_pages(tmp_path: Path) -> None:
    page = os.urandom(40_000)
    program = multiprocessing.get_context("spawn").Process(target=_print_many, args=(tmp_path, page, 10_000))
    program.start()
    deadline = time.monotonic() + 60
    while len(printed_pages(tmp_path, "lobby")) < 5 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert program.pid is not None
    os.kill(program.pid, signal.SIGKILL)
    program.join()
    pages = printed_pages(tmp_path, "lobby")
    assert len(pages) >= 5 and all(found.read() == page for found in pages)
    VirtualPrinter("lobby", tmp_path).send(page)
    assert len(printed_pages(tmp_path, "lobby")) == len(pages) + 1
