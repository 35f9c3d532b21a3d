"""A centre's logo on its slips: read from a file, in its place, and the rest of the slip as without it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageOps

from drivers.fault import DeviceFault
from drivers.opening import open_printer
from drivers.printer import Picture
from drivers.virtual.paper import put_on_paper
from kiosk.printing import SlipPrinter
from kiosk.slip import layout
from tests.contract.test_slip_decoded import decoded
from tests.slips import EVERYDAY


@pytest.fixture
def logo(tmp_path: Path) -> Path:
    """A black disc on nothing, 800 by 400, in the left half."""
    picture = Image.new("RGBA", (800, 400), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((0, 0, 399, 399), fill=(0, 0, 0, 255))
    picture.save(tmp_path / "logo.png")
    return tmp_path / "logo.png"


def logo_at(path: Path, paper: int) -> Picture:
    found = open_printer(f"tcp://192.0.2.7?paper={paper}&logo={path}").logo
    assert found is not None
    return found


@pytest.mark.parametrize(("paper", "width", "size"), [(80, 576, (288, 144)), (58, 384, (192, 96))])
def test_the_logo_comes_out_at_the_head_and_the_slip_below_it_as_ever(
    logo: Path, paper: int, width: int, size: tuple[int, int]
) -> None:
    mark = logo_at(logo, paper)
    assert (mark.width, mark.height) == size, "it keeps its shape and has its share of the paper"
    printer = open_printer(f"tcp://192.0.2.7?paper={paper}")
    plain, marked = (printer.encode(layout(EVERYDAY, width, one)).data for one in (None, mark))
    theirs, ours = decoded(marked, width), put_on_paper(marked, width)
    assert theirs.unknown == [] and theirs.cuts == 1
    drawn = ImageOps.invert(ours.image)
    assert ImageChops.difference(drawn.crop((0, 0, *theirs.picture.size)), theirs.picture).getbbox() is None
    head = drawn.crop((0, 0, width, mark.height))
    assert head.getpixel((size[1] // 2, size[1] // 2)) == 0 and head.getpixel((size[0] - 1, 5)) == 255
    without = ImageOps.invert(put_on_paper(plain, width).image)
    below = drawn.crop((0, drawn.height - without.height, width, drawn.height))
    assert ImageChops.difference(below, without).getbbox() is None


def test_the_kiosk_prints_it(logo: Path, tmp_path: Path) -> None:
    printer = open_printer(f"virtual://lobby?logo={logo}", virtual_folder=tmp_path / "virtual")
    assert SlipPrinter(printer).print(EVERYDAY).state == "printed"
    (page,) = (tmp_path / "virtual" / "lobby").glob("*.bin")
    printed = put_on_paper(page.read_bytes(), 576).image
    assert printed.getpixel((72, 72)) == 255, "ink in the middle of the disc"


@pytest.mark.parametrize("content", [None, b"no picture"])
def test_a_logo_that_cannot_be_read_is_named_when_the_printer_is_opened(
    tmp_path: Path, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "logo.png").write_bytes(content)
    with pytest.raises(DeviceFault, match="logo") as raised:
        open_printer(f"tcp://192.0.2.7?logo={tmp_path / 'logo.png'}")
    assert raised.value.permanent
