"""Takes the pictures of the supervisor's page, each of its states on a stage, into docs/pictures/supervisor/.

`python -m tests.browser.supervisor_pictures [NAME…]` takes all, or only those named.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import CHROMIUM, CHROMIUM_FLAGS
from tests.browser.supervisor_rows import BUSY, QUIET, ago, busy, hall
from tests.browser.supervisor_stage import stage_on

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures" / "supervisor"
MOST_BYTES = 150_000
SETTLE_MS = 400
PHONE = (390, 844)
WALL = (1920, 1080)


def save(page: Page, name: str, *, whole: bool = False) -> None:
    page.mouse.move(1, 1)
    page.wait_for_timeout(SETTLE_MS)
    picture = Image.open(io.BytesIO(page.screenshot(full_page=whole))).convert("RGB")
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{name}.png"
    for colours in (128, 64, 32):
        picture.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size < MOST_BYTES:
            break
    print(f"supervisor/{path.name}  {picture.width}×{picture.height}  {path.stat().st_size // 1000} kB")


def quiet(browser: Browser) -> None:
    with stage_on(browser, hall(QUIET)) as stage:
        save(stage.open().page, "quiet")


def many(browser: Browser) -> None:
    with stage_on(browser, busy()) as stage:
        save(stage.open().page, "busy")


def wall(browser: Browser) -> None:
    with stage_on(browser, busy(), size=WALL) as stage:
        save(stage.open().page, "wall")


def phone(browser: Browser) -> None:
    with stage_on(browser, busy(), size=PHONE) as stage:
        save(stage.open().page, "phone", whole=True)


def viewer(browser: Browser) -> None:
    with stage_on(browser, busy(), role="viewer") as stage:
        save(stage.open().page, "viewer")


def english(browser: Browser) -> None:
    with stage_on(browser, busy(), language="en") as stage:
        save(stage.open().page, "english")


def stale(browser: Browser) -> None:
    with stage_on(browser, busy()) as stage:
        stage.open().beating = False
        stage.page.locator(".super[data-status=stale]").wait_for()
        save(stage.page, "stale")


def unknown(browser: Browser) -> None:
    """No line can be estimated, the printers were never heard of, two counters are not known."""
    data = hall(BUSY)
    for line in data["lines"].values():
        line |= {"low": None, "high": None, "gate": None}
    for kiosk in data["kiosks"].values():
        kiosk |= {"printer": "unknown", "since": None}
    for counter in ("4", "19"):
        del data["counters"][counter]
    with stage_on(browser, data) as stage:
        save(stage.open().page, "unknown")


def empty(browser: Browser) -> None:
    with stage_on(browser, hall({}, staffed=[])) as stage:
        save(stage.open().page, "empty")


def crowded(browser: Browser) -> None:
    """Sixty wait too long, and everyone has a long name."""
    data = hall({queue: list(range(40, 16, -1)) for queue in ("stp", "stnmt", "snnptnt")})
    for number, counter in data["counters"].items():
        if counter["officer"]:
            counter["officer"] |= {"name": f"Cán bộ tiếp nhận hồ sơ quầy {number}"}
            counter["away"] = int(number) % 5 == 0
    for line in data["lines"].values():
        line["agency"] = {
            "vi": f"{line['agency']['vi']} và các đơn vị trực thuộc",
            "en": line["agency"]["en"],
        }
    with stage_on(browser, data) as stage:
        save(stage.open().page, "crowded")


def line_sheet(browser: Browser) -> None:
    with stage_on(browser, busy()) as stage:
        stage.open().line("stp").click()
        save(stage.page, "line")
        stage.sheet.locator("[data-gate-act=close]").click()
        save(stage.page, "line-closing")


def line_limited(browser: Browser) -> None:
    with stage_on(browser, busy()) as stage:
        stage.open().line("skhdt").click()
        stage.sheet.locator("#limit").fill("3")
        stage.sheet.locator("[data-gate-act=limit]").click()
        stage.put("lines", "skhdt", limit=29)
        stage.sheet.locator(".word[data-kind=done]").wait_for()
        save(stage.page, "line-limited")


def calling(browser: Browser) -> None:
    with stage_on(browser, busy()) as stage:
        stage.open().alert("unserved").locator("button.small").click()
        stage.sheet.locator(".helpers [data-act=summon]").first.click()
        save(stage.page, "calling")


def ticket_sheet(browser: Browser) -> None:
    with stage_on(browser, busy()) as stage:
        stage.data["kiosks"]["gate"] |= {"printer": "paper_low"}
        stage.open().page.locator(".wait").first.click()
        stage.sheet.locator(".search").fill("cong an")
        stage.sheet.locator(".place").first.click()
        save(stage.page, "ticket")


def counter_sheet(browser: Browser) -> None:
    with stage_on(browser, busy()) as stage:
        stage.open().tile("21").click()
        save(stage.page, "counter")


def away_sheet(browser: Browser) -> None:
    with stage_on(browser, busy()) as stage:
        stage.open().alert("away").locator("button.small").click()
        stage.sheet.locator("[data-act=close_counter]").click()
        save(stage.page, "away")


def assign_sheet(browser: Browser) -> None:
    with stage_on(browser, busy()) as stage:
        stage.open().tile("27").click()
        stage.sheet.locator("[data-act=assign_counter]").click()
        row = stage.sheet.locator(".assign li[data-queue=hq]")
        row.scroll_into_view_if_needed()
        row.locator("input[value=serves]").check()
        save(stage.page, "assign")
        stage.sheet.locator("[data-send=assign]").click()
        save(stage.page, "assign-asking")


def device_sheet(browser: Browser) -> None:
    with stage_on(browser, busy()) as stage:
        past = [
            ("printer", "paper_out", ago(4), None),
            ("printer", "paper_low", ago(31), ago(4)),
            ("kiosk", "silent", ago(66), ago(62)),
            ("printer", "cover_open", ago(2990), ago(2986)),
        ]
        names = ("device", "state", "since", "until")
        faults = [{**dict(zip(names, row, strict=True)), "clock_offset_ms": None} for row in past]
        stage.page.route("**/faults?*", lambda route: route.fulfill(json={"faults": faults}))
        stage.open().alert("printer_out").locator("button.small").click()
        stage.sheet.locator(".faults li").first.wait_for()
        save(stage.page, "device")


def refused(browser: Browser) -> None:
    with stage_on(browser, busy()) as stage:
        detail = "Quầy 13 còn số C015 đang phục vụ. Hãy kết thúc số này trước."
        stage.answers = [{}, {"status": 409, "code": "counter_busy", "detail": detail}]
        stage.open().tile("13").click()
        stage.sheet.locator("[data-act=close_counter]").click()
        stage.sheet.locator("[data-sure=close_counter]").click()
        stage.sheet.locator(".word[data-kind=refused]").wait_for()
        save(stage.page, "refused")


def phone_sheet(browser: Browser) -> None:
    data = busy()
    data["counters"]["13"] |= {"since": ago(31)}
    with stage_on(browser, data, size=PHONE) as stage:
        stage.open().tile("13").click()
        save(stage.page, "phone-counter")


PICTURES: dict[str, Callable[[Browser], None]] = {
    "quiet": quiet,
    "busy": many,
    "wall": wall,
    "phone": phone,
    "viewer": viewer,
    "english": english,
    "stale": stale,
    "unknown": unknown,
    "empty": empty,
    "crowded": crowded,
    "line": line_sheet,
    "line-limited": line_limited,
    "calling": calling,
    "ticket": ticket_sheet,
    "counter": counter_sheet,
    "away": away_sheet,
    "assign": assign_sheet,
    "device": device_sheet,
    "refused": refused,
    "phone-counter": phone_sheet,
}


def take_all(browser: Browser, names: list[str] | None = None) -> None:
    for name in names or PICTURES:
        PICTURES[name](browser)


def main(names: list[str]) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_FLAGS))
        take_all(browser, names)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
