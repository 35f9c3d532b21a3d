"""The main job with nothing played by the test: touch, number, paper, click, board, voice."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import pytest
import requests
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from drivers.virtual.printer import printed_pages
from queue_server.core.announcing import announce
from tests.servers import Api, RunningCentre, in_time

from .board_ear import heard, listen, same_clips
from .board_page import SOUND_BY_ITSELF
from .conftest import CHROMIUM, CHROMIUM_FLAGS, PRINTED_MS
from .desk_stage import Desk, Hall

CALLS = {"eventlet": 20}
"""How many calls are measured under the first mode; under another, a few prove that they come through."""
A_FEW_CALLS = 10

CLICKED = """
addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() === "g") globalThis.clicked = performance.timeOrigin + performance.now();
}, true);
"""

# When a label first stood on the glass: the second frame after the mutation; in the first it is still drawn.
PAINTED = """
globalThis.painted = {};
new MutationObserver(() => {
  for (const shown of document.querySelectorAll(".call .label")) {
    const label = shown.textContent;
    if (label in painted) continue;
    painted[label] = null;
    requestAnimationFrame(() => requestAnimationFrame(() => {
      painted[label] = performance.timeOrigin + performance.now();
    }));
  }
}).observe(document, { childList: true, subtree: true, characterData: true });
"""


@dataclass
class Screens:
    """One centre's screens, each in a window of its own."""

    centre: RunningCentre
    kiosk: Page
    board: Page
    desk: Desk


@pytest.fixture(scope="module")
def window(playwright: Playwright) -> Iterator[Browser]:
    """A browser that may sound without being touched first, as a hall board's does."""
    flags = [*CHROMIUM_FLAGS, SOUND_BY_ITSELF]
    chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
    yield chromium
    chromium.close()


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    return page


@pytest.fixture(scope="module")
def screens(window: Browser, centre: RunningCentre) -> Iterator[Screens]:
    facts = centre.demo_facts()
    hall = Hall(centre.url)
    kiosk = window.new_context(viewport={"width": 1080, "height": 1920})
    board = window.new_context(viewport={"width": 1920, "height": 1080})
    listen(board)
    board.add_init_script(PAINTED)
    office = window.new_context(viewport={"width": 1366, "height": 768})
    office.add_init_script(CLICKED)
    lobby = next(one["url"] for one in facts["kiosks"] if one["id"] == "lobby")
    main = next(one["url"] for one in facts["boards"] if one["id"] == "main")
    yield Screens(
        centre, opened(kiosk, centre.url + lobby), opened(board, centre.url + main), Desk(hall, office, "10")
    )
    for context in (kiosk, board, office):
        context.close()


def spoken_clips(label: str, counter: str) -> list[str]:
    _, clips = announce("call", label=label, counter=counter)
    return [clip for _, names in clips for clip in names]


def wait_until(page: Page, what: str, patience: float = 60.0) -> None:
    """Until an expression is true in the page; asked from outside, since the pages forbid eval."""
    deadline = time.monotonic() + patience
    while not page.evaluate(what):
        assert time.monotonic() < deadline, f"never true: {what}"
        time.sleep(0.02)


def press(desk: Desk, key: str, before: str, after: str) -> None:
    """Press until the desk takes it: one that was stale just then rightly takes nothing."""

    def taken() -> bool:
        desk.reaches(before).press(key)
        with suppress(AssertionError):
            expect(desk.page.locator(f".desk[data-phase={before}]:not([data-pending])")).to_have_count(0)
            return True
        return False

    in_time(taken)
    desk.reaches(after)


def test_from_touch_to_voice(screens: Screens) -> None:
    kiosk, board, desk = screens.kiosk, screens.board, screens.desk
    before = len(printed_pages(screens.centre.folder / "virtual", "lobby"))
    kiosk.locator("button.door").click()
    kiosk.locator("[data-agency=stp]").click()
    kiosk.locator(".service:not(.waiting)").first.click()
    kiosk.locator(".take").click()
    number = kiosk.locator(".label-number")
    expect(number).to_have_text("C001")
    expect(kiosk.locator(".paper")).to_have_attribute("data-slip", "printed", timeout=PRINTED_MS)
    (slip,) = printed_pages(screens.centre.folder / "virtual", "lobby")[before:]
    assert slip.read().startswith(b"\x1b@"), "the printer is reset first"
    assert len(slip.read()) > 10_000

    desk.sign_in().press("m").reaches("ready")
    press(desk, "g", "ready", "called")
    expect(desk.label).to_have_text("C001")
    expect(board.locator(".call .label").first).to_have_text("C001")
    expect(board.locator(".call").first).to_contain_text("10")

    expected = spoken_clips("C001", "10")
    wait_until(board, f"ear.heard.length >= {len(expected)}")
    manifest = requests.get(f"{screens.centre.url}/voice/manifest.json", timeout=10).json()
    sounds = heard(board, manifest["clips"], manifest["bank"])
    assert same_clips(sounds, expected), [sound.names for sound in sounds]
    assert all(sound.clear for sound in sounds), "each clip reached the loudspeaker in time"
    assert all(later.when >= earlier.end - 0.01 for earlier, later in pairwise(sounds))
    press(desk, "b", "called", "serving")
    press(desk, "k", "serving", "empty")


@pytest.mark.timeout(300)
def test_from_the_officers_key_to_the_boards_paint(screens: Screens, async_mode: str) -> None:
    count = CALLS.get(async_mode, A_FEW_CALLS)
    kiosk = Api(screens.centre.url, screens.centre.token("kiosk", kiosk="gate"))
    labels = [kiosk.post("/tickets", queue="stp").json()["label"] for _ in range(count)]
    desk, board = screens.desk, screens.board
    delays = []
    for label in labels:
        press(desk, "g", "ready", "called")
        wait_until(board, f"globalThis.painted['{label}']")
        delays.append(board.evaluate(f"painted['{label}']") - desk.page.evaluate("clicked"))
        press(desk, "b", "called", "serving")
        press(desk, "k", "serving", "empty" if label == labels[-1] else "ready")
    assert len(delays) == count and min(delays) > 0
    print(f"\nkey to paint over {count} calls: median {median(delays):.0f} ms, worst {max(delays):.0f} ms")
    assert median(delays) < 1000
