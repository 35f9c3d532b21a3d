"""Debian's Chromium for the browser tests: one Playwright and one plain browser for the whole run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

CHROMIUM = "/usr/bin/chromium"

# A busy machine paints late; a test that waits for what comes loses nothing by waiting longer.
expect.set_options(timeout=30_000)

# Fonts are there, what moves for a while has arrived, and a frame has been painted after that.
SETTLED = """(async () => {
  await document.fonts.ready;
  const ends = (one) => one.effect.getComputedTiming().endTime !== Infinity;
  await Promise.allSettled(document.getAnimations().filter(ends).map((one) => one.finished));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
})()"""

PRINTED_MS = 60_000
"""Printing is gentle: on a busy machine it comes last."""

# Without these, Chromium spends each start looking for its maker's hosts, in vain where there is no internet.
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_FLAGS))
    yield chromium
    chromium.close()
