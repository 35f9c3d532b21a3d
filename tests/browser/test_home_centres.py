"""The front door of an installation with several centres: one finds one's own, and works in that."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from queue_server.app.access import Role
from queue_server.main import build_access
from queue_server.store.sqlite import SqliteStore
from tests.clients import Keys, busy_site
from tests.servers import RunningCentre
from tests.sites import both

pytestmark = pytest.mark.in_process  # what is looked at here is the same in every async mode

PLACES = ["Xã Hải Hòa", "Phường Bãi Cháy", "Đặc khu Vân Đồn", "Phường Hồng Gai"]
PLACES += [f"Xã thử nghiệm số {n}" for n in range(1, 11)]
PASSWORD = "mật khẩu dài lắm"


@pytest.fixture(scope="module")
def centre() -> Iterator[RunningCentre]:
    with tempfile.TemporaryDirectory(prefix="motcua-") as name:
        store = SqliteStore(Path(name) / "motcua.db")
        for number, place in enumerate(PLACES):
            Keys(Path(name), replace(busy_site(2), id=f"tt{number}", name=both(place, place)), store)
        access = build_access(store, "tt1")
        access.create_person("lan", PASSWORD, Role.OFFICER, counters=["c1"], first_password=False)
        store.close()
        running = RunningCentre(Path(name), demo=False)
        yield running
        running.stop()


def test_an_officer_finds_their_centre_signs_in_and_opens_their_counter(
    centre: RunningCentre, browser: Browser
) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.goto(centre.url)
    expect(page.locator(".centres li")).to_have_count(len(PLACES))
    page.locator("input[type=search]").fill("bai chay")
    expect(page.locator(".centres li")).to_have_text(["Phường Bãi Cháy"])
    page.locator("input[type=search]").fill("không có ở đâu")
    expect(page.locator("[role=status]")).to_be_visible()
    page.locator("input[type=search]").fill("bãi")
    page.locator(".centres li a").click()
    page.locator(".ways a").first.click()
    page.locator("form input").first.fill("lan")
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{centre.url}/@tt1/desk**")
    page.locator("text=Mở quầy 1").wait_for()
    page.keyboard.press("m")
    expect(page.locator("text=Mở quầy 1")).to_have_count(0)
    page.close()
