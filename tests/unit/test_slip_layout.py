"""What a slip says and how: nothing left out, nothing promised, whole on either width of paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.fault import DeviceFault
from drivers.printer import QR, Block, Columns, Cut, Display, Document, Frame, Shape, Text
from drivers.printer.encoding import encode
from drivers.printer.profile import Profile
from drivers.printer.raster import strip
from drivers.virtual.paper import put_on_paper
from kiosk.slip import arrow_shape, layout, likely_wait
from kiosk.wording import wording
from queue_server.protocol import Slip
from tests.slips import EVERYDAY, LONGEST

WIDTHS = [576, 384]


def blocks_of(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Frame):
            yield from blocks_of(block.blocks)
        if isinstance(block, Columns):
            for column in block.columns:
                yield from blocks_of(column.blocks)


def words(document: Document) -> list[str]:
    return [block.content for block in blocks_of(document.blocks) if isinstance(block, Text | Display)]


def test_a_slip_says_everything_that_a_citizen_must_know_number_first() -> None:
    said = words(layout(EVERYDAY))
    assert said == [
        "Trung tâm Phục vụ hành chính công tỉnh Quảng Ninh",
        "Số thứ tự của Quý khách",
        "A012",
        "Ưu tiên: người cao tuổi",
        "Sở Tài nguyên và Môi trường",
        "Tầng 1, khu A",
        "Đi thẳng, qua quầy hướng dẫn rồi rẽ trái",
        "Quầy 3, 4, 5",
        "Đang chờ trước",
        "3 người",
        "Dự kiến chờ",
        "khoảng 10–20 phút",
        "Lấy số lúc 08:45 23/11/2026",
        "Quét mã để theo dõi lượt trên điện thoại.",
    ]


def test_the_code_on_a_slip_leads_to_the_ticket_and_the_cut_comes_last() -> None:
    blocks = layout(EVERYDAY).blocks
    assert [block.content for block in blocks if isinstance(block, QR)] == [EVERYDAY.track_url]
    assert isinstance(blocks[-1], Cut)
    assert sum(isinstance(block, Cut) for block in blocks) == 1


def test_an_english_slip_is_english_and_leaves_out_what_there_is_not() -> None:
    said = words(
        layout(replace(EVERYDAY, language="en", class_name=None, counters="", direction="", ahead=1))
    )
    assert "Your number" in said and "1 person" in said and "about 10–20 minutes" in said
    assert EVERYDAY.class_name not in said and "" not in said


def test_a_language_without_slip_texts_prints_in_vietnamese() -> None:
    assert words(layout(replace(EVERYDAY, language="fr"))) == words(layout(EVERYDAY))


@pytest.mark.parametrize(("language", "mark"), [("vi", "BẢN SAO"), ("en", "BẢN SAO – COPY")])
def test_a_copy_is_marked_where_staff_can_read_it_and_an_original_is_not(language: str, mark: str) -> None:
    slip = replace(EVERYDAY, language=language)
    assert mark in words(layout(replace(slip, copy=True)))
    assert not any("SAO" in said for said in words(layout(slip)))


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (None, None, "chưa tính được"),
        (5, None, "chưa tính được"),
        (0, 5, "dưới 5 phút"),
        (0, 0, "dưới 1 phút"),
        (12, 12, "khoảng 12 phút"),
        (10, 20, "khoảng 10–20 phút"),
    ],
)
def test_the_wait_is_a_span_or_an_honest_silence(low: int | None, high: int | None, said: str) -> None:
    assert likely_wait(low, high, wording("vi")) == said


def test_both_languages_say_the_same_messages() -> None:
    def ids(language: str) -> set[str]:
        lines = Path(f"kiosk/texts/{language}.ftl").read_text(encoding="utf-8").splitlines()
        return {line.split(" =")[0] for line in lines if line.startswith("slip-")}

    assert ids("vi") == ids("en") and len(ids("vi")) > 8


def test_each_arrow_points_its_own_way() -> None:
    ink = {}
    for arrow in ("ahead", "right", "left", "back", "up-left", "up-right"):
        shape = arrow_shape(arrow, 80)
        assert isinstance(shape, Shape)
        ink[arrow] = strip(shape, 80)
    assert len({picture.tobytes() for picture in ink.values()}) == 6
    assert (
        ink["ahead"].crop((0, 0, 80, 40)).histogram()[255]
        > ink["ahead"].crop((0, 40, 80, 80)).histogram()[255]
    )
    assert (
        ink["left"].crop((0, 0, 40, 80)).histogram()[255] > ink["left"].crop((40, 0, 80, 80)).histogram()[255]
    )


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("slip", [EVERYDAY, LONGEST], ids=["everyday", "longest"])
def test_the_number_is_the_largest_thing_and_as_wide_as_the_paper(slip: Slip, width: int) -> None:
    document = layout(slip, width)
    number = next(block for block in document.blocks if isinstance(block, Display))
    box = strip(number, width).getbbox()
    assert box is not None
    assert box[0] == 0 and box[2] >= width * 0.97
    others = [block.size for block in blocks_of(document.blocks) if isinstance(block, Text)]
    assert box[3] - box[1] > 2.5 * max(others)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_longest_agency_takes_two_lines_at_most(width: int) -> None:
    agency = next(
        block
        for block in blocks_of(layout(LONGEST, width).blocks)
        if isinstance(block, Text) and block.content == LONGEST.agency
    )
    assert strip(agency, width).height <= agency.size * (1.5 + agency.leading) + 2


any_slip = st.builds(
    Slip,
    **{
        field.name: st.text(max_size=60)
        for field in fields(Slip)
        if field.name not in ("language", "track_url")
    }
    | {
        "ahead": st.integers(0, 10**6),
        "low": st.none() | st.integers(-5, 10**4),
        "high": st.none() | st.integers(-5, 10**4),
        "copy": st.booleans(),
        "class_name": st.none() | st.text(max_size=60),
        "service": st.none() | st.text(max_size=200),
    },
    language=st.sampled_from(["vi", "en", "", "../vi"]),
    track_url=st.text(max_size=80),
)


@settings(max_examples=30)
@given(any_slip, st.sampled_from(WIDTHS), st.booleans())
def test_any_text_at_all_prints_or_is_refused_with_a_code(slip: Slip, width: int, native: bool) -> None:
    try:
        page = encode(layout(slip, width), Profile(width, native_qr=native))
    except DeviceFault as fault:
        assert fault.kind == "unprintable" and fault.permanent
        return
    paper = put_on_paper(page.data, width)
    assert paper.mistake is None and len(paper.cuts) == 1
