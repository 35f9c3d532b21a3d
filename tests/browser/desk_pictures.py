"""Takes the pictures of the officer's desk, each of its states on a stage, into docs/pictures/desk/.

`python -m tests.browser.desk_pictures [NAME…]` takes all, or only those named.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from .conftest import CHROMIUM, CHROMIUM_FLAGS
from .desk_play import DeskPlay, desk_play
from .desk_rows import ELDERLY, LONG, RECENT, RIGHTS, STOPS, ago, ahead, aside, here, past

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures" / "desk"
MOST_BYTES = 150_000
SETTLE_MS = 500
PARKED = [aside("C018", "copy", 15, 4), aside("C020", "fee", 10, -0.5)]
NOTE = "Thiếu bản sao chứng thực giấy ủy quyền; đã hướng dẫn sang quầy 3."
OTHER = {"id": "person:9", "name": "Cán bộ quầy 9"}
CALLED = here(calls=1, recall_at=ahead(8), undo_until=ahead(28), called_at=ago(0.1))
SERVING = here("serving", class_name=ELDERLY, note=NOTE)
MISSED = [past("C024", "no_show", 0.1, undo_until=ahead(28), again=True, again_until=ahead(900)), *RECENT[:9]]


def save(page: Page, name: str) -> None:
    page.mouse.move(1, 1)
    page.wait_for_timeout(SETTLE_MS)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{name}.png"
    for colours in (256, 128, 64):
        picture.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size < MOST_BYTES:
            break
    print(f"desk/{path.name}  {picture.width}×{picture.height}  {path.stat().st_size // 1000} kB")


# What stands on the desk in each state.
STATES: dict[str, dict[str, Any]] = {
    "closed": {"state": "closed", "officer": None},
    "empty": {"empty": True},
    "ready": {},
    "called": {"ticket": CALLED},
    "serving": {"ticket": SERVING, "parked": PARKED[:1]},
    "soon": {"ticket": here("serving", started_at=ago(13))},
    "late": {"ticket": here("serving", started_at=ago(18))},
    "undo": {"recent": MISSED},
    "parked": {"parked": [*PARKED, aside("C022", "signature", 6)]},
    "visit": {"ticket": here("serving", then=["cat", "bhxh"], then_names=STOPS)},
    "paused": {"state": "paused", "reason": "meeting", "since": ago(6)},
    "summons": {"summons": {"reason": "help_line", "at": ago(1)}, "help_asked_at": ago(3)},
    "long": {"ticket": here("serving", "C0245", **LONG), "parked": PARKED},
}
# The questions: the state in which each is asked, and the keys that lead to it.
QUESTIONS: dict[str, tuple[str, str]] = {
    "ask-pause": ("ready", "n"),
    "ask-park": ("serving", "a"),
    "ask-outcome": ("serving", "x"),
    "ask-cancel": ("called", "h"),
    "ask-transfer": ("serving", "c"),
    "ask-stop": ("serving", "e"),
    "ask-other": ("parked", "q"),
    "ask-parked": ("parked", "2"),
    "ask-reprint": ("serving", "p"),
    "ask-sign-out": ("ready", "o"),
    "keys": ("called", "?"),
}


def note(desk: DeskPlay) -> None:
    desk.show("serving", ticket=here("serving", note=NOTE)).press("i", "End")
    desk.page.keyboard.type(" Hẹn quay lại chiều thứ Tư.")


def onward(desk: DeskPlay) -> None:
    desk.show("serving", ticket=here("serving", then=["cat"], then_names=STOPS[:1]))
    desk.answers = [{"state": "waiting", "queue": "cat", "counters": ["20", "21"]}]
    desk.press("k").page.locator(".word .banner").wait_for()
    desk.show("ready", recent=[past("C024", "waiting", 0.1), *RECENT[:9]])


def too_early(desk: DeskPlay) -> None:
    desk.show("called", ticket=here(calls=1)).press("v").page.locator(".word .banner").wait_for()


def refused(desk: DeskPlay) -> None:
    desk.answers = [{"status": 409, "code": "wrong_state", "detail": "Số C024 đã xong."}]
    desk.show("serving", ticket=SERVING).press("k").page.locator(".word .banner").wait_for()


def where(desk: DeskPlay) -> None:
    """Two kiosks that print, one of them with a long name and little paper."""
    lobby = {"vi": "Máy lấy số ở sảnh chính tầng 1, lối vào từ đường Trần Hưng Đạo", "en": "Main lobby"}
    gate = {"vi": "Máy lấy số ở cổng", "en": "Kiosk at the gate"}
    rows = [
        {"kiosk": "lobby", "name": lobby, "state": "paper_low"},
        {"kiosk": "gate", "name": gate, "state": "ready"},
    ]
    desk.page.route("**/api/v1/printers", lambda route: route.fulfill(json={"printers": rows}))
    desk.show("serving", ticket=SERVING).ask("p").press("Enter")
    desk.page.locator("dialog.where[open]").wait_for()


def copied(desk: DeskPlay) -> None:
    where(desk)
    desk.press("1").page.locator(".word .banner").wait_for()


def taken(desk: DeskPlay) -> None:
    """Found so when the page came up, as a supervisor sees it, who may take over."""
    desk.data["counter"]["_"] |= {"officer": OTHER, "away": True}
    desk.rights = [*RIGHTS, "take_over"]
    desk.page.reload()
    desk.reaches("taken")


def taken_over(desk: DeskPlay) -> None:
    desk.show("serving", ticket=SERVING).put("counter", "_", officer=OTHER, since=ago(0))
    desk.reaches("taken")


def stale(desk: DeskPlay) -> None:
    desk.show("serving", ticket=SERVING, parked=PARKED).beating = False
    desk.page.locator(".desk[data-status=stale]").wait_for()


SCENES: dict[str, Callable[[DeskPlay], None]] = {
    "note": note,
    "onward": onward,
    "too-early": too_early,
    "refused": refused,
    "ask-reprint-where": where,
    "copied": copied,
    "taken": taken,
    "taken-over": taken_over,
    "stale": stale,
}


@contextmanager
def _desk(browser: Browser, **wishes: Any) -> Iterator[DeskPlay]:
    with desk_play(browser, rights=[*RIGHTS, "call_chosen"], **wishes) as desk:
        yield desk


def take_all(browser: Browser, names: list[str] | None = None) -> None:
    """Each named picture, else all."""
    wanted = set(names or [*STATES, *QUESTIONS, *SCENES, "english", "small", "large"])
    with _desk(browser) as desk:
        for name in [one for one in STATES if one in wanted]:
            desk.show(**STATES[name])
            save(desk.page, name)
        for name in [one for one in QUESTIONS if one in wanted]:
            state, key = QUESTIONS[name]
            desk.show(**STATES[state]).ask(key)
            save(desk.page, name)
            desk.press("Escape")
    for name in [one for one in SCENES if one in wanted]:
        with _desk(browser) as desk:
            SCENES[name](desk)
            save(desk.page, name)
    for name, wishes in {
        "english": {"language": "en"},
        "small": {"size": (1024, 768)},
        "large": {"size": (1920, 1080)},
    }.items():
        if name in wanted:
            with _desk(browser, **wishes, ticket=SERVING, parked=PARKED) as desk:
                save(desk.page, name)


def main(names: list[str]) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_FLAGS))
        take_all(browser, names)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
