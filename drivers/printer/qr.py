"""The squares of a QR code, for printers that cannot draw one themselves and for the picture of a slip."""

from __future__ import annotations

from typing import Any

import qrcode
from qrcode.exceptions import DataOverflowError

from drivers.fault import DeviceFault

_LEVELS = {
    "L": qrcode.ERROR_CORRECT_L,
    "M": qrcode.ERROR_CORRECT_M,
    "Q": qrcode.ERROR_CORRECT_Q,
    "H": qrcode.ERROR_CORRECT_H,
}


def qr_squares(content: str | bytes, correction: str) -> list[list[bool]]:
    """Rows of squares (True is dark), no quiet zone; DeviceFault("unprintable") for too much content."""
    code = _code(content, correction)
    code.make(fit=True)
    return [[bool(square) for square in row] for row in code.get_matrix()]


def qr_side(content: str, correction: str) -> int:
    """How many squares wide the code is, without making it; DeviceFault("unprintable") as above."""
    return 17 + 4 * _code(content, correction).version


def _code(content: str | bytes, correction: str) -> qrcode.QRCode[Any]:
    code: qrcode.QRCode[Any] = qrcode.QRCode(error_correction=_LEVELS[correction], border=0)
    try:
        code.add_data(content if isinstance(content, bytes) else content.encode("utf-8"))
        code.best_fit(start=1)
    except (DataOverflowError, UnicodeEncodeError, ValueError) as error:
        raise DeviceFault("unprintable", f"not a QR code: {error}", permanent=True) from error
    return code
