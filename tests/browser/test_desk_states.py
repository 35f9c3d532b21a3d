"""Each state of the desk before a scripted server: others at work, keys, places and words."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from .desk_play import desk_play
from .desk_rows import ELDERLY, LONG, RECENT, RIGHTS, ago, ahead, aside, here, past
from .desk_stage import missing_texts

SIGN_IN = re.compile(r"/signin\b")
PARKED = [aside("C018", "copy", 15, 4, note="thiếu trang 3"), aside("C020", "fee", 10, -0.2)]


# ---- others: the supervisor, another officer, leaving ------------------------------------------------------


def test_a_request_of_the_supervisor_is_heard_and_answered_by_one_key(browser: Browser) -> None:
    with desk_play(browser) as desk:
        desk.press("v")
        desk.put("counter", "_", summons={"reason": "help_line", "at": ago(0)})
        expect(desk.page.locator(".summons")).to_contain_text("Giúp hàng đang đông")
        expect(desk.page.locator("html")).to_have_attribute("data-notes", "3")
        desk.press("r").posted(("/counters/12/answer", {}))
        desk.put("counter", "_", summons=None)
        expect(desk.page.locator(".summons")).to_have_count(0)
        desk.press("r").posted()


def test_help_is_asked_for_and_taken_back_by_one_key(browser: Browser) -> None:
    with desk_play(browser, ticket=here("serving")) as desk:
        desk.press("y").posted(("/counters/12/ask-help", {}))
        desk.put("counter", "_", help_asked_at=ago(0))
        expect(desk.page.locator(".supervision")).to_contain_text("đã nhờ lúc 09:12")
        desk.press("y").posted(("/counters/12/answer", {}))


def test_a_counter_that_was_taken_over_is_said_plainly_and_has_ways_on(browser: Browser) -> None:
    other = {"id": "person:9", "name": "Cán bộ quầy 9"}
    with desk_play(browser, ticket=here("serving")) as desk:
        desk.put("counter", "_", officer=other, since=ago(0))
        desk.reaches("taken")
        expect(desk.page.locator(".headline")).to_have_text("Cán bộ quầy 9 đã nhận quầy 12")
        assert desk.page.locator(".verb:not([aria-disabled])").count() == 0
        desk.press("k", "m").posted()
        desk.page.locator(".ways").get_by_role("button", name="Đăng xuất").click()
        desk.page.wait_for_url(SIGN_IN, wait_until="commit")
    with desk_play(browser, officer=other, away=True, rights=[*RIGHTS, "take_over"]) as desk:
        expect(desk.page.locator(".headline")).to_have_text("Cán bộ quầy 9 đang ở quầy 12")
        expect(desk.page.locator(".present")).to_contain_text("Đã lâu không thấy màn hình")
        desk.press("m").posted(("/counters/12/take-over", {}))


def test_the_key_for_signing_out_asks_first_and_who_is_here_comes_first(browser: Browser) -> None:
    with desk_play(browser, ticket=here("serving")) as desk:
        desk.press("o")
        expect(desk.dialog).to_have_count(0)
        expect(desk.word).to_contain_text("Đăng xuất")
        desk.show("ready").ask("o")
        expect(desk.dialog).to_contain_text("Quầy 12 sẽ đóng")
        desk.answers = [{"status": 409, "code": "counter_busy", "detail": "Quầy 12 còn số C031."}]
        desk.press("o")
        expect(desk.page.locator(".sign-out .trouble")).to_have_text("Quầy 12 còn số C031.")
        assert desk.sign_outs == 1
        desk.ask("o").press("o").page.wait_for_url(SIGN_IN, wait_until="commit")


# ---- keys, places, words -----------------------------------------------------------------------------------


def test_the_keys_are_shown_on_one_sheet_those_of_now_first(browser: Browser) -> None:
    with desk_play(browser, ticket=here(calls=2), parked=PARKED) as desk:
        desk.ask("?")
        now = desk.dialog.locator(".keys.now")
        expect(now).to_contain_text("Bắt đầu")
        expect(now).to_contain_text("Vắng mặt")
        expect(now).to_contain_text("1–2")
        expect(now).not_to_contain_text("Kết thúc")
        expect(desk.dialog.locator(".keys.later")).to_contain_text("Bấm Bắt đầu khi khách đã đến quầy")
        desk.press("b").posted()
        desk.press("Escape", "b").posted((f"/tickets/{here()['id']}/start", {}))


def test_a_lost_link_puts_questions_away_and_takes_no_verb(browser: Browser) -> None:
    with desk_play(browser, ticket=here("serving"), parked=PARKED) as desk:
        desk.ask("a")
        desk.beating = False
        desk.page.locator(".desk[data-status=stale]").wait_for()
        expect(desk.dialog).to_have_count(0)
        desk.press("k", "a", "z", "y", "1", "g").posted()
        desk.press("Escape")
        desk.beating = True
        desk.page.locator(".desk[data-status=live]").wait_for()
        desk.press("k").posted((f"/tickets/{here()['id']}/finish", {}))


STATES: dict[str, dict[str, Any]] = {
    "closed": {"state": "closed", "officer": None},
    "empty": {"empty": True, "recent": []},
    "ready": {"recent": [past("C024", "no_show", 0.1, undo_until=ahead(20), again=True), *RECENT[:9]]},
    "called": {"ticket": here(recall_at=ahead(5), undo_until=ahead(20)), "parked": PARKED},
    "serving": {"ticket": here("serving", class_name=ELDERLY), "help_asked_at": ago(2)},
    "late": {
        "ticket": here("serving", started_at=ago(18), **LONG),
        "parked": [*PARKED, aside("C022", "other", 3)],
    },
    "paused": {"state": "paused", "reason": "lunch", "summons": {"reason": "come", "at": ago(1)}},
}


PLACES = """() => Object.fromEntries(
    [...document.querySelectorAll('.primary, .primary-none, .others .verb, .top .verb, .undo, .word')]
    .map((part) => [
        part.matches('.primary, .primary-none') ? 'primary' : part.dataset.verb ?? part.className,
        JSON.stringify(part.getBoundingClientRect()),
    ]))"""
CUT = """() => [...document.querySelectorAll('.desk .button, .label, .top h1, .desk .agency, .when, .line-1')]
    .filter((part) => part.scrollWidth > part.clientWidth + 1
        || (!part.matches('.label') && part.scrollHeight > part.clientHeight + 3))
    .map((part) => part.outerHTML.slice(0, 160))"""


@pytest.mark.parametrize("size", [(1024, 768), (1366, 768), (1920, 1080)])
def test_nothing_moves_and_nothing_is_cut_in_any_state_at_any_size(
    browser: Browser, size: tuple[int, int]
) -> None:
    with desk_play(browser, size=size) as desk:
        places = {}
        for name, state in STATES.items():
            desk.show(name if name != "late" else "serving", **state)
            places[name] = desk.page.evaluate(PLACES)
            cut = desk.page.evaluate(CUT)
            assert cut == [], name
            assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        assert {name: place for name, place in places.items() if place != places["closed"]} == {}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_state_and_question_is_in_both_languages(browser: Browser, language: str) -> None:
    with desk_play(browser, language=language) as desk:
        for name, state in STATES.items():
            desk.show(name if name != "late" else "serving", **state)
            assert "[" not in desk.page.locator(".desk").inner_text(), name
            for key in "nhacexqo1?":
                desk.press(key)
                if desk.dialog.count():
                    assert "[" not in desk.dialog.inner_text(), (name, key)
                    desk.press("Escape")
        assert missing_texts(desk.page) == []


def test_lines_say_when_their_door_is_closed_or_narrow(browser: Browser) -> None:
    with desk_play(browser) as desk:
        desk.put("lines", "stp", gate="closed")
        desk.put("lines", "cat", limit=34)
        expect(desk.page.locator(".line").nth(0)).to_contain_text("Đã ngừng cấp số")
        expect(desk.page.locator(".line").nth(1)).to_contain_text("Còn cấp 4 số")
