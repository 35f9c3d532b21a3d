"""`motcua device` as a technician meets it: a trial slip, plain words for each trouble, twins, their page."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from fluent.syntax import FluentParser, ast

from drivers.diagnosis import DIAGNOSES
from drivers.virtual.carriers import PtyCarrier, TcpCarrier
from drivers.virtual.printer import VirtualPrinter
from drivers.virtual.printer_twin import PrinterTwin
from drivers.virtual.scanner import ScannerTwin
from drivers.virtual.script import parse_script
from queue_server.cli.device_words import DeviceWords
from queue_server.cli.devices import device

pytestmark = pytest.mark.in_process  # what is looked at here is the same in every async mode

ROOT = Path(__file__).resolve().parents[2]
SIGNS = 'kind = "modbus"\nsigns = { "1" = 1, "2" = 2 }\n'


def tried(*arguments: str | Path, language: str = "en") -> tuple[int, str]:
    told = CliRunner().invoke(device, ["test", *map(str, arguments), "--language", language])
    assert told.exception is None or isinstance(told.exception, SystemExit), told.output
    return told.exit_code, told.output


def test_a_sound_printer_prints_the_trial_slip_and_confirms_it(tmp_path: Path) -> None:
    twin = PrinterTwin(VirtualPrinter("lobby", tmp_path))
    with TcpCarrier(twin) as carrier:
        code, said = tried(carrier.url + "?profile=TM-T20II")
    assert code == 0
    assert "The printer is ready." in said and "confirms that it has printed" in said
    assert len(twin.printer.pages()) == 1 and twin.printer.torn() == []


@pytest.mark.parametrize(
    ("fault", "english", "vietnamese"),
    [
        ("paper_out", "put in a new roll", "đặt cuộn giấy mới"),
        ("cover_open", "Close it until it clicks", "Đóng nắp"),
        ("cutter_error", "The cutter is jammed", "Dao cắt bị kẹt"),
        ("offline", "FEED button", "nút FEED"),
    ],
)
def test_a_printer_in_trouble_is_named_with_its_remedy_and_prints_nothing(
    fault: str, english: str, vietnamese: str, tmp_path: Path
) -> None:
    twin = PrinterTwin(VirtualPrinter("lobby", tmp_path), parse_script(fault))
    with PtyCarrier(twin, tmp_path / "printer") as carrier:
        for language, words in (("en", english), ("vi", vietnamese)):
            code, said = tried(carrier.url, language=language)
            assert code == 1 and words in said
    assert twin.printer.pages() == [] and twin.printer.torn() == []


def test_a_slip_that_tears_off_is_told_as_such(tmp_path: Path) -> None:
    twin = PrinterTwin(VirtualPrinter("lobby", tmp_path), parse_script("paper_out_within"))
    with TcpCarrier(twin) as carrier:
        code, said = tried(carrier.url + "?confirm=yes")
    assert code == 1 and "nobody knows how much came out" in said


def test_only_the_state_is_read_where_no_slip_is_wanted(tmp_path: Path) -> None:
    twin = PrinterTwin(VirtualPrinter("lobby", tmp_path), parse_script("paper_low"))
    with TcpCarrier(twin) as carrier:
        code, said = tried(carrier.url, "--no-print")
    assert (code, twin.printer.pages()) == (0, []) and "nearly used up" in said


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("tpc://192.0.2.7", "did you mean 'tcp'"),
        ("tcp://127.0.0.1:1", "takes no prints"),
        ("serial:///dev/ttyNONE", "motcua device list"),
        ("usb://04b8", "usb://04b8:0e15"),
        ("cups://no/queue", "cups://lobby"),
        ("file:///no/such/folder/out", "there is no folder"),
    ],
)
def test_an_address_that_leads_nowhere_is_told_with_what_to_do(url: str, said: str, tmp_path: Path) -> None:
    code, told = tried(url)
    assert code == 1 and said in told and "→" in told


def test_a_code_before_the_scanner_is_told_by_its_kind_alone(tmp_path: Path) -> None:
    twin, over = ScannerTwin(), threading.Event()

    def hold_it_there() -> None:
        while not over.wait(0.3):
            twin.scan("022141000000||HỌ VÀ TÊN MẪU|02091941|Nữ|Địa chỉ mẫu|14022026")

    with PtyCarrier(twin, tmp_path / "scanner") as carrier:
        assert tried(carrier.url, "--kind", "scanner", "--seconds", "0.1")[0] == 1
        holding = threading.Thread(target=hold_it_there)
        holding.start()
        code, said = tried(carrier.url, "--kind", "scanner")
        over.set()
        holding.join()
    assert code == 0 and "age band from 80" in said
    assert "MẪU" not in said and "0221" not in said and "1941" not in said
    assert "There is no scanner." in tried("serial:///dev/ttyNONE", "--kind", "scanner")[1]


def test_the_trial_number_shows_on_every_sign(tmp_path: Path) -> None:
    described = tmp_path / "signs.toml"
    described.write_text(SIGNS)
    code, said = tried("virtual://hall", "--kind", "signs", "--signs", described, "--folder", tmp_path)
    assert code == 0 and "Counter 1: The sign has confirmed it." in said
    assert '"8888"' in (tmp_path / "hall" / "signs.json").read_text()


def test_what_is_plugged_in_is_listed() -> None:
    told = CliRunner().invoke(device, ["list", "--language", "en"])
    assert told.exit_code == 0 and "tcp://ADDRESS:9100" in told.output


# ---- twins as programs ------------------------------------------------------------


@contextmanager
def running(*arguments: str | Path) -> Iterator[tuple[str, Callable[[str], str]]]:
    """A twin as a program: its URL, and how to tell it something and hear its answer."""
    command = [sys.executable, "-m", "queue_server", "device", "twin", *map(str, arguments)]
    alone = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=alone
    ) as program:
        assert program.stdin and program.stdout
        stdin, stdout = program.stdin, program.stdout
        url = stdout.readline().strip()

        def tell(line: str) -> str:
            stdin.write(line + "\n")
            stdin.flush()
            return stdout.readline().strip()

        try:
            yield url, tell
        finally:
            stdin.close()
            assert program.wait(30) == 0


def test_a_twin_fails_on_demand_recovers_and_its_page_shows_what_it_printed(tmp_path: Path) -> None:
    with running("printer", "--port", "0", "--folder", tmp_path, "--fault", "paper_out@1") as (url, tell):
        code, said = tried(url)
        assert code == 1 and "The paper is used up." in said and "Sent" in said
        assert tell("mend") == "ready"
        assert tried(url)[0] == 0
        assert tell("fail cover_open") == "cover_open"
        assert "cover" in tried(url)[1]
        assert "paper_low" in tell("break")
    told = CliRunner().invoke(device, ["page", str(tmp_path)])
    assert told.exit_code == 0
    shown = (tmp_path / "index.html").read_text()
    assert shown.count("data:image/png") == 2 and "http" not in shown


def test_twins_of_signs_die_and_come_back(tmp_path: Path) -> None:
    described = tmp_path / "signs.toml"
    described.write_text(SIGNS)
    link = tmp_path / "line"
    with running("signs", "--pty", link, "--signs", described, "--folder", tmp_path) as (url, tell):
        assert tell("kill 2") == "kill 2"
        code, said = tried(url, "--kind", "signs", "--signs", described)
        assert code == 1 and "Counter 2: The sign does not answer." in said
        assert tell("power 2") == "power 2"
        assert tried(url, "--kind", "signs", "--signs", described)[0] == 0


def test_a_twin_needs_one_cable_and_a_script_it_understands(tmp_path: Path) -> None:
    for arguments, said in (
        (["printer"], "either --port or --pty"),
        (["printer", "--port", "0", "--fault", "paper_uot@1"], "did you mean 'paper_out'"),
        (["signs", "--port", "0"], "say which signs there are"),
    ):
        command = [sys.executable, "-m", "queue_server", "device", "twin", *arguments]
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        assert run.returncode == 1 and said in run.stderr and "Traceback" not in run.stderr


# ---- words ------------------------------------------------------------


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_diagnosis_has_its_sentence_and_every_trouble_its_remedy(language: str) -> None:
    words = DeviceWords(language)
    for code in DIAGNOSES:
        assert words.say(code)
        assert words.remedy(code) or code in ("printer-ready", "sign-shown", "scanner-ready"), code


def test_no_words_are_left_over() -> None:
    text = (ROOT / "queue_server/cli/texts/vi.ftl").read_text(encoding="utf-8")
    written = {entry.id.name for entry in FluentParser().parse(text).body if isinstance(entry, ast.Message)}
    modules = ("devices", "device_twins", "device_words", "signs")
    spoken = "".join((ROOT / f"queue_server/cli/{name}.py").read_text() for name in modules)
    left = {name for name in written - set(DIAGNOSES) if f'"{name}"' not in spoken}
    assert left == {"list-printer", "list-serial", "list-scanner"}
