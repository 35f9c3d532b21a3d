"""docs/api.md knows every call, every right, every code and every live event."""

from __future__ import annotations

import re

from queue_server.app.problems import FAULT_STATUS
from queue_server.core.refusals import STATUS
from queue_server.web.api import ROUTES
from tests.web_stand import ROOT

PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")


def rights() -> dict[str, str]:
    """Of each call ("POST /tickets/{ticket}/start"), who the page says it is for."""
    found = {}
    for calls, who in re.findall(r"^\| (`(?:GET|POST|DELETE) .*?) \| (.*?) \|$", PAGE, re.MULTILINE):
        method = base = ""
        for call in re.findall(r"`([^`]+)`", calls):
            if " " in call:
                method, path = call.split(" ")
                base = path.rpartition("/")[0]
            else:
                path = base + call
            found[f"{method} {path}"] = who
    return found


def test_the_page_says_of_every_call_who_it_is_for() -> None:
    said = rights()
    assert set(said) == {f"{route.method} {route.path}" for route in ROUTES}
    for route in ROUTES:
        who = said[f"{route.method} {route.path}"]
        if route.who is None:
            assert who == "everybody"
        elif route.tag != "session":
            assert set(who.split(", ")) == {role.value for role in route.who}, route.path


def test_the_page_lists_every_code_with_its_status() -> None:
    listed = {
        code: int(status) for status, code in re.findall(r"^\| (\d{3}) \| `(\w+)` \|", PAGE, re.MULTILINE)
    }
    assert listed == {code.value: status for code, status in {**STATUS, **FAULT_STATUS}.items()}
