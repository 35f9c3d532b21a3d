"""Every dependency is written down with its reason, locked by hash, and locked without an address."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.sources import read

PROJECT: dict[str, Any] = tomllib.loads(read(Path("pyproject.toml")))["project"]
PAGES = Path("queue_server/pages")


def declared() -> list[Requirement]:
    groups = [PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()]
    return [Requirement(line) for group in groups for line in group]


def python_names() -> set[str]:
    return {canonicalize_name(requirement.name) for requirement in declared()}


def browser_names() -> set[str]:
    return set(json.loads(read(PAGES / "package.json"))["dependencies"])


def debian_names() -> set[str]:
    added = re.findall(r"(?:missing\+=\(|apt_install )([a-z][a-z0-9 .-]*)", read(Path("dev")))
    return {name for group in added for name in group.split()}


def rows(heading: str) -> list[str]:
    """The names in the first cells (in backticks, mostly one) under a heading of docs/dependencies.md."""
    section = re.split(rf"(?m)^## {heading}.*$", read(Path("docs/dependencies.md")))[1]
    cells = re.findall(r"(?m)^\| (`[^|]+)\|", re.split(r"(?m)^## ", section)[0])
    return [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]


def locked(name: str) -> dict[str, list[str]]:
    """Each package of a lock with its versions (more than one where Python versions differ)."""
    found: dict[str, list[str]] = {}
    for package, version in re.findall(r"(?m)^([a-z0-9.-]+)==(\S+)", read(Path(name))):
        found.setdefault(canonicalize_name(package), []).append(version)
    return found


def test_every_python_package_has_its_row_and_no_row_is_left_over() -> None:
    written = [canonicalize_name(name) for name in rows("Python")]
    assert sorted(written) == sorted(python_names())


def test_every_browser_package_has_its_row_and_no_row_is_left_over() -> None:
    assert sorted(rows("Browser")) == sorted(browser_names())


def test_every_debian_package_has_its_row_and_no_row_is_left_over() -> None:
    assert sorted(rows("Debian")) == sorted(debian_names())


def test_every_row_says_what_for_why_and_which_licence() -> None:
    table = [line for line in read(Path("docs/dependencies.md")).splitlines() if line.startswith("| `")]
    assert table
    for line in table:
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        assert len(cells) == 4 and all(cells), line


def test_the_locks_hold_every_declared_package_in_a_fitting_version() -> None:
    tests = locked("requirements-test.lock")
    for requirement in declared():
        versions = tests[canonicalize_name(requirement.name)]
        assert all(requirement.specifier.contains(version) for version in versions), str(requirement)
    run = locked("requirements.lock")
    assert {canonicalize_name(Requirement(line).name) for line in PROJECT["dependencies"]} <= set(run)


def test_tests_run_on_the_versions_that_a_centre_runs_on() -> None:
    tests = locked("requirements-test.lock")
    assert {name: tests.get(name) for name in locked("requirements.lock")} == locked("requirements.lock")


def test_every_locked_package_is_proved_by_its_hashes_and_has_no_address() -> None:
    for name in ("requirements.lock", "requirements-test.lock"):
        text = read(Path(name))
        entries = re.split(r"(?m)^(?=[a-z0-9.-]+==)", text)[1:]
        assert entries and all("--hash=sha256:" in entry for entry in entries)
        assert "://" not in text and "index-url" not in text and "find-links" not in text


def test_every_locked_browser_package_is_proved_by_its_hash_and_has_no_address() -> None:
    lock = json.loads(read(PAGES / "package-lock.json"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert browser_names() <= {name.removeprefix("node_modules/") for name in packages}
    assert all("integrity" in entry and "resolved" not in entry for entry in packages.values())
    assert lock["packages"][""]["dependencies"] == json.loads(read(PAGES / "package.json"))["dependencies"]
