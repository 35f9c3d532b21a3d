"""From a touch to a number: four touches, one number per intention, whatever fingers and networks do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import SETTLED
from .kiosk_stage import SIZES, Stage, problem, stage_on


@pytest.fixture(params=SIZES)
def stage(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Stage]:
    with stage_on(browser, request.param) as one:
        yield one


@pytest.fixture
def upright(browser: Browser) -> Iterator[Stage]:
    with stage_on(browser, "upright") as one:
        yield one


def walk_to_last_question(page: Page, agency: str = "stnmt") -> None:
    page.locator("button.door").click()
    page.locator(f"[data-agency={agency}]").click()
    page.locator(".service:not(.waiting)").first.click()
    page.locator(".take").wait_for()


def test_the_common_way_to_a_number_takes_four_touches(stage: Stage) -> None:
    stage.open()
    page = stage.page
    touches = 0
    for target in ("button.door", "[data-agency=stnmt]", ".service:not(.waiting)", ".take"):
        page.locator(target).first.click()
        touches += 1
    expect(page.locator(".label-number")).to_have_text("A012")
    assert touches <= 4
    expect(page.locator(".sign-place")).to_have_text("Tầng 1, khu A")
    expect(page.locator(".sign-way")).to_contain_text("Từ sảnh rẽ trái")
    expect(page.locator(".ticket-figures")).to_contain_text("7 người")
    expect(page.locator(".ticket-figures")).to_contain_text("12–20 phút")
    expect(page.locator(".paper")).to_contain_text("Mời bạn lấy phiếu")
    assert [post.body["class"] for post in stage.posts] == ["ordinary"]
    assert stage.complaints == []


def test_the_number_is_the_largest_thing_on_the_glass(stage: Stage) -> None:
    stage.open()
    walk_to_last_question(stage.page)
    stage.page.locator(".take").click()
    stage.page.locator(".label-number").wait_for()
    sizes = stage.page.evaluate(
        """() => [...document.querySelectorAll('.ticket *')]
            .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
            .map((one) => [one.className, parseFloat(getComputedStyle(one).fontSize)])"""
    )
    number = next(size for name, size in sizes if "label-number" in name)
    assert all(size * 3 < number for name, size in sizes if "label-number" not in name)
    box = stage.page.locator(".label-number").bounding_box()
    glass = stage.page.viewport_size
    assert box and glass and box["x"] >= 0 and box["x"] + box["width"] <= glass["width"]


def test_a_chosen_service_and_a_priority_travel_with_the_ticket(upright: Stage) -> None:
    upright.open()
    page = upright.page
    page.locator("button.door").click()
    page.locator("[data-agency=sldtbxh]").click()
    service = page.locator(".service:not(.waiting):not(.other)").first
    chosen = service.get_attribute("data-service")
    service.click()
    page.locator("[data-class=elderly]").click()
    expect(page.locator(".ticket-class")).to_have_text("Ưu tiên: Người cao tuổi")
    (post,) = upright.posts
    assert post.body == {"queue": "sldtbxh", "class": "elderly", "language": "vi", "service": chosen}
    assert post.headers["authorization"] == "Bearer mc_kiosk"


def test_another_matter_gives_a_number_without_a_service(upright: Stage) -> None:
    upright.open()
    upright.page.locator("button.door").click()
    upright.page.locator("[data-agency=syt]").click()
    upright.page.locator("[data-service=other]").click()
    upright.page.locator(".take").click()
    upright.page.locator(".ticket").wait_for()
    assert "service" not in upright.posts[0].body


def test_a_double_tap_takes_one_number(stage: Stage) -> None:
    stage.open()
    walk_to_last_question(stage.page)
    stage.page.locator(".take").evaluate(
        "(button) => { for (let tap = 0; tap < 5; tap += 1) button.click(); }"
    )
    expect(stage.page.locator(".label-number")).to_have_text("A012")
    assert len({post.key for post in stage.posts}) == 1
    assert len(stage.tickets) == 1


def test_taps_on_two_classes_at_once_take_one_number(upright: Stage) -> None:
    upright.open()
    walk_to_last_question(upright.page)
    upright.page.evaluate(
        "() => ['ordinary', 'elderly'].map((one) => document.querySelector(`[data-class=${one}]`).click())"
    )
    upright.page.locator(".ticket").wait_for()
    assert [post.body["class"] for post in upright.posts] == ["ordinary"]


def test_a_lost_answer_is_asked_for_again_under_the_same_key(upright: Stage) -> None:
    upright.answers = ["lost", "silence"]
    upright.open()
    walk_to_last_question(upright.page)
    upright.page.locator(".take").click()
    expect(upright.page.locator(".label-number")).to_have_text("A012")
    assert len(upright.posts) == 3
    assert len({post.key for post in upright.posts}) == 1
    assert len(upright.tickets) == 1


def test_trying_again_after_a_lost_link_keeps_the_key(upright: Stage) -> None:
    upright.answers = ["lost", "silence", "silence", "silence"]
    upright.open()
    walk_to_last_question(upright.page)
    upright.page.locator(".take").click()
    trouble = upright.page.locator(".no-number")
    trouble.wait_for()
    expect(trouble).to_contain_text("cũng chỉ nhận một số")
    upright.page.get_by_role("button", name="Thử lại").click()
    expect(upright.page.locator(".label-number")).to_have_text("A012")
    assert len({post.key for post in upright.posts}) == 1
    assert len(upright.tickets) == 1


def test_a_server_error_shows_its_id_and_the_same_intention_again(upright: Stage) -> None:
    upright.answers = [problem("internal", 500, "", instance="e-4711")]
    upright.open()
    walk_to_last_question(upright.page)
    upright.page.locator(".take").click()
    expect(upright.page.locator(".no-number")).to_contain_text("e-4711")
    upright.page.get_by_role("button", name="Thử lại").click()
    upright.page.locator(".ticket").wait_for()
    assert len({post.key for post in upright.posts}) == 1


def test_the_next_person_has_an_intention_of_their_own(upright: Stage) -> None:
    upright.open()
    for label in ("A012", "A013"):
        walk_to_last_question(upright.page)
        upright.page.locator(".take").click()
        expect(upright.page.locator(".label-number")).to_have_text(label)
        upright.page.get_by_role("button", name="Xong").click()
    assert len({post.key for post in upright.posts}) == 2


def test_a_key_is_a_uuid_even_where_the_browser_makes_none(upright: Stage) -> None:
    upright.open()
    assert upright.page.evaluate("() => crypto.randomUUID === undefined")
    keys = upright.page.evaluate(
        """async () => {
            const { newKey } = await import("/assets/api.js");
            return Array.from({ length: 50 }, newKey);
        }"""
    )
    pattern = "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
    assert upright.page.evaluate(
        "([keys, pattern]) => keys.every((key) => new RegExp(pattern).test(key))", [keys, pattern]
    )
    assert len(set(keys)) == 50


def test_the_token_leaves_the_address_bar_and_stays_on_the_device(upright: Stage) -> None:
    upright.open()
    assert "mc_kiosk" not in upright.page.url
    upright.page.goto("http://kiosk.test/kiosk/lobby")
    upright.page.locator("button.door").wait_for()
    walk_to_last_question(upright.page)
    upright.page.locator(".take").click()
    upright.page.locator(".ticket").wait_for()
    assert upright.posts[-1].headers["authorization"] == "Bearer mc_kiosk"


@pytest.mark.parametrize(
    ("states", "says"),
    [
        (["queued"], "Đang in phiếu"),
        (["printing"], "Đang in phiếu"),
        (["printing", "printed"], "Mời bạn lấy phiếu"),
        (["printing", "failed"], "chụp lại màn hình"),
        (["printing", "uncertain"], "chụp lại màn hình"),
    ],
)
def test_the_ticket_says_what_became_of_its_slip(upright: Stage, states: list[str], says: str) -> None:
    upright.printing = states
    upright.open()
    walk_to_last_question(upright.page)
    upright.page.locator(".take").click()
    expect(upright.page.locator(".paper")).to_contain_text(says)
    expect(upright.page.locator(".paper")).to_have_attribute("data-slip", states[-1])


def test_the_ticket_s_code_leads_to_its_tracking_page(upright: Stage, read_qr: Callable[[Page], str]) -> None:
    upright.open()
    walk_to_last_question(upright.page)
    upright.page.locator(".take").click()
    upright.page.locator(".qr").wait_for()
    assert read_qr(upright.page) == "http://kiosk.test/t/mRz0cJ3vQk1TqkYv5dXb7w"


@pytest.fixture
def read_qr() -> Callable[[Page], str]:
    def read(page: Page) -> str:
        import io

        import zxingcpp
        from PIL import Image

        page.evaluate(SETTLED)
        picture = Image.open(io.BytesIO(page.screenshot()))
        (found,) = zxingcpp.read_barcodes(picture)
        return str(found.text)

    return read


def test_an_agency_with_several_lines_asks_which(upright: Stage) -> None:
    police: dict[str, Any] = next(queue for queue in upright.site["queues"] if queue["id"] == "cat")
    second = {**police, "id": "cat-2", "name": {"vi": "Đăng ký xe", "en": "Vehicles"}, "prefix": "UB"}
    upright.site["queues"].append(second)
    upright.open()
    upright.page.locator("button.door").click()
    upright.page.locator("[data-agency=cat]").click()
    upright.page.locator("[data-queue=cat-2]").click()
    upright.page.locator(".take").click()  # no services are listed for it, so that question is skipped
    expect(upright.page.locator(".label-number")).to_have_text("UB012")
