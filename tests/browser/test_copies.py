"""Copies of slips: an officer has one printed with a few keys, a supervisor from the sheet of a number."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Request, Route, expect

from .desk_play import DeskPlay, desk_play
from .desk_rows import RIGHTS, here, past
from .desk_stage import missing_texts
from .supervisor_rows import QUIET, ago, hall
from .supervisor_stage import stage_on

LOBBY = {
    "kiosk": "lobby",
    "name": {"vi": "Máy lấy số ở sảnh", "en": "Kiosk in the lobby"},
    "state": "ready",
}
GATE = {
    "kiosk": "gate",
    "name": {"vi": "Máy lấy số ở cổng", "en": "Kiosk at the gate"},
    "state": "paper_low",
}
MISSED = past("U019", "no_show", 9)


def printers(desk: DeskPlay, *rows: Any, found: Any = None) -> None:
    """What the server says of printers, and of a number that is asked for by its label."""

    def answer(route: Route, request: Request) -> None:
        if "/tickets?" not in request.url:
            route.fulfill(json={"printers": list(rows)})
        elif found is None:
            problem = {"code": "unknown_ticket", "status": 404, "title": "Không có số này", "detail": ""}
            route.fulfill(status=404, json=problem)
        else:
            route.fulfill(json=found)

    desk.page.route("**/api/v1/printers", answer)
    desk.page.route("**/api/v1/tickets?label=*", answer)


def test_two_keys_print_a_copy_for_whoever_is_here_where_there_is_one_printer(browser: Browser) -> None:
    with desk_play(browser, ticket=here("serving")) as desk:
        printers(desk, LOBBY)
        desk.ask("p")
        expect(desk.dialog.locator("[aria-selected=true]")).to_contain_text("C024")
        desk.press("Enter")
        desk.posted((f"/tickets/{here()['id']}/reprint", {"kiosk": "lobby"}))
        expect(desk.word).to_contain_text("Đã gửi in bản sao phiếu C024 tại Máy lấy số ở sảnh")
        expect(desk.dialog).to_have_count(0)
        desk.press("k")  # and the desk is free at once
        desk.posted((f"/tickets/{here()['id']}/finish", {}))


def test_of_several_printers_one_is_chosen_by_digit_and_offered_first_the_next_time(browser: Browser) -> None:
    with desk_play(browser, ticket=here("called")) as desk:
        printers(desk, LOBBY, GATE)
        desk.ask("p").press("Enter")
        expect(desk.dialog).to_contain_text("In bản sao phiếu C024 ở đâu?")
        expect(desk.dialog).to_contain_text("Giấy sắp hết")
        desk.press("2")
        desk.posted((f"/tickets/{here()['id']}/reprint", {"kiosk": "gate"}))
        expect(desk.dialog).to_have_count(0)
        desk.ask("p").press("Enter")
        expect(desk.dialog.locator(".choice").first).to_contain_text("Máy lấy số ở cổng")
        expect(desk.dialog.locator(".choice").first).to_be_focused()
        assert missing_texts(desk.page) == []


def test_one_of_the_last_ten_is_found_by_its_digits_but_not_one_whose_visit_is_over(browser: Browser) -> None:
    with desk_play(browser, recent=[MISSED, past("C021", "finished", 3)]) as desk:
        printers(desk, LOBBY)
        desk.ask("p")
        expect(desk.dialog.locator("[role=option]")).to_have_count(1)
        desk.dialog.locator(".search").fill("19")
        desk.press("Enter")
        desk.posted((f"/tickets/{MISSED['id']}/reprint", {"kiosk": "lobby"}))


def test_any_other_number_is_looked_for_by_what_stands_on_the_slip(browser: Browser) -> None:
    with desk_play(browser, recent=[]) as desk:
        printers(desk, LOBBY, found={**here("waiting", "X044"), "id": "4" * 32})
        desk.ask("p")
        expect(desk.dialog.locator("[role=option]")).to_have_count(0)
        desk.dialog.locator(".search").fill("x044")
        expect(desk.dialog.locator("[role=option]")).to_contain_text("Tìm trong các số của hôm nay")
        desk.press("Enter")
        desk.posted((f"/tickets/{'4' * 32}/reprint", {"kiosk": "lobby"}))


def test_a_number_that_is_not_there_and_a_hall_without_printers_are_said_in_the_dialog(
    browser: Browser,
) -> None:
    with desk_play(browser, recent=[], ticket=here("serving")) as desk:
        printers(desk)
        desk.ask("p").dialog.locator(".search").fill("Z999")
        desk.press("Enter")
        expect(desk.dialog.get_by_role("alert")).to_have_text("Không có số này")
        desk.dialog.locator(".search").fill("")
        desk.press("Enter")
        expect(desk.dialog.get_by_role("alert")).to_contain_text("không có máy nào in được")
        desk.posted()


def test_whoever_lacks_the_right_is_told_so_and_a_closed_counter_may_print(browser: Browser) -> None:
    with desk_play(browser, rights=[*set(RIGHTS) - {"reprint"}], ticket=here("serving")) as desk:
        desk.press("p")
        expect(desk.word).to_contain_text("chưa được giao việc này")
        expect(desk.dialog).to_have_count(0)
    with desk_play(browser, state="closed", officer=None) as desk:
        printers(desk, LOBBY)
        desk.verb("reprint").click()
        expect(desk.dialog).to_contain_text("In lại phiếu của số nào?")


def test_a_supervisor_prints_a_copy_from_the_sheet_of_a_number(browser: Browser) -> None:
    with stage_on(browser, hall(QUIET)) as stage:
        stage.data["kiosks"]["gate"]["printer"] = "none"
        stage.open()
        stage.line("stp").locator("button").first.click()
        stage.sheet.locator(".queue-wait").first.click()
        part = stage.sheet.locator("[data-part=reprint]")
        expect(part.locator("li")).to_have_count(1)
        part.get_by_role("button", name="In tại Máy lấy số ở sảnh").click()
        expect(stage.sheet.locator("[data-done=reprint]")).to_contain_text("Đã gửi in bản sao")
        path, body, key = stage.posts[0]
        assert path.endswith("/reprint") and body == {"kiosk": "lobby"} and key
        stage.put("kiosks", "gate", printer="paper_low")
        expect(part.locator("li")).to_have_count(2)
        stage.put("kiosks", "lobby", state="silent", state_since=ago(2), printer="unknown")
        expect(part.locator("li")).to_have_count(1)
        expect(part).to_contain_text("Giấy sắp hết")
        assert missing_texts(stage.page) == []


def test_where_nothing_prints_the_supervisor_is_told_so(browser: Browser) -> None:
    with stage_on(browser, hall(QUIET)) as stage:
        for row in stage.data["kiosks"].values():
            row["printer"] = "none"
        stage.open()
        stage.line("stp").locator("button").first.click()
        stage.sheet.locator(".queue-wait").first.click()
        expect(stage.sheet.locator("[data-part=reprint]")).to_contain_text("không có máy nào in được")
