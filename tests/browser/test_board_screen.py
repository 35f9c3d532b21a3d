"""The board's face: every state of it fits the glass, reads from afar, and says when it is not up to date."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.board_page import (
    ROOT,
    Board,
    FolderServer,
    ago,
    announcement,
    announcements,
    board_row,
    call_row,
    calls,
)

FULL_HD = (1920, 1080)
SIZES = [FULL_HD, (1280, 720), (1024, 768), (1080, 1920), (3840, 2160)]

CUT_OFF = """
(() => {
  const inside = (inner, outer) => inner.left >= outer.left - 1 && inner.top >= outer.top - 1
    && inner.right <= outer.right + 1 && inner.bottom <= outer.bottom + 1;
  const found = [];
  const glass = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  const boxes = ".call, .before li, .lines li, .no-calls, .head, .foot, .connection";
  for (const box of document.querySelectorAll(boxes)) {
    if (!inside(box.getBoundingClientRect(), glass)) found.push(["glass", box.className, box.textContent]);
    for (const child of box.querySelectorAll("*")) {
      if (child.closest(".visually-hidden") || !child.getClientRects().length) continue;
      if (!inside(child.getBoundingClientRect(), box.getBoundingClientRect())) {
        found.push([box.className, child.className?.baseVal ?? child.className, child.textContent]);
      }
      if (getComputedStyle(child).overflow !== "visible" && child.scrollWidth > child.clientWidth + 1) {
        found.push(["overflow", child.className, child.textContent]);
      }
    }
  }
  const overlap = (selector) => {
    const all = [...document.querySelectorAll(selector)].map((node) => [node, node.getBoundingClientRect()]);
    all.forEach(([one, a], at) => all.slice(at + 1).forEach(([other, b]) => {
      const across = a.left < b.right - 1 && b.left < a.right - 1;
      if (across && a.top < b.bottom - 1 && b.top < a.bottom - 1) {
        found.push(["overlap", one.textContent, other.textContent]);
      }
    }));
  };
  overlap(".head, .now, .before, .waiting, .foot");
  overlap(".call .number, .call .arrow, .call .where");
  return found;
})()
"""

CONTRASTS = """
(() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const colour = channels(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
      if (colour[3] > 0) throw new Error(`half-transparent ground: ${at.className}`);
    }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const pairs = {};
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const parent = text.parentElement;
    if (!text.textContent.trim() || !parent.getClientRects().length) continue;
    if (parent.closest(".visually-hidden")) continue;
    const [ink, paper] = [channels(getComputedStyle(parent).color), ground(parent)];
    const [a, b] = [luminance(ink), luminance(paper)];
    const number = parent.closest(".call") && parent.closest(".number") ? "now" : "text";
    const key = `${number} ${ink} on ${paper}`;
    pairs[key] = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }
  return pairs;
})()
"""


MOVES = "(globalThis.moved = [], Element.prototype.animate = function () { moved.push(this.dataset.key); })"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FolderServer]:
    serving = FolderServer(tmp_path_factory.mktemp("no-voice"))
    yield serving
    serving.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": FULL_HD[0], "height": FULL_HD[1]})
    yield page
    page.close()


@pytest.fixture
def board(page: Page, server: FolderServer) -> Board:
    board = Board(page, server)
    board.open()
    return board


@pytest.fixture
def timed(page: Page, server: FolderServer) -> Board:
    """A board whose clock is in the test's hands."""
    page.clock.install()
    board = Board(page, server)
    board.open()
    return board


def agencies() -> list[dict[str, str]]:
    folder = Path(ROOT / "queue_server" / "sample" / "quang-ninh" / "agencies.csv")
    with folder.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def line_rows(count: int) -> dict[str, Any]:
    """Lines of the real agencies, those with the longest names first to be kept."""
    chosen = sorted(agencies(), key=lambda agency: -len(agency["name_vi"]))[:count]
    return {
        agency["id"]: {
            "queue": agency["id"],
            "chip": agency["chip"],
            "agency": {"vi": agency["name_vi"], "en": agency["name_en"]},
            "waiting": 3 * at + 1,
            "low": 5 * at,
            "high": 9 * at + 4,
            "open": 0 if at % 5 == 4 else 2,
        }
        for at, agency in enumerate(chosen)
    }


