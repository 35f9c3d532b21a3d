"""docs/access.md says what the code does: rights, figures, commands, entries of the log."""

from __future__ import annotations

import re

from queue_server.app.access_log import Act
from queue_server.app.access_rules import DAY_MS, HOUR_MS, MINUTE_MS, RULES
from queue_server.cli.people import person, session
from queue_server.core.rights import RIGHTS
from tests.web_stand import ROOT

PAGE = (ROOT / "docs" / "access.md").read_text(encoding="utf-8")


def test_the_page_says_of_every_action_who_may_do_it() -> None:
    said = {
        action: frozenset(roles.split(", "))
        for action, roles in re.findall(r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \|$", PAGE, re.MULTILINE)
        if action in RIGHTS
    }
    assert said == {action: roles for action, roles in RIGHTS.items() if roles}


def test_the_pages_figures_are_the_ones_in_force() -> None:
    assert RULES.tries == 5 and "Five wrong passwords in a row" in PAGE
    for words in (
        f"for {RULES.lock_ms // MINUTE_MS} minutes",
        f"up to {RULES.longest_lock_ms // HOUR_MS} hours",
        f"at least {RULES.shortest_password} characters",
        f"lasts {RULES.session_ms // HOUR_MS} hours at most",
        f"after {RULES.idle_ms // MINUTE_MS} minutes",
        f"**{RULES.log_kept_ms // DAY_MS} days**",
    ):
        assert words in PAGE, words


def test_the_page_names_every_entry_of_the_log_and_every_command() -> None:
    for act in Act:
        assert f"`{act.value}`" in PAGE, act
    for group in (person, session):
        for name in group.commands:
            assert f"{group.name} {name}" in PAGE or f"and {name}" in PAGE, name
