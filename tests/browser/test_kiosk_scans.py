"""A code before the kiosk's scanner: a slip's place in large type, a calm sentence for all else, no harm."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from .kiosk_stage import Stage, stage_on

SECRET = "mRz0cJ3vQk1TqkYv5dXb7w"
SLIP = f"http://10.20.0.5:8080/t/{SECRET}"
CARD = "001304000001||Nguyen Van A|01012004|Nu|Ha Noi|01012022"
AREA = {
    "name": {"vi": "Khu B", "en": "Area B"},
    "direction": {"vi": "Đi thẳng, bên phải", "en": "Ahead, on the right"},
    "arrow": "up-right",
}
FULL = {
    "label": "A012",
    "state": "waiting",
    "centre": {"vi": "Trung tâm"},
    "agency": {"vi": "Sở Tài nguyên và Môi trường", "en": "Natural Resources and Environment"},
    "counter": None,
    "areas": [AREA],
    "ahead": 3,
    "estimate": {"low": 12, "high": 20},
    "grace": None,
    "then": [],
}

PRESS = """window.press = (key) => { for (const kind of ["keydown", "keyup"])
  (document.activeElement ?? document.body).dispatchEvent(
    new KeyboardEvent(kind, { key, code: key, bubbles: true, cancelable: true })); };"""


@pytest.fixture(scope="module")
def upright(browser: Browser) -> Iterator[Stage]:
    with stage_on(browser, "upright") as stage:
        stage.open()
        yield stage


@pytest.fixture(scope="module")
def wide(browser: Browser) -> Iterator[Stage]:
    with stage_on(browser, "wide") as stage:
        stage.open()
        yield stage


@pytest.fixture
def kiosk(upright: Stage) -> Iterator[Stage]:
    yield from at_rest(upright)


@pytest.fixture(params=["upright", "wide"])
def either(request: pytest.FixtureRequest) -> Iterator[Stage]:
    yield from at_rest(request.getfixturevalue(request.param))


def at_rest(stage: Stage) -> Iterator[Stage]:
    stage.begin_again()
    yield stage
    close = stage.page.locator(".scanned .primary")
    if close.count():
        close.click()
    assert stage.complaints == []


counted = iter(range(1, 10_000))


def scanned(stage: Stage, kind: str, **more: Any) -> None:
    """What the appliance's own scanner tells its page."""
    stage.push("scan", "_", {"n": next(counted), "kind": kind, **more})
    stage.page.locator(f'.scanned[data-kind="{kind}"]').wait_for()


def typed(stage: Stage, code: str) -> None:
    """A scanner that poses as a keyboard: real keys, 5 ms apart by their own clock, on a busy machine too."""
    wire = stage.page.context.new_cdp_session(stage.page)
    at = time.time()
    for place, key in enumerate([*code, "Enter"]):
        press = {"key": key, "code": key, "timestamp": at + place * 0.005}
        if key == "Enter":
            press["windowsVirtualKeyCode"] = 13
        text = "\r" if key == "Enter" else key
        wire.send("Input.dispatchKeyEvent", {"type": "keyDown", "text": text, **press})
        wire.send("Input.dispatchKeyEvent", {"type": "keyUp", **press})
    wire.detach()


def test_a_slip_shows_its_number_and_place_in_large_type(either: Stage) -> None:
    either.tracked = FULL
    either.page.locator("button.door").focus()
    scanned(either, "ticket", secret=SECRET)
    slip = either.page.locator(".scanned-slip")
    expect(slip.locator(".scanned-label")).to_have_text("A012")
    expect(slip).to_contain_text("3 người")
    expect(slip).to_contain_text("12–20 phút")
    expect(slip).to_contain_text("Khu B")
    tall = slip.locator(".scanned-label").evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
    assert tall >= 120
    box = either.page.locator(".scanned").bounding_box()
    size = either.page.viewport_size
    assert box and size and box["y"] >= 0 and box["y"] + box["height"] <= size["height"]
    either.page.get_by_role("button", name="Xong").click()
    expect(either.page.locator("button.door")).to_be_focused()


def test_a_number_that_is_called_says_where_to_go_and_one_that_missed_says_what_to_do(either: Stage) -> None:
    counter = {"counter": "5", "area": AREA["name"], "direction": AREA["direction"], "arrow": "right"}
    either.tracked = {**FULL, "state": "called", "counter": counter, "areas": [], "ahead": None}
    scanned(either, "ticket", secret=SECRET)
    expect(either.page.locator(".scanned-state")).to_have_text("Mời bạn đến quầy 5")
    expect(either.page.locator(".scanned .sign-way")).to_have_text("Đi thẳng, bên phải")
    grace = {"until": "2026-11-23T09:15:00.000+07:00", "tickets": 3}
    either.tracked = {**FULL, "state": "no_show", "areas": [], "ahead": None, "grace": grace}
    scanned(either, "ticket", secret=SECRET)
    expect(either.page.locator(".scanned-slip")).to_contain_text("trước 09:15 để được gọi lại")