def data(
    *rows: dict[str, Any], lines: int = 0, said: dict[str, Any] | None = None, **board: Any
) -> dict[str, Any]:
    facts = board_row(**{"speaks": False, **board})
    return {"board": facts, "calls": calls(*rows), "lines": line_rows(lines), "announcements": said or {}}


def many_calls(count: int) -> list[dict[str, Any]]:
    return [call_row(f"{chr(65 + at % 26)}{100 + at}", str(at % 40 + 1), at * 3 + 1) for at in range(count)]


def long_calls() -> list[dict[str, Any]]:
    marks = [("HA0123", "102"), ("Đ9999", "12A"), ("HB1234", "40"), ("A1", "1")]
    rows = [call_row(label, counter, at * 4 + 1) for at, (label, counter) in enumerate(marks)]
    far = {
        "area": {"vi": "Tầng 2, khu E", "en": "Floor 2, area E"},
        "direction": {
            "vi": "Lên tầng 2 bằng thang máy bên phải, đi thẳng",
            "en": "Take the lift on the right to floor 2, straight ahead",
        },
    }
    return [{**row, **far} for row in rows]


STATES: dict[str, dict[str, Any]] = {
    "empty": data(),
    "one call": data(*many_calls(1), lines=1),
    "two calls": data(*many_calls(2), lines=5),
    "three calls": data(*many_calls(3), lines=26),
    "four calls": data(*many_calls(4), lines=26),
    "twelve calls": data(*many_calls(12), lines=26),
    "sixty calls": data(*many_calls(60), lines=26),
    "long marks": data(*long_calls(), lines=26),
    "long mark alone": data(*long_calls()[:1]),
    "at rest": data(call_row("A012", "12", 400, "serving"), call_row("A011", "1", 500, "done"), lines=2),
    "closed": data(open=False, notice="outside_hours"),
    "holiday": data(open=False, notice="holiday"),
    "a missed number": data(*many_calls(1), said=announcements(announcement(1, "A011", "3", kind="missed"))),
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_nothing_is_cut_off_in_any_state(board: Board, size: tuple[int, int]) -> None:
    board.page.set_viewport_size({"width": size[0], "height": size[1]})
    board.page.emulate_media(reduced_motion="reduce")
    for name, state in STATES.items():
        board.snapshot(state)
        board.settle()
        assert board.evaluate(CUT_OFF) == [], name
    assert board.errors == []


@pytest.mark.parametrize("query", ["?lang=en", "?lang=vi"])
def test_nothing_is_cut_off_in_either_language(board: Board, query: str) -> None:
    board.page.emulate_media(reduced_motion="reduce")
    board.open(query)
    for name, state in STATES.items():
        board.snapshot(state)
        board.settle()
        assert board.evaluate(CUT_OFF) == [], name


def test_every_text_is_there_in_both_languages(board: Board) -> None:
    board.page.emulate_media(reduced_motion="reduce")
    for query in ("?lang=vi", "?lang=en"):
        board.open(query)
        for state in STATES.values():
            board.snapshot(state)
            board.settle()
        missing = board.evaluate("import('/assets/texts.js').then(({ missing }) => [...missing])")
        assert missing == []
        assert "[" not in board.page.locator("main").inner_text()


def test_the_text_files_have_the_same_texts_in_both_languages() -> None:
    def ids(language: str) -> set[str]:
        file = ROOT / "queue_server" / "texts" / language / "board.ftl"
        lines = file.read_text(encoding="utf-8").splitlines()
        return {line.split(" = ")[0] for line in lines if line.startswith("board-")}

    assert ids("vi") == ids("en")
    pages = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "display" / "pages").glob("*.js"))
    unused = {text for text in ids("vi") if text not in pages and not text.startswith("board-sound-")}
    assert unused == set()


