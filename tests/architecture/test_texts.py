"""Texts for people: complete in both languages, well formed, and present wherever a page asks for one."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast, visitor

from tests.architecture.sources import product_files, project_files, read

LANGUAGES = ("vi", "en")


def fluent_files(language: str) -> list[Path]:
    return [path for path in project_files() if path.suffix == ".ftl" and path.stem == language] + [
        path for path in project_files() if path.suffix == ".ftl" and path.parent.name == language
    ]


def twin(path: Path) -> Path:
    """The English file of a Vietnamese one: texts/vi/desk.ftl → texts/en/desk.ftl, vi.ftl → en.ftl."""
    if path.stem == "vi":
        return path.with_stem("en")
    return path.parent.with_name("en") / path.name


def messages(path: Path) -> dict[str, ast.Pattern]:
    """Every text of a file by its id; an attribute's id is message.attribute."""
    found: dict[str, ast.Pattern] = {}
    for entry in FluentParser().parse(read(path)).body:
        assert not isinstance(entry, ast.Junk), f"{path}: not Fluent: {entry.content}"
        if isinstance(entry, ast.Message | ast.Term):
            texts = [(entry.id.name, entry.value)]
            texts += [(f"{entry.id.name}.{one.id.name}", one.value) for one in entry.attributes]
            for name, value in texts:
                assert name not in found, f"{path}: {name} stands twice"
                if value is not None:
                    found[name] = value
    return found


def figures(pattern: ast.Pattern) -> set[str]:
    """The variables that a text shows; one that only chooses a plural form may be of one language."""
    names: set[str] = set()

    class Collect(visitor.Visitor):
        def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 (fluent's name)
            names.add(node.id.name)

        def visit_SelectExpression(self, node: ast.SelectExpression) -> None:  # noqa: N802 (fluent's name)
            for variant in node.variants:
                self.visit(variant.value)

    Collect().visit(pattern)
    return names


def words(pattern: ast.Pattern) -> Iterator[str]:
    found: list[str] = []

    class Collect(visitor.Visitor):
        def visit_TextElement(self, node: ast.TextElement) -> None:  # noqa: N802 (fluent's name)
            found.append(node.value)

    Collect().visit(pattern)
    yield from found


@pytest.mark.parametrize("path", fluent_files("vi"), ids=str)
def test_english_says_all_that_vietnamese_says_and_with_the_same_figures(path: Path) -> None:
    source, english = messages(path), messages(twin(path))
    assert sorted(source) == sorted(english)
    shown = {name: figures(text) for name, text in source.items()}
    assert {name: figures(text) for name, text in english.items()} == shown


def test_every_english_file_has_its_vietnamese_source() -> None:
    assert sorted(twin(path) for path in fluent_files("vi")) == sorted(fluent_files("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_stands_in_two_files_that_pages_read_as_one(language: str) -> None:
    counts = Counter(
        name
        for path in fluent_files(language)
        if path.parts[:2] == ("queue_server", "texts")
        for name in messages(path)
    )
    assert [name for name, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_calm_and_composed(language: str) -> None:
    """No exclamation marks; letters in NFC, for printers and fonts break apart what is not."""
    for path in fluent_files(language):
        for name, text in messages(path).items():
            said = "".join(words(text))
            assert "!" not in said, f"{path}: {name}: {said}"
            assert unicodedata.is_normalized("NFC", said), f"{path}: {name}: {said}"


def test_every_text_that_a_page_asks_for_by_name_exists() -> None:
    known = {
        name
        for path in fluent_files("vi")
        if path.parts[:2] == ("queue_server", "texts")
        for name in messages(path)
    }
    asked = {
        (name, str(path))
        for path in product_files(".js")
        for name in re.findall(r"""\bt\(\s*["']([a-z][\w.-]*)["']\s*[,)]""", read(path))
    }
    assert asked
    assert sorted((name, where) for name, where in asked if name not in known) == []
