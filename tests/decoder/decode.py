"""Decodes printed bytes with emupos, which is not ours: bytes come in, a JSON report goes out.

Runs in the decoder's own environment (`./dev` makes it under .cache/decoder/). emupos asks for Python 3.13,
of which its printer uses only two spellings: `type X = ...` and `def f[T](...)`. On an older Python they are
respelt while the module is loaded; the package on disk stays as its hash says.
"""

from __future__ import annotations

import base64
import json
import re
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType, ModuleType
from typing import Any


class OlderSpelling(SourceFileLoader):
    """Loads a module written for Python 3.13 on an older one."""

    def source_to_code(self, data: Any, path: Any, *, _optimize: int = -1) -> CodeType:
        source = bytes(data).decode("utf-8")
        source = re.sub(r"(?m)^type (\w+) = ", r"\1 = ", source)
        source = re.sub(r"(?m)^(\s*)def (\w+)\[T\]\(", r"\1def \2(", source)
        return super().source_to_code(("T = object; " + source).encode("utf-8"), path, _optimize=_optimize)


class OlderSpellingFinder:
    """Gives emupos, and nothing else, to that loader."""

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name.partition(".")[0] != "emupos":
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = OlderSpelling(spec.loader.name, spec.loader.path)
        return spec


def decode(page: bytes, width: int, printer: str = "epson-tm-t20iii") -> dict[str, Any]:
    """What one of emupos's printers printed: receipts as PNG and text, cuts, what it did not understand."""
    import yaml
    from emupos.config import PrinterProfile
    from emupos.printer.escpos.model import PrintModel
    from emupos.printer.escpos.tokenizer import Command, Tokenizer

    described = yaml.safe_load(_profile(printer))
    described["width_dots"] = width
    model, tokenizer = PrintModel("slip", PrinterProfile.model_validate(described)), Tokenizer()
    receipts: list[Any] = []
    unknown: list[str] = []
    cuts = 0
    for token in tokenizer.feed(page):
        if isinstance(token, Command) and token.name == "GS V":
            cuts += 1
            receipts.append(model.finish("cut"))
            continue
        unknown += [str(event) for event in model.process(token)]
    left = tokenizer.close()
    if left is not None:
        unknown.append(f"unfinished: {left.raw[:8].hex(' ')}")
    receipts.append(model.finish("connection-closed"))
    return {
        "cuts": cuts,
        "unknown": unknown,
        "receipts": [
            {"png": base64.b64encode(receipt.png).decode("ascii"), "text": receipt.text}
            for receipt in receipts
            if receipt is not None
        ],
    }


def _profile(printer: str) -> str:
    from importlib import resources

    return (resources.files("emupos") / "profiles" / "printers" / f"{printer}.yaml").read_text()


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    if sys.version_info < (3, 13):
        sys.meta_path.insert(0, OlderSpellingFinder)
    json.dump(decode(sys.stdin.buffer.read(), int(sys.argv[1]), *sys.argv[2:]), sys.stdout)
