"""An officer's day at the desk: by keyboard alone, by mouse, beside a colleague; one press is one command."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.servers import RunningCentre

from .desk_stage import Desk, Hall, desk_at, missing_texts

PHASES = ("closed", "ready", "called", "serving", "paused")


@pytest.fixture
def hall(centre: RunningCentre) -> Iterator[Hall]:
    one = Hall(centre.url)
    yield one
    one.clear()


@pytest.fixture
def desk(hall: Hall, browser: Browser) -> Iterator[Desk]:
    with desk_at(hall, browser, "12") as one:
        yield one


def test_an_officer_does_a_round_by_keyboard_alone(hall: Hall, desk: Desk) -> None:
    first, second = hall.take("stp"), hall.take("stp", **{"class": "elderly"})
    page = desk.page
    page.goto(f"{hall.url}/desk")
    page.locator("#login").wait_for()
    page.keyboard.type(desk.officer["login"])
    page.keyboard.press("Tab")
    page.keyboard.type(desk.officer["password"])
    page.keyboard.press("Enter")

    desk.reaches("closed").press("m").reaches("ready")
    expect(desk.primary).to_contain_text(f"Gọi {second['label']}")
    desk.press("g").reaches("called").press("b").reaches("serving").press("k").reaches("ready")
    desk.press("g").reaches("called")
    expect(desk.label).to_have_text(first["label"])
    desk.press("v").reaches("empty")
    desk.ask("n", "1").reaches("paused").press("m").reaches("empty").press("d").reaches("closed")

    assert hall.ticket(second["id"])["state"] == "finished"
    assert hall.ticket(first["id"])["state"] == "no_show"
    assert page.locator(".recent li .number").all_inner_texts()[:2] == [first["label"], second["label"]]


def test_an_officer_does_a_round_by_mouse(hall: Hall, desk: Desk) -> None:
    ticket = hall.take("stp")
    desk.sign_in().primary.click()
    desk.reaches("ready").primary.click()
    desk.reaches("called")
    expect(desk.label).to_have_text(ticket["label"])
    desk.primary.click()
    desk.reaches("serving").primary.click()
    desk.reaches("empty").verb("pause").click()
    desk.page.locator(".choice").nth(2).click()
    desk.reaches("paused")
    expect(desk.page.locator(".counter-state")).to_contain_text("Họp")
    assert hall.counter("12")["reason"] == "meeting"
    desk.primary.click()
    desk.reaches("empty").verb("close").click()
    desk.reaches("closed")
    assert hall.ticket(ticket["id"])["state"] == "finished"


def test_the_desk_says_who_is_here_for_what_and_who_is_next_and_why(hall: Hall, desk: Desk) -> None:
    service = hall.service_of("stp")
    hall.take("stp", service=service["id"], **{"class": "elderly"})
    waiting = [hall.take("stp")["label"] for _ in range(4)]
    desk.open().press("g").reaches("called")
    page = desk.page
    expect(page.locator(".for-what")).to_contain_text("Sở Tư pháp")
    expect(page.locator(".for-what")).to_contain_text(service["name"]["vi"])
    expect(page.locator(".who-is-here")).to_contain_text("Người cao tuổi")
    expect(page.locator(".up-next .label")).to_have_text(waiting[0])
    expect(page.locator(".why p")).not_to_be_empty()
    expect(page.locator(".then li")).to_have_text(waiting[1:])
    expect(page.locator(".total .number")).to_have_text("4")
    assert page.title().startswith(desk.label.inner_text())


def test_a_double_press_is_one_call(hall: Hall, desk: Desk) -> None:
    tickets = [hall.take("stp") for _ in range(3)]
    desk.open()
    desk.posts.clear()
    desk.page.evaluate(
        """() => {
            const press = () => new KeyboardEvent('keydown', { key: 'g', code: 'KeyG', bubbles: true });
            for (let at = 0; at < 3; at += 1) document.body.dispatchEvent(press());
        }"""
    )
    desk.press("g", "g").reaches("called").settled().sent("call-next")
    assert [hall.ticket(one["id"])["state"] for one in tickets] == ["called", "waiting", "waiting"]


def test_a_double_click_calls_and_does_not_start_as_well(hall: Hall, desk: Desk) -> None:
    """The second click of the pair meets the next verb, which stands in the same place by then."""
    ticket = hall.take("stp")
    desk.open().posts.clear()
    desk.primary.click()
    desk.reaches("called")
    desk.page.mouse.down(click_count=2)
    desk.page.mouse.up(click_count=2)
    desk.settled().sent("call-next")
    assert hall.ticket(ticket["id"])["state"] == "called"


def test_the_button_says_that_a_command_is_under_way_and_takes_no_other(hall: Hall, desk: Desk) -> None:
    hall.take("stp")
    desk.open().posts.clear()
    held: list[Route] = []
    desk.page.route("**/call-next", lambda route: held.append(route))
    desk.press("g")
    expect(desk.verb("call")).to_have_attribute("data-busy", "true")
    expect(desk.primary).to_contain_text("Đang gọi")
    desk.press("d", "n", "g")
    desk.primary.click(force=True)
    assert desk.settled().page.locator("dialog[open]").count() == 0
    assert len(set(desk.posts)) == 1  # the same one again, where its answer was long in coming
    held[-1].continue_()
    desk.reaches("called")


def test_a_lost_answer_is_asked_for_again_under_the_same_key(hall: Hall, desk: Desk) -> None:
    tickets = [hall.take("stp") for _ in range(2)]
    desk.open()
    desk.posts.clear()

    def lose_the_first(route: Route) -> None:
        route.fetch()
        route.abort()

    desk.page.route("**/call-next", lose_the_first, times=1)
    desk.press("g").reaches("called").sent("call-next", "call-next")
    assert len({key for _, key in desk.posts} - {None}) == 1
    assert [hall.ticket(one["id"])["state"] for one in tickets] == ["called", "waiting"]


def test_two_desks_never_get_the_same_person(hall: Hall, browser: Browser) -> None:
    labels = {hall.take("stp")["label"] for _ in range(4)}
    with desk_at(hall, browser, "12") as left, desk_at(hall, browser, "13") as right:
        left.open()
        right.open()
        called = set()
        for _ in range(2):
            left.press("g")
            right.press("g")
            for desk in (left, right):
                desk.reaches("called")
                called.add(desk.label.inner_text())
                desk.press("v")
            for desk in (left, right):
                expect(desk.page.locator(".desk")).not_to_have_attribute("data-phase", "called")
        assert called == labels


def test_nothing_jumps_under_the_pointer(hall: Hall, desk: Desk) -> None:
    """Every verb stands at the same place in every state, with and without something to say."""
    hall.take("stp")
    hall.take("stp")
    desk.sign_in().reaches("closed")
    places = {}

    def note(what: str) -> None:
        desk.settled()
        places[what] = {
            "primary": desk.primary.bounding_box(),
            **{
                verb: desk.verb(verb).bounding_box()
                for verb in ("recall", "no_show", "return", "transfer", "cancel", "pause", "close")
            },
        }

    note("closed")
    for letter, phase in (("m", "ready"), ("g", "called"), ("b", "serving")):
        desk.press(letter).reaches(phase)
        note(phase)
    desk.page.route(
        "**/finish", lambda route: route.fulfill(status=409, json={"code": "x", "detail": "Chưa được."})
    )
    desk.press("k").word.locator(".banner").wait_for()
    note("refused")
    desk.press("t").reaches("ready").ask("n", "2").reaches("paused")
    note("paused")
    assert {what: place for what, place in places.items() if place != places["closed"]} == {}


def test_no_state_is_a_dead_end(hall: Hall, desk: Desk) -> None:
    hall.take("stp")
    desk.sign_in()
    for letter, phase in (("", "closed"), ("m", "ready"), ("g", "called"), ("b", "serving"), ("k", "empty")):
        if letter:
            desk.press(letter)
        desk.reaches(phase)
        assert desk.page.locator(".verb:not([aria-disabled])").count() > 0, phase
        assert (
            desk.page.locator(".verb[aria-disabled]:not([title]), .verb[aria-disabled][title='']").count()
            == 0
        )


def test_signing_out_leaves_no_counter_open(hall: Hall, desk: Desk) -> None:
    desk.open().page.get_by_role("button", name="Đăng xuất").click()
    desk.page.locator("#login").wait_for()
    assert hall.counter("12")["state"] == "closed"
    desk.page.goto(f"{hall.url}/desk")
    desk.page.locator("#login").wait_for()


def test_signing_out_waits_for_the_person_who_is_here(hall: Hall, desk: Desk) -> None:
    ticket = hall.take("stp")
    desk.open().press("g").reaches("called")
    desk.page.get_by_role("button", name="Đăng xuất").click()
    expect(desk.page.locator(".sign-out .trouble")).to_contain_text(ticket["label"])
    assert hall.counter("12")["state"] == "open"


def test_a_counter_where_somebody_else_sits_is_not_ours_to_use(hall: Hall, desk: Desk) -> None:
    hall.supervise("/counters/12/open")
    desk.sign_in().reaches("taken")
    expect(desk.page.locator(".headline")).to_contain_text("đang ở quầy 12")
    hall.supervise("/counters/12/close")
    desk.reaches("closed").press("m").reaches("empty")


def test_who_may_use_several_counters_chooses_one(hall: Hall, browser: Browser) -> None:
    with desk_at(hall, browser, "12") as desk:
        desk.officer = hall.demo["supervisor"]
        desk.page.goto(f"{hall.url}/signin?next=/desk&login={desk.officer['login']}")
        desk.page.locator("#password").fill(desk.officer["password"])
        desk.page.keyboard.press("Enter")
        desk.page.get_by_role("button", name="Quầy 12", exact=False).click()
        desk.reaches("closed")
        desk.page.reload()
        desk.reaches("closed")
        desk.page.get_by_role("button", name="Đổi quầy").click()
        desk.page.locator(".chooser").wait_for()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_word_of_the_desk_is_in_both_languages(hall: Hall, browser: Browser, language: str) -> None:
    with desk_at(hall, browser, "12", language) as desk:
        hall.take("stp", **{"class": "merit"})
        hall.take("stp")
        desk.sign_in()
        for letter, phase in (("m", "ready"), ("g", "called"), ("b", "serving")):
            desk.press(letter).reaches(phase)
        for question in ("c", "h"):
            desk.ask(question, "Escape")
            expect(desk.page.locator("dialog[open]")).to_have_count(0)
        desk.press("k").reaches("ready").ask("n", "3").reaches("paused")
        assert missing_texts(desk.page) == []
        assert desk.page.locator("html").get_attribute("lang") == language
        assert "[" not in desk.page.locator(".desk").inner_text()
