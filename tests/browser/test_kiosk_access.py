"""The kiosk for everybody: both languages complete, large touch targets, keyboard alone, nothing cut off."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.servers import in_time

from .kiosk_stage import SIZES, Stage, stage_on

TOUCH = 64
LANGUAGES = ("vi", "en")


@pytest.fixture(params=[(size, language) for size in SIZES for language in LANGUAGES], ids="-".join)
def stage(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Stage]:
    size, language = request.param
    with stage_on(browser, size) as one:
        one.open()
        one.page.locator(f".language[lang={language}]").click()
        yield one


@pytest.fixture
def upright(browser: Browser) -> Iterator[Stage]:
    with stage_on(browser, "upright") as one:
        one.open()
        yield one


def screens(page: Page) -> Iterator[str]:
    """Walk the whole way, pausing on each screen."""
    yield "rest"
    page.locator("button.door").click()
    page.locator(".agency").first.wait_for()
    yield "agency"
    page.locator("[data-agency=sldtbxh]").click()
    page.locator(".service:not(.waiting)").nth(1).wait_for()
    yield "service"
    page.locator(".service:not(.waiting)").first.click()
    page.locator(".take").wait_for()
    yield "confirm"
    page.locator("[data-class=pregnant]").click()
    page.locator(".label-number").wait_for()
    yield "ticket"


SMALL_PARTS = """(least) => [...document.querySelectorAll('button')]
    .map((one) => [one.innerText, one.getBoundingClientRect()])
    .filter(([, box]) => box.width > 0 && (box.width < least || box.height < least))
    .map(([text, box]) => `${text}: ${box.width} x ${box.height}`)"""

CUT_OFF = """() => {
    const glass = document.documentElement.getBoundingClientRect();
    const box = document.querySelector('.scroller-box')?.getBoundingClientRect();
    return [...document.querySelectorAll('.frame *')].filter((one) => {
        if (one.closest('svg') || one.closest('.visually-hidden') || !one.innerText?.trim()) return false;
        const { left, right, top, bottom } = one.getBoundingClientRect();
        if (one.closest('.scroller-box')) return left < box.left - 1 || right > box.right + 1;
        return left < -1 || right > innerWidth + 1 || top < -1 || bottom > innerHeight + 1;
    }).map((one) => `${one.className}: ${one.innerText.slice(0, 40)}`);
}"""

ELLIPSES = """() => [...document.querySelectorAll('.agency .choice-name, .agency .choice-about, .priority *')]
    .filter((one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
    .map((one) => one.innerText)"""


def test_every_screen_is_whole_and_every_part_large_enough_to_touch(stage: Stage) -> None:
    for screen in screens(stage.page):
        stage.settle()
        assert stage.page.evaluate(SMALL_PARTS, TOUCH) == [], screen
        assert stage.page.evaluate(CUT_OFF) == [], screen
        assert stage.page.evaluate(ELLIPSES) == [], screen
    assert stage.complaints == []


def test_no_text_is_missing_in_either_language(stage: Stage) -> None:
    for screen in screens(stage.page):
        assert "[" not in stage.page.locator("body").inner_text(), screen
    missing = stage.page.evaluate("async () => [...(await import('/assets/texts.js')).missing]")
    assert missing == []


def test_all_agencies_are_there_and_one_scroll_at_most_reaches_the_last(stage: Stage) -> None:
    stage.page.locator("button.door").click()
    stage.page.locator(".agency").first.wait_for()
    assert stage.page.locator(".agency").count() == 26
    pages = stage.page.locator(".scroller-box").evaluate("(box) => box.scrollHeight / box.clientHeight")
    assert pages <= 1.85  # one press of the button moves 0.85 of a page
    button = stage.page.locator(".scroller-button")
    if button.count():
        button.click()
        end = "(box) => box.scrollTop + box.clientHeight >= box.scrollHeight - 5"
        in_time(lambda: stage.page.locator(".scroller-box").evaluate(end))


def test_in_vietnamese_all_agencies_stand_on_one_upright_glass(upright: Stage) -> None:
    upright.page.locator("button.door").click()
    upright.page.locator(".agency").first.wait_for()
    upright.settle()
    assert upright.page.locator(".scroller-button").count() == 0


def test_agency_names_take_two_lines_at_most(upright: Stage) -> None:
    upright.page.locator("button.door").click()
    upright.page.locator(".agency").first.wait_for()
    lines = upright.page.evaluate(
        """() => [...document.querySelectorAll('.agency .choice-name')].map((one) =>
            Math.round(one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight)))"""
    )
    assert max(lines) <= 2


def test_back_and_start_over_stay_where_they_are(stage: Stage) -> None:
    places = []
    for screen in screens(stage.page):
        if screen in {"agency", "service", "confirm"}:
            stage.settle()
            places.append([stage.page.locator(f".foot button >> nth={at}").bounding_box() for at in (0, 1)])
    for one, next_one in pairwise(places):
        assert [(box["x"], box["y"]) for box in one if box] == [
            (box["x"], box["y"]) for box in next_one if box
        ]


def test_back_goes_one_step_and_keeps_no_intention(upright: Stage) -> None:
    page = upright.page
    walk = screens(page)
    while next(walk) != "confirm":
        pass
    back = page.get_by_role("button", name="Quay lại")
    for expected in ("service", "agency", "rest"):
        back.click()
        expect(page.locator(".frame")).to_have_attribute("data-step", expected)
    assert upright.posts == []


def test_progress_is_said_in_words(upright: Stage) -> None:
    said = []
    for screen in screens(upright.page):
        if screen not in {"rest", "ticket"}:
            said.append(upright.page.locator(".progress").inner_text())
    assert said == ["Bước 1 trên 3: chọn cơ quan", "Bước 2 trên 3: chọn việc", "Bước 3 trên 3: lấy số"]


def test_the_keyboard_alone_takes_a_number(upright: Stage) -> None:
    page = upright.page
    door = page.locator("button.door")
    for _ in range(6):  # two languages, then the door; again where the page was still coming up
        page.keyboard.press("Tab")
        if door.evaluate("(one) => one === document.activeElement"):
            break
    expect(door).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".agency").first).to_be_focused()
    outline = page.locator(".agency").first.evaluate("(one) => getComputedStyle(one).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    page.locator(".service:not(.waiting)").nth(1).wait_for()
    expect(page.locator("h1")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".take").wait_for()
    expect(page.locator("h1")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".frame")).to_have_attribute("data-step", "service")
    expect(page.locator("h1")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".take").wait_for()
    expect(page.locator("h1")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".take")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1.label")).to_be_focused()
    assert len(upright.posts) == 1


def test_the_language_can_be_changed_on_every_screen_without_losing_the_way(upright: Stage) -> None:
    for screen in screens(upright.page):
        for language, other in (("en", "vi"), ("vi", "en")):
            upright.page.locator(f".language[lang={language}]").click()
            expect(upright.page.locator(f".language[lang={language}]")).to_have_attribute(
                "aria-pressed", "true"
            )
            expect(upright.page.locator(f".language[lang={other}]")).to_have_attribute(
                "aria-pressed", "false"
            )
            assert upright.page.evaluate("document.documentElement.lang") == language
            expect(upright.page.locator(".frame")).to_have_attribute("data-step", screen)


def test_the_english_way_asks_for_an_english_slip(upright: Stage) -> None:
    upright.page.locator(".language[lang=en]").click()
    for _ in screens(upright.page):
        pass
    assert upright.posts[0].body["language"] == "en"
    assert upright.posts[0].headers["accept-language"] == "en"
    expect(upright.page.locator(".sign-place")).to_have_text("Floor 1, area C")
    expect(upright.page.locator(".ticket-class")).to_have_text("Priority: Pregnant or with an infant")


def test_with_reduced_motion_nothing_moves(browser: Browser) -> None:
    with stage_on(browser, "upright", reduced_motion="reduce") as still:
        still.open()
        still.page.locator("button.door").click()
        still.page.locator(".agency").first.wait_for()
        still.page.wait_for_timeout(100)
        running = "() => document.getAnimations().filter((one) => one.playState === 'running').length"
        assert still.page.evaluate(running) == 0


def test_an_agency_s_hue_is_the_same_for_every_screen_and_letters_next_to_each_other_differ(
    upright: Stage,
) -> None:
    hues = upright.page.evaluate(
        """async () => { const { hueOf } = await import('/assets/marks.js');
            return [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'HA', 'Đ'].map(hueOf); }"""
    )
    assert set(hues) <= set(range(1, 9))
    assert all(one != other for one, other in pairwise(hues[:26]))
