"""The shape of the tree and of each file in it: names, lengths, opening sentences, nothing foreign."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture import measures
from tests.architecture.sources import product_files, project_files, read

MODULE_LINES = 300
FUNCTION_LINES = 40

# A reason may win over the figure; it is written here, with the greatest length that it excuses.
LONGER_MODULES: dict[str, tuple[int, str]] = {}
LONGER_FUNCTIONS: dict[str, tuple[int, str]] = {}

TOP = frozenset(
    "kiosk display queue_server drivers tests docs dev pyproject.toml README.md CHANGELOG.md CONTRIBUTING.md "
    "LICENSE requirements.lock requirements-test.lock".split()
)

# Assembled from halves, so that this file does not hold what it looks for.
FOREIGN = {
    "a package registry's address": "|".join(
        re.escape(left + right)
        for left, right in [
            ("pypi.", "org"),
            ("python", "hosted.org"),
            ("npm", "js.org"),
            ("npm", "js.com"),
            ("deb.", "debian.org"),
            ("jsde", "livr"),
            ("unp", "kg.com"),
            ("cdn", "js."),
        ]
    ),
    "a path of one machine": r"(?<![\w.}/-])/(?:work|root|mnt|Users|opt|home/[a-z]+)" + "/",
    "a temporary folder of one machine": r"(?<![\w.}/-])/" + "tmp/",
}


def test_the_top_of_the_tree_holds_only_what_the_design_names() -> None:
    tops = {path.parts[0] for path in project_files()}
    assert {name for name in tops if not name.startswith(".")} - TOP == set()


def test_modules_are_short() -> None:
    long = {}
    for path in product_files(".py", ".js"):
        lines = read(path).count("\n")
        if lines > LONGER_MODULES.get(str(path), (MODULE_LINES, ""))[0]:
            long[str(path)] = lines
    assert not long, long


def test_functions_are_short() -> None:
    long = {}
    for path in product_files(".py"):
        for name, lines in measures.function_lengths(read(path)):
            where = f"{path}::{name}"
            if lines > LONGER_FUNCTIONS.get(where, (FUNCTION_LINES, ""))[0]:
                long[where] = lines
    assert not long, long


def test_every_excused_length_is_still_needed_and_has_its_reason() -> None:
    for where, (_, reason) in LONGER_MODULES.items():
        assert reason and read(Path(where)).count("\n") > MODULE_LINES, where
    for where, (_, reason) in LONGER_FUNCTIONS.items():
        path, _, function = where.partition("::")
        assert reason and dict(measures.function_lengths(read(Path(path))))[function] > FUNCTION_LINES, where


def test_names_say_what_a_thing_is_for() -> None:
    vague = [str(path) for path in project_files() for part in path.parts if measures.vague_words(part)]
    vague += [
        f"{path}::{name}"
        for path in product_files(".py")
        for name in measures.class_names(read(path))
        if measures.vague_words(name)
    ]
    assert not vague, vague


def test_every_module_opens_with_a_sentence_that_says_what_it_is_for() -> None:
    silent = [str(path) for path in product_files(".py") if not measures.opens_with_a_sentence(read(path))]
    silent += [str(path) for path in product_files(".js") if not read(path).startswith(("//", "/*"))]
    assert not silent, silent


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    found = []
    for path in project_files():
        try:
            text = read(path)
        except UnicodeDecodeError:
            continue  # a picture or a font
        for what, pattern in FOREIGN.items():
            found += [f"{path}: {what}: {hit}" for hit in re.findall(pattern, text)]
    assert not found, "\n".join(found)


def test_pages_fetch_nothing_from_the_internet() -> None:
    """A page works with no internet: the only foreign addresses in it are names of XML namespaces."""
    found = []
    for path in product_files(".html", ".js", ".css"):
        addresses = re.findall(r"(?:https?:|wss?:)?//[\w-]+(?:\.[\w-]+)+[^\s\"'`)]*", _code(read(path)))
        found += [f"{path}: {hit}" for hit in addresses if not hit.startswith("http://www.w3.org/")]
    assert not found, "\n".join(found)


def _code(text: str) -> str:
    return re.sub(r"/\*.*?\*/|(?m:^\s*//.*$)|<!--.*?-->", "", text, flags=re.DOTALL)


def test_a_long_function_is_measured_without_its_docstring_and_without_inner_functions() -> None:
    text = (
        "class Desk:\n"
        "    def call(self):\n"
        '        """Two lines\n        of words."""\n'
        "        def inner():\n"
        "            return 1\n"
        "        return inner\n"
    )
    assert dict(measures.function_lengths(text)) == {"Desk.call": 2, "Desk.call.inner": 2}


@pytest.mark.parametrize("name", ["utils.py", "queue_helpers.py", "QueueManager", "misc", "common-code.js"])
def test_a_vague_name_is_caught(name: str) -> None:
    assert measures.vague_words(name)


@pytest.mark.parametrize("name", ["commons.py", "commands.py", "numbering.py", "CallNext", "community.py"])
def test_a_plain_name_passes(name: str) -> None:
    assert measures.vague_words(name) == []


@pytest.mark.parametrize(
    "text",
    [
        "see https://pypi" + ".org/simple",
        'PATH = "/wor' + 'k/main"',
        "cd /ho" + "me/an/motcua",
        "open('/tm" + "p/x')",
        '"resolved": "https://registry.npm' + 'js.org/x"',
    ],
)
def test_a_foreign_address_or_path_is_caught(text: str) -> None:
    assert any(re.search(pattern, text) for pattern in FOREIGN.values())


@pytest.mark.parametrize(
    "text", ["/usr/bin/chromium", "/pages/home/index.html", "/api/v1/work/x", "./root/x"]
)
def test_a_standard_path_or_a_path_of_ours_passes(text: str) -> None:
    assert not any(re.search(pattern, text) for pattern in FOREIGN.values())


def test_a_module_without_an_opening_sentence_is_caught() -> None:
    assert not measures.opens_with_a_sentence("import json\n")
    assert not measures.opens_with_a_sentence('"""Json things"""\n')
    assert measures.opens_with_a_sentence('"""Reads a site."""\n')
