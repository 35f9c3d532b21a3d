"""Calling before a scripted server: taking back, calling again, absences, and who was put aside."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from .desk_play import DeskPlay, desk_play
from .desk_rows import RECENT, RIGHTS, ahead, aside, here, past

PARKED = [aside("C018", "copy", 15, 4, note="thiếu trang 3"), aside("C020", "fee", 10, -0.2)]


# ---- taking back -------------------------------------------------------------------------------------------


def test_a_call_can_be_taken_back_while_the_strip_counts_down(browser: Browser) -> None:
    with desk_play(browser, ticket=here(undo_until=ahead(24))) as desk:
        expect(desk.undo).to_contain_text("Đã gọi C024")
        left = desk.undo.locator(".left")
        expect(left).to_have_text(re.compile("còn 2[0-4] s"))
        desk.later(10)
        expect(left).to_have_text(re.compile("còn (1[0-4]|9) s"))
        desk.press("z").posted((f"/tickets/{here()['id']}/undo", {}))


def test_what_is_too_old_cannot_be_taken_back(browser: Browser) -> None:
    with desk_play(browser, ticket=here(undo_until=ahead(15))) as desk:
        expect(desk.undo).to_be_visible()
        desk.later(16)
        expect(desk.undo).to_have_count(0)
        desk.press("z").posted()
        expect(desk.word).to_contain_text("Không có việc nào vừa làm")


@pytest.mark.parametrize(
    ("state", "words"), [("no_show", "Đã ghi vắng C030"), ("finished", "Đã kết thúc C030")]
)
def test_an_end_can_be_taken_back_until_the_next_person_is_here(
    browser: Browser, state: str, words: str
) -> None:
    rows = [
        past("C030", state, 0.1, undo_until=ahead(90)),
        past("C029", "finished", 0.3, undo_until=ahead(80)),
    ]
    with desk_play(browser, recent=rows) as desk:
        expect(desk.undo).to_contain_text(words)
        desk.press("z").posted((f"/tickets/{rows[0]['id']}/undo", {}))
        desk.show("called", ticket=here(), recent=rows)
        expect(desk.undo).to_have_count(0)


# ---- calling and missing -----------------------------------------------------------------------------------


def test_a_recall_waits_its_interval_and_counts_the_calls(browser: Browser) -> None:
    with desk_play(browser, ticket=here(recall_at=ahead(8))) as desk:
        recall = desk.verb("recall")
        expect(recall).to_contain_text(re.compile("1 lần · chờ [4-8] s"))
        desk.press("l").posted()
        expect(desk.word).to_contain_text(re.compile("chờ [3-8] giây nữa"))
        desk.later(9)
        expect(recall).not_to_have_attribute("aria-disabled", "true")
        desk.press("l").posted((f"/tickets/{here()['id']}/recall", {}))
        desk.put("ticket", "_", calls=2, recall_at=None)
        expect(recall).to_contain_text("đã gọi 2 lần")


def test_an_absence_is_noted_only_after_enough_calls(browser: Browser) -> None:
    with desk_play(browser, ticket=here()) as desk:
        expect(desk.verb("no_show")).to_contain_text("gọi thêm 1 lần")
        desk.press("v").posted()
        expect(desk.word).to_contain_text("Gọi thêm 1 lần nữa mới ghi vắng được")
        desk.put("ticket", "_", calls=2)
        expect(desk.verb("no_show")).not_to_have_attribute("aria-disabled", "true")
        desk.press("v").posted((f"/tickets/{here()['id']}/no-show", {}))


def test_who_was_absent_may_come_again_until_the_grace_is_over(browser: Browser) -> None:
    missed = past("U019", "no_show", 9, again=True, again_until=ahead(60))
    with desk_play(browser, recent=[missed]) as desk:
        row = desk.page.locator(".recent li")
        expect(row).to_contain_text("đến 09:13")
        row.get_by_role("button").click()
        desk.posted(("/counters/12/call", {"ticket": missed["id"]}))
        desk.later(61)
        expect(row.get_by_role("button")).to_have_count(0)


def test_another_number_is_found_by_its_digits_and_called(browser: Browser) -> None:
    with desk_play(browser, parked=PARKED) as desk:
        desk.ask("q").page.locator(".search").fill("17")
        expect(desk.dialog.locator("[role=option]")).to_have_count(1)
        desk.press("Enter").posted(("/counters/12/call", {"ticket": RECENT[2]["id"]}))
        expect(desk.dialog).to_have_count(0)


def test_only_who_may_choose_is_shown_those_who_wait(browser: Browser) -> None:
    with desk_play(browser) as desk:
        desk.ask("q")
        expect(desk.dialog.locator("[role=option]")).to_have_count(9)
        assert desk.joined == ["counter:12"]
    with desk_play(browser, rights=[*RIGHTS, "call_chosen"]) as desk:
        desk.ask("q")
        assert_joined(desk, f"site:{desk.site['id']}")


def assert_joined(desk: DeskPlay, topic: str) -> None:
    for _ in range(100):
        if topic in desk.joined:
            return
        desk.page.wait_for_timeout(20)
    raise AssertionError(desk.joined)


# ---- putting aside -----------------------------------------------------------------------------------------


def test_putting_aside_takes_a_reason_by_digit_and_a_reminder_by_arrow(browser: Browser) -> None:
    with desk_play(browser, ticket=here("serving")) as desk:
        desk.ask("a")
        expect(desk.dialog.get_by_role("radio", checked=True)).to_have_text("10 phút")
        desk.press("ArrowRight", "3")
        desk.posted((f"/tickets/{here()['id']}/park", {"reason": "fee", "minutes": 15}))
        desk.show("called", ticket=here(label="C031")).ask("a")
        expect(desk.dialog.get_by_role("radio", checked=True)).to_have_text("15 phút")
        desk.press("ArrowLeft", "ArrowLeft", "ArrowLeft", "1")
        desk.posted((f"/tickets/{here(label='C031')['id']}/park", {"reason": "copy"}))


def test_a_reminder_that_falls_due_is_amber_and_heard_once(browser: Browser) -> None:
    rows = [aside("C018", "copy", 15, 0.5), aside("C019", "fee", 9, -1)]
    with desk_play(browser, parked=rows, ticket=here("serving")) as desk:
        desk.ask("1").press("Escape")  # a touch of the page, without which a browser stays silent
        item = desk.page.locator(".parked li").first
        expect(item).to_contain_text("nhắc lúc 09:12")
        expect(desk.page.locator("html[data-notes]")).to_have_count(0)
        desk.later(30)
        expect(item).to_have_attribute("data-due", "true")
        expect(item).to_contain_text("đến giờ nhắc")
        expect(desk.page.locator("html")).to_have_attribute("data-notes", "2")
        desk.later(5).put("parked", rows[0]["id"], note="thiếu trang 3")
        expect(item).to_have_attribute("title", "thiếu trang 3")
        desk.put("parked", rows[1]["id"])
        expect(desk.page.locator(".parked li")).to_have_count(1)
        expect(desk.page.locator("html")).to_have_attribute("data-notes", "2")


def test_the_parked_are_called_again_or_put_back_each_by_its_digit(browser: Browser) -> None:
    with desk_play(browser, parked=PARKED) as desk:
        desk.ask("2")
        expect(desk.dialog).to_contain_text("C020 đang tạm gác")
        desk.press("g").posted(("/counters/12/call", {"ticket": PARKED[1]["id"]}))
        desk.show("serving", ticket=here("serving"), parked=PARKED).ask("1")
        expect(desk.dialog).to_contain_text("xong với khách này trước")
        expect(desk.dialog).to_contain_text("thiếu trang 3")
        desk.press("g").posted()
        desk.press("t").posted((f"/tickets/{PARKED[0]['id']}/unpark", {}))


def test_the_parked_have_their_buttons_for_the_mouse(browser: Browser) -> None:
    with desk_play(browser, parked=PARKED) as desk:
        rows = desk.page.locator(".parked li")
        rows.nth(0).get_by_role("button", name="Trả C018 về hàng chờ").click()
        desk.posted((f"/tickets/{PARKED[0]['id']}/unpark", {}))
        desk.show("ready", parked=PARKED[1:])
        rows.nth(0).get_by_role("button", name="Gọi C020 đến quầy").click()
        desk.posted(("/counters/12/call", {"ticket": PARKED[1]["id"]}))
