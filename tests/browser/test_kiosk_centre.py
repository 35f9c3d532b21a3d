"""The kiosk against a real centre: number and slip, and a server that dies under the finger."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.servers import Api, RunningCentre

from .conftest import PRINTED_MS

pytestmark = pytest.mark.in_process  # what is looked at here is the same in every async mode

SHUT = ".shut[data-kind=stale]"


@pytest.fixture
def kiosk(browser: Browser, centre: RunningCentre) -> Iterator[Page]:
    address = next(one["url"] for one in centre.demo_facts()["kiosks"] if one["id"] == "lobby")
    context = browser.new_context(viewport={"width": 1080, "height": 1920})
    page = context.new_page()
    page.goto(centre.url + address)
    page.locator("button.door").wait_for()
    yield page
    context.close()


def walk_to_last_question(page: Page, agency: str) -> None:
    page.locator("button.door").click()
    page.locator(f"[data-agency={agency}]").click()
    page.locator(".service:not(.waiting)").first.click()
    page.locator(".take").wait_for()


def test_four_touches_give_a_number_and_a_printed_slip(kiosk: Page, centre: RunningCentre) -> None:
    walk_to_last_question(kiosk, "stnmt")
    kiosk.locator(".take").click()
    expect(kiosk.locator(".label-number")).to_have_text("A001")
    expect(kiosk.locator(".paper")).to_have_attribute("data-slip", "printed", timeout=PRINTED_MS)
    expect(kiosk.locator(".sign-place")).to_have_text("Tầng 1, khu A")


def test_a_number_taken_elsewhere_is_counted_on_the_last_question(kiosk: Page, centre: RunningCentre) -> None:
    walk_to_last_question(kiosk, "syt")
    expect(kiosk.locator(".line")).to_contain_text("Chưa có ai chờ")
    taken = Api(centre.url, centre.token("integrator")).post("/tickets", queue="syt")
    assert taken.status_code == 201, taken.text
    expect(kiosk.locator(".line")).to_contain_text("1 người đang chờ")


def test_a_server_that_dies_under_the_finger_gives_one_number_when_it_returns(
    kiosk: Page, centre: RunningCentre
) -> None:
    walk_to_last_question(kiosk, "sxd")
    centre.kill()
    kiosk.locator(".take").click()
    kiosk.locator(".no-number[data-code=unreachable]").wait_for()
    centre.start()
    kiosk.get_by_role("button", name="Thử lại").click()
    expect(kiosk.locator(".label-number")).to_have_text("D001")
    expect(kiosk.locator(".paper")).to_have_attribute("data-slip", "printed", timeout=PRINTED_MS)


def test_a_kiosk_at_rest_shuts_when_its_server_is_gone_and_opens_when_it_is_back(
    kiosk: Page, centre: RunningCentre
) -> None:
    centre.kill()
    kiosk.locator(SHUT).wait_for()
    centre.start()
    kiosk.locator("button.door").wait_for()
    walk_to_last_question(kiosk, "sdl")
    kiosk.locator(".take").click()
    expect(kiosk.locator(".label-number")).to_have_text("N001")
