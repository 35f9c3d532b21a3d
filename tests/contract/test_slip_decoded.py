"""What a decoder and a reader that are not ours find in a slip's bytes: every letter, every dot, the code."""

from __future__ import annotations

import base64
import json
import os
import subprocess
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Final

import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageOps

from drivers.printer import Cut, Document, Space, Text
from drivers.printer.encoding import encode
from drivers.printer.profile import Profile
from drivers.virtual.paper import put_on_paper
from kiosk.slip import layout
from queue_server.protocol import Slip
from tests.slips import EVERYDAY, LONGEST, TRACK_URL

ROOT: Final = Path(__file__).resolve().parent.parent.parent
DECODER: Final = ROOT / ".cache" / "decoder" / "bin" / "python"
SENTENCE: Final = "Sở Tài nguyên và Môi trường — Ưu tiên: người cao tuổi"


@dataclass(frozen=True)
class Decoded:
    picture: Image.Image
    text: str
    cuts: int
    unknown: list[str]


def decoded(data: bytes, width: int) -> Decoded:
    """What emupos made of the bytes; `./dev test` sets it up."""
    run = subprocess.run(
        [DECODER, ROOT / "tests" / "decoder" / "decode.py", str(width)],
        input=data,
        capture_output=True,
        check=True,
    )
    report = json.loads(run.stdout)
    (receipt,) = report["receipts"]
    picture = Image.open(BytesIO(base64.b64decode(receipt["png"]))).convert("L")
    return Decoded(picture, receipt["text"], report["cuts"], report["unknown"])


def read_aloud(picture: Image.Image, larger: int) -> str:
    """What tesseract reads in Vietnamese, in one line."""
    size = (picture.width * larger, picture.height * larger)
    framed = ImageOps.expand(picture.resize(size, Image.Resampling.NEAREST), 40, 255)
    png = BytesIO()
    framed.save(png, "PNG", dpi=(203 * larger, 203 * larger))
    command = ["tesseract", "-", "-", "-l", "vie", "--psm", "6"]
    alone = os.environ | {"OMP_THREAD_LIMIT": "1"}  # its threads would wait for one another on a busy machine
    run = subprocess.run(command, input=png.getvalue(), capture_output=True, check=True, env=alone)
    return " ".join(run.stdout.decode("utf-8").split())


@pytest.mark.parametrize(("width", "sizes"), [(576, (29, 36, 48)), (384, (24, 29, 36))])
def test_a_reader_that_is_not_ours_reads_every_vietnamese_letter_right(
    width: int, sizes: tuple[int, ...]
) -> None:
    readings = []
    for size in sizes:
        page = Document(width, (Space(20), Text(SENTENCE, size, "bold"), Space(20), Cut()))
        found = decoded(encode(page, Profile(width)).data, width)
        assert found.unknown == []
        readings += [read_aloud(found.picture, larger) for larger in (1, 2)]
    # The reader stumbles now and then over the face's round "a"; a letter printed wrong it never reads right.
    assert SENTENCE in readings, readings
    assert sum(letters(reading) == letters(SENTENCE) for reading in readings) >= 3, readings


def letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalpha())


def test_the_reader_notices_a_letter_that_is_printed_wrong() -> None:
    for wrong in (SENTENCE.replace("ở", "ơ"), SENTENCE.replace("ườ", "ừơ"), SENTENCE.replace("Ư", "U")):
        page = Document(576, (Space(20), Text(wrong, 36, "bold"), Space(20)))
        assert SENTENCE not in read_aloud(decoded(encode(page, Profile()).data, 576).picture, 1)


@pytest.mark.parametrize("width", [576, 384])
@pytest.mark.parametrize("slip", [EVERYDAY, LONGEST], ids=["everyday", "longest"])
def test_two_decoders_agree_on_every_dot_of_a_slip(slip: Slip, width: int) -> None:
    data = encode(layout(slip, width), Profile(width)).data
    theirs, ours = decoded(data, width), put_on_paper(data, width)
    assert theirs.unknown == [] and theirs.cuts == len(ours.cuts) == 1
    drawn = ImageOps.invert(ours.image).crop((0, 0, *theirs.picture.size))
    assert ImageChops.difference(drawn, theirs.picture).getbbox() is None
    rest = ours.image.crop((0, theirs.picture.height, *ours.image.size))
    assert rest.getbbox() is None  # nothing but the feed before the cut


@pytest.mark.parametrize("width", [576, 384])
@pytest.mark.parametrize("native", [True, False], ids=["drawn by the printer", "sent as a picture"])
def test_a_phone_reads_the_code_from_what_came_out(width: int, native: bool) -> None:
    found = decoded(encode(layout(EVERYDAY, width), Profile(width, native_qr=native)).data, width)
    assert found.unknown == []
    framed = ImageOps.expand(found.picture, 32, 255)  # the paper's own margin
    assert [code.text for code in zxingcpp.read_barcodes(framed)] == [TRACK_URL]
    assert (f"[qr {TRACK_URL}]" in found.text) == native


def test_a_whole_slip_reads_as_it_was_meant() -> None:
    slip = replace(EVERYDAY, track_url="")
    found = decoded(encode(layout(slip), Profile()).data, 576)
    readings = " ".join(read_aloud(found.picture, larger) for larger in (1, 2))
    for words in (slip.agency, "Ưu tiên: người cao tuổi", "Tầng 1, khu A", "Quầy 3, 4, 5", "3 người"):
        assert words in readings, readings
