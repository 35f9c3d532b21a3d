"""What a supervisor sees of kiosks that run by themselves: silent, coming back, with numbers left out."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Request, Route, expect

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


def test_a_clock_that_is_far_out_and_a_scanner_that_babbles_are_told_with_what_to_do(
    browser: Browser,
) -> None:
    with stage_on(browser, hall(QUIET)) as stage:
        stage.data["kiosks"]["lobby"] |= {**TOLD, "clock_offset_ms": -60_000, "scanner": "ready"}
        stage.open()
        expect(stage.page.locator(".alert")).to_have_count(0)
        stage.put("kiosks", "lobby", clock_offset_ms=-61_000)
        expect(stage.alert("kiosk_clock")).to_contain_text("đồng hồ của máy lệch 61 giây")
        stage.put("kiosks", "lobby", scanner="babbling")
        expect(stage.alert("kiosk_scanner")).to_contain_text("máy quét phát liên tục")
        stage.alert("kiosk_clock").locator(".alert-what").click()
        expect(stage.sheet.locator("[data-do=clock]")).to_contain_text("đặt lại giờ")
        expect(stage.sheet.locator("[data-do=scanner]")).to_contain_text("rút ra cắm lại")
        stage.put("kiosks", "lobby", clock_offset_ms=0, scanner="absent")
        expect(stage.sheet.locator("[data-do=scanner]")).to_contain_text("xem dây nối")
        expect(stage.sheet.locator("[data-do=clock]")).to_have_count(0)
        assert missing_texts(stage.page) == []


def fault(
    device: str, state: str, since: str, until: str | None, offset: int | None = None
) -> dict[str, Any]:
    day = "2026-11-23T"
    ended = until and f"{day}{until}:00+07:00"
    began = since if "T" in since else f"{day}{since}:00+07:00"
    return {"device": device, "state": state, "since": began, "until": ended, "clock_offset_ms": offset}


def test_the_sheet_of_a_kiosk_tells_of_its_past_troubles_and_asks_anew_when_something_happens(
    browser: Browser,
) -> None:
    past = [
        fault("printer", "paper_out", "08:55", None),
        fault("kiosk", "silent", "08:11", "08:15"),
        fault("clock", "wrong", "2026-11-20T16:02:00+07:00", "07:30", -93_000),
        fault("scanner", "babbling", "07:20", "07:21"),
        *(fault("printer", "paper_low", f"06:{minute}", f"06:{minute + 5}") for minute in range(10, 50, 5)),
    ]
    asked: list[str] = []

    def answer(route: Route, request: Request) -> None:
        asked.append(request.url.partition("/api/v1")[2])
        route.fulfill(json={"kiosk": "lobby", "days": 7, "faults": past})

    with stage_on(browser, hall(QUIET)) as stage:
        stage.page.route("**/faults?*", answer)
        stage.data["kiosks"]["lobby"] |= {**TOLD, "printer": "paper_out"}
        stage.open()
        stage.page.locator("[data-kiosk=lobby]").click()
        part = stage.sheet.locator("[data-part=faults]")
        expect(part.locator("li")).to_have_count(8)
        expect(part.locator("[data-lasts]")).to_contain_text("Hết giấy")
        expect(part.locator("[data-lasts]")).to_contain_text("từ 08:55")
        expect(part.locator("[data-device=kiosk]")).to_contain_text("08:11–08:15 (4 phút)")
        expect(part.locator("[data-device=clock]")).to_contain_text("Đồng hồ lệch 93 giây")
        expect(part.locator("[data-device=clock]")).to_contain_text("20/11 16:02–23/11 07:30")
        part.get_by_role("button", name="Xem cả 12 sự cố").click()
        expect(part.locator("li")).to_have_count(12)
        assert asked == ["/kiosks/lobby/faults?days=7"]
        past[0]["until"] = "2026-11-23T09:12:00+07:00"
        stage.put("kiosks", "lobby", printer="ready")
        expect(part.locator("[data-lasts]")).to_have_count(0)
        assert missing_texts(stage.page) == []


def test_a_history_that_cannot_be_read_is_said_and_none_is_said_too(browser: Browser) -> None:
    with stage_on(browser, hall(QUIET)) as stage:
        stage.open()
        stage.page.locator("[data-kiosk=lobby]").click()
        part = stage.sheet.locator("[data-part=faults]")
        expect(part).to_contain_text("Không đọc được lịch sử")
        stage.page.route("**/faults?*", lambda route: route.fulfill(json={"faults": []}))
        stage.put("kiosks", "lobby", printer="paper_low")
        expect(part).to_contain_text("Không có sự cố nào")
