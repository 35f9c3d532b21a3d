"""What a supervisor sees of kiosks that run by themselves: silent, coming back, with numbers left out."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from .desk_stage import missing_texts
from .supervisor_rows import QUIET, ago, hall
from .supervisor_stage import stage_on

TOLD = {
    "state": "online",
    "state_since": ago(30),
    "version": "1.4.0",
    "clock_offset_ms": 240,
    "queued": 0,
    "offline_given": 0,
    "refused": [],
    "last_slip": {"label": "A031", "state": "printed"},
}


def test_a_kiosk_that_is_well_shows_what_it_tells_and_needs_nobody(browser: Browser) -> None:
    with stage_on(browser, hall(QUIET)) as stage:
        stage.data["kiosks"]["lobby"] |= TOLD
        stage.open()
        expect(stage.page.locator(".alert")).to_have_count(0)
        stage.page.locator("[data-kiosk=lobby]").click()
        for said in ("Đang kết nối", "A031 · đã in", "Đúng giờ", "1.4.0"):
            expect(stage.sheet).to_contain_text(said)
        stage.put("kiosks", "lobby", clock_offset_ms=-7_260_000, offline_given=3, queued=2)
        expect(stage.sheet).to_contain_text("Lệch 7.260 giây so với máy chủ")
        expect(stage.sheet).to_contain_text("3 số cấp khi mất kết nối đang được chuyển về")
        expect(stage.sheet).to_contain_text("2 phiếu chờ in")
        assert missing_texts(stage.page) == []


def test_a_silent_kiosk_is_one_trouble_and_not_two(browser: Browser) -> None:
    with stage_on(browser, hall(QUIET)) as stage:
        stage.data["kiosks"]["gate"] |= {
            **TOLD,
            "state": "silent",
            "state_since": ago(4),
            "printer": "unknown",
        }
        stage.open()
        expect(stage.page.locator(".alert")).to_have_count(1)
        expect(stage.alert("kiosk_silent")).to_contain_text("không liên lạc được máy lấy số 4 phút")
        expect(stage.page.locator("[data-kiosk=gate]")).to_contain_text("Mất liên lạc")
        stage.put("kiosks", "gate", state="online", printer="ready")
        expect(stage.page.locator(".calm")).to_be_visible()


def test_numbers_that_did_not_come_home_are_named_until_they_have(browser: Browser) -> None:
    with stage_on(browser, hall(QUIET)) as stage:
        stage.data["kiosks"]["lobby"] |= {**TOLD, "refused": ["A900", "C901"]}
        stage.open()
        expect(stage.alert("kiosk_refused")).to_contain_text(
            "2 số cấp khi mất kết nối chưa vào được hàng chờ: A900, C901"
        )
        stage.alert("kiosk_refused").locator(".alert-what").click()
        expect(stage.sheet).to_contain_text("Hãy tiếp họ tại quầy")
        assert missing_texts(stage.page) == []
