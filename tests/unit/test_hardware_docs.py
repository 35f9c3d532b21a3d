"""docs/hardware.md is true: its URLs open, its settings and faults are all there are, its files are read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from display.signs.plan import Faces, read_plan
from drivers.opening import open_printer
from drivers.ports import SETTINGS as PORT_SETTINGS
from drivers.printer.characters import writes_vietnamese
from drivers.printer.encoding import encode
from drivers.printer.library import MODELS
from drivers.printer.profile import SETTINGS, Profile
from drivers.printer.status import PrinterStatus
from drivers.scanner import open_scanner
from drivers.virtual.script import AFTER, ALWAYS, parse_script
from kiosk.slip import layout
from queue_server.__main__ import motcua
from queue_server.cli.device_words import DeviceWords
from tests.slips import EVERYDAY

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "hardware.md").read_text(encoding="utf-8")
SCHEMES = "tcp|usb|file|serial|serial[+]socket|serial[+]rfc2217|cups|virtual|wedge"


def section(heading: str) -> str:
    return re.split(r"\n## ", PAGE.split(f"\n## {heading}\n")[1])[0]


def first_cells(text: str) -> list[str]:
    return [name for row in re.findall(r"(?m)^\| (`[^|]+)\|", text) for name in re.findall(r"`([^`]+)`", row)]


@pytest.mark.parametrize("url", re.findall(rf"`((?:{SCHEMES})://[^`]+)`", section("Printers")))
def test_every_printers_url_opens(url: str, tmp_path: Path) -> None:
    open_printer(url, virtual_folder=tmp_path)


@pytest.mark.parametrize(
    "url", re.findall(rf"(?m)^[|] .* [|] `((?:{SCHEMES})://[^`]+)`", section("Scanners"))
)
def test_every_scanners_url_opens(url: str) -> None:
    from datetime import date

    open_scanner(url, lambda scan: None, today=date.today)


def test_every_setting_of_a_printer_has_its_row_and_no_other_has() -> None:
    assert sorted(first_cells(section("Printers"))) == sorted((*SETTINGS, *PORT_SETTINGS))


def test_the_models_named_are_known_and_those_trusted_with_letters_are_the_trusted_ones() -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith("| `profile`"))
    assert set(re.findall(r"`([A-Z][\w-]+)`", row)) <= set(MODELS)
    trusted = re.search(r"the TCVN-3 pages: ([^)]+)\)", PAGE)
    assert trusted is not None
    assert all(writes_vietnamese(model) for model in re.split(r",\s+", trusted[1]))


@pytest.mark.parametrize("text", re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL))
def test_every_description_of_signs_is_one(text: str, tmp_path: Path) -> None:
    file = tmp_path / "signs.toml"
    file.write_text(text, encoding="utf-8")
    plan = read_plan(str(file), tmp_path)
    assert plan.faces == Faces(), "the file shows what holds without it"


def test_the_page_has_every_option_of_the_signs_program_and_all_that_it_says() -> None:
    part = section("Counter signs")
    shown = CliRunner().invoke(motcua, ["signs", "--help"]).output
    options = set(re.findall(r"(?m)^ +(--[a-z]+)", shown)) - {"--help"}
    assert {name for name in first_cells(part) if name.startswith("--")} == options
    words = DeviceWords("en")
    for code in ("signs-up", "signs-lost", "signs-refused", "signs-unknown", "signs-again"):
        said = words.say(code, detail="…", counters="…", counter="…")
        assert re.split(r" \(…\)|: …$|:? their", said)[0] in part, said
    for code in ("sign-silent", "sign-absent"):
        assert words.say(code) in part
    for code in ("scanner-ready", "scanner-absent", "scanner-babbling"):
        assert words.say(code) in section("Scanners")
    assert words.say("scan-unreadable", why="…") in section("Scanners")


def test_the_unit_for_signs_reads_the_settings_that_the_page_tells() -> None:
    unit = (ROOT / "display" / "system" / "motcua-signs.service").read_text(encoding="utf-8")
    assert "motcua-signs.service" in PAGE
    for name in ("SIGN_LINES", "/etc/motcua/signs.env"):
        assert name in unit and name in PAGE


def test_every_fault_of_a_twin_has_its_row() -> None:
    faults = section("Without the hardware")
    assert first_cells(faults) == list(AFTER)
    for name in ALWAYS:
        assert f"`{name}`" in faults
    for script in re.findall(r"--fault (\S+)`", faults):
        parse_script(script)


def test_every_state_is_explained() -> None:
    rows = re.findall(r"(?m)^\| ([a-z_, ]+) \| (?:yes|no) \|", section("What a state means"))
    assert {state for row in rows for state in row.split(", ")} == {status.value for status in PrinterStatus}


SIZES = {
    "80 mm, all dots": Profile(576),
    "80 mm, QR by the printer": Profile(576, native_qr=True, model="TM-T20II"),
    "80 mm, QR and single paragraphs by the printer": Profile(576, True, "TM-T20II", code_pages=True),
    "58 mm, all dots": Profile(384),
    "58 mm, QR by the printer": Profile(384, native_qr=True, model="TM-T20II"),
}


@pytest.mark.parametrize("kind", SIZES)
def test_the_sizes_and_times_of_the_everyday_slip_are_as_measured(kind: str) -> None:
    row = next(line for line in section("Printers").splitlines() if line.startswith(f"| {kind} |"))
    said = [float(re.sub(r"[ ,s]", "", cell)) for cell in row.split("|")[2:-1]]
    size = len(encode(layout(EVERYDAY, SIZES[kind].width), SIZES[kind]).data)
    assert abs(said[0] - size) <= 50, f"it is {size}"
    for baud, seconds in zip((9_600, 19_200, 115_200), said[1:], strict=True):
        assert seconds == pytest.approx(size * 10 / baud, rel=0.03)
