"""docs/hardware.md is true: its URLs open, its settings and faults are all there are, its files are read."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from drivers.led import open_signs
from drivers.opening import open_printer
from drivers.ports import SETTINGS as PORT_SETTINGS
from drivers.printer.characters import writes_vietnamese
from drivers.printer.library import MODELS
from drivers.printer.profile import SETTINGS
from drivers.printer.status import PrinterStatus
from drivers.scanner import open_scanner
from drivers.virtual.script import AFTER, ALWAYS, parse_script

PAGE = (Path(__file__).parents[2] / "docs" / "hardware.md").read_text(encoding="utf-8")
SCHEMES = "tcp|usb|file|serial|serial[+]socket|serial[+]rfc2217|cups|virtual|wedge"


def section(heading: str) -> str:
    return re.split(r"\n## ", PAGE.split(f"\n## {heading}\n")[1])[0]


def first_cells(text: str) -> list[str]:
    return [name for row in re.findall(r"(?m)^\| (`[^|]+)\|", text) for name in re.findall(r"`([^`]+)`", row)]


@pytest.mark.parametrize("url", re.findall(rf"`((?:{SCHEMES})://[^`]+)`", section("Printers")))
def test_every_printers_url_opens(url: str, tmp_path: Path) -> None:
    open_printer(url, virtual_folder=tmp_path)


@pytest.mark.parametrize("url", re.findall(rf"`((?:{SCHEMES})://[^`]+)`", section("Scanners")))
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
def test_every_description_of_signs_is_one(text: str) -> None:
    open_signs("serial:///dev/ttyUSB1", tomllib.loads(text))


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
