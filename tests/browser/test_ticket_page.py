"""A citizen's number on the phone: it moves by itself, says where to go, and tells a stranger nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.servers import RunningCentre

from .desk_stage import Hall, missing_texts

pytestmark = pytest.mark.in_process  # what is looked at here is the same in every async mode

PHONE: ViewportSize = {"width": 360, "height": 740}
LIVE = re.compile(r"/socket\.io/")


@pytest.fixture
def hall(centre: RunningCentre) -> Iterator[Hall]:
    one = Hall(centre.url)
    yield one
    one.clear()


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE, device_scale_factor=2)
    yield context
    context.close()


def state_of(page: Page) -> Any:
    return page.locator("main")


def call(hall: Hall, counter: str) -> None:
    hall.who_sits_at(counter)
    hall.supervise(f"/counters/{counter}/open").raise_for_status()
    hall.supervise(f"/counters/{counter}/call-next").raise_for_status()


def test_the_page_follows_a_number_from_waiting_to_done(hall: Hall, phone: BrowserContext) -> None:
    before, ticket = hall.take("hq"), hall.take("hq")
    page = phone.new_page()
    page.goto(hall.url + ticket["tracking"])
    expect(page.locator(".label")).to_have_text(ticket["label"])
    expect(page.locator(".ahead")).to_contain_text("1 người phía trước")
    hall.supervise(f"/tickets/{before['id']}/cancel")
    expect(page.locator(".sentence")).to_have_text("Sắp đến lượt bạn")

    call(hall, "31")
    expect(state_of(page)).to_have_attribute("data-state", "called")
    expect(page.locator(".sentence")).to_have_text("Mời bạn đến quầy 31")
    expect(page.locator(".way svg")).to_be_visible()
    expect(page.locator(".where")).not_to_be_empty()
    assert page.title() == f"{ticket['label']}: mời đến quầy 31"

    hall.supervise(f"/tickets/{ticket['id']}/start")
    expect(state_of(page)).to_have_attribute("data-state", "serving")
    hall.supervise(f"/tickets/{ticket['id']}/finish")
    expect(state_of(page)).to_have_attribute("data-state", "finished")
    expect(page.locator(".sentence")).to_have_text("Đã xong")


def test_a_missed_turn_says_what_to_do(hall: Hall, phone: BrowserContext) -> None:
    ticket = hall.take("hq")
    page = phone.new_page()
    page.goto(hall.url + ticket["tracking"])
    call(hall, "31")
    expect(state_of(page)).to_have_attribute("data-state", "called")
    hall.supervise(f"/tickets/{ticket['id']}/no-show").raise_for_status()
    come_back = re.compile(r"báo cán bộ ở quầy trước \d\d:\d\d để được gọi lại")
    expect(page.locator(".standing")).to_contain_text(come_back)


def test_a_phone_without_a_live_link_asks_instead(hall: Hall, phone: BrowserContext) -> None:
    ticket = hall.take("hq")
    page = phone.new_page()
    page.route_web_socket(LIVE, lambda socket: socket.close())
    page.clock.install()
    page.goto(hall.url + ticket["tracking"])
    expect(page.locator(".label")).to_have_text(ticket["label"])
    call(hall, "31")
    page.clock.fast_forward(11_000)
    expect(state_of(page)).to_have_attribute("data-state", "called")


def test_a_phone_that_lost_everything_says_how_old_its_news_is(hall: Hall, phone: BrowserContext) -> None:
    ticket = hall.take("hq")
    page = phone.new_page()
    page.route_web_socket(LIVE, lambda socket: socket.close())
    page.clock.install()
    page.goto(hall.url + ticket["tracking"])
    expect(page.locator(".freshness")).to_have_attribute("data-fresh", "true")
    page.route("**/track/**", lambda route: route.abort())
    page.clock.fast_forward(25_000)
    page.clock.fast_forward(11_000)
    expect(page.locator(".freshness")).to_have_attribute("data-fresh", "false")
    expect(page.locator(".freshness")).to_contain_text("Chưa có kết nối")
    expect(page.locator(".label")).to_have_text(ticket["label"])


@pytest.mark.parametrize("secret", ["khong-co-so-nay", "x", "%20", "%3Cb%3E"])
def test_an_unknown_number_is_said_and_nothing_else(hall: Hall, phone: BrowserContext, secret: str) -> None:
    page = phone.new_page()
    page.goto(f"{hall.url}/t/{secret}")
    expect(page.locator("h1")).to_have_text("Không tìm thấy số này")
    assert page.locator(".label").count() == 0


def test_the_page_fits_a_small_phone_and_both_languages(hall: Hall, phone: BrowserContext) -> None:
    ticket = hall.take("sldtbxh")
    page = phone.new_page()
    page.goto(hall.url + ticket["tracking"])
    page.locator(".label").wait_for()
    for button in ("English", "Tiếng Việt"):
        page.get_by_role("button", name=button).click()
        assert missing_texts(page) == []
        assert "[" not in page.locator("main").inner_text()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
