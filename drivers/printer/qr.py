"""The squares of a QR code, for printers that cannot draw one themselves and for the picture of a slip."""

from __future__ import annotations

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
    code = qrcode.QRCode(version=None, error_correction=_LEVELS[correction], border=0)
    try:
        data = content if isinstance(content, bytes) else content.encode("utf-8")
        code.add_data(data)
        code.make(fit=True)
    except (DataOverflowError, UnicodeEncodeError, ValueError) as error:
        raise DeviceFault("unprintable", f"not a QR code: {error}", permanent=True) from error
    return [[bool(square) for square in row] for row in code.get_matrix()]
