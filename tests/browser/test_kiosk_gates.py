"""A line that gives no more numbers says so at the kiosk before it is chosen, and cannot be chosen."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from .kiosk_stage import stage_on


def test_a_closed_or_full_line_is_told_before_it_is_chosen_and_opens_again(browser: Browser) -> None:
    with stage_on(browser, "upright") as stage:
        stage.open()
        stage.push("lines", "stp", {**stage.lines["stp"], "gate": "closed", "limit": None, "given": 7})
        stage.push("lines", "sdl", {**stage.lines["sdl"], "gate": "open", "limit": 12, "given": 12})
        stage.push("lines", "cat", {**stage.lines["cat"], "gate": "open", "limit": 12, "given": 11})
        stage.page.locator(".door").click()
        agency = stage.page.locator(".choice.agency")
        stp = stage.page.locator("[data-agency=stp]")
        expect(stp).to_contain_text("Hôm nay đã ngừng nhận")
        expect(stp).to_have_attribute("aria-disabled", "true")
        expect(stage.page.locator("[data-agency=sdl]")).to_contain_text("Hôm nay đã hết số")
        expect(stage.page.locator("[data-shut]")).to_have_count(2)
        stp.click(force=True)
        stage.page.locator("[data-agency=sdl]").click(force=True)
        expect(agency.first).to_be_visible()
        stage.page.locator(".language[lang=en]").click()
        expect(stp).to_contain_text("stopped for today")
        stage.push("lines", "stp", {**stage.lines["stp"], "gate": "open"})
        expect(stage.page.locator("[data-shut]")).to_have_count(1)
        stp.click()
        stage.page.locator(".choice.service").first.wait_for()
        assert stage.complaints == []


def test_an_agency_with_several_lines_is_shut_only_when_all_are(browser: Browser) -> None:
    with stage_on(browser, "wide") as stage:
        own = next(queue for queue in stage.site["queues"] if queue["agency"] == "stp")
        stage.site["queues"].append({**own, "id": "stp2", "name": {"vi": "Hộ tịch"}})
        stage.lines["stp2"] = {**stage.lines["stp"], "queue": "stp2"}
        stage.lines["stp"] |= {"gate": "closed"}
        stage.open()
        stage.page.locator(".door").click()
        stage.page.locator("[data-agency=stp]").click()
        closed = stage.page.locator("[data-queue=stp]")
        expect(closed).to_contain_text("Hôm nay đã ngừng nhận")
        closed.click(force=True)
        expect(closed).to_be_visible()
        stage.page.locator("[data-queue=stp2]").click()
        expect(closed).to_have_count(0)
        assert stage.complaints == []
