"""The front door: every way into the demonstration works, and every slip appears."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from tests.servers import RunningCentre

from .conftest import PRINTED_MS
from .desk_stage import FAILED_LOAD, Hall, missing_texts

pytestmark = pytest.mark.in_process  # what is looked at here is the same in every async mode


@pytest.fixture
def hall(centre: RunningCentre) -> Iterator[Hall]:
    one = Hall(centre.url)
    yield one
    one.clear()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    one = context.new_page()
    complaints: list[str] = []
    one.on("pageerror", lambda error: complaints.append(str(error)))
    one.on(
        "console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None
    )
    yield one
    context.close()
    assert [said for said in complaints if FAILED_LOAD not in said] == []


def test_a_printed_slip_appears_as_a_picture_and_can_be_enlarged(hall: Hall, page: Page) -> None:
    page.goto(hall.url)
    page.locator(".step").first.wait_for()
    before = page.locator(".slip").count()
    hall.take("sdl")
    expect(page.locator(".slip")).not_to_have_count(before, timeout=PRINTED_MS)
    picture = page.locator(".slip img").first
    expect(picture).to_be_visible()
    assert picture.evaluate("async (image) => { await image.decode(); return image.naturalWidth; }") > 300
    picture.click()
    expect(page.locator("dialog[open] img")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)


def test_every_way_in_is_linked_and_leads_somewhere(hall: Hall, page: Page) -> None:
    page.goto(hall.url)
    page.locator(".step").first.wait_for()
    links = page.eval_on_selector_all("main a, .mast a", "all => all.map((one) => one.getAttribute('href'))")
    for kiosk in hall.demo["kiosks"]:
        assert kiosk["url"] in links
    for board in hall.demo["boards"]:
        assert board["url"] in links
    assert "/docs" in links
    assert len(hall.demo["counters"]) == page.locator(".counter").count()
    for link in links:
        if not link.startswith("#"):
            answer = requests.get(hall.url + link.partition("#")[0], timeout=30)
            assert answer.status_code == 200, link


def test_a_counter_fills_in_its_officers_login(hall: Hall, page: Page) -> None:
    officer = hall.who_sits_at("21")
    page.goto(hall.url)
    with page.expect_popup() as opened:
        page.locator("[data-counter='21']").click()
    desk = opened.value
    expect(desk.locator("#login")).to_have_value(officer["login"])
    expect(page.locator(".password")).to_contain_text(officer["password"])
    desk.locator("#password").fill(officer["password"])
    desk.keyboard.press("Enter")
    expect(desk.locator(".which h1")).to_have_text("Quầy 21")


def test_counters_are_found_by_what_they_serve(hall: Hall, page: Page) -> None:
    page.goto(hall.url)
    page.locator("#only").select_option("sdl")
    serving = [
        one["id"] for one in hall.demo["counters"] if any(queue["id"] == "sdl" for queue in one["queues"])
    ]
    expect(page.locator(".counter")).to_have_count(len(serving))


def test_a_working_centre_shows_its_name_and_the_way_in_and_no_sign_ins(hall: Hall, page: Page) -> None:
    page.route("**/demo.json", lambda route: route.fulfill(status=404))
    page.goto(hall.url)
    expect(page.locator("h1")).to_have_text("Trung tâm Phục vụ hành chính công tỉnh Quảng Ninh")
    assert page.locator(".counter, .shelf").count() == 0
    page.get_by_role("link", name="Đăng nhập").click()
    page.locator("#login").wait_for()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_word_of_the_front_door_is_in_both_languages(hall: Hall, page: Page, language: str) -> None:
    page.add_init_script(f"localStorage.setItem('motcua.language', '{language}')")
    page.goto(hall.url)
    page.locator(".step").first.wait_for()
    assert missing_texts(page) == []
    assert "[" not in page.locator(".demo").inner_text()
