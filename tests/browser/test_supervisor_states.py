"""The supervisor's page in every state that a hall can be in, played by a scripted server."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, expect

from .desk_stage import missing_texts
from .supervisor_rows import BUSY, QUIET, ago, busy, hall
from .supervisor_stage import Stage, stage_on

PRESSED_BY_RIGHT = "[data-act], [data-gate-act], [data-sure], [data-send], .limit"


def test_a_quiet_hall_needs_nobody(browser: Browser) -> None:
    with stage_on(browser, hall(QUIET)) as stage:
        stage.open()
        expect(stage.page.locator(".calm")).to_have_text("Không có việc gì cần xử lý lúc này.")
        expect(stage.page.locator(".alert")).to_have_count(0)
        expect(stage.page.locator(".waits .none")).to_be_visible()
        expect(stage.page.locator("[data-figure=waiting] dd")).to_have_text("9")


def test_what_needs_a_person_stands_at_the_top_the_most_urgent_first(browser: Browser) -> None:
    with stage_on(browser, busy()) as stage:
        stage.open()
        kinds = stage.page.locator(".alert").evaluate_all("all => all.map((one) => one.dataset.kind)")
        assert kinds == [
            "help",
            "away",
            "unserved",
            "over",
            "printer_out",
            "forecast",
            "forecast",
            "service",
        ]
        expect(stage.alert("over")).to_contain_text("C015 đã chờ 23 phút, thêm 2 người quá hạn")
        expect(stage.alert("service")).to_contain_text("B030 đã ngồi ở quầy 18 phút")
        expect(stage.alert("unserved")).to_contain_text("không quầy mở; 2 người chờ, lâu nhất 9′")


def test_a_target_that_will_be_broken_is_told_before_it_is(browser: Browser) -> None:
    """Nine minutes waited, and up to 20 to go for the last of four: the first is past the target in six."""
    with stage_on(browser, hall({"stp": [9, 3, 2, 1]})) as stage:
        stage.data["lines"]["stp"] |= {"low": 5, "high": 35}
        stage.open()
        expect(stage.alert("forecast")).to_contain_text("dự kiến quá 15 phút trong ~6 phút (C015)")
        stage.put("lines", "stp", low=2, high=9)
        expect(stage.alert("forecast")).to_have_count(0)
        stage.put("waiting", "stp-0")
        stage.put("lines", "stp", low=4, high=17, oldest=ago(3))
        expect(stage.alert("newcomer")).to_contain_text("ai lấy số lúc này có thể chờ tới 17 phút")
        stage.put("lines", "stp", low=None, high=None)
        expect(stage.page.locator(".alert")).to_have_count(0)


def test_a_number_taken_a_blink_ahead_of_this_screens_clock_has_waited_for_nothing(browser: Browser) -> None:
    with stage_on(browser, hall({"stp": [1]})) as stage:
        stage.open()
        stage.put("lines", "stp", oldest=ago(-0.1))
        expect(stage.line("stp").locator(".bar-fill")).to_have_attribute("width", "0")
        expect(stage.line("stp").locator(".oldest")).to_contain_text("0′")
        assert stage.complaints == []


def test_out_of_hours_nothing_is_predicted_but_what_is_broken_is_told(browser: Browser) -> None:
    with stage_on(browser, hall({"stp": [17], "cat": [9]})) as stage:
        stage.data["lines"]["cat"] |= {"low": 900, "high": 950}
        stage.open()
        expect(stage.alert("forecast")).to_have_count(1)
        expect(stage.line("cat").locator(".likely")).to_have_text("15–16 giờ")
        stage.put("site", "_", notice="outside_hours")
        expect(stage.alert("forecast")).to_have_count(0)
        expect(stage.alert("over")).to_be_visible()


def test_an_alert_goes_when_its_cause_does(browser: Browser) -> None:
    with stage_on(browser, busy()) as stage:
        stage.open()
        stage.put("kiosks", "gate", printer="ready", since=ago(0))
        expect(stage.alert("printer_out")).to_have_count(0)
        stage.put("counters", "13", away=False)
        expect(stage.alert("away")).to_have_count(0)
        expect(stage.tile("13")).to_have_attribute("data-loud", "calm")


def test_a_tile_turns_amber_then_red_as_the_promise_is_used_up(browser: Browser) -> None:
    with stage_on(browser, hall({})) as stage:
        stage.open()
        ticket = stage.data["counters"]["2"]["ticket"]
        for minutes, loud in ((11, "calm"), (13, "soon"), (16, "late")):
            stage.put("counters", "2", ticket={**ticket, "started_at": ago(minutes)})
            expect(stage.tile("2")).to_have_attribute("data-loud", loud)


def test_what_is_not_known_is_said_to_be_unknown(browser: Browser) -> None:
    with stage_on(browser, hall(BUSY)) as stage:
        del stage.data["counters"]["4"]
        stage.data["lines"]["stp"] |= {"low": None, "high": None, "gate": None}
        stage.data["kiosks"]["gate"] |= {"printer": "unknown", "since": None}
        stage.open()
        expect(stage.tile("4")).to_have_attribute("data-state", "unknown")
        expect(stage.line("stp").locator(".likely")).to_have_text("chưa rõ")
        expect(stage.line("stp").locator(".gate")).to_have_text("chưa rõ")
        expect(stage.alert("printer_unknown")).to_be_visible()


def test_lines_keep_their_places_under_the_pointer_and_move_when_it_leaves(browser: Browser) -> None:
    with stage_on(browser, hall({"stp": [9], "cat": [5], "bhxh": [1]})) as stage:
        stage.open()
        assert stage.order()[:3] == ["stp", "cat", "bhxh"]
        stage.line("cat").hover()
        stage.put("lines", "bhxh", oldest=ago(12))
        expect(stage.line("bhxh").locator(".figure")).to_have_text("12′")
        assert stage.order()[:3] == ["stp", "cat", "bhxh"]
        stage.page.mouse.move(1, 1)
        expect(stage.page.locator(".lines tbody tr").first).to_have_attribute("data-queue", "bhxh")


def test_lines_keep_their_places_while_the_keyboard_is_among_them(browser: Browser) -> None:
    with stage_on(browser, hall({"stp": [9], "cat": [5]})) as stage:
        stage.open()
        stage.page.mouse.move(1, 1)
        stage.line("cat").locator("button").focus()
        stage.page.keyboard.press("Shift+Tab")
        expect(stage.page.locator(".lines[data-held]")).to_have_count(1)
        stage.put("lines", "cat", oldest=ago(14))
        expect(stage.line("cat").locator(".figure")).to_have_text("14′")
        assert stage.order()[:2] == ["stp", "cat"]


def test_an_alert_that_is_over_keeps_its_place_under_the_pointer(browser: Browser) -> None:
    with stage_on(browser, busy()) as stage:
        stage.open()
        stage.alert("away").hover()
        stage.put("counters", "21", help_asked_at=None)
        expect(stage.alert("help")).to_have_attribute("data-loud", "gone")
        expect(stage.page.locator(".alert").first).to_contain_text("đã xong")
        assert stage.alert("help").locator("[data-act]").count() == 0
        stage.page.mouse.move(1, 1)
        expect(stage.alert("help")).to_have_count(0)


def test_a_heading_sorts_even_under_the_pointer(browser: Browser) -> None:
    with stage_on(browser, hall(BUSY)) as stage:
        stage.open().page.locator("th[data-column=agency] button").click()
        names = stage.page.locator(".line-name button").all_inner_texts()
        assert names[0].startswith("Ban Dân tộc")
        stage.page.locator("th[data-column=waiting] button").click()
        assert stage.order()[:3] == ["stp", "stnmt", "cat"]
        expect(stage.page.locator("th[data-column=waiting]")).to_have_attribute("aria-sort", "ascending")


def test_a_viewer_sees_everything_and_is_offered_nothing(browser: Browser) -> None:
    with stage_on(browser, busy(), role="viewer") as stage:
        stage.open()
        expect(stage.page.locator(".alert")).to_have_count(8)
        assert stage.page.locator(PRESSED_BY_RIGHT).count() == 0
        for opener in (stage.line("stp"), stage.tile("13"), stage.page.locator(".wait").first):
            opener.click()
            expect(stage.sheet.locator("h2")).to_be_visible()
            assert stage.sheet.locator(PRESSED_BY_RIGHT).count() == 0
            stage.page.keyboard.press("Escape")
            expect(stage.sheet).to_have_count(0)


def test_a_lost_connection_says_so_and_nothing_can_be_done(browser: Browser) -> None:
    with stage_on(browser, busy()) as stage:
        stage.open().line("stp").click()
        stage.beating = False
        expect(stage.sheet.locator(".sheet-foot")).to_contain_text("Đang mất kết nối với máy chủ")
        close = stage.sheet.locator("[data-gate-act=close]")
        expect(close).to_have_attribute("aria-disabled", "true")
        close.click(force=True)
        stage.page.keyboard.press("Escape")
        expect(stage.page.locator(".alerts .banner")).to_contain_text("Đang mất kết nối với máy chủ")
        expect(stage.page.locator(".alert").first).to_be_hidden()
        assert stage.posts == []
        stage.beating = True
        stage.beat()
        expect(stage.page.locator(".super")).to_have_attribute("data-status", "live")
        expect(stage.page.locator(".alert").first).to_be_visible()


def test_what_is_dangerous_asks_once_and_says_what_will_happen(browser: Browser) -> None:
    with stage_on(browser, busy()) as stage:
        stage.open().alert("away").locator("button.small").click()
        stage.sheet.locator("[data-act=close_counter]").click()
        assert stage.posts == []
        expect(stage.sheet.locator(".asking")).to_contain_text("C015 sẽ trở về hàng, giữ chỗ cũ")
        expect(stage.sheet.locator(".asking .button").first).to_be_focused()
        stage.page.keyboard.press("Escape")
        expect(stage.sheet.locator(".asking")).to_have_count(0)
        stage.sheet.locator("[data-act=close_counter]").click()
        stage.sheet.locator("[data-sure=close_counter]").click()
        expect(stage.word).to_have_text("C015 đã về hàng; quầy 13 đã đóng.Đã rõ")
        assert [path for path, _, _ in stage.posts] == ["/tickets/at-13/return", "/counters/13/close"]
        assert len({key for _, _, key in stage.posts}) == 2


def test_a_refusal_is_told_in_the_servers_words(browser: Browser) -> None:
    with stage_on(browser, busy()) as stage:
        detail = "Quầy 13 còn số C015 đang phục vụ. Hãy kết thúc số này trước."
        stage.answers = [{}, {"status": 409, "code": "counter_busy", "title": "bận", "detail": detail}]
        stage.open().tile("13").click()
        stage.sheet.locator("[data-act=close_counter]").click()
        stage.sheet.locator("[data-sure=close_counter]").click()
        expect(stage.word).to_contain_text(detail)
        expect(stage.word).to_have_attribute("data-code", "counter_busy")


def test_what_may_have_been_done_is_tried_again_under_the_same_key(browser: Browser) -> None:
    with stage_on(browser, busy()) as stage:
        stage.answers = ["silence"] * 3
        stage.open().alert("help").locator("[data-act=answer]").click()
        expect(stage.word).to_contain_text("Chưa biết việc vừa rồi đã tới máy chủ hay chưa.")
        stage.word.get_by_role("button", name="Thử lại").click()
        expect(stage.word).to_contain_text("Quầy 21 biết là bạn đang đến.")
        assert [path for path, _, _ in stage.posts] == ["/counters/21/answer"] * 4
        assert len({key for _, _, key in stage.posts}) == 1


def test_the_sheet_of_a_number_says_when_it_no_longer_waits(browser: Browser) -> None:
    with stage_on(browser, busy()) as stage:
        stage.open().page.locator(".wait").first.click()
        expect(stage.sheet.locator("h2")).to_have_text("C015")
        stage.put("waiting", "stp-0")
        expect(stage.sheet).to_contain_text("Số này không còn chờ nữa")
        assert stage.sheet.locator(".place").count() == 0


def test_by_keyboard_alone_a_line_is_limited(browser: Browser) -> None:
    with stage_on(browser, busy()) as stage:
        stage.open().line("stp").locator("button").focus()
        stage.page.keyboard.press("Enter")
        stage.sheet.locator("#limit").wait_for()
        stage.page.keyboard.press("Tab")
        while not stage.page.evaluate("document.activeElement.id === 'limit'"):
            stage.page.keyboard.press("Tab")
        stage.page.keyboard.press("Control+A")
        stage.page.keyboard.type("4")
        stage.page.keyboard.press("Enter")
        expect(stage.word).to_have_text("Sở Tư pháp chỉ phát thêm 4 số hôm nay.Đã rõ")
        assert stage.posts[0][:2] == ("/queues/stp/limit", {"numbers": 4})
        stage.page.keyboard.press("Escape")
        expect(stage.line("stp").locator("button")).to_be_focused()


def test_whoever_is_not_signed_in_is_led_there_and_back(browser: Browser) -> None:
    with stage_on(browser) as stage:
        stage.signed_in = False
        stage.page.goto("http://centre.test/supervisor")
        stage.page.wait_for_url("**/signin?next=%2Fsupervisor")


def test_an_officer_is_told_that_the_hall_is_not_theirs_and_led_to_the_desk(browser: Browser) -> None:
    with stage_on(browser, role="officer") as stage:
        stage.join_problem = {"code": "not_allowed", "status": 403, "detail": "Tài khoản này không xem được."}
        stage.page.goto("http://centre.test/supervisor")
        expect(stage.page.locator(".banner")).to_contain_text("Tài khoản này không xem được.")
        expect(stage.page.locator(".alerts a")).to_have_attribute("href", "/desk")
        expect(stage.page.locator(".lines")).to_have_count(0)


def test_a_page_whose_topic_could_not_be_read_asks_again_when_a_beat_says_that_it_follows_nothing(
    browser: Browser,
) -> None:
    with stage_on(browser) as stage:
        stage.join_problem = {"code": "not_ready", "status": 503, "detail": "Máy chủ chưa sẵn sàng."}
        stage.page.goto("http://centre.test/supervisor")
        expect(stage.page.locator(".banner")).to_contain_text("Máy chủ chưa sẵn sàng.")
        stage.join_problem = None
        stage.tell_beat({"seqs": {}})
        expect(stage.page.locator(".lines tbody tr").first).to_be_visible()
        expect(stage.page.locator(".banner")).to_have_count(0)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_word_of_every_sheet_is_in_both_languages(browser: Browser, language: str) -> None:
    with stage_on(browser, busy(), language=language) as stage:
        stage.open()
        said = [stage.page.locator(".super").inner_text()]
        for opener in (stage.line("hq"), stage.tile("13"), stage.page.locator(".wait").first, _device(stage)):
            opener.click()
            _press_all(stage)
            said.append(stage.sheet.inner_text())
            stage.page.keyboard.press("Escape")
            expect(stage.sheet).to_have_count(0)
        assert missing_texts(stage.page) == []
        assert not [words for words in said if "[super" in words]


def test_nothing_runs_over_the_edge(browser: Browser) -> None:
    with stage_on(browser, busy()) as stage:
        stage.open()
        for width, height in ((1366, 768), (1920, 1080), (390, 844)):
            stage.page.set_viewport_size({"width": width, "height": height})
            assert stage.page.evaluate("document.documentElement.scrollWidth") <= width
            if width > 1000:
                assert stage.page.evaluate("document.documentElement.scrollHeight") <= height
                last = stage.tile("40").bounding_box()
                assert last and last["y"] + last["height"] < height


def _device(stage: Stage) -> Locator:
    return stage.page.locator(".device[data-printer=out]")


def _press_all(stage: Stage) -> None:
    """Open every question of the sheet."""
    for name in ("close", "take_over", "close_counter", "summon", "assign_counter"):
        button = stage.sheet.locator(f"[data-act={name}], [data-gate-act={name}]").first
        if button.count():
            button.click()
