"""The appliance by touch: its own pages over its own link, while its server is there, gone, and back."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.crash.running_kiosk import RunningKiosk
from tests.servers import Api, RunningCentre, in_time

from .conftest import PRINTED_MS
from .test_kiosk_centre import walk_to_last_question

pytestmark = pytest.mark.in_process  # what is looked at here is the same in every async mode

FIRST_OF_ITS_OWN = "A9800"


@pytest.fixture
def appliance(centre: RunningCentre) -> Iterator[RunningKiosk]:
    token = centre.token("kiosk", kiosk="lobby")
    devices = ("--printer", "virtual://own", "--scanner", "virtual://door")
    kiosk = RunningKiosk("lobby", centre.folder, token, urlsplit(centre.url).port or 0, devices)
    kiosk.start()
    try:
        kiosk.ready()
        in_time(kiosk.knows_the_centre)
        yield kiosk
    finally:
        kiosk.stop()


@pytest.fixture
def page(browser: Browser, appliance: RunningKiosk) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1080, "height": 1920})
    page = context.new_page()
    page.goto(appliance.url)
    page.locator("button.door").wait_for()
    yield page
    context.close()


def test_the_appliance_goes_on_without_its_server_and_comes_back(
    page: Page, appliance: RunningKiosk, centre: RunningCentre
) -> None:
    mistakes: list[str] = []
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    assert page.url == f"{appliance.url}/kiosk/lobby"
    walk_to_last_question(page, "stnmt")
    page.locator(".take").click()
    expect(page.locator(".label-number")).to_have_text("A001")
    expect(page.locator(".paper")).to_have_attribute("data-slip", "printed", timeout=PRINTED_MS)
    page.get_by_role("button", name="Xong").click()

    appliance.link.cut()
    page.locator(".alone-note").wait_for()
    walk_to_last_question(page, "stnmt")
    expect(page.locator(".line")).to_contain_text("Chưa biết có bao nhiêu người đang chờ")
    page.locator(".take").click()
    expect(page.locator(".label-number")).to_have_text(FIRST_OF_ITS_OWN)
    expect(page.locator(".given-alone")).to_contain_text("Số cấp khi mất kết nối")
    expect(page.locator(".paper")).to_have_attribute("data-slip", "printed", timeout=PRINTED_MS)
    page.get_by_role("button", name="Xong").click()

    appliance.link.heal()
    expect(page.locator(".alone-note")).to_have_count(0)
    in_time(appliance.is_quiet)
    desk = Api(centre.url, centre.token("officer", counter="1"))
    assert desk.post("/counters/1/open").ok
    called = []
    for _ in range(2):
        call = desk.post("/counters/1/call-next").json()
        called.append(call["ticket"]["label"])
        desk.post(f"/tickets/{call['ticket']['id']}/start")
        desk.post(f"/tickets/{call['ticket']['id']}/finish")
    desk.close()
    assert called == ["A001", FIRST_OF_ITS_OWN]
    assert mistakes == []


def test_a_slip_before_the_appliances_scanner_shows_its_place_and_a_card_leaves_no_trace(
    page: Page, appliance: RunningKiosk, centre: RunningCentre
) -> None:
    kiosk = Api(centre.url, centre.token("kiosk", kiosk="gate"))
    ticket = kiosk.post("/tickets", queue="stnmt").json()
    kiosk.close()
    expect(page.locator(".scan-note")).to_be_visible()
    scan(appliance, f"{centre.url}{ticket['tracking']}")
    expect(page.locator(".scanned-label")).to_have_text(ticket["label"])
    page.get_by_role("button", name="Xong").click()
    number = "001204000001"
    scan(appliance, f"{number}|123456789|NGUYEN VAN A|01012004|Nam|Ha Noi|01012022")
    expect(page.locator("#scanned")).to_have_text("Máy đã đọc thẻ của bạn")
    appliance.link.cut()
    page.locator(".alone-note").wait_for()
    scan(appliance, f"{centre.url}{ticket['tracking']}")
    expect(page.locator("#scanned")).to_have_text("Chưa xem được lượt lúc này")
    kept = [file for file in centre.folder.rglob("*") if file.is_file()]
    assert kept and not any(number.encode() in file.read_bytes() for file in kept)


def scan(appliance: RunningKiosk, code: str) -> None:
    """Hold a code before the virtual scanner."""
    door = appliance.folder / "virtual" / "door"
    door.mkdir(parents=True, exist_ok=True)
    draft = door / "code.new"
    draft.write_text(code, encoding="utf-8")
    draft.rename(door / "now.code")
