"""Code scanners: what a code says, read purely, and the thread that listens without being drowned."""

from __future__ import annotations

from drivers.scanner.codes import AgeBand, CitizenCard, DossierCode, Scan, TicketCode, Unreadable, decode
from drivers.scanner.opening import open_scanner
from drivers.scanner.service import Scanner, ScannerState

__all__ = [
    "AgeBand",
    "CitizenCard",
    "DossierCode",
    "Scan",
    "Scanner",
    "ScannerState",
    "TicketCode",
    "Unreadable",
    "decode",
    "open_scanner",
]
