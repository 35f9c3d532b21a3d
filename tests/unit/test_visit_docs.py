"""docs/visit.md tells the table of a ticket's life as it is."""

from __future__ import annotations

import re
from pathlib import Path

from queue_server.core.lifecycle import TRANSITIONS

PAGE = (Path(__file__).parents[2] / "docs" / "visit.md").read_text(encoding="utf-8")


def test_the_page_tells_every_transition_and_no_other() -> None:
    told = {
        verb: (set(before.split(", ")), set(after.split(", ")))
        for verb, before, after in re.findall(
            r"^\| `(\w+)` \| ([\w, ]+) \| ([\w, ]+) \|$", PAGE, re.MULTILINE
        )
    }
    assert told == {
        verb.__name__: ({state.value for state in ways}, {state.value for state in ways.values()})
        for verb, ways in TRANSITIONS.items()
    }
