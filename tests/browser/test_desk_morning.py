"""An officer's morning against the real server, by keyboard alone: every verb, and what it does there."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.servers import RunningCentre, motcua

from .desk_stage import Desk, Hall, desk_at, missing_texts
from .kiosk_sample import SAMPLE

pytestmark = pytest.mark.in_process  # what is looked at here is the same in every async mode

LEAST = {"recall_seconds": 1, "calls_before_no_show": 2}


@pytest.fixture(scope="module")
def centre() -> Iterator[RunningCentre]:
    """The sample centre, but calls may follow each other quickly and an absence takes two of them."""
    with tempfile.TemporaryDirectory(prefix="motcua-") as name:
        folder = Path(name)
        described = shutil.copytree(SAMPLE, folder / "described") / "site.toml"
        words = described.read_text(encoding="utf-8")
        for key, value in LEAST.items():
            words, found = re.subn(rf"{key} = \d+", f"{key} = {value}", words)
            assert found == 1, key
        described.write_text(words, encoding="utf-8")
        motcua("import", str(described), "--data", name)
        running = RunningCentre(folder)
        try:
            yield running
        finally:
            running.stop()


class Morning:
    """The officer's hands, and the hall as the server knows it."""

    def __init__(self, hall: Hall, desk: Desk) -> None:
        self.hall = hall
        self.desk = desk
        self.page = desk.page

    def take(self, count: int = 1, **wishes: str) -> list[dict[str, Any]]:
        return [self.hall.take("stp", **wishes) for _ in range(count)]

    def is_here(self, ticket: dict[str, Any], state: str = "called") -> None:
        self.desk.reaches(state)
        expect(self.desk.label).to_have_text(ticket["label"])

    def is_next(self, ticket: dict[str, Any]) -> None:
        expect(self.page.locator(".up-next .label")).to_have_text(ticket["label"])

    def is_now(self, ticket: dict[str, Any], state: str, **facts: Any) -> None:
        """So the server says, too."""
        known = self.hall.ticket(ticket["id"])
        assert {"state": known["state"], **{key: known[key] for key in facts}} == {"state": state, **facts}

    def can(self, verb: str) -> None:
        expect(self.desk.verb(verb)).not_to_have_attribute("aria-disabled", "true")

    def types(self, *words: str) -> None:
        for word in words:
            self.page.keyboard.type(word)
            self.page.keyboard.press("Enter")

    def calls_twice(self) -> None:
        self.can("recall")
        self.desk.press("l")
        expect(self.page.locator(".who-is-here")).to_contain_text("lần 2")
        self.can("no_show")


@pytest.fixture
def morning(centre: RunningCentre, browser: Browser) -> Iterator[Morning]:
    hall = Hall(centre.url)
    with desk_at(hall, browser, "12") as desk:
        one = Morning(hall, desk)
        yield one
        assert missing_texts(one.page) == []
    hall.clear()


def signs_in(morning: Morning) -> None:
    page, desk = morning.page, morning.desk
    page.goto(f"{morning.hall.url}/desk")
    page.locator("#login:focus").wait_for()
    page.keyboard.type(desk.officer["login"])
    page.keyboard.press("Tab")
    morning.types(desk.officer["password"])
    desk.reaches("closed").press("m")


def misses_somebody(morning: Morning, first: dict[str, Any], second: dict[str, Any]) -> None:
    """A call and an absence are taken back; who was absent comes again within the grace."""
    desk = morning.desk
    desk.reaches("ready").press("g")
    morning.is_here(first)
    desk.press("z").reaches("ready")
    morning.is_next(first)
    morning.is_now(first, "waiting", calls=0)
    desk.press("g")
    morning.is_here(first)
    desk.press("v")
    expect(desk.word).to_contain_text("Gọi thêm 1 lần nữa")
    morning.calls_twice()
    desk.press("v").reaches("ready").press("z")
    morning.is_here(first)
    morning.is_now(first, "called", calls=2)
    desk.press("v").reaches("ready")
    morning.is_next(second)
    morning.is_now(first, "no_show")
    desk.ask("q")
    morning.types(first["label"][1:])
    morning.is_here(first)


def parks_with_a_note(morning: Morning, ticket: dict[str, Any]) -> None:
    desk = morning.desk
    desk.press("b").reaches("serving").press("i")
    morning.types("thiếu bản sao trang 3")
    expect(morning.page.locator(".note-word")).to_have_text("Đã lưu")
    desk.ask("a", "ArrowLeft", "1").reaches("ready")
    parked = morning.page.locator(".parked li")
    expect(parked).to_contain_text(ticket["label"])
    expect(parked).to_contain_text("nhắc lúc")
    morning.is_now(ticket, "parked")


