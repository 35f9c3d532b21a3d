"""The documents are true to the tree: links lead somewhere, and every page of docs/ can be reached."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def links(page: Path) -> list[Path]:
    """The files that `page` links to."""
    found = LINK.findall(page.read_text(encoding="utf-8"))
    return [(page.parent / link).resolve() for link in found if "://" not in link]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_to_a_file_of_the_tree(page: Path) -> None:
    assert [str(link.relative_to(ROOT)) for link in links(page) if not link.exists()] == []


def test_every_page_of_the_docs_is_linked_from_another() -> None:
    linked = {target for page in PAGES for target in links(page)}
    folders = {target for target in linked if target.is_dir()}
    lost = [
        str(page.relative_to(ROOT))
        for page in PAGES
        if page.parent != ROOT and page not in linked and page.parent not in folders
    ]
    assert lost == []


def test_the_readmes_map_names_folders_that_exist() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    tree = text.split("## The tree")[1].split("```")[1]
    parent = ""
    for line in tree.strip().splitlines():
        names = re.findall(r"([\w.-]+/)", line.split("  ")[0] if not line.startswith(" ") else line[:18])
        if not line.startswith(" "):
            parent = names[0]
            assert (ROOT / parent).is_dir(), parent
        for name in names if line.startswith(" ") else ():
            assert (ROOT / parent / name).is_dir(), parent + name
