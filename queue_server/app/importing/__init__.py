"""Importing a centre: from the technician's site file to the facts the server runs on."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from queue_server.app.importing.building import build
from queue_server.app.importing.canonical import (
    UnreadableSite,
    digest,
    digest_of,
    site_from_json,
    site_to_json,
)
from queue_server.app.importing.difference import Changes, KindChanges, difference
from queue_server.app.importing.files import SiteFiles
from queue_server.app.importing.problems import Findings, ImportProblems, Place, Problem
from queue_server.app.importing.rules import check
from queue_server.app.importing.tables import read_tables
from queue_server.core.site import Site

__all__ = [
    "Changes",
    "CheckedSite",
    "ImportProblems",
    "KindChanges",
    "Place",
    "Problem",
    "UnreadableSite",
    "check_site",
    "difference",
    "digest",
    "digest_of",
    "read_site",
    "site_from_json",
    "site_to_json",
]


class CheckedSite(NamedTuple):
    """A site without mistakes, and what is unwise about it."""

    site: Site
    warnings: tuple[Problem, ...]


def check_site(path: Path) -> CheckedSite:
    """Reads a site file (or `site.toml` in a folder) and the CSV files it names.

    Raises ImportProblems with every mistake at once; nothing else is raised for a bad file.
    """
    findings = Findings()
    tables = read_tables(SiteFiles(path, findings), findings)
    if tables is not None:
        check(tables, findings)
    findings.raise_if_wrong()
    assert tables is not None, "no tables, yet nothing wrong"
    return CheckedSite(build(tables), findings.warnings)


def read_site(path: Path) -> Site:
    """The site alone; see `check_site`."""
    return check_site(path).site
