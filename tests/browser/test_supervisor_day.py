"""A supervisor's day by mouse, against the real server: what the page does happens in the hall."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.servers import RunningCentre, motcua

from .desk_stage import FAILED_LOAD, Hall
from .kiosk_sample import SAMPLE

VANISHES = "7"
"""Whoever opens this counter as the day begins is not heard of again."""

SIZE = {"width": 1366, "height": 768}
VIEWER = ("nguoi-xem", "mat-khau-chi-de-xem")


class Day:
    """One person's page over the hall, with the hands of a mouse."""

    def __init__(self, hall: Hall, page: Page) -> None:
        self.hall = hall
        self.page = page
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._hear)

    def _hear(self, message: Any) -> None:
        if message.type in ("error", "warning") and FAILED_LOAD not in message.text:
            self.complaints.append(message.text)

    def sign_in(self, login: str, password: str, path: str = "/signin") -> Day:
        self.page.goto(f"{self.hall.url}{path}")
        self.page.locator("#login").fill(login)
        self.page.locator("#password").fill(password)
        self.page.locator("button[type=submit]").click()
        self.page.locator(".super[data-status=live]").wait_for()
        return self

    def line(self, queue: str) -> Locator:
        return self.page.locator(f"tr[data-queue={queue}]")

    def tile(self, counter: str) -> Locator:
        return self.page.locator(f".tile[data-counter='{counter}']")

    def alert(self, kind: str, at: str) -> Locator:
        return self.page.locator(f".alert[data-kind={kind}][data-at='{at}']")

    @property
    def sheet(self) -> Locator:
        return self.page.locator("dialog.sheet[open]")

    def hears(self, words: str) -> None:
        """The last act's outcome is told."""
        expect(self.page.locator(".word[data-kind=done]")).to_contain_text(words)

    def put_away(self) -> None:
        self.sheet.locator(".sheet-bar .button").last.click()
        expect(self.sheet).to_have_count(0)
        self.page.mouse.move(1, 1)


class Officer:
    """An officer of the demonstration, by the API."""

    def __init__(self, hall: Hall, counter: str) -> None:
        self.url, self.counter = hall.url, counter
        self.session = requests.Session()
        who = hall.who_sits_at(counter)
        body = {"login": who["login"], "password": who["password"]}
        signed_in = self.session.post(f"{self.url}/api/v1/session", json=body, timeout=30)
        self.session.headers["X-CSRF-Token"] = signed_in.json()["csrf"]

    def does(self, path: str, **body: Any) -> Any:
        answer = self.session.post(f"{self.url}/api/v1{path}", json=body, timeout=30)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def opens(self) -> Officer:
        self.does(f"/counters/{self.counter}/open")
        return self

    def serves_next(self) -> str:
        called = self.does(f"/counters/{self.counter}/call-next")["ticket"]
        self.does(f"/tickets/{called['id']}/start")
        return str(called["id"])


@pytest.fixture(scope="module")
def centre() -> Iterator[RunningCentre]:
    """The sample centre, but an officer is missed after fifteen seconds."""
    with tempfile.TemporaryDirectory(prefix="motcua-") as name:
        folder = Path(name)
        described = shutil.copytree(SAMPLE, folder / "described") / "site.toml"
        words = described.read_text(encoding="utf-8")
        described.write_text(re.sub(r"vanish_seconds = \d+", "vanish_seconds = 15", words), encoding="utf-8")
        motcua("import", str(described), "--data", name)
        running = RunningCentre(folder)
        try:
            yield running
        finally:
            running.stop()


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=SIZE)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def everyday(centre: RunningCentre, page: Page) -> Day:
    """The supervisor, signed in once for the whole day, by the way that offers the page of itself."""
    hall = Hall(centre.url)
    leader = hall.demo["supervisor"]
    Officer(hall, VANISHES).opens()
    hall.busy.clear()
    day = Day(hall, page).sign_in(leader["login"], leader["password"])
    assert page.url == f"{hall.url}/supervisor"
    return day


@pytest.fixture
def day(everyday: Day) -> Iterator[Day]:
    yield everyday
    if everyday.sheet.count():
        everyday.put_away()
    everyday.hall.clear()
    assert everyday.complaints == []


def refused(hall: Hall, queue: str) -> str:
    with pytest.raises(requests.HTTPError) as raised:
        hall.take(queue)
    code: str = raised.value.response.json()["code"]
    return code


