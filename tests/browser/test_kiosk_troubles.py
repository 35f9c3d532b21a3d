"""What the kiosk says when something is wrong: what happened, that nothing was lost, what to do now."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from .kiosk_stage import Stage, problem, stage_on


@pytest.fixture
def stage(browser: Browser) -> Iterator[Stage]:
    with stage_on(browser, "wide") as one:
        yield one


def walk_to_last_question(page: Page, agency: str = "stnmt") -> None:
    page.locator("button.door").click()
    page.locator(f"[data-agency={agency}]").click()
    page.locator(".service:not(.waiting)").first.click()
    page.locator(".take").wait_for()


def test_a_silent_server_shuts_the_door_and_its_return_opens_it(stage: Stage) -> None:
    stage.page.clock.install()
    stage.open()
    stage.fall_silent()
    shut = stage.page.locator(".shut[data-kind=stale]")
    expect(shut).to_contain_text("tạm mất kết nối")
    expect(shut).to_contain_text("Các số đã lấy vẫn được giữ")
    stage.beating = True
    stage.page.locator("button.door").wait_for()


def test_a_silent_server_is_said_on_the_way_too(stage: Stage) -> None:
    stage.page.clock.install()
    stage.open()
    stage.page.locator("button.door").click()
    stage.page.locator(".agency").first.wait_for()
    stage.fall_silent()
    banner = stage.page.locator(".connection[data-status=stale]")
    banner.wait_for()
    stage.beating = True
    expect(banner).to_have_count(0)


def test_a_kiosk_waits_for_a_server_that_is_not_there_yet(stage: Stage) -> None:
    stage.serving = False
    stage.open(wait=False)
    expect(stage.page.locator(".shut")).to_contain_text("tạm mất kết nối")
    stage.serving = True
    stage.page.locator("button.door").wait_for()


def test_while_it_connects_the_door_is_shut_and_takes_no_touch_and_then_opens_by_itself(stage: Stage) -> None:
    stage.knowing = False
    stage.open(wait=False)
    stage.page.locator(".door.shut[data-kind=connecting]").click()
    expect(stage.page.locator(".frame")).to_have_attribute("data-step", "rest")
    stage.knowing = True
    stage.page.locator("button.door").click()
    expect(stage.page.locator(".frame")).to_have_attribute("data-step", "agency")


def test_a_kiosk_without_permission_says_so(stage: Stage) -> None:
    stage.join_problem = problem("unauthorized", 401, "Mã thiết bị không đúng.")
    stage.open(wait=False)
    shut = stage.page.locator(".shut")
    expect(shut).to_contain_text("chưa được phép cấp số")
    expect(shut).to_contain_text("Mã thiết bị không đúng.")


def test_a_refusal_is_said_in_the_server_s_words_with_a_way_on(stage: Stage) -> None:
    stage.answers = [problem("numbers_exhausted", 409, "Hôm nay đã cấp hết số.")]
    stage.open()
    walk_to_last_question(stage.page)
    stage.page.locator(".take").click()
    trouble = stage.page.locator(".no-number")
    expect(trouble).to_contain_text("Hôm nay đã cấp hết số.")
    expect(trouble).to_contain_text("chưa được cấp số nào")
    expect(stage.page.locator("h1")).to_have_text("Chưa lấy được số")
    assert len(stage.posts) == 1  # a refusal is an answer: it is not asked again
    stage.page.get_by_role("button", name="Chọn cơ quan khác").click()
    stage.page.locator("[data-agency=syt]").click()
    stage.page.locator(".service.other").click()
    stage.page.locator(".take").click()
    stage.page.locator(".ticket").wait_for()


@pytest.mark.parametrize(
    ("notice", "says"), [("outside_hours", "chưa nhận số"), ("holiday", "nghỉ lễ"), (None, "chưa nhận số")]
)
def test_a_closed_centre_shows_its_hours_instead_of_the_way_in(
    stage: Stage, notice: str | None, says: str
) -> None:
    stage.kiosk = {**stage.kiosk, "open": False, "notice": notice}
    stage.open(wait=False)
    shut = stage.page.locator(".shut")
    expect(shut).to_contain_text(says)
    expect(shut.locator(".hours")).to_contain_text("Thứ Hai đến Thứ Sáu")
    expect(shut.locator(".hours")).to_contain_text("07:30–11:30")
    assert stage.page.locator("button.door").count() == 0


def test_outside_hours_a_lenient_centre_still_gives_numbers_and_says_what_to_expect(stage: Stage) -> None:
    stage.kiosk = {**stage.kiosk, "notice": "outside_hours"}
    stage.open()
    expect(stage.page.locator(".rest-notes")).to_contain_text("quầy có thể chưa gọi ngay")
    walk_to_last_question(stage.page)


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("paper_out", "hết giấy"),
        ("cover_open", "Nắp máy in đang mở"),
        ("cutter_error", "trục trặc"),
        ("offline", "trục trặc"),
        ("none", "không in phiếu"),
    ],
)
def test_a_printer_without_paper_is_said_before_the_number_is_taken(
    stage: Stage, state: str, says: str
) -> None:
    stage.open()
    stage.push("kiosk", "_", {**stage.kiosk, "printer": state})
    expect(stage.page.locator(".printer-note")).to_contain_text(says)
    walk_to_last_question(stage.page)
    expect(stage.page.locator(".printer-note")).to_contain_text("chụp lại màn hình")


@pytest.mark.parametrize("state", ["ready", "paper_low", "unknown"])
def test_a_printer_that_will_print_is_not_mentioned(stage: Stage, state: str) -> None:
    stage.kiosk = {**stage.kiosk, "printer": state}
    stage.open()
    walk_to_last_question(stage.page)
    assert stage.page.locator(".printer-note").count() == 0


def test_a_missing_catalogue_never_bars_a_number(stage: Stage) -> None:
    stage.services_fail = True
    stage.open()
    stage.page.locator("button.door").click()
    stage.page.locator("[data-agency=stnmt]").click()
    other = stage.page.locator(".service.other")
    expect(other).to_contain_text("bạn vẫn lấy số như thường")
    other.click()
    stage.page.locator(".take").click()
    stage.page.locator(".ticket").wait_for()


def test_a_line_without_an_estimate_does_not_invent_one(stage: Stage) -> None:
    stage.estimate = None
    stage.lines["stnmt"] = {"queue": "stnmt", "waiting": 0, "low": None, "high": None, "open": 0}
    stage.open()
    walk_to_last_question(stage.page)
    expect(stage.page.locator(".line")).to_contain_text("Chưa có ai chờ")
    expect(stage.page.locator(".line")).to_contain_text("Quầy chưa mở")
    stage.page.locator(".take").click()
    expect(stage.page.locator(".ticket-figures")).to_contain_text("chưa ước được")


def test_the_waiting_count_follows_the_hall(stage: Stage) -> None:
    stage.open()
    walk_to_last_question(stage.page)
    expect(stage.page.locator(".line")).to_contain_text("7 người đang chờ")
    stage.push("lines", "stnmt", {"queue": "stnmt", "waiting": 8, "low": 14, "high": 22, "open": 2})
    expect(stage.page.locator(".line")).to_contain_text("8 người đang chờ")
    expect(stage.page.locator(".line")).to_contain_text("14–22 phút")


def test_a_citizen_who_left_makes_room_and_leaves_nothing_behind(stage: Stage) -> None:
    stage.page.clock.install()
    stage.open()
    stage.page.get_by_role("button", name="English").click()
    walk_to_last_question(stage.page)
    stage.page.clock.run_for(61_000)
    asking = stage.page.get_by_role("alertdialog")
    expect(asking).to_contain_text("Are you still there?")
    heights = asking.locator("button").evaluate_all("(all) => all.map((one) => one.offsetHeight)")
    assert len(heights) == 2 and min(heights) >= 64
    stage.page.get_by_role("button", name="I am still here").click()
    expect(asking).to_have_count(0)
    expect(stage.page.locator(".take")).to_be_visible()
    stage.page.clock.run_for(82_000)
    expect(stage.page.locator(".frame")).to_have_attribute("data-step", "rest")
    assert stage.page.evaluate("document.documentElement.lang") == "vi"
    assert stage.posts == []


def test_the_ticket_clears_itself_at_an_announced_time_that_can_be_put_off(stage: Stage) -> None:
    stage.page.clock.install()
    stage.open()
    walk_to_last_question(stage.page)
    stage.page.locator(".take").click()
    expect(stage.page.locator(".countdown")).to_contain_text("Màn hình tự đóng sau")
    stage.page.clock.run_for(15_000)
    stage.page.get_by_role("button", name="Để thêm một phút").click()
    expect(stage.page.locator(".countdown")).to_contain_text(re.compile("(60|5[0-9]) giây"))
    stage.page.clock.run_for(45_000)
    expect(stage.page.locator(".label-number")).to_have_text("A012")
    stage.page.clock.run_for(17_000)
    expect(stage.page.locator(".frame")).to_have_attribute("data-step", "rest")
    assert "A012" not in stage.page.locator("body").inner_text()


def test_a_ticket_without_paper_stays_longer(stage: Stage) -> None:
    stage.page.clock.install()
    stage.printing = ["failed"]
    stage.open()
    walk_to_last_question(stage.page)
    stage.page.locator(".take").click()
    expect(stage.page.locator(".paper")).to_contain_text("chụp lại màn hình")
    stage.page.clock.run_for(60_000)
    expect(stage.page.locator(".label-number")).to_have_text("A012")
