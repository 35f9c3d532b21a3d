"""When things go wrong at a desk: lost links, refusals, slips of the finger."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.servers import RunningCentre

from .desk_stage import Desk, Hall, desk_at

pytestmark = pytest.mark.in_process  # what is looked at here is the same in every async mode


@pytest.fixture
def hall(centre: RunningCentre) -> Iterator[Hall]:
    one = Hall(centre.url)
    yield one
    one.clear()


@pytest.fixture
def desk(hall: Hall, browser: Browser) -> Iterator[Desk]:
    with desk_at(hall, browser, "12") as one:
        yield one


def test_a_lost_link_is_said_and_the_truth_comes_back_with_it(hall: Hall, desk: Desk) -> None:
    first, second = hall.take("stp"), hall.take("stp")
    desk.open().press("g").reaches("called")
    desk.link.silent = True
    expect(desk.page.locator(".desk")).to_have_attribute("data-status", "stale", timeout=10_000)
    expect(desk.word).to_contain_text("Đang mất kết nối")
    assert desk.page.locator(".verb:not([aria-disabled])").count() == 0
    assert "mất kết nối" in desk.primary.get_attribute("title")
    desk.posts.clear()
    for key in "bkgvtdm":
        desk.page.keyboard.press(key)
    desk.primary.click(force=True)
    hall.supervise(f"/tickets/{first['id']}/no-show")
    third = hall.take("stp")
    desk.settled().sent()
    expect(desk.label).to_have_text(first["label"])

    desk.link.silent = False
    desk.reaches("ready")
    expect(desk.page.locator(".desk")).to_have_attribute("data-status", "live")
    expect(desk.page.locator(".up-next .label")).to_have_text(second["label"])
    expect(desk.page.locator(".then li")).to_have_text([third["label"]])
    expect(desk.page.locator(".recent li").first).to_contain_text(first["label"])
    expect(desk.word.locator(".banner")).to_have_count(0)


def test_a_link_that_was_cut_is_taken_up_again(hall: Hall, desk: Desk) -> None:
    desk.open()
    desk.page.evaluate("async () => (await import('/assets/live.js')).live().socket.io.engine.close()")
    ticket = hall.take("stp")
    desk.reaches("ready")
    expect(desk.page.locator(".up-next .label")).to_have_text(ticket["label"])


def test_an_unreachable_server_is_not_guessed_about(hall: Hall, desk: Desk) -> None:
    ticket = hall.take("stp")
    desk.open()
    desk.posts.clear()
    desk.page.route("**/call-next", lambda route: route.abort())
    desk.press("g")
    expect(desk.word).to_contain_text("Chưa biết", timeout=10_000)
    assert hall.ticket(ticket["id"])["state"] == "waiting"
    desk.page.unroute("**/call-next")
    desk.word.get_by_role("button", name="Thử lại").click()
    desk.reaches("called")
    expect(desk.word.locator(".banner")).to_have_count(0)
    assert len({key for _, key in desk.posts}) == 1


def test_a_refusal_says_what_and_why_and_the_desk_goes_on(hall: Hall, desk: Desk) -> None:
    first, second = hall.take("stp"), hall.take("stp")
    desk.open().press("g").reaches("called").press("b").reaches("serving")
    desk.link.silent = True  # for less than the time after which the desk would know
    hall.supervise(f"/tickets/{first['id']}/finish")
    desk.press("k")
    expect(desk.word).to_contain_text("Chưa làm được “Kết thúc”")
    expect(desk.word).to_contain_text(f"Số {first['label']} đã xong")
    desk.link.silent = False
    desk.reaches("ready")
    desk.word.get_by_role("button", name="Đã rõ").click()
    expect(desk.word.locator(".banner")).to_have_count(0)
    desk.press("g").reaches("called")
    expect(desk.label).to_have_text(second["label"])


def test_a_session_that_ended_leads_to_sign_in_and_back(hall: Hall, desk: Desk) -> None:
    hall.take("stp")
    desk.open()
    desk.page.context.clear_cookies()
    desk.press("g")
    expect(desk.word).to_contain_text("Phiên đăng nhập đã hết")
    desk.word.get_by_role("button", name="Đăng nhập").click()
    desk.page.locator("#login").wait_for()
    desk.page.locator("#login").fill(desk.officer["login"])
    desk.page.locator("#password").fill(desk.officer["password"])
    desk.press("Enter").reaches("ready")


def test_keys_with_modifiers_or_while_typing_are_not_verbs(hall: Hall, desk: Desk) -> None:
    ticket = hall.take("stp")
    desk.open()
    desk.posts.clear()
    desk.press("Control+g", "Alt+g", "Shift+g", "Meta+g").settled().sent()
    desk.reaches("ready").press("g").reaches("called").ask("c")
    desk.page.keyboard.type("bkvthd")
    desk.press("Escape")
    expect(desk.page.locator("dialog[open]")).to_have_count(0)
    desk.reaches("called")
    assert hall.ticket(ticket["id"])["state"] == "called"


def test_a_vietnamese_input_method_does_not_hide_the_keys(hall: Hall, desk: Desk) -> None:
    hall.take("stp")
    desk.open()
    desk.page.evaluate(
        """document.body.dispatchEvent(
            new KeyboardEvent('keydown', { key: 'Process', code: 'KeyG', bubbles: true }))"""
    )
    desk.reaches("called")


def test_single_keys_can_be_switched_off(hall: Hall, desk: Desk) -> None:
    hall.take("stp")
    desk.open().page.get_by_role("switch", name="Phím tắt").click()
    desk.posts.clear()
    desk.press("g").settled().reaches("ready").page.reload()
    desk.reaches("ready").press("g").settled().sent()
    switch = desk.reaches("ready").page.get_by_role("switch", name="Phím tắt")
    switch.click()
    expect(switch).to_be_checked()
    desk.press("g").reaches("called")


def test_cancelling_asks_first(hall: Hall, desk: Desk) -> None:
    ticket = hall.take("stp")
    desk.open().press("g").reaches("called").press("h")
    dialog = desk.page.locator("dialog[open]")
    expect(dialog).to_contain_text(f"Hủy số {ticket['label']}?")
    expect(dialog.locator(":focus")).to_contain_text("Giữ")
    desk.press("Escape")
    expect(dialog).to_have_count(0)
    assert hall.ticket(ticket["id"])["state"] == "called"
    desk.ask("h", "1").reaches("empty")
    assert hall.ticket(ticket["id"])["state"] == "cancelled"


def test_a_transfer_is_found_by_typing_without_marks(hall: Hall, desk: Desk) -> None:
    ticket = hall.take("stp")
    desk.open().press("g").reaches("called").press("b").reaches("serving").press("c")
    desk.page.locator(".search").wait_for()
    desk.page.keyboard.type("xay dung")
    expect(desk.page.locator(".places [aria-selected=true]")).to_contain_text("Sở Xây dựng")
    desk.press("Enter").reaches("empty")
    moved = hall.ticket(ticket["id"])
    assert (moved["queue"], moved["state"], moved["label"]) == ("sxd", "waiting", ticket["label"])


def test_a_transfer_to_a_counter_waits_there_alone(hall: Hall, browser: Browser) -> None:
    with desk_at(hall, browser, "12") as here, desk_at(hall, browser, "13") as there:
        ticket = hall.take("stp")
        there.sign_in().press("m").reaches("ready")
        here.open().press("g").reaches("called").press("c")
        here.page.locator(".search").fill("13")
        here.press("ArrowDown", "ArrowUp")
        here.page.locator(".places li").first.click()
        here.reaches("empty")
        there.reaches("ready").press("g").reaches("called")
        expect(there.label).to_have_text(ticket["label"])


def test_a_returned_person_stands_in_their_old_place(hall: Hall, desk: Desk) -> None:
    first = hall.take("stp")
    hall.take("stp")
    desk.open().press("g").reaches("called").press("t").reaches("ready")
    expect(desk.page.locator(".up-next .label")).to_have_text(first["label"])


@pytest.mark.parametrize(
    ("minutes", "pressure", "word"),
    [(5, "calm", "trong hẹn"), (12.5, "soon", "sắp hết"), (17.5, "late", "quá hẹn 2 phút")],
)
def test_the_ring_shows_the_promise_of_fifteen_minutes(
    hall: Hall, desk: Desk, minutes: float, pressure: str, word: str
) -> None:
    desk.link.age_service(minutes)
    hall.take("stp")
    desk.open().press("g").reaches("called")
    expect(desk.page.locator(".ring")).to_have_attribute("data-pressure", "before")
    desk.press("b").reaches("serving")
    ring = desk.page.locator(".ring")
    expect(ring).to_have_attribute("data-pressure", pressure)
    expect(ring).to_contain_text(word)
    expect(ring.locator(".number")).to_have_text(str(int(minutes)))


def test_a_tone_says_that_someone_came_to_an_empty_line(hall: Hall, browser: Browser) -> None:
    with desk_at(hall, browser, "12") as desk:
        desk.page.add_init_script(
            """const start = OscillatorNode.prototype.start;
            OscillatorNode.prototype.start = function (...at) {
              const heard = document.documentElement.dataset;
              heard.notes = Number(heard.notes ?? 0) + 1;
              return start.apply(this, at);
            };"""
        )
        page = desk.open().reaches("empty").page
        expect(page.locator("html[data-notes]")).to_have_count(0)
        hall.take("stp")
        page.locator("html[data-notes='2']").wait_for()
        hall.take("stp")
        expect(page.locator(".total .number")).to_have_text("2")
        desk.settled()
        expect(page.locator("html")).to_have_attribute("data-notes", "2")
