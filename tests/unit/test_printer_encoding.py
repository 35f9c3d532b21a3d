"""Pages become ESC/POS dot for dot, with no more bytes than the ink needs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from drivers.fault import DeviceFault
from drivers.printer import (
    QR,
    Block,
    Column,
    Columns,
    Cut,
    Display,
    Document,
    Feed,
    Frame,
    Picture,
    Rule,
    Space,
    Text,
)
from drivers.printer.encoding import encode
from drivers.printer.profile import Profile
from drivers.printer.raster import stack
from drivers.virtual.paper import put_on_paper

drawn_blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Space, st.integers(0, 60)),
    st.builds(Rule, st.integers(1, 6)),
    st.builds(
        Text,
        st.text("Aạ Ễg\n—", max_size=40),
        st.integers(16, 48),
        align=st.sampled_from(["left", "center", "right"]),
    ),
    st.builds(Display, st.text("A0129", min_size=1, max_size=5), st.integers(20, 200)),
    st.builds(QR, st.text("abc", min_size=1, max_size=20), st.integers(1, 6)),
    st.binary(min_size=6, max_size=6).map(lambda rows: Picture(9, 3, rows, "right")),
)


@settings(max_examples=50)
@given(st.lists(drawn_blocks, min_size=1, max_size=6), st.sampled_from([384, 576]))
def test_the_bytes_put_exactly_the_drawn_dots_on_paper(blocks: list[Block], width: int) -> None:
    drawn = stack(tuple(blocks), width)
    paper = put_on_paper(encode(Document(width, tuple(blocks)), Profile(width)).data, width)
    assert paper.mistake is None
    assert paper.image.height == max(drawn.height, 1)
    assert drawn.height == 0 or paper.image.tobytes() == drawn.tobytes()


def test_blank_paper_costs_one_byte_a_row() -> None:
    data = encode(Document(576, (Space(200),)), Profile()).data
    assert len(data) < 220


def test_ink_is_sent_only_as_far_as_it_reaches() -> None:
    narrow = encode(Document(576, (Text("Sở"),)), Profile()).data
    wide = encode(Document(576, (Text("Sở", align="right"),)), Profile()).data
    assert len(narrow) < len(wide) / 5


def test_a_printer_with_codes_of_its_own_draws_the_code_and_one_without_is_sent_a_picture() -> None:
    document = Document(
        576, (Text("Quét mã"), QR("https://example.org/t/1", align="center"), Text("A"), Cut())
    )
    native = put_on_paper(encode(document, Profile(native_qr=True)).data)
    pictured = put_on_paper(encode(document, Profile()).data)
    assert native.codes == ("https://example.org/t/1",) and pictured.codes == ()
    assert native.image.tobytes() == pictured.image.tobytes()


def test_feed_and_cut_come_where_the_page_says() -> None:
    paper = put_on_paper(encode(Document(576, (Space(50), Feed(2), Space(50), Cut())), Profile()).data)
    assert paper.cuts == (50 + 2 * 30 + 50 + 6 * 30,)


def test_columns_stand_side_by_side_and_frames_go_around() -> None:
    left, right = Column((Rule(10),), 100), Column((Space(4), Rule(6)))
    page = stack((Columns((left, right), gap=20),), 576)
    assert page.getbbox() == (0, 0, 576, 10)
    assert page.crop((100, 0, 120, 10)).getbbox() is None
    framed = stack((Frame((Space(10),), thickness=2, padding=3),), 60)
    assert framed.size == (60, 20) and framed.crop((2, 2, 58, 18)).getbbox() is None


@pytest.mark.parametrize(
    "block",
    [
        QR("x" * 4000),
        QR("\ud800"),
        Picture(8, 2, b"\0"),
        Picture(0, 0, b""),
        Picture(800, 1, bytes(100)),
        QR("x", module=90),
        QR("x", module=0),
        Space(9000),
        Text("dài " * 3000),
        Display("1" * 1000, 100),
        Columns((Column((), 400), Column((), 300))),
    ],
    ids=lambda block: type(block).__name__,
)
@pytest.mark.parametrize("native", [True, False])
def test_what_cannot_be_printed_is_refused_with_a_code(block: Block, native: bool) -> None:
    with pytest.raises(DeviceFault) as raised:
        encode(Document(576, (block,)), Profile(native_qr=native))
    assert (raised.value.kind, raised.value.permanent) == ("unprintable", True)


def test_a_page_wider_than_the_head_is_refused() -> None:
    with pytest.raises(DeviceFault, match="576 dots on a head of 384"):
        encode(Document(576, ()), Profile(384))


def test_a_second_page_with_the_same_static_parts_is_the_same_dots() -> None:
    document = Document(576, (Text("Trung tâm Phục vụ hành chính công"), Display("A001", 200)))
    first = encode(document, Profile()).data
    other = encode(
        Document(576, (Text("Trung tâm Phục vụ hành chính công"), Display("B999", 200))), Profile()
    ).data
    assert encode(document, Profile()).data == first != other


def test_no_block_draws_grey() -> None:
    page: Image.Image = stack((Text("Ưu tiên"), Display("A012", 200), QR("x"), Rule()), 576)
    assert sum(page.histogram()[1:255]) == 0
