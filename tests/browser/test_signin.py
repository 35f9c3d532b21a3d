"""Signing in, and a password of one's own: calm about mistakes, honest about trouble, never led astray."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
import requests
from playwright.sync_api import Browser, Page, Route, expect

from tests.servers import RunningCentre

from .desk_stage import Hall, missing_texts

pytestmark = pytest.mark.in_process  # what is looked at here is the same in every async mode

FIRST = "mat khau ban dau"


@pytest.fixture
def hall(centre: RunningCentre) -> Iterator[Hall]:
    one = Hall(centre.url)
    yield one
    one.clear()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    yield context.new_page()
    context.close()


def sign_in(page: Page, login: str, password: str) -> None:
    page.locator("#login").fill(login)
    page.locator("#password").fill(password)
    page.keyboard.press("Enter")


def test_a_desk_without_a_session_asks_for_one_and_comes_back(hall: Hall, page: Page) -> None:
    officer = hall.who_sits_at("15")
    page.goto(f"{hall.url}/desk?counter=15")
    page.locator("#login:focus").wait_for()
    sign_in(page, officer["login"], officer["password"])
    page.locator(".desk[data-status=live]").wait_for()
    assert page.url == f"{hall.url}/desk?counter=15"


def test_a_wrong_password_is_said_calmly_and_can_be_mended(hall: Hall, page: Page) -> None:
    officer = hall.who_sits_at("15")
    page.goto(f"{hall.url}/signin?login={officer['login']}")
    expect(page.locator("#password")).to_be_focused()
    expect(page.locator("#login")).to_have_value(officer["login"])
    page.locator("#password").fill("sai mật khẩu")
    page.keyboard.press("Enter")
    expect(page.locator(".trouble")).to_contain_text("chưa đúng")
    expect(page.locator("#password")).to_be_focused()
    expect(page.locator("#password")).to_have_attribute("aria-describedby", "trouble")
    expect(page.locator("#password")).to_have_attribute("aria-invalid", "true")
    page.keyboard.type(officer["password"])
    page.keyboard.press("Enter")
    page.locator(".desk").wait_for()


def test_an_empty_field_is_asked_for_without_troubling_the_server(hall: Hall, page: Page) -> None:
    page.goto(f"{hall.url}/signin")
    page.locator("#login").fill("ai-do")
    page.keyboard.press("Enter")
    expect(page.locator(".trouble")).to_contain_text("Chưa đủ")
    expect(page.locator("#password")).to_be_focused()
    expect(page.locator("#password")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#login")).not_to_have_attribute("aria-invalid", "true")


def test_the_last_tries_are_counted_and_a_lock_says_for_how_long_and_who_can_help(
    hall: Hall, page: Page
) -> None:
    body = {"login": "doan-mo", "password": "doan"}
    for _ in range(3):
        requests.post(f"{hall.url}/api/v1/session", json=body, timeout=30)
    page.goto(f"{hall.url}/signin")
    sign_in(page, "doan-mo", "doan")
    expect(page.locator(".trouble")).to_contain_text("Còn 1 lần thử")
    sign_in(page, "doan-mo", "doan nua")
    expect(page.locator(".trouble")).to_contain_text("Tài khoản tạm khóa")
    expect(page.locator(".trouble")).to_contain_text("sau 15 phút, hoặc nhờ quản trị viên mở khóa ngay")


def test_an_address_that_guesses_too_often_is_told_to_wait(hall: Hall, page: Page) -> None:
    problem = {"code": "too_many_attempts", "status": 429, "params": {"seconds": 61}}
    page.route("**/api/v1/session", lambda route: _answer(route, 429, problem))
    page.goto(f"{hall.url}/signin")
    sign_in(page, "quay-1", "x")
    expect(page.locator(".trouble")).to_contain_text("vui lòng chờ 2 phút")


def _answer(route: Route, status: int, body: dict[str, Any]) -> None:
    if route.request.method == "POST":
        route.fulfill(status=status, content_type="application/problem+json", json=body)
    else:
        route.continue_()


def test_a_server_that_is_away_is_said(hall: Hall, page: Page) -> None:
    page.goto(f"{hall.url}/signin")
    page.locator("#login").wait_for()
    page.route("**/api/v1/session", lambda route: route.abort())
    sign_in(page, "quay-1", "x")
    expect(page.locator(".trouble")).to_contain_text("Chưa liên lạc được với máy chủ")
    expect(page.locator("button[type=submit]")).not_to_have_attribute("aria-disabled", "true")


@pytest.mark.parametrize(
    "next_page",
    ["https://example.org/", "//example.org/desk", "/\\example.org", "javascript:alert(1)", "desk"],
)
def test_sign_in_leads_to_no_other_site(hall: Hall, page: Page, next_page: str) -> None:
    officer = hall.who_sits_at("15")
    page.goto(f"{hall.url}/signin?next={quote(next_page, safe='')}")
    sign_in(page, officer["login"], officer["password"])
    page.locator(".desk").wait_for()
    assert page.url == f"{hall.url}/desk"


def test_a_password_can_be_looked_at(hall: Hall, page: Page) -> None:
    page.goto(f"{hall.url}/signin")
    page.locator("#password").fill("mật khẩu")
    page.get_by_role("button", name="Hiện").click()
    expect(page.locator("#password")).to_have_attribute("type", "text")
    expect(page.locator("#password")).to_have_value("mật khẩu")
    page.get_by_role("button", name="Ẩn").click()
    expect(page.locator("#password")).to_have_attribute("type", "password")


def test_the_language_is_switched_and_kept(hall: Hall, page: Page) -> None:
    page.goto(f"{hall.url}/signin")
    page.get_by_role("button", name="English").click()
    expect(page.locator("h1")).to_have_text("Sign in")
    page.reload()
    expect(page.locator("h1")).to_have_text("Sign in")
    assert missing_texts(page) == []


@pytest.fixture
def newcomer(centre: RunningCentre, hall: Hall) -> str:
    """An officer of counter 16 who has a first password, FIRST."""
    login = f"moi-{len(centre.motcua('person', 'list').stdout.splitlines())}"
    centre.motcua("person", "create", login, "--counter", "16", "--password", FIRST)
    hall.busy.add("16")
    return login


def set_password(page: Page, new: str, again: str | None = None) -> None:
    page.locator("#next").fill(new)
    page.locator("#again").fill(new if again is None else again)
    page.keyboard.press("Enter")


def test_a_first_password_is_changed_by_keyboard_before_the_first_work(
    hall: Hall, page: Page, newcomer: str
) -> None:
    page.goto(f"{hall.url}/desk?counter=16")
    page.locator("#login:focus").wait_for()
    page.keyboard.type(newcomer)
    page.keyboard.press("Tab")
    page.keyboard.type(FIRST)
    page.keyboard.press("Enter")
    page.locator("#next:focus").wait_for()
    assert page.title() == "Đặt mật khẩu của bạn"
    expect(page.locator("#rules")).to_contain_text("Ít nhất 10 ký tự")
    expect(page.locator("#next")).to_have_attribute("aria-describedby", "rules")
    page.keyboard.type("một câu nào đó")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("#again")).to_be_focused()
    page.keyboard.type("một câu nào đó")
    page.keyboard.press("Enter")
    page.locator(".desk").wait_for()
    assert page.url == f"{hall.url}/desk?counter=16"
    assert missing_texts(page) == []


def test_every_mistake_in_a_new_password_is_said_at_its_field(hall: Hall, page: Page, newcomer: str) -> None:
    page.goto(f"{hall.url}/signin?login={newcomer}")
    sign_in(page, newcomer, FIRST)
    page.locator("#next:focus").wait_for()
    for new, again, field, said in (
        ("ngắn", "ngắn", "next", "ít nhất 10 ký tự"),
        (FIRST, FIRST, "next", "phải khác"),
        ("matkhau123", "matkhau123", "next", "quá dễ đoán"),
        (newcomer + newcomer, newcomer + newcomer, "next", "không được là tên đăng nhập"),
        ("một câu nào đó", "một câu khác", "again", "chưa giống nhau"),
    ):
        set_password(page, new, again)
        expect(page.locator(f"#{field}-error")).to_contain_text(said)
        expect(page.locator(f"#{field}")).to_be_focused()
        expect(page.locator(f"#{field}")).to_have_attribute("aria-invalid", "true")
        assert f"{field}-error" in (page.locator(f"#{field}").get_attribute("aria-describedby") or "")
        expect(page.locator(".error")).to_have_count(1)
    assert missing_texts(page) == []


def test_after_a_reload_the_current_password_is_asked_for_and_one_may_leave_instead(
    hall: Hall, page: Page, newcomer: str
) -> None:
    page.goto(f"{hall.url}/signin")
    sign_in(page, newcomer, FIRST)
    page.locator("#next:focus").wait_for()
    page.goto(f"{hall.url}/desk?counter=16")
    page.locator("#current:focus").wait_for()
    page.locator("#current").fill("sai mật khẩu")
    set_password(page, "một câu nào đó")
    expect(page.locator("#current-error")).to_contain_text("Còn 4 lần thử")
    expect(page.locator("#current")).to_be_focused()
    page.get_by_role("button", name="Đăng xuất, để sau").click()
    page.locator("#login:focus").wait_for()
    sign_in(page, newcomer, FIRST)
    page.locator("#next:focus").wait_for()


def test_anybody_may_change_their_password_when_they_wish(hall: Hall, page: Page, newcomer: str) -> None:
    page.goto(f"{hall.url}/signin?password&next=/desk%3Fcounter%3D16")
    sign_in(page, newcomer, FIRST)
    set_password(page, "một câu nào đó")
    page.locator(".desk").wait_for()
    page.goto(f"{hall.url}/signin?password&next=/desk%3Fcounter%3D16")
    page.locator("#current:focus").wait_for()
    expect(page.locator("h1")).to_have_text("Đổi mật khẩu")
    page.locator("#current").fill("một câu nào đó")
    set_password(page, "một câu khác hẳn")
    page.locator(".desk").wait_for()
    answers = [
        requests.post(
            f"{hall.url}/api/v1/session", json={"login": newcomer, "password": password}, timeout=30
        ).status_code
        for password in ("một câu nào đó", "một câu khác hẳn")
    ]
    assert answers == [401, 200]


def test_a_session_that_is_over_is_said_and_signing_in_leads_back(
    hall: Hall, page: Page, centre: RunningCentre
) -> None:
    officer = hall.who_sits_at("15")
    page.goto(f"{hall.url}/signin?next=/desk%3Fcounter%3D15")
    sign_in(page, officer["login"], officer["password"])
    page.locator(".desk[data-status=live]").wait_for()
    centre.motcua("session", "end", officer["login"])
    time.sleep(2)  # for so long a server believes what it knew
    page.goto(f"{hall.url}/desk?counter=15")
    expect(page.locator(".trouble")).to_contain_text("Phiên đăng nhập đã kết thúc")
    expect(page.locator("#login")).to_be_focused()
    sign_in(page, officer["login"], officer["password"])
    page.locator(".desk").wait_for()
    assert page.url == f"{hall.url}/desk?counter=15"