def test_the_newest_call_is_the_largest_and_counter_and_number_are_of_one_size(board: Board) -> None:
    board.snapshot(STATES["twelve calls"])
    board.until("document.querySelectorAll('.call').length === 4")
    sizes = board.evaluate(
        "[...document.querySelectorAll('.call')].map((call) => [...call.querySelectorAll('.number')]"
        ".map((one) => parseFloat(getComputedStyle(one).fontSize)))"
    )
    assert all(label == counter for label, counter in sizes)
    heights = [label for label, _ in sizes]
    assert heights[0] > 1.6 * heights[1] and heights[1] == heights[2] == heights[3]
    assert board.page.locator(".call .label").all_inner_texts() == ["A100", "B101", "C102", "D103"]
    assert board.page.locator(".before .label").all_inner_texts()[0] == "E104"


def test_numbers_read_from_ten_metres_on_a_43_inch_screen(board: Board) -> None:
    """A letter reads from 200 times its height: 50 mm, that is 102 px of the 941 mm wide glass."""
    board.snapshot(STATES["twelve calls"])
    board.until("document.querySelectorAll('.call').length === 4")
    digit = board.evaluate(
        """(() => {
          const paper = document.createElement("canvas").getContext("2d");
          const style = getComputedStyle(document.querySelector(".call .label"));
          paper.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
          return paper.measureText("8").actualBoundingBoxAscent;
        })()"""
    )
    assert digit >= 102


def test_every_text_has_enough_contrast_and_the_called_numbers_more(board: Board) -> None:
    board.page.emulate_media(reduced_motion="reduce")
    for name, state in STATES.items():
        board.snapshot(state)
        board.settle()
        for pair, ratio in board.evaluate(CONTRASTS).items():
            assert ratio >= (7 if pair.startswith("now") else 4.5), f"{name}: {pair} is {ratio:.2f}"


def test_high_contrast_is_followed(board: Board) -> None:
    board.page.emulate_media(contrast="more", reduced_motion="reduce")
    board.open()
    board.snapshot(STATES["twelve calls"])
    board.settle()
    assert board.evaluate("document.documentElement.dataset.theme") == "hall-contrast"
    assert min(board.evaluate(CONTRASTS).values()) >= 7


def test_a_recall_comes_to_the_top_and_moves_there(board: Board) -> None:
    board.snapshot(data(call_row("A012", "12", 40), call_row("B007", "3", 20)))
    board.until("document.querySelectorAll('.call').length === 2")
    assert board.page.locator(".call .label").all_inner_texts() == ["B007", "A012"]
    board.evaluate(MOVES)
    board.change({"calls": calls(call_row("A012", "12", 0, calls=2))})
    assert board.page.locator(".call .label").all_inner_texts() == ["A012", "B007"]
    board.until("moved.length >= 2")
    assert sorted(board.evaluate("moved")) == ["A012:2", "B007:1"]


def test_with_reduced_motion_nothing_moves(board: Board) -> None:
    board.page.emulate_media(reduced_motion="reduce")
    board.open()
    board.snapshot(data(call_row("A012", "12", 40)))
    board.evaluate(MOVES)
    board.change({"calls": calls(call_row("B007", "3", 0))})
    board.until("document.querySelectorAll('.call').length === 2")
    assert board.evaluate("moved.length") == 0


def test_a_new_call_holds_in_full_colour_then_settles(timed: Board) -> None:
    timed.snapshot(data(call_row("A012", "12", 0)))
    timed.until("document.querySelector('.call')?.dataset.look === 'fresh'")
    timed.pass_time(6)
    timed.settle()
    assert timed.evaluate("document.querySelector('.call').dataset.look") == "fresh"
    timed.pass_time(7)
    timed.until("document.querySelector('.call').dataset.look === 'called'")


def test_a_person_who_came_at_once_is_still_shown_for_a_while(board: Board) -> None:
    board.snapshot(data(call_row("A012", "12", 5, "serving"), call_row("B001", "2", 60, "serving")))
    board.until("document.querySelector('.call')")
    assert board.page.locator(".now .label").all_inner_texts() == ["A012"]
    assert board.page.locator(".before .label").all_inner_texts() == ["B001"]


