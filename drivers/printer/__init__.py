"""Slip printers: a page as blocks, a URL, and the printer that takes it."""

from __future__ import annotations

from drivers.printer.document import (
    DOTS_58MM,
    DOTS_80MM,
    QR,
    Block,
    Column,
    Columns,
    Cut,
    Display,
    Document,
    Feed,
    Frame,
    Picture,
    Rule,
    Shape,
    Space,
    Text,
)
from drivers.printer.printer import Printed, Printer
from drivers.printer.status import CAN_PRINT, PrinterStatus

__all__ = [
    "CAN_PRINT",
    "DOTS_58MM",
    "DOTS_80MM",
    "QR",
    "Block",
    "Column",
    "Columns",
    "Cut",
    "Display",
    "Document",
    "Feed",
    "Frame",
    "Picture",
    "Printed",
    "Printer",
    "PrinterStatus",
    "Rule",
    "Shape",
    "Space",
    "Text",
]
