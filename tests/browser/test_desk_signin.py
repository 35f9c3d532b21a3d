"""Signing in: calm about mistakes, honest about trouble, and never led astray."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from tests.servers import RunningCentre

from .desk_stage import Hall, missing_texts


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
    page.keyboard.type(officer["password"])
    page.keyboard.press("Enter")
    page.locator(".desk").wait_for()


def test_an_empty_field_is_asked_for_without_troubling_the_server(hall: Hall, page: Page) -> None:
    page.goto(f"{hall.url}/signin")
    page.locator("#login").fill("ai-do")
    page.keyboard.press("Enter")
    expect(page.locator(".trouble")).to_contain_text("Chưa đủ")
    expect(page.locator("#password")).to_be_focused()


def test_too_many_attempts_are_told_how_long_to_wait(hall: Hall, page: Page) -> None:
    body = {"login": "doan-mo", "password": "doan"}
    for _ in range(12):
        answer = requests.post(f"{hall.url}/api/v1/session", json=body, timeout=30)
        if answer.status_code == 429:
            break
    assert answer.status_code == 429
    page.goto(f"{hall.url}/signin")
    sign_in(page, "doan-mo", "doan")
    expect(page.locator(".trouble")).to_contain_text("vui lòng chờ 1 phút")


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
