"""Pictures of the kiosk in each state, into docs/pictures/ (`python -m tests.browser.kiosk_pictures`)."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import CHROMIUM, CHROMIUM_FLAGS
from tests.browser.kiosk_stage import AT, Stage, stage_on
from tests.browser.test_kiosk_scans import FULL as WAITING

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
ALONE = {"server": "down", "offline": True}


def tell(stage: Stage, **row: object) -> None:
    stage.push("kiosk", "_", {**stage.kiosk, **row})


def to_last_question(stage: Stage) -> None:
    stage.page.locator("button.door").click()
    stage.page.locator("[data-agency=stnmt]").click()
    stage.page.locator(".service:not(.waiting):not(.other)").first.click()
    stage.page.locator(".take").wait_for()


def take(stage: Stage) -> None:
    to_last_question(stage)
    stage.page.locator(".take").click()
    stage.page.locator(".label-number").wait_for()


def alone(stage: Stage) -> None:
    tell(stage, **ALONE)
    stage.page.locator(".alone-note").wait_for()


def alone_question(stage: Stage) -> None:
    stage.lines["stnmt"].update(waiting=None, low=None, high=None)
    stage.push("lines", "stnmt", stage.lines["stnmt"])
    alone(stage)
    to_last_question(stage)


def alone_number(stage: Stage) -> None:
    stage.alone = True
    alone(stage)
    take(stage)


def paper_low(stage: Stage) -> None:
    tell(stage, printer="paper_low")


def paper_out(stage: Stage) -> None:
    tell(stage, printer="paper_out")


def paper_out_question(stage: Stage) -> None:
    paper_out(stage)
    to_last_question(stage)


def paper_out_number(stage: Stage) -> None:
    stage.printing = ["queued"]
    paper_out(stage)
    take(stage)


def doubt(stage: Stage) -> None:
    stage.printing = ["uncertain"]
    take(stage)


def copied(stage: Stage) -> None:
    stage.printing = ["uncertain"]
    take(stage)
    stage.page.locator("button.copy").click()
    stage.page.locator(".paper[data-copy=true][data-slip=printed]").wait_for()


def shut(stage: Stage) -> None:
    stage.site["kiosks"][0]["without_paper"] = "close"
    stage.reload()
    stage.page.locator("button.door").wait_for()
    paper_out(stage)
    stage.page.locator(".shut").wait_for()


def scanned(stage: Stage) -> None:
    stage.tracked = WAITING
    stage.push("scan", "_", {"n": 1, "kind": "ticket", "secret": "mRz0cJ3vQk1TqkYv5dXb7w"})
    stage.page.locator(".scanned-label").wait_for()


STATES: dict[str, Callable[[Stage], None]] = {
    "kiosk-alone": alone,
    "kiosk-alone-question": alone_question,
    "kiosk-alone-number": alone_number,
    "kiosk-paper-low": paper_low,
    "kiosk-paper-out": paper_out,
    "kiosk-paper-out-question": paper_out_question,
    "kiosk-paper-out-number": paper_out_number,
    "kiosk-doubt": doubt,
    "kiosk-copied": copied,
    "kiosk-shut": shut,
    "kiosk-scanned": scanned,
}
SHAPES = {"upright": ("", 540), "wide": ("-wide", 960)}


def save(page: Page, name: str, width: int) -> None:
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    height = round(picture.height * width / picture.width)
    small = picture.resize((width, height), Image.Resampling.LANCZOS)
    small.quantize(256, Image.Quantize.MAXCOVERAGE, kmeans=4, dither=Image.Dither.NONE).save(
        FOLDER / f"{name}.png", optimize=True
    )


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_FLAGS))
        for size, (suffix, width) in SHAPES.items():
            for name, reach in STATES.items():
                with stage_on(browser, size, reduced_motion="reduce") as stage:
                    stage.page.clock.set_fixed_time(AT)
                    stage.open()
                    reach(stage)
                    stage.settle()
                    save(stage.page, name + suffix, width)
        browser.close()


if __name__ == "__main__":
    main()
