"""Measures of a source file: its length, its functions' lengths, its names, its opening sentence."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)
VAGUE = frozenset("utils util helpers helper manager managers misc common".split())


def function_lengths(text: str) -> Iterator[tuple[str, int]]:
    """Qualified name and lines of each function, from `def` on; its docstring and the functions inside
    it do not count, for they are read on their own."""

    def walk(node: ast.AST, prefix: str) -> Iterator[tuple[str, int]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, (*FUNCTION, ast.ClassDef)):
                name = prefix + child.name
                if isinstance(child, FUNCTION):
                    yield name, _own_lines(child)
                yield from walk(child, name + ".")
            else:
                yield from walk(child, prefix)

    yield from walk(ast.parse(text), "")


def _own_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    lines = _span(function)
    if ast.get_docstring(function) is not None:
        lines -= _span(function.body[0])
    return lines - sum(_span(inner) for inner in _inner_functions(function))


def _inner_functions(node: ast.AST) -> Iterator[ast.stmt]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, FUNCTION):
            yield child
        else:
            yield from _inner_functions(child)


def _span(node: ast.stmt) -> int:
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


def vague_words(name: str) -> list[str]:
    """The words in a file's or class's name that say nothing: QueueManager → ["manager"]."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return [word for word in re.split(r"[^a-z0-9]+", spaced.lower()) if word in VAGUE]


def class_names(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef):
            yield node.name


def opens_with_a_sentence(text: str) -> bool:
    """True for a Python module whose docstring begins with one sentence on one line (it may be empty)."""
    if not text.strip():
        return True
    docstring = ast.get_docstring(ast.parse(text)) or ""
    return docstring.partition("\n")[0].endswith((".", ":", "…"))
