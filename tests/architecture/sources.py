"""Reads the checkout as a set of files and import edges, for the tests that keep its shape."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("queue_server", "kiosk", "display", "drivers")
OWN_FOLDERS = (*PACKAGES, "tests")


def project_files() -> list[Path]:
    """Every file that git holds or would hold (new ones too, ignored ones not), relative to the root."""
    command = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z", "--cached", "--others"]
    listed = subprocess.run(
        [*command, "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    paths = {Path(name) for name in listed.stdout.split("\0") if name}
    return sorted(path for path in paths if (ROOT / path).is_file())


def product_files(*suffixes: str) -> list[Path]:
    return [path for path in project_files() if path.parts[0] in PACKAGES and path.suffix in suffixes]


def read(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@dataclass(frozen=True)
class Source:
    """One Python module: its dotted name, its text, and whether it is a package's __init__."""

    module: str
    text: str
    is_package: bool = False

    @classmethod
    def at(cls, path: Path) -> Source:
        parts = list(path.with_suffix("").parts)
        is_package = parts[-1] == "__init__"
        return cls(".".join(parts[:-1] if is_package else parts), read(path), is_package)

    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.module)


@dataclass(frozen=True)
class Import:
    """`module` is what is imported, dotted and absolute; for `from a import b` both a and a.b are given."""

    module: str
    line: int


def imports(source: Source) -> Iterator[Import]:
    """Every import of a module, wherever it stands: top, function, TYPE_CHECKING, import_module("…")."""
    for node in ast.walk(source.tree()):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield Import(name.name, node.lineno)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(source, node)
            for name in node.names:
                yield Import(f"{base}.{name.name}", node.lineno)
        elif isinstance(node, ast.Call) and _call_name(node) in {"import_module", "__import__"} and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield Import(first.value, node.lineno)


def _absolute(source: Source, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    parts = source.module.split(".")
    kept = len(parts) - node.level + (1 if source.is_package else 0)
    return ".".join(parts[:kept] + ([node.module] if node.module else []))


def _call_name(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""
