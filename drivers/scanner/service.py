"""The thread that listens to one scanner and hands on what its codes mean."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import date
from enum import Enum
from threading import Event, Thread
from typing import Final

from drivers.backoff import Backoff
from drivers.channels import Channel
from drivers.fault import DeviceFault
from drivers.scanner.codes import BANDS, Scan, decode
from drivers.scanner.framing import QUIET_SECONDS, Framing

_BREATH_SECONDS: Final = 0.05
"""How long a babbling scanner is not listened to after each look: it costs a hundredth of a core at most."""


class ScannerState(Enum):
    """WAITING: not opened yet. BABBLING: it sends without end, and all of it is thrown away."""

    WAITING = "waiting"
    READY = "ready"
    BABBLING = "babbling"
    ABSENT = "absent"


class Scanner:
    """`scanned(scan)` and `noticed(state)` are called from the scanner's own thread; neither gets what was
    read, only what it means. `today` tells the date, for a card's age band."""

    def __init__(
        self,
        opener: Callable[[], Channel],
        scanned: Callable[[Scan], None],
        *,
        today: Callable[[], date],
        bands: Sequence[int] = BANDS,
        noticed: Callable[[ScannerState], None] = lambda state: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._opener, self._scanned, self._noticed = opener, scanned, noticed
        self._today, self._bands, self._clock = today, bands, clock
        self._framing = Framing()
        self._backoff = Backoff(0.2, 5.0)
        self._channel: Channel | None = None
        self._over = Event()
        self._thread = Thread(target=self._run, name="scanner", daemon=True)
        self.state = ScannerState.WAITING

    def start(self) -> Scanner:
        self._thread.start()
        return self

    def close(self) -> None:
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    # ---- the scanner's thread -----------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._over.is_set():
            channel = self._channel or self._open()
            if channel is None:
                self._over.wait(self._backoff.wait(self._clock()))
                continue
            try:
                self._listen(channel)
            except OSError:
                self._drop()
                self._lose()
        self._drop()

    def _listen(self, channel: Channel) -> None:
        data = channel.read(QUIET_SECONDS)
        now = self._clock()
        codes = self._framing.feed(data, now) if data else self._framing.rest(now)
        is_babbling = self._framing.is_babbling(now)
        self._become(ScannerState.BABBLING if is_babbling else ScannerState.READY)
        for code in codes:
            self._scanned(decode(code, self._today(), self._bands))
        if is_babbling:
            self._over.wait(_BREATH_SECONDS)

    def _open(self) -> Channel | None:
        try:
            self._channel = self._opener()
        except DeviceFault:
            self._lose()
            return None
        self._backoff.succeeded()
        self._framing = Framing()  # half a code from before the cable was pulled is no beginning of this one
        self._become(ScannerState.READY)
        return self._channel

    def _lose(self) -> None:
        self._backoff.failed(self._clock())
        self._become(ScannerState.ABSENT)

    def _drop(self) -> None:
        channel, self._channel = self._channel, None
        if channel is not None:
            try:
                channel.close()
            except OSError:
                pass  # it is gone already

    def _become(self, state: ScannerState) -> None:
        if state is not self.state:
            self.state = state
            self._noticed(state)