def sends_onward(morning: Morning, ticket: dict[str, Any]) -> None:
    desk = morning.desk
    desk.press("g")
    morning.is_here(ticket)
    desk.press("b").reaches("serving").ask("e")
    morning.types("cong an tinh")
    expect(morning.page.locator(".stops")).to_contain_text("Công an tỉnh")
    desk.press("k").reaches("ready")
    expect(desk.word).to_contain_text(f"Mời {ticket['label']} đến Công an tỉnh")
    morning.is_now(ticket, "waiting", queue="cat", label=ticket["label"])


def finishes_the_parked(morning: Morning, ticket: dict[str, Any]) -> None:
    desk = morning.desk
    desk.ask("1", "g")
    morning.is_here(ticket)
    expect(morning.page.locator(".parked")).to_have_count(0)
    desk.press("b").reaches("serving")
    expect(morning.page.locator(".note textarea")).to_have_value("thiếu bản sao trang 3")
    desk.ask("x", "2").reaches("ready").press("z")
    morning.is_here(ticket, "serving")
    desk.press("k").reaches("ready")
    morning.is_now(ticket, "finished")


def sends_away(
    morning: Morning, moved: dict[str, Any], returned: dict[str, Any], parked: dict[str, Any]
) -> None:
    """Transfer, return, cancel, and from the parked back to the line."""
    desk = morning.desk
    desk.press("g")
    morning.is_here(moved)
    desk.ask("c")
    morning.types("xay dung")
    desk.reaches("ready").press("g")
    morning.is_here(returned)
    morning.is_now(moved, "waiting", queue="sxd")
    desk.press("b").reaches("serving").press("t").reaches("ready")
    morning.is_next(returned)
    desk.press("g")
    morning.is_here(returned)
    desk.ask("h", "1").reaches("ready")
    morning.is_now(returned, "cancelled")
    desk.press("g")
    morning.is_here(parked)
    desk.ask("a", "3")
    expect(morning.page.locator(".parked li")).to_contain_text(parked["label"])
    desk.ask("1", "t")
    expect(morning.page.locator(".parked")).to_have_count(0)
    morning.is_now(parked, "waiting")


def talks_with_the_supervisor(morning: Morning) -> None:
    desk, hall, page = morning.desk, morning.hall, morning.page
    desk.reaches("ready").press("y")
    expect(page.locator(".supervision")).to_contain_text("đã nhờ lúc")
    assert hall.counter("12")["help_asked_at"] is not None
    desk.press("y")
    expect(desk.verb("ask_help")).to_be_visible()
    assert hall.counter("12")["help_asked_at"] is None
    hall.supervise("/counters/12/summon", reason="come").raise_for_status()
    page.locator(".summons").wait_for()
    desk.press("r")
    expect(page.locator(".summons")).to_have_count(0)
    assert hall.counter("12")["summons"] is None


def loses_the_counter_and_leaves(morning: Morning) -> None:
    desk, hall, page = morning.desk, morning.hall, morning.page
    desk.ask("n", "1").reaches("paused").press("m").reaches("ready")
    hall.supervise("/counters/12/take-over").raise_for_status()
    desk.reaches("taken")
    expect(page.locator(".headline")).to_contain_text("đã nhận quầy 12")
    hall.supervise("/counters/12/close").raise_for_status()
    desk.reaches("closed").press("m").reaches("ready")
    desk.ask("?", "Escape").press("d").reaches("closed").press("m").reaches("ready")
    desk.ask("o", "o")
    page.locator("#login").wait_for()
    assert hall.counter("12")["state"] == "closed"


def test_an_officers_morning_by_keyboard_alone(morning: Morning) -> None:
    first, second, third, fourth, fifth = morning.take(5)
    signs_in(morning)
    misses_somebody(morning, first, second)
    parks_with_a_note(morning, first)
    sends_onward(morning, second)
    finishes_the_parked(morning, first)
    sends_away(morning, third, fourth, fifth)
    talks_with_the_supervisor(morning)
    loses_the_counter_and_leaves(morning)


def test_a_note_goes_with_the_number_to_the_next_officer(morning: Morning, browser: Browser) -> None:
    [ticket] = morning.take()
    desk = morning.desk.open().press("g").reaches("called").press("i")
    morning.types("đã nộp bản gốc")
    with desk_at(morning.hall, browser, "13") as other:
        other.sign_in().press("m").reaches("empty")
        desk.ask("c")
        morning.types("quầy 13")
        desk.reaches("empty")
        other.reaches("ready").press("g").reaches("called")
        expect(other.label).to_have_text(ticket["label"])
        expect(other.page.locator(".note textarea")).to_have_value("đã nộp bản gốc")