def test_with_nobody_to_walk_the_last_call_stays_large_without_the_colour_of_now(board: Board) -> None:
    board.snapshot(STATES["at rest"])
    board.until("document.querySelector('.call')?.dataset.look === 'resting'")
    assert "Số vừa mời" in board.page.locator(".now").inner_text()
    assert "Đang phục vụ" in board.page.locator(".call").inner_text()
    colours = board.evaluate(
        "[document.querySelector('.call .label'), document.body].map((node) => getComputedStyle(node).color)"
    )
    assert colours[0] == colours[1]


def test_who_waits_is_shown_by_agency_and_turned_over_until_all_were_seen(timed: Board) -> None:
    timed.snapshot(data(lines=26))
    timed.until("document.querySelectorAll('.lines li').length > 3")
    pages = timed.page.locator(".waiting .page").inner_text()
    shown, of = (int(part) for part in pages.split("/"))
    assert (shown, of) == (1, 5)
    first = timed.page.locator(".lines .chip").all_inner_texts()
    assert first == ["A", "B", "C", "D", "E", "F"]
    timed.pass_time(8)
    timed.until("document.querySelector('.waiting .page').textContent === '2/5'")
    assert timed.page.locator(".lines .chip").all_inner_texts()[0] == "G"


def test_only_lines_with_people_are_shown_and_the_sum_is_said(board: Board) -> None:
    lines = line_rows(3)
    lines[next(iter(lines))]["waiting"] = 0
    board.snapshot({**data(), "lines": lines})
    board.until("document.querySelectorAll('.lines li').length === 2")
    assert "11 người" in board.page.locator(".waiting h2").inner_text()


def test_a_line_without_an_open_counter_says_so_instead_of_a_wait(board: Board) -> None:
    rows = line_rows(2)
    first, second = rows.values()
    first.update(open=0), second.update(open=1, low=10, high=25)
    board.snapshot({**data(), "lines": rows})
    board.until("document.querySelectorAll('.lines li').length === 2")
    waits = board.page.locator(".lines .wait").all_inner_texts()
    assert sorted(waits) == ["10–25 phút", "chưa mở quầy"]


def test_a_board_that_heard_nothing_for_five_seconds_says_so_and_heals_by_itself(timed: Board) -> None:
    timed.snapshot(data(call_row("A012", "12", 1)))
    timed.until("document.querySelector('.call')?.dataset.look === 'fresh'")
    timed.pass_time(6, beating=False)
    timed.until("document.querySelector('.board').dataset.status === 'stale'")
    said = timed.page.locator(".connection").inner_text()
    assert "Đang mất kết nối với máy chủ" in said and "Bảng còn giữ thông tin lúc" in said
    assert timed.page.locator(".call .label").inner_text() == "A012"
    colours = timed.evaluate(
        "[getComputedStyle(document.querySelector('.call')).backgroundColor,"
        " getComputedStyle(document.documentElement).getPropertyValue('--call')]"
    )
    assert colours[0] != "rgb(255, 171, 64)", "what may be out of date must not shine as now"
    timed.settle()
    assert timed.evaluate(CUT_OFF) == []
    assert min(timed.evaluate(CONTRASTS).values()) >= 4.5
    timed.beat()
    timed.until("!document.querySelector('.connection')")


def test_before_the_first_word_it_says_that_it_connects(board: Board) -> None:
    board.until("document.querySelector('.connection')?.dataset.status === 'connecting'")
    assert "Đang kết nối" in board.page.locator(".connection").inner_text()


def test_a_board_whose_scripts_did_not_all_arrive_loads_itself_again(
    page: Page, server: FolderServer
) -> None:
    board = Board(page, server)
    page.clock.install()
    server.gone.add("/board-assets/settle.js")
    page.goto(f"{server.address}/board/main")
    page.wait_for_timeout(500)
    assert "Bảng đang khởi động" in page.locator("body").inner_text()
    server.gone.clear()
    page.clock.fast_forward(21_000)
    board.until("globalThis.hall?.sent.length > 0")


