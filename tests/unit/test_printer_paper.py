"""The virtual printer reads bytes as a printer would, and says aloud what it cannot read."""

from __future__ import annotations

from io import BytesIO

import numpy
import pytest
import zxingcpp
from escpos.printer import Dummy
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from drivers.virtual.paper import put_on_paper
from drivers.virtual.picture import MARGIN, TO_CUTTER, render


def opened(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png)).convert("RGB")


@pytest.mark.parametrize("way", ["bitImageRaster", "graphics", "bitImageColumn"])
def test_each_way_to_send_a_picture_prints_the_same_dots(way: str) -> None:
    picture = Image.new("1", (64, 48), 1)
    picture.putpixel((0, 0), 0)
    picture.paste(0, (10, 5, 33, 47))
    printer = Dummy(profile="TM-T88V")
    printer.image(picture, impl=way)
    paper = put_on_paper(printer.output)
    assert paper.mistake is None
    expected = picture.convert("L").point([255, *[0] * 255])
    assert paper.image.crop((0, 0, 64, 48)).tobytes() == expected.tobytes()


def test_plain_text_prints_in_its_size_place_and_code_page() -> None:
    printer = Dummy(profile="TM-T88V")
    printer.hw("INIT")
    printer.set(align="center", bold=True)
    printer.text("Café: 5 £\n")
    printer.set(align="right", custom_size=True, width=2, height=3)
    printer.text("A1\n")
    paper = put_on_paper(printer.output)
    assert paper.texts == ("Café: 5 £", "A1") and paper.mistake is None
    assert paper.image.height == 30 + 3 * 24
    large = paper.image.crop((0, 30, 576, 102)).getbbox()
    assert large is not None and 576 - 2 * 2 * 12 <= large[0] < large[2] <= 576


def test_a_code_that_the_printer_draws_can_be_read_from_the_picture() -> None:
    printer = Dummy(profile="TM-T88V")
    printer.set(align="center")
    printer.qr("https://example.org/t/Ưu tiên", size=4, native=True)
    printer.cut()
    found = zxingcpp.read_barcodes(opened(render(printer.output)))
    assert [code.text for code in found] == ["https://example.org/t/Ưu tiên"]


@pytest.mark.parametrize(
    ("page", "at", "why"),
    [
        (b"A\x1b\x99", 1, "unknown command 1B 99"),
        (b"\x07", 0, "unknown command 07"),
        (b"AB\x7f", 2, "unknown command 7F"),
        (b"\x1d(E\x02\x00ab", 0, "unknown command 1D 28 45"),
        (b"\x1dV\x09", 0, "unknown way to cut 09"),
        (b"\x1dv0\x00\x01\x00\x02\x00\xff", 0, "ends within 1D 76 30"),
        (b"\x1dv0\x09\x01\x00\x01\x00\xff", 0, "not a raster picture"),
        (b"\x1b", 0, "ends within 1B"),
        (b"\x1bt\xc8", 0, "no such setting 1B 74 200"),
        (b"A\n\xe9\x1bt\x10\x81", 6, "no such letter"),
        (b"\x1d(k\x03\x001Q0", 0, "QR function"),
        (b"\x1d(L\x02\x0002", 0, "never stored"),
        (b"\x1dv0\x00\x49\x00\x01\x00" + bytes(73), 0, "584 dots on a head of 576"),
    ],
)
def test_bytes_that_cannot_be_read_end_the_page_and_are_said(page: bytes, at: int, why: str) -> None:
    mistake = put_on_paper(page).mistake
    assert mistake is not None
    assert mistake.at == at and why in mistake.why


def test_a_mistake_is_seen_in_the_picture_and_what_came_before_it_too() -> None:
    good, bad = opened(render(b"A1\n\x1dV\x00")), opened(render(b"A1\n\x1b\x99"))

    def red(picture: Image.Image) -> int:
        dots = numpy.asarray(picture)
        return int(((dots[:, :, 0] > 150) & (dots[:, :, 1] < 80)).sum())

    assert red(good) == 0 and red(bad) > 200
    assert bad.crop((MARGIN, TO_CUTTER, MARGIN + 24, TO_CUTTER + 24)).getextrema()[0][0] < 60


def test_the_picture_shows_every_dot_of_the_head_within_the_papers_margins() -> None:
    page = b"\x1dv0\x00\x48\x00\x01\x00" + b"\xaa" * 72 + b"\x1bd\x06\x1dV\x01"
    picture = opened(render(page))
    assert picture.width == 576 + 2 * MARGIN
    row = [picture.getpixel((MARGIN + x, TO_CUTTER)) for x in range(576)]
    assert len({*row[0::2]}) == len({*row[1::2]}) == 1 and row[0] != row[1]


@settings(max_examples=40)
@given(st.binary(max_size=200))
def test_no_bytes_at_all_break_the_virtual_printer(page: bytes) -> None:
    assert opened(render(page)).width == 576 + 2 * MARGIN


@given(st.binary(max_size=60), st.sampled_from([b"\x1d(k", b"\x1d(L", b"\x1dv0", b"\x1b*", b"\x1b", b"\x1d"]))
def test_no_half_command_breaks_the_virtual_printer(rest: bytes, start: bytes) -> None:
    put_on_paper(start + rest)
