"""Every letter of Vietnamese on printers of several makers, judged by programs that are not ours."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import time
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pytest
from PIL import Image, ImageChops, ImageOps

from drivers.fault import DeviceFault
from drivers.opening import open_printer
from drivers.ports import Port
from drivers.printer import Cut, Document, Feed, Text
from drivers.printer.characters import VIETNAMESE, tables, writes_vietnamese
from drivers.printer.encoding import encode
from drivers.printer.library import MODELS
from drivers.printer.profile import Profile
from drivers.printer.raster import strip
from drivers.printer.trial import CAPITALS, SMALL, trial_slip
from drivers.printer.typeface import missing
from drivers.virtual.commands import Command, read_commands
from drivers.virtual.paper import put_on_paper
from kiosk.slip import layout
from tests.slips import EVERYDAY

ROOT: Final = Path(__file__).resolve().parents[2]
DECODER: Final = ROOT / ".cache" / "decoder" / "bin" / "python"
MAKERS: Final = {
    "TM-T20II": "epson-tm-t20iii",
    "RP326": "rongta-rp326",
    "NT-80-V-UL": "xprinter-xp80t",
}
"""A profile of ours (Epson, Rongta, Netum) → the decoder's printer that is nearest to it."""

LETTERS: Final = "".join(VIETNAMESE)
PANGRAM: Final = (
    "Ngồi buồn nhớ bạn xưa: khách quý, giữa đường gặp lũ; trẻ vẫy, mẹ đỡ, cụ già kể chuyện. "
    "ĐỘC LẬP - TỰ DO - HẠNH PHÚC: QUẦY SỐ, PHÒNG CHỜ, NGƯỜI CAO TUỔI, TRẺ EM, MẪU ĐƠN."
)


def decoded(data: bytes, width: int, printer: str) -> tuple[Image.Image, dict[str, Any]]:
    command = [DECODER, ROOT / "tests" / "decoder" / "decode.py", str(width), printer]
    run = subprocess.run(command, input=data, capture_output=True, check=True)
    report = json.loads(run.stdout)
    picture = Image.open(BytesIO(base64.b64decode(report["receipts"][0]["png"]))).convert("L")
    return picture, report


def test_the_letters_are_all_that_vietnamese_has() -> None:
    assert len(LETTERS) == len(set(LETTERS)) == 134
    assert set(SMALL + CAPITALS) == set(LETTERS)
    assert {letter for letter in PANGRAM if not letter.isascii()} < set(LETTERS)
    assert missing(LETTERS) == ""


@pytest.mark.parametrize("size", [24, 36])
def test_no_two_letters_look_the_same(size: int) -> None:
    shapes = {strip(Text(letter, size), 96).tobytes() for letter in LETTERS}
    assert len(shapes) == len(LETTERS)


@pytest.mark.parametrize("width", [576, 384], ids=["80 mm", "58 mm"])
@pytest.mark.parametrize("model", MAKERS)
def test_every_letter_comes_out_dot_for_dot_as_it_was_drawn(model: str, width: int) -> None:
    lines = tuple(Text(line, size) for line in (SMALL, CAPITALS, PANGRAM) for size in (24, 36))
    blocks = tuple(Text(" ".join(re.findall(".{1,12}", line.content)), line.size) for line in lines)
    printer = open_printer(f"tcp://192.0.2.7?profile={model}&width={width}")
    data = printer.encode(Document(width, (*blocks, Feed(1), Cut()))).data
    picture, report = decoded(data, width, MAKERS[model])
    assert report["unknown"] == [] and report["cuts"] == 1
    drawn = Image.new("L", (width, sum(strip(block, width).height for block in blocks)))
    top = 0
    for block in blocks:
        part = strip(block, width)
        drawn.paste(part, (0, top))
        top += part.height
    expected = ImageOps.invert(drawn)
    theirs = picture.crop((0, 0, *drawn.size))
    assert ImageChops.difference(theirs, expected).getbbox() is None


@pytest.mark.parametrize("width", [576, 384])
@pytest.mark.parametrize("model", MAKERS)
def test_the_trial_slip_prints_on_every_makers_printer(model: str, width: int) -> None:
    printer = open_printer(f"tcp://192.0.2.7?profile={model}&width={width}")
    page = printer.encode(trial_slip(width, "Phiếu in thử", ["Máy in"], "motcua"))
    picture, report = decoded(page.data, width, MAKERS[model])
    assert (report["unknown"], report["cuts"], page.missing) == ([], 1, "")
    assert picture.width == width and picture.getbbox() is not None


# ---- letters as characters ----------------------------------------------------------------------------


def read_by_iconv(data: bytes) -> str:
    """The characters of a page as glibc's table of TCVN 5712 reads them; page 31 holds the capitals of 30."""
    text, page = "", 0
    for command in read_commands(data):
        assert isinstance(command, Command), command
        if command.name == b"\x1bt":
            page = command.args[0]
        elif command.name in (b"", b"\n"):
            run = subprocess.run(
                ["iconv", "-f", "TCVN5712-1", "-t", "UTF-8"],
                input=command.data,
                capture_output=True,
                check=True,
            )
            said = run.stdout.decode("utf-8")
            upper = "".join(letter if letter.isascii() else letter.upper() for letter in said)
            text += upper if page == 31 else said
            text += " " if command.name == b"\n" else ""
    return text


