"""What runs a kiosk on a bare machine: units, rules and the launcher of its screen are true to it."""

from __future__ import annotations

import configparser
import http.server
import os
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner

from queue_server.__main__ import motcua
from tests.servers import ROOT, in_time

SYSTEM = ROOT / "kiosk" / "system"
UNITS = sorted([*SYSTEM.glob("*.service"), *(ROOT / "display" / "system").glob("*.service")])
PAGE = (ROOT / "docs" / "kiosk.md").read_text(encoding="utf-8")
BROWSER = """#!/bin/sh
echo "$@" >> "{log}"
exec sleep {seconds}
"""


def unit(path: Path) -> dict[str, dict[str, str]]:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str  # type: ignore[method-assign,assignment]
    parser.read(path, encoding="utf-8")
    return {section: dict(parser[section]) for section in parser.sections()}


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_starts_again_whatever_happens_and_knows_its_command(path: Path) -> None:
    found = unit(path)
    assert found["Service"]["Restart"] == "always"
    assert found["Service"]["User"] == "motcua"
    assert found["Install"]["WantedBy"] == "multi-user.target"
    command = found["Service"]["ExecStart"].split()
    if command[0].endswith("motcua"):
        shown = CliRunner().invoke(motcua, [command[1], "--help"]).output
        for flag in [part for part in command if part.startswith("--")]:
            assert flag in shown, flag


@pytest.mark.parametrize("name", ["kiosk/system/motcua-kiosk.service", "display/system/motcua-signs.service"])
def test_what_can_work_alone_does_not_wait_for_a_network_that_may_not_come(name: str) -> None:
    told = " ".join(unit(ROOT / name)["Unit"].values())
    assert "network-online" not in told


def test_the_page_for_technicians_names_every_file_and_every_option() -> None:
    for path in SYSTEM.iterdir():
        if path.name != "screen":
            assert path.name in PAGE or path.stem in PAGE, path.name
    shown = CliRunner().invoke(motcua, ["kiosk", "--help"]).output
    for flag in set(re.findall(r"(?m)^ +(--[a-z]+)", shown)):
        assert f"`{flag}`" in PAGE, flag
    for default in ("127.0.0.1", "8090", "kiosk-data"):
        assert f"`{default}`" in PAGE and default in shown


class _Answers(http.server.BaseHTTPRequestHandler):
    is_there = False

    def do_GET(self) -> None:
        self.send_response(200 if type(self).is_there else 503)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def page() -> Iterator[str]:
    _Answers.is_there = False
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/kiosk#token=secret"
    server.shutdown()
    server.server_close()


def test_the_screen_waits_for_its_page_and_opens_it_again_when_the_browser_ends(
    page: str, tmp_path: Path
) -> None:
    log, browser = tmp_path / "starts", tmp_path / "browser"
    browser.write_text(BROWSER.format(log=log, seconds=0), encoding="utf-8")
    browser.chmod(0o755)
    facts = {**os.environ, "SCREEN_URL": page, "SCREEN_BROWSER": str(browser), "TMPDIR": str(tmp_path)}
    launcher = subprocess.Popen([str(SYSTEM / "screen")], env=facts, start_new_session=True)
    try:
        with pytest.raises(subprocess.TimeoutExpired):
            launcher.wait(1.5)
        assert not log.exists()
        _Answers.is_there = True
        in_time(lambda: log.exists() and len(log.read_text(encoding="utf-8").splitlines()) >= 2)
        assert all("--kiosk " in line and line.endswith(page) for line in log.read_text().splitlines())
    finally:
        launcher.send_signal(signal.SIGTERM)
        launcher.wait(10)
    assert [path for path in tmp_path.iterdir() if path.is_dir()] == []  # no profile is left behind
