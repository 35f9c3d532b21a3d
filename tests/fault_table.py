"""The table of faults in docs/hardware.md, read: what the tests play is what the page promises."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "docs" / "hardware.md"
HEADING = "## Each fault, from its beginning to its end"


@dataclass(frozen=True, slots=True)
class Row:
    """`slip`, `behind`: "printed", "in doubt", "wait", or "" without slips; `then` is the state after."""

    device: str
    fault: str
    state: str
    told: str
    slip: str
    behind: str
    mended_by: str
    then: str


def rows(device: str) -> list[Row]:
    """The rows of one kind of device: printer, sign, scanner."""
    section = PAGE.read_text(encoding="utf-8").split(HEADING)[1]
    found = []
    for line in section.splitlines():
        cells = [cell.strip().strip("`") for cell in line.split("|")[1:-1]]
        if len(cells) == 8 and cells[0] == device:
            found.append(Row(*cells))
    return found


def row(device: str, fault: str) -> Row:
    (found,) = [one for one in rows(device) if one.fault == fault]
    return found