@pytest.mark.parametrize("model", [model for model in MODELS if writes_vietnamese(model)])
def test_a_code_page_that_is_trusted_holds_every_letter_by_another_programs_table(model: str) -> None:
    words = " ".join(re.findall(".{1,12}", LETTERS))
    page = encode(Document(576, (Text(words, 24),)), Profile(576, model=model, code_pages=True))
    assert b"\x1dv0" not in page.data, "it went as dots"
    assert read_by_iconv(page.data).split() == words.split()


def test_a_pangram_goes_as_characters_with_a_quarter_of_the_bytes_or_less() -> None:
    paragraph = Document(576, (Text(PANGRAM, 24),))
    dots = encode(paragraph, Profile(576, model="TM-T20II")).data
    characters = encode(paragraph, Profile(576, model="TM-T20II", code_pages=True)).data
    assert " ".join(read_by_iconv(characters).split()) == PANGRAM
    assert len(characters) * 4 < len(dots)


def test_what_a_code_page_lacks_goes_as_dots_and_the_rest_stays_in_place() -> None:
    page = Document(576, (Text("Sở Tài nguyên", 24), Text("Sở — Ω", 24), Text("Ưu tiên", 48, align="right")))
    data = encode(page, Profile(576, model="TM-T20II", code_pages=True)).data
    names = [command.name for command in read_commands(data) if isinstance(command, Command)]
    assert b"" in names and b"\x1dv0" in names
    first, last = names.index(b"\x1dv0"), len(names) - 1 - names[::-1].index(b"\x1dv0")
    assert b"" in names[:first] and b"" in names[last:]
    assert put_on_paper(data).mistake is None


@pytest.mark.parametrize("model", ["NT-80-V-UL", "POS-5890", "RP326", "TM-T88III"])
def test_a_printer_with_less_than_all_letters_is_never_trusted_with_characters(model: str) -> None:
    assert not writes_vietnamese(model) and tables(model) == {}
    with pytest.raises(DeviceFault, match="use letters=raster"):
        open_printer(f"tcp://192.0.2.7?profile={model}&letters=codepage")


def test_the_code_page_of_windows_lacks_most_letters() -> None:
    def fits(letter: str) -> bool:
        try:
            letter.encode("cp1258")
        except UnicodeEncodeError:
            return False
        return True

    assert sum(not fits(letter) for letter in LETTERS) == 104


def test_a_paragraph_of_characters_keeps_its_lines_within_the_paper() -> None:
    printer = open_printer("tcp://192.0.2.7?profile=TM-T20II&paper=58&letters=codepage")
    data = printer.encode(Document(384, (Text(PANGRAM + " " + "dài" * 30, 36),))).data
    lines = [command.data for command in read_commands(data) if isinstance(command, Command)]
    assert all(len(line) * 24 <= 384 for line in lines)
    assert put_on_paper(data, 384).mistake is None


# ---- how soon and how much ----------------------------------------------------------------------------


@pytest.mark.parametrize("baud", [9600, 19200, 115200])
@pytest.mark.parametrize("width", [576, 384])
def test_the_head_moves_within_150_ms_of_the_command(baud: int, width: int) -> None:
    """On a clock of the line's own: a printer starts when it has the first whole command that prints."""
    data = encode(layout(EVERYDAY, width), Profile(width)).data
    first = next(
        command
        for command in read_commands(data)
        if isinstance(command, Command) and command.name not in (b"\x1b@", b"\x1ba")
    )
    end = first.at + 8 + len(first.data)
    on_the_wire = end * Port("", baud).seconds_per_byte
    assert on_the_wire < 0.150 - 0.030, "30 ms are for drawing the slip"


def test_a_slip_is_drawn_in_time_and_its_size_is_known() -> None:
    figures = []
    for name, profile in {
        "80 mm, all dots": Profile(576),
        "80 mm, QR by the printer": Profile(576, native_qr=True, model="TM-T20II"),
        "80 mm, QR and letters by the printer": Profile(576, True, "TM-T20II", code_pages=True),
        "58 mm, all dots": Profile(384),
        "58 mm, QR by the printer": Profile(384, native_qr=True, model="TM-T20II"),
    }.items():
        encode(layout(EVERYDAY, profile.width), profile)
        took = []
        for number in range(9):
            slip = replace(EVERYDAY, label=f"A{number:03}", track_url=f"{EVERYDAY.track_url}{number}")
            began = time.perf_counter()
            data = encode(layout(slip, profile.width), profile).data
            took.append((time.perf_counter() - began) * 1000)
        figures.append((name, len(data), sorted(took)[4]))
        print(f"{name}: {len(data)} bytes, {sorted(took)[4]:.1f} ms")
    sizes = [size for _, size, _ in figures]
    assert sizes[1] < sizes[0] < 45_000 and sizes[4] < sizes[3] < 30_000
    assert min(ms for _, _, ms in figures) < 150
