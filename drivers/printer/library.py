"""Brings python-escpos in and takes back what its import leaves: a temporary folder, a root log handler."""

from __future__ import annotations

import logging
import shutil
from typing import Any, Final

_root = logging.getLogger()
_before = list(_root.handlers)

from escpos import capabilities  # noqa: E402
from escpos.capabilities import Profile as LibraryProfile  # noqa: E402
from escpos.codepages import CodePages  # noqa: E402
from escpos.constants import QR_ECLEVEL_H, QR_ECLEVEL_L, QR_ECLEVEL_M, QR_ECLEVEL_Q  # noqa: E402
from escpos.printer import Dummy  # noqa: E402

for _handler in [handler for handler in _root.handlers if handler not in _before]:
    _root.removeHandler(_handler)
# It keeps its printers' list there for the next import, but asks for a new folder every time.
shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)

MODELS: Final[dict[str, dict[str, Any]]] = capabilities.CAPABILITIES["profiles"]
"""What the library knows of each printer model, by its name there."""

QR_LEVELS: Final = {"L": QR_ECLEVEL_L, "M": QR_ECLEVEL_M, "Q": QR_ECLEVEL_Q, "H": QR_ECLEVEL_H}


def code_page_letters(name: str) -> str:
    """The 128 letters of a code page from byte 128 on, a space where there is none."""
    return "".join(CodePages.get_encoding(name)["data"])


__all__ = ["MODELS", "QR_LEVELS", "Dummy", "LibraryProfile", "code_page_letters"]