def test_a_board_without_the_right_token_says_who_can_help(page: Page, server: FolderServer) -> None:
    board = Board(page, server)
    board.open(refuse={"code": "forbidden", "detail": "Thẻ thiết bị không đúng."})
    board.until("document.querySelector('.connection')?.dataset.status === 'refused'")
    assert "Thẻ thiết bị không đúng." in page.locator(".connection").inner_text()


def test_the_token_leaves_the_address_bar(board: Board) -> None:
    board.snapshot(data())
    assert board.page.url.endswith("/board/main")


def test_closed_doors_show_the_hours_and_calls_go_on_while_people_are_inside(board: Board) -> None:
    board.snapshot(STATES["closed"])
    board.until("document.querySelector('[data-closed]')")
    said = board.page.locator(".no-calls").inner_text()
    assert "Ngoài giờ làm việc" in said
    board.until("document.querySelectorAll('.hours p').length === 2")
    assert "Thứ Hai – Thứ Sáu: 07:30–11:30, 13:30–17:00" in board.page.locator(".no-calls").inner_text()
    board.change({"calls": calls(call_row("A012", "12", 0))})
    assert board.page.locator(".now .label").all_inner_texts() == ["A012"]


def test_a_missed_number_is_said_in_the_notice_line_for_as_long_as_it_is_in_force(timed: Board) -> None:
    said = announcements(announcement(1, "A011", "3", kind="missed", shelf=30))
    timed.snapshot(data(said=said))
    timed.until("document.querySelector('.notice')?.dataset.kind === 'missed'")
    assert "Khách hàng số A011 đã qua lượt" in timed.page.locator(".notice").inner_text()
    timed.pass_time(31)
    timed.until("!document.querySelector('.notice').dataset.kind")


def test_english_first_and_vietnamese_beside_it(board: Board) -> None:
    board.open("?lang=en")
    board.snapshot(STATES["two calls"])
    board.until("document.querySelector('.call')")
    assert board.evaluate("document.documentElement.lang") == "en"
    heading = board.page.locator(".now h2 .both > span")
    assert heading.all_inner_texts() == ["Now calling number", "Xin mời số"]
    assert heading.nth(1).get_attribute("lang") == "vi"


def test_a_board_of_one_language_says_everything_once(board: Board) -> None:
    board.snapshot(data(call_row("A012", "12", 0), languages=["vi"]))
    board.until("document.querySelector('.call')")
    assert board.page.locator(".other").count() == 0


def test_opening_hours_of_equal_days_stand_together(board: Board) -> None:
    hours = [{"weekday": day, "from": "08:00", "to": "12:00"} for day in (0, 1, 3, 6)]
    said = board.evaluate(
        f"import('/board-assets/hall.js').then((hall) => hall.hoursInWords({hours!r}, 'en'))".replace(
            "'", '"'
        )
    )
    assert said == ["Monday – Tuesday: 08:00–12:00", "Thursday: 08:00–12:00", "Sunday: 08:00–12:00"]


def test_an_old_unanswered_call_gives_its_place_away(board: Board) -> None:
    board.snapshot(data(call_row("A001", "1", 400), call_row("A012", "12", 30)))
    board.until("document.querySelector('.call')")
    assert board.page.locator(".now .label").all_inner_texts() == ["A012"]
    assert board.page.locator(".before .label").all_inner_texts() == ["A001"]


def test_a_missed_call_leaves_now_and_is_marked_in_colour_shape_and_word(board: Board) -> None:
    board.snapshot(data(call_row("A001", "1", 3, "missed"), call_row("A012", "12", 1)))
    board.until("document.querySelector('.before li')")
    assert board.page.locator(".now .label").all_inner_texts() == ["A012"]
    mark = board.page.locator(".before li .state")
    assert mark.inner_text() == "qua lượt" and mark.locator("svg").count() == 1
    assert board.evaluate(CUT_OFF) == []


def test_the_clock_is_the_servers_in_the_zone_of_the_centre(browser: Browser, server: FolderServer) -> None:
    with browser.new_context(timezone_id="America/New_York") as context:
        board = Board(context.new_page(), server)
        board.open()
        board.snapshot(data())
        board.until("document.querySelector('time')")
        assert board.page.locator("time").inner_text() in {ago(0)[11:16], ago(30)[11:16]}
