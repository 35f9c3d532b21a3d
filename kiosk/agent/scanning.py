"""The kiosk's scanner, as its page and its server may know it: what to show, never what was read."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any, Final

from drivers.scanner import CitizenCard, DossierCode, Scan, ScannerState, TicketCode

SHOWN_MS: Final = 5_000
"""How long a code stands in the topic: whoever holds it before the scanner is still there then."""
TROUBLE_MS: Final = 60_000
"""A trouble is told for so long after it has passed, so that a loose plug or a scanner that babbles now and
then is not an entry in the journal each time."""
_TROUBLES: Final = (ScannerState.BABBLING, ScannerState.ABSENT)

Json = dict[str, Any]


class Scanning:
    """Of a card nothing is kept but that there was one, of a dossier's code likewise; of a slip its secret,
    for its page to be asked for. `steady` counts ms and never jumps; `changed` is called from any thread."""

    def __init__(self, steady: Callable[[], int], changed: Callable[[], Any] = lambda: None) -> None:
        self._steady, self._changed = steady, changed
        self._lock = Lock()
        self._count, self._scan, self._scanned_at = 0, Json(), 0
        self._now: ScannerState | None = None
        self._trouble: ScannerState | None = None
        self._trouble_at = 0

    def scanned(self, scan: Scan) -> None:
        """Somebody held a code before the scanner."""
        shown = _shown(scan)
        with self._lock:
            self._count += 1
            self._scan, self._scanned_at = {"n": self._count, **shown}, self._steady()
        self._changed()

    def noticed(self, state: ScannerState) -> None:
        with self._lock:
            if self._now in _TROUBLES:
                self._trouble, self._trouble_at = self._now, self._steady()
            self._now = state
        self._changed()

    def rows(self) -> dict[str, Json]:
        """The last code, for as long as it matters."""
        with self._lock:
            is_fresh = bool(self._scan) and self._steady() - self._scanned_at < SHOWN_MS
            return {"_": dict(self._scan)} if is_fresh else {}

    @property
    def works(self) -> bool:
        """Whether a code that is held before it now would be read."""
        return self._now is ScannerState.READY

    @property
    def state(self) -> str:
        """For the report: "ready", "babbling", "absent", or "none" where there is no scanner."""
        with self._lock:
            if self._now in _TROUBLES:
                return self._now.value
            if self._trouble is not None and self._steady() - self._trouble_at < TROUBLE_MS:
                return self._trouble.value
            return "ready" if self._now is ScannerState.READY else "none"


def _shown(scan: Scan) -> Json:
    match scan:
        case TicketCode(secret):
            return {"kind": "ticket", "secret": secret}
        case CitizenCard():
            return {"kind": "card"}
        case DossierCode():
            return {"kind": "dossier"}
    return {"kind": "unreadable"}