def test_a_queue_that_is_closed_gives_no_more_numbers_until_it_is_opened(day: Day) -> None:
    kiosk = day.page.context.new_page()
    kiosk.goto(day.hall.url + day.hall.demo["kiosks"][0]["url"])
    kiosk.locator(".door").click()
    day.line("sdl").click()
    day.sheet.locator("[data-gate-act=close]").click()
    expect(day.sheet.locator(".asking")).to_contain_text("ngừng phát số cho Sở Du lịch")
    day.hall.take("sdl")
    day.sheet.locator("[data-sure=gate_queue]").click()
    day.hears("Đã ngừng nhận số cho Sở Du lịch.")
    expect(day.sheet.locator("[data-part=gate]")).to_have_attribute("data-gate", "closed")
    expect(kiosk.locator("[data-agency=sdl]")).to_contain_text("Hôm nay đã ngừng nhận")
    kiosk.close()
    assert refused(day.hall, "sdl") == "queue_closed"
    day.sheet.locator("[data-gate-act=open]").click()
    day.hears("Sở Du lịch nhận số trở lại.")
    day.hall.take("sdl")


def test_a_queue_is_limited_to_so_many_more_numbers(day: Day) -> None:
    day.line("syt").click()
    day.sheet.locator("#limit").fill("1")
    day.sheet.locator("[data-gate-act=limit]").click()
    day.hears("Sở Y tế chỉ phát thêm 1 số hôm nay.")
    expect(day.line("syt").locator(".gate")).to_have_text("còn 1")
    day.hall.take("syt")
    expect(day.line("syt").locator(".gate")).to_have_text("hết số")
    assert refused(day.hall, "syt") == "queue_full"
    day.sheet.locator("[data-gate-act=open]").click()
    day.hears("Sở Y tế nhận số trở lại.")
    day.hall.take("syt")


def test_a_line_that_nobody_serves_calls_for_a_colleague_until_one_comes(day: Day) -> None:
    day.hall.take("sct")
    alert = day.alert("unserved", "sct")
    expect(alert).to_contain_text("không quầy mở; 1 người chờ")
    alert.locator("button.small").click()
    helper = day.sheet.locator(".helpers li[data-counter='36']")
    helper.locator("[data-act=summon]").click()
    helper.locator("[data-reason=open_counter]").click()
    day.hears("Đã gọi quầy 36")
    assert day.hall.counter("36")["summons"]["reason"] == "open_counter"
    expect(helper.locator(".summoned")).to_be_visible()
    day.put_away()
    Officer(day.hall, "36").opens()
    expect(alert).to_have_count(0)
    expect(day.tile("36")).to_have_attribute("data-state", "open")


def test_a_number_is_moved_to_another_line(day: Day) -> None:
    ticket = day.hall.take("stp")
    day.line("stp").click()
    day.sheet.locator(f"[data-ticket='{ticket['id']}']").click()
    day.sheet.locator(".search").fill("bao hiem")
    day.sheet.locator("[data-place='queue bhxh'] .place").click()
    expect(day.sheet.locator(".asking")).to_contain_text(f"{ticket['label']} sẽ rời hàng này")
    day.sheet.locator("[data-sure=transfer]").click()
    day.hears(f"Đã chuyển {ticket['label']} đến Bảo hiểm xã hội tỉnh Quảng Ninh.")
    assert day.hall.ticket(ticket["id"])["queue"] == "bhxh"
    expect(day.line("bhxh").locator(".waiting")).to_have_text("1")
    expect(day.line("stp").locator(".waiting")).to_have_text("0")


def test_a_counter_is_given_other_lines(day: Day) -> None:
    before = day.hall.counter("33")
    day.tile("33").click()
    day.sheet.locator("[data-act=assign_counter]").click()
    day.sheet.locator(".assign li[data-queue=sdl] input[value=serves]").check()
    day.sheet.locator(".assign li[data-queue=kbnn] input[value=none]").check()
    day.sheet.locator("[data-send=assign]").click()
    expect(day.sheet.locator(".asking")).to_contain_text("Sở Du lịch")
    day.sheet.locator("[data-sure=assign_counter]").click()
    day.hears("Quầy 33 nay phục vụ")
    now = day.hall.counter("33")
    assert "sdl" in now["queues"] and "kbnn" not in now["queues"]
    assert now["helps"] == before["helps"]
    day.hall.supervise("/counters/33/assign", queues=before["queues"], helps=before["helps"])