def test_a_slip_of_another_day_and_a_server_that_is_away_each_have_a_calm_sentence(kiosk: Stage) -> None:
    scanned(kiosk, "ticket", secret=SECRET)
    expect(kiosk.page.locator("#scanned")).to_have_text("Không tìm thấy số này")
    kiosk.serving = False
    scanned(kiosk, "ticket", secret=SECRET)
    expect(kiosk.page.locator("#scanned")).to_have_text("Chưa xem được lượt lúc này", timeout=10_000)
    expect(kiosk.page.locator(".scanned")).to_contain_text("Số của bạn vẫn được giữ")


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("card", "máy không lưu gì từ thẻ"),
        ("dossier", "mời bạn lấy số của cơ quan đã nhận hồ sơ"),
        ("unreadable", "Bạn đưa mã QR trên phiếu lấy số lại gần máy quét"),
    ],
)
def test_any_other_code_has_a_calm_sentence_and_leads_on_to_a_number(
    kind: str, said: str, kiosk: Stage
) -> None:
    scanned(kiosk, kind)
    expect(kiosk.page.locator(".scanned")).to_contain_text(said)
    kiosk.page.locator(".scanned").get_by_role("button", name="Lấy số").click()
    expect(kiosk.page.locator("h1")).to_have_text("Bạn cần đến cơ quan nào?")


def test_the_first_screen_says_that_there_is_a_scanner_where_there_is_one(kiosk: Stage) -> None:
    expect(kiosk.page.locator(".scan-note")).to_have_count(0)
    kiosk.push("kiosk", "_", {**kiosk.kiosk, "scans": True})
    expect(kiosk.page.locator(".scan-note")).to_contain_text("Đưa mã QR trên phiếu vào máy quét")


def test_a_scanner_that_types_is_understood_and_none_of_its_keys_touch_anything(kiosk: Stage) -> None:
    kiosk.tracked = FULL
    kiosk.page.locator("button.door").focus()
    typed(kiosk, SLIP)
    expect(kiosk.page.locator(".scanned-label")).to_have_text("A012")
    kiosk.page.get_by_role("button", name="Xong").click()
    kiosk.page.locator("button.door").click()
    kiosk.page.locator("button.agency").first.focus()
    typed(kiosk, CARD)
    expect(kiosk.page.locator("#scanned")).to_have_text("Máy đã đọc thẻ của bạn")
    assert kiosk.page.content().count("001304000001") == 0
    kiosk.page.get_by_role("button", name="Xong").click()
    expect(kiosk.page.locator("h1")).to_have_text("Bạn cần đến cơ quan nào?")
    kiosk.page.locator("button.agency").first.focus()
    typed(kiosk, "H49.12-261123-0001")
    expect(kiosk.page.locator("#scanned")).to_have_text("Đây là mã hồ sơ")
    assert kiosk.posts == []


def test_a_person_at_a_keyboard_is_no_scanner(kiosk: Stage) -> None:
    kiosk.page.locator("button.door").focus()
    kiosk.page.keyboard.press("Enter")
    kiosk.page.locator("button.agency").first.focus()
    for _ in range(3):
        kiosk.page.keyboard.press("Tab")
    kiosk.page.keyboard.press("Space")
    expect(kiosk.page.locator("h1")).not_to_have_text("Bạn cần đến cơ quan nào?")
    expect(kiosk.page.locator(".scanned")).to_have_count(0)


def test_a_typing_scanner_that_babbles_changes_nothing_for_whoever_takes_a_number(kiosk: Stage) -> None:
    kiosk.page.evaluate(f"{PRESS} window.noise = setInterval(() => [...'7|x A'].forEach(press), 5)")
    kiosk.page.locator("button.door").click()
    kiosk.page.locator("button.agency").first.click()
    expect(kiosk.page.locator("h1")).to_have_text("Bạn đến làm việc gì?")
    expect(kiosk.page.locator(".scanned")).to_have_count(0)
    kiosk.page.evaluate("clearInterval(window.noise)")
    kiosk.page.wait_for_timeout(100)
    kiosk.tracked = FULL
    typed(kiosk, SLIP)
    expect(kiosk.page.locator(".scanned-label")).to_have_text("A012")


def test_more_codes_than_a_person_can_hold_there_are_not_shown(kiosk: Stage) -> None:
    codes = ["H49.12-261123-0001"] * 40 + [CARD]
    kiosk.page.evaluate(
        f"codes => {{ {PRESS} for (const code of codes) [...code, 'Enter'].forEach(press); }}", codes
    )
    kiosk.settle()
    expect(kiosk.page.locator(".scanned")).to_have_attribute("data-kind", "dossier")
    kiosk.page.get_by_role("button", name="Xong").click()
    expect(kiosk.page.locator(".scanned")).to_have_count(0)


def test_the_answer_goes_away_by_itself_and_leaves_the_choice_that_was_being_made(kiosk: Stage) -> None:
    kiosk.page.locator("button.door").click()
    scanned(kiosk, "card")
    expect(kiosk.page.locator(".scanned").get_by_role("button", name="Lấy số")).to_have_count(0)
    kiosk.page.keyboard.press("Escape")
    expect(kiosk.page.locator(".scanned")).to_have_count(0)
    expect(kiosk.page.locator("h1")).to_have_text("Bạn cần đến cơ quan nào?")
    scanned(kiosk, "card")
    expect(kiosk.page.locator(".scanned .countdown")).to_contain_text("19", timeout=5000)
