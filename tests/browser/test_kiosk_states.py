"""The kiosk in each state: normal, alone, paper low, paper out, a slip in doubt, shut for want of paper."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from .kiosk_sample import Json
from .kiosk_stage import SIZES, Stage, stage_on

TOUCH = 64
REACH = 0.5
"""What a wheelchair user must reach stands in the lower half of an upright glass."""


@pytest.fixture(scope="module", params=SIZES)
def glass(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Stage]:
    """One page for all states on one size of glass."""
    with stage_on(browser, request.param) as stage:
        yield stage


@pytest.fixture
def stage(glass: Stage) -> Iterator[Stage]:
    glass.begin_again()
    yield glass
    assert glass.complaints == []


def tell(stage: Stage, **row: object) -> None:
    stage.push("kiosk", "_", {**stage.kiosk, **row})


def to_last_question(stage: Stage) -> None:
    stage.page.locator("button.door").click()
    stage.page.locator("[data-agency=stnmt]").click()
    stage.page.locator(".service:not(.waiting)").first.click()
    stage.page.locator(".take").wait_for()


def take(stage: Stage) -> Locator:
    """Walk to a number; what the screen says of its paper."""
    to_last_question(stage)
    stage.page.locator(".take").click()
    stage.page.locator(".label-number").wait_for()
    return stage.page.locator(".paper")


def ticket_of(stage: Stage) -> Json:
    (ticket,) = stage.tickets.values()
    return ticket


def in_english(stage: Stage) -> None:
    stage.page.locator(".language[lang=en]").click()


def qr_side(stage: Stage) -> float:
    box = stage.page.locator(".qr").bounding_box()
    assert box is not None
    return box["width"]


def test_normal_the_slip_comes_and_nothing_else_is_said(stage: Stage) -> None:
    expect(stage.page.locator(".banner, .staff-note")).to_have_count(0)
    paper = take(stage)
    expect(paper).to_have_attribute("data-slip", "printed")
    expect(paper).to_contain_text("Mời bạn lấy phiếu ở khe bên dưới")
    expect(stage.page.locator("button.copy")).to_have_count(0)


def test_alone_the_kiosk_goes_on_and_promises_nothing_that_it_cannot_know(stage: Stage) -> None:
    tell(stage, server="down", offline=True)
    for row in stage.lines.values():
        row.update(waiting=None, low=None, high=None)
    stage.push("lines", "stnmt", stage.lines["stnmt"])
    stage.alone = True
    expect(stage.page.locator(".alone-note")).to_contain_text("Bạn vẫn lấy được số như thường")
    to_last_question(stage)
    expect(stage.page.locator(".alone-note")).to_be_visible()
    expect(stage.page.locator(".line")).to_have_text("Chưa biết có bao nhiêu người đang chờ")
    stage.page.locator(".take").click()
    expect(stage.page.locator(".given-alone")).to_contain_text("Lượt của bạn được tính từ 08:45")
    expect(stage.page.locator(".keep")).to_contain_text("Khi có kết nối trở lại, quét mã này")
    shown = stage.page.locator(".ticket").inner_text()
    assert "phút" not in shown.replace("Để thêm một phút", "")
    assert "null" not in shown and "undefined" not in shown
    in_english(stage)
    expect(stage.page.locator(".given-alone")).to_contain_text("Your turn counts from 08:45")


def test_when_the_server_is_back_the_note_goes(stage: Stage) -> None:
    tell(stage, server="down", offline=True)
    stage.page.locator(".alone-note").wait_for()
    tell(stage, server="up", offline=True)
    expect(stage.page.locator(".alone-note")).to_have_count(0)


def test_cut_off_without_numbers_of_its_own_the_kiosk_shuts_its_door(stage: Stage) -> None:
    tell(stage, server="down", offline=False)
    expect(stage.page.locator(".shut[data-kind=stale]")).to_contain_text("tạm mất kết nối")
    tell(stage, server="up", offline=False)
    to_last_question(stage)
    tell(stage, server="down", offline=False)
    expect(stage.page.locator(".connection[data-status=stale]")).to_be_visible()


def test_low_paper_is_for_the_staff_and_costs_the_citizen_nothing(stage: Stage) -> None:
    tell(stage, printer="paper_low")
    expect(stage.page.locator(".staff-note")).to_contain_text("giấy in sắp hết")
    expect(stage.page.locator(".banner")).to_have_count(0)
    paper = take(stage)
    expect(paper).to_have_attribute("data-slip", "printed")
    expect(stage.page.locator(".staff-note")).to_have_count(0)


@pytest.mark.parametrize("fate", [[], ["queued"], ["failed"]], ids=["none", "queued", "failed"])
def test_out_of_paper_is_said_first_and_the_number_stands_on_the_screen_to_photograph(
    stage: Stage, fate: list[str]
) -> None:
    usual = 176 if stage.page.viewport_size == {"width": 1080, "height": 1920} else 144
    stage.printing = fate
    tell(stage, printer="paper_out")
    expect(stage.page.locator(".printer-note")).to_contain_text("Máy in đã hết giấy")
    to_last_question(stage)
    expect(stage.page.locator(".printer-note")).to_contain_text("xin chụp lại màn hình")
    stage.page.locator(".take").click()
    expect(stage.page.locator(".paper")).to_contain_text("bạn vui lòng chụp lại màn hình này")
    expect(stage.page.locator("button.copy")).to_have_count(0)
    stage.settle()
    assert qr_side(stage) > usual
    tracked = stage.page.locator(".qr").get_attribute("aria-label")
    assert tracked is not None and "theo dõi" in tracked


def test_new_paper_while_somebody_looks_prints_the_slip_after_all(stage: Stage) -> None:
    stage.printing = ["queued"]
    tell(stage, printer="paper_out")
    paper = take(stage)
    expect(paper).to_have_attribute("data-slip", "held")
    tell(stage, printer="ready")
    expect(paper).to_contain_text("Đang in phiếu")
    stage.push_slip(ticket_of(stage), "printed")
    expect(paper).to_contain_text("Mời bạn lấy phiếu")


def test_a_slip_in_doubt_is_offered_as_a_copy_of_the_same_number_and_once_is_once(stage: Stage) -> None:
    stage.printing, stage.copying = ["printing", "uncertain"], ["queued"]
    paper = take(stage)
    expect(paper).to_contain_text("Có thể phiếu chưa ra hết")
    number = stage.page.locator(".label-number").inner_text()
    offer = stage.page.get_by_role("button", name="In bản sao")
    stage.settle()
    box, size = offer.bounding_box(), stage.page.viewport_size
    assert box and size and min(box["width"], box["height"]) >= TOUCH
    assert size["width"] > size["height"] or box["y"] > size["height"] * REACH
    offer.evaluate("(button) => { for (let tap = 0; tap < 5; tap += 1) button.click(); }")
    expect(paper).to_contain_text("Đang in bản sao")
    expect(offer).to_have_count(0)
    stage.push_slip(ticket_of(stage), "printed", copy=True)
    expect(paper).to_contain_text("Mời bạn lấy bản sao")
    assert stage.page.locator(".label-number").inner_text() == number
    wishes = [post for post in stage.posts if post.path == "/copies"]
    assert [wish.body for wish in wishes] == [{"ticket": ticket_of(stage)["id"]}]
    assert len({post.key for post in stage.posts}) == 2, "the number and the copy are two intentions"


def test_a_wish_for_a_copy_that_got_lost_is_said_and_asked_again_under_its_key(stage: Stage) -> None:
    stage.printing, stage.copying = ["uncertain"], ["refused"]
    paper = take(stage)
    offer = stage.page.get_by_role("button", name="In bản sao")
    offer.click()
    expect(paper).to_contain_text("Chưa in được bản sao")
    stage.copying = ["queued", "printed"]
    offer.click()
    expect(paper).to_contain_text("Mời bạn lấy bản sao")
    assert len({post.key for post in stage.posts if post.path == "/copies"}) == 1


def test_a_copy_in_doubt_may_be_asked_for_again_as_another_wish(stage: Stage) -> None:
    stage.printing, stage.copying = ["uncertain"], ["queued", "uncertain"]
    paper = take(stage)
    for _ in range(2):
        stage.page.get_by_role("button", name="In bản sao").click()
        expect(paper).to_contain_text("Có thể bản sao chưa ra hết")
        stage.page.get_by_role("button", name="In bản sao").wait_for()
    assert len({post.key for post in stage.posts if post.path == "/copies"}) == 2


def test_no_copy_is_offered_by_a_printer_that_cannot_print(stage: Stage) -> None:
    stage.printing = ["uncertain"]
    take(stage)
    offer = stage.page.locator("button.copy")
    offer.wait_for()
    tell(stage, printer="cover_open")
    expect(offer).to_have_count(0)


def test_in_english_the_doubt_is_told_as_plainly(stage: Stage) -> None:
    stage.printing = ["uncertain"]
    paper = take(stage)
    in_english(stage)
    expect(paper).to_contain_text("The slip may be incomplete")
    expect(stage.page.get_by_role("button", name="Print a copy")).to_be_visible()


OVERLAPS = """() => {
    const foot = document.querySelector('.ticket-end').getBoundingClientRect();
    const figures = document.querySelector('.ticket-figures').getBoundingClientRect();
    return [...document.querySelectorAll('.keep *')].map((one) => [one, one.getBoundingClientRect()])
        .filter(([, box]) => box.height > 0 && (box.bottom > foot.top + 1 || box.top < figures.bottom - 1))
        .map(([one, box]) => `${one.className || one.tagName}: ${box.top} to ${box.bottom}`);
}"""


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_longest_names_and_words_cover_nothing_of_each_other(stage: Stage, language: str) -> None:
    stage.printing, stage.copying, stage.alone = ["uncertain"], ["refused"], True
    page = stage.page
    page.locator(f".language[lang={language}]").click()
    page.locator("button.door").click()
    page.locator("[data-agency=sldtbxh]").click()
    page.locator(".service:not(.waiting)").first.click()
    page.locator("[data-class=pregnant]").click()
    page.locator("button.copy").click()
    page.locator(".paper[data-slip=uncertain]").wait_for()
    page.locator("button.copy").wait_for()
    stage.settle()
    assert page.evaluate(OVERLAPS) == []
    stage.push_slip(ticket_of(stage), "uncertain", copy=True)
    page.locator(".paper[data-copy=true]").wait_for()
    stage.settle()
    assert page.evaluate(OVERLAPS) == []


@pytest.fixture
def strict(glass: Stage) -> Iterator[Stage]:
    """At a centre that wants no numbers without paper."""
    glass.begin_again()
    lobby = glass.site["kiosks"][0]
    lobby["without_paper"] = "close"
    glass.reload()
    glass.page.locator("button.door").wait_for()
    yield glass
    assert glass.complaints == []
    lobby["without_paper"] = "screen"
    glass.kiosk = {**glass.kiosk, "printer": "ready"}
    glass.reload()


@pytest.mark.parametrize(
    ("state", "says"), [("paper_out", "hết giấy"), ("cover_open", "Nắp máy in"), ("offline", "trục trặc")]
)
def test_a_centre_may_shut_the_kiosk_while_it_cannot_print(strict: Stage, state: str, says: str) -> None:
    tell(strict, printer=state)
    shut = strict.page.locator(".shut[data-kind=no-paper]")
    expect(shut).to_contain_text(says)
    expect(shut).to_contain_text("Bạn vui lòng lấy số ở máy khác")
    tell(strict, printer="ready")
    strict.page.locator("button.door").wait_for()


def test_whoever_was_choosing_when_it_shut_is_told_at_the_door(strict: Stage) -> None:
    to_last_question(strict)
    tell(strict, printer="paper_out")
    expect(strict.page.locator(".shut[data-kind=no-paper]")).to_be_visible()
    assert strict.posts == []


def test_whoever_has_the_number_keeps_it_on_the_screen_when_it_shuts(strict: Stage) -> None:
    strict.printing = ["printing"]
    take(strict)
    tell(strict, printer="paper_out")
    strict.push_slip(ticket_of(strict), "uncertain")
    expect(strict.page.locator(".paper")).to_contain_text("Có thể phiếu chưa ra hết")
    expect(strict.page.locator(".label-number")).to_be_visible()


@pytest.mark.parametrize("state", ["ready", "paper_low", "unknown", "none"])
def test_it_does_not_shut_where_it_can_print_or_never_does(strict: Stage, state: str) -> None:
    tell(strict, printer=state)
    to_last_question(strict)