def test_a_cry_for_help_is_answered_with_one_press(day: Day) -> None:
    officer = Officer(day.hall, "20").opens()
    officer.does("/counters/20/ask-help")
    alert = day.alert("help", "20")
    expect(day.tile("20")).to_contain_text("Cần giúp")
    alert.locator("[data-act=answer]").click()
    day.hears("Quầy 20 biết là bạn đang đến.")
    day.page.mouse.move(1, 1)
    expect(alert).to_have_count(0)
    assert day.hall.counter("20")["help_asked_at"] is None


def test_a_counter_is_taken_over_with_its_person_then_closed_without_losing_anyone(day: Day) -> None:
    day.hall.take("cat")
    officer = Officer(day.hall, "14").opens()
    served = officer.serves_next()
    day.tile("14").click()
    day.sheet.locator("[data-act=take_over]").click()
    expect(day.sheet.locator(".asking")).to_contain_text("ở lại quầy, do bạn phục vụ")
    day.sheet.locator("[data-sure=take_over]").click()
    day.hears("Bạn đã nhận quầy 14.")
    expect(day.sheet.locator(".facts").first).to_contain_text("Điều phối")
    assert day.hall.ticket(served)["state"] == "serving"
    expect(day.sheet.locator("[data-act=take_over]")).to_have_count(0)  # it is theirs by now
    day.sheet.locator("[data-act=close_counter]").click()
    day.sheet.locator("[data-sure=close_counter]").click()
    day.hears("đã về hàng; quầy 14 đã đóng.")
    assert day.hall.ticket(served)["state"] == "waiting"
    assert day.hall.counter("14")["state"] == "closed"


def test_what_somebody_else_did_meanwhile_is_refused_in_words(day: Day) -> None:
    """Two supervisors: the other one moves the number first."""
    ticket = day.hall.take("hq")
    day.line("hq").click()
    day.sheet.locator(f"[data-ticket='{ticket['id']}']").click()
    day.sheet.locator("[data-place='queue sdl'] .place").click()

    def after_the_other(route: Route) -> None:
        day.hall.supervise(f"/tickets/{ticket['id']}/transfer", queue="sdl").raise_for_status()
        route.continue_()

    day.page.route("**/transfer", after_the_other)
    day.sheet.locator("[data-sure=transfer]").click()
    expect(day.page.locator(".word[data-kind=refused]")).to_contain_text("đang ở đúng nơi đó")
    day.page.unroute("**/transfer")


def change_first_password(hall: Hall, login: str, first: str, own: str) -> None:
    with requests.Session() as session:
        body = {"login": login, "password": first}
        signed_in = session.post(f"{hall.url}/api/v1/session", json=body, timeout=30).json()
        headers = {"X-CSRF-Token": signed_in["csrf"]}
        change = {"current": first, "new": own}
        session.post(
            f"{hall.url}/api/v1/session/password", json=change, headers=headers, timeout=30
        ).raise_for_status()


def test_a_viewer_sees_the_hall_and_is_offered_nothing(
    day: Day, centre: RunningCentre, browser: Browser
) -> None:
    login, password = VIEWER
    centre.motcua("person", "create", login, "--role", "viewer", "--password", "mat khau ban dau")
    change_first_password(day.hall, login, "mat khau ban dau", password)
    day.hall.take("stp")
    context = browser.new_context(viewport=SIZE)  # type: ignore[arg-type]
    try:
        looker = Day(day.hall, context.new_page()).sign_in(login, password)
        expect(looker.line("stp").locator(".waiting")).to_have_text("1")
        looker.line("stp").click()
        expect(looker.sheet).to_be_visible()
        assert looker.page.locator("[data-act], [data-gate-act], [data-sure], .limit").count() == 0
        assert looker.complaints == []
    finally:
        context.close()


def test_an_officer_who_vanished_is_noticed_and_their_counter_closed(day: Day) -> None:
    alert = day.alert("away", VANISHES)
    expect(alert).to_contain_text("cán bộ vắng, quầy vẫn để mở", timeout=60_000)
    expect(day.tile(VANISHES)).to_have_attribute("data-state", "away")
    alert.locator("button.small").click()
    day.sheet.locator("[data-act=close_counter]").click()
    day.sheet.locator("[data-sure=close_counter]").click()
    day.hears("Quầy 7 đã đóng.")
    day.put_away()
    expect(alert).to_have_count(0)
