"""Takes the README's pictures: each screen of the sample centre on a busy morning, into docs/pictures/.

`python -m tests.browser.pictures [NAME…]` takes all, or only those named. Sizes are fixed; what is in them
differs only in secrets (the QR codes) and in seconds.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests
from PIL import Image
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.browser import desk_pictures, morning, supervisor_pictures
from tests.browser.conftest import CHROMIUM, CHROMIUM_FLAGS
from tests.browser.desk_stage import Hall

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "pictures"
MOST_BYTES = 300_000
COUNTER = "12"


@dataclass
class Scene:
    """A running centre, a browser, and the hour of its morning."""

    hall: Hall
    browser: Browser
    folder: Path
    ahead: int = 0

    def skip(self, minutes: float) -> None:
        self.ahead += int(minutes * 60_000)
        (self.folder / "ahead").write_text(str(self.ahead))

    @contextmanager
    def glass(self, width: int, height: int, scale: float = 1) -> Iterator[Page]:
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, device_scale_factor=scale, reduced_motion="reduce"
        )
        yield context.new_page()
        context.close()


def save(page: Page, name: str, width: int) -> None:
    """The page as it is, `width` pixels wide, as a PNG below MOST_BYTES."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    height = round(picture.height * width / picture.width)
    if picture.width != width:
        picture = picture.resize((width, height), Image.Resampling.LANCZOS)
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{name}.png"
    for colours in (256, 128, 64):
        picture.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size < MOST_BYTES:
            break
    print(f"{path.relative_to(ROOT)}  {width}×{height}  {path.stat().st_size // 1000} kB")


def home(scene: Scene) -> None:
    for queue in ("cat", "stp"):
        scene.hall.take(queue, **{"class": "elderly"} if queue == "stp" else {})
    with scene.glass(1366, 768) as page:
        page.route("**/demo/slips/*.json", _in_the_mornings_time)
        page.goto(scene.hall.url)
        page.locator(".slip img").nth(1).wait_for(timeout=20_000)
        page.wait_for_timeout(1500)
        save(page, "home", 1366)


def kiosk(scene: Scene) -> None:
    with scene.glass(1080, 1920) as page:
        page.goto(scene.hall.url + scene.hall.demo["kiosks"][0]["url"])
        page.locator("button.door").wait_for()
        page.wait_for_timeout(500)
        save(page, "kiosk-start", 540)
        page.locator("button.door").click()
        page.locator("[data-agency=stp]").wait_for()
        page.wait_for_timeout(500)
        save(page, "kiosk", 540)
        page.locator("[data-agency=stp]").click()
        page.locator(".service:not(.waiting)").first.click()
        page.locator(".take").click()
        page.locator(".paper[data-slip=printed]").wait_for(timeout=20_000)
        page.wait_for_timeout(500)
        save(page, "kiosk-number", 540)


def desk(scene: Scene) -> None:
    with scene.glass(1366, 768) as page:
        _sit_down(scene, page)
        page.keyboard.press("m")
        page.locator(".desk[data-phase=ready]").wait_for()
        page.keyboard.press("g")
        page.locator(".desk[data-phase=called]").wait_for()
        page.wait_for_timeout(500)
        save(page, "desk-called", 1366)
        scene.skip(0.6)
        page.keyboard.press("b")
        page.locator(".desk[data-phase=serving]").wait_for()
        scene.skip(6.4)
        page.reload()
        page.locator(".desk[data-phase=serving]").wait_for()
        page.wait_for_timeout(1500)
        save(page, "desk", 1366)


def board(scene: Scene) -> None:
    with scene.glass(1920, 1080) as page:
        page.goto(scene.hall.url + scene.hall.demo["boards"][0]["url"])
        page.locator(".call").first.wait_for()
        for counter in ("20", "14"):
            here = scene.hall.counter(counter)["ticket"]
            if here:
                end = "finish" if here["state"] == "serving" else "no-show"
                scene.hall.supervise(f"/tickets/{here['id']}/{end}").raise_for_status()
            scene.hall.supervise(f"/counters/{counter}/call-next").raise_for_status()
            page.wait_for_timeout(1500)
        save(page, "board", 1280)


def ticket(scene: Scene) -> None:
    number = scene.hall.take("bhxh")
    with scene.glass(390, 780, 2) as page:
        page.goto(scene.hall.url + number["tracking"])
        page.locator(".ahead, .sentence").first.wait_for()
        page.wait_for_timeout(500)
        save(page, "ticket", 390)


PICTURES: dict[str, Callable[[Scene], None]] = {
    "home": home,
    "kiosk": kiosk,
    "desk": desk,
    "board": board,
    "ticket": ticket,
    "desk-states": lambda scene: desk_pictures.take_all(scene.browser),
    "supervisor": lambda scene: supervisor_pictures.take_all(scene.browser),
}


def _sit_down(scene: Scene, page: Page) -> None:
    officer = scene.hall.who_sits_at(COUNTER)
    page.goto(f"{scene.hall.url}/signin?next=/desk&login={officer['login']}")
    page.locator("#password").fill(officer["password"])
    page.keyboard.press("Enter")
    page.locator(".desk[data-status=live]").wait_for()


def _in_the_mornings_time(route: Route) -> None:
    """The virtual printer stamps its pages with the machine's clock, which is not this morning's."""
    slips = route.fetch().json()
    offset = morning.NOW - max((slip["at"] for slip in slips["slips"]), default=0)
    for slip in slips["slips"]:
        slip["at"] += offset
    route.fulfill(json=slips)


@contextmanager
def a_morning() -> Iterator[tuple[str, Path]]:
    """(address, folder) of a centre that has lived through its morning and goes on."""
    with tempfile.TemporaryDirectory(prefix="motcua-pictures-") as name:
        folder = Path(name)
        morning.live_through(folder)
        command = [sys.executable, "-m", "tests.browser.morning", name]
        with (folder / "server.log").open("wb") as log:
            server = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
        try:
            yield _address(folder / "server.log", server), folder
        finally:
            server.terminate()
            server.wait(20)


def _address(log: Path, server: subprocess.Popen[bytes]) -> str:
    for _ in range(600):
        found = re.search(r"http://\S+", log.read_text())
        if found and requests.get(f"{found[0]}/readyz", timeout=5).ok:
            return found[0]
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise SystemExit(f"the centre did not start:\n{log.read_text()}")


def main(names: list[str]) -> None:
    unknown = set(names) - set(PICTURES)
    if unknown:
        raise SystemExit(f"no picture {', '.join(sorted(unknown))}; there are {', '.join(PICTURES)}")
    with a_morning() as (url, folder), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*CHROMIUM_FLAGS, "--autoplay-policy=no-user-gesture-required"]
        )
        scene = Scene(Hall(url), browser, folder)
        for name in names or PICTURES:
            PICTURES[name](scene)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
