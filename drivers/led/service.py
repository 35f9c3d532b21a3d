"""The thread that keeps the signs of one line as they should be, whatever happens to sign, line or port."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from threading import Condition, Thread
from typing import Final

from drivers.backoff import Backoff
from drivers.channels import Channel
from drivers.fault import DeviceFault
from drivers.led.protocol import SignProtocol
from drivers.led.schedule import Schedule
from drivers.led.showing import Showing, SignState

ANSWER_SECONDS: Final = 0.1
REFRESH_SECONDS: Final = 5.0
BLINK_FOR_SECONDS: Final = 8.0
_GAP_SECONDS: Final = 0.005
"""Silence between two frames: signs tell by it where one ends (Modbus: 3.5 letters, 4 ms at 9,600 baud)."""
_IDLE_SECONDS: Final = 1.0
_STALE: Final = 16


class SignLine:
    """One RS-485 line. `signs` maps a counter's id to the address of its sign.

    `show` returns at once, whatever the line does. `noticed(counter, state)` is called from the line's thread
    when a sign's state has changed.
    """

    def __init__(
        self,
        opener: Callable[[], Channel],
        protocol: SignProtocol,
        signs: Mapping[str, int],
        *,
        refresh: float = REFRESH_SECONDS,
        blink: float = BLINK_FOR_SECONDS,
        answer: float = ANSWER_SECONDS,
        seconds_per_byte: float = 0.0,
        noticed: Callable[[str, SignState], None] = lambda counter, state: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._opener, self._protocol, self._signs = opener, protocol, dict(signs)
        self._answer_seconds, self._noticed, self._clock = answer, noticed, clock
        self._seconds_per_byte = seconds_per_byte
        self._schedule = Schedule(signs, refresh=refresh, blink=blink, blinks_itself=protocol.blinks)
        self._changed = Condition()
        self._told: dict[str, SignState] = {}
        self._backoff = Backoff(0.2, 5.0)
        self._channel: Channel | None = None
        self._is_over = False
        self._thread = Thread(target=self._run, name="signs", daemon=True)

    def start(self) -> SignLine:
        self._thread.start()
        return self

    def show(self, counter: str, showing: Showing) -> None:
        """The counter's sign is to show this; a counter without a sign on this line is not ours."""
        if counter not in self._signs:
            return
        with self._changed:
            self._schedule.show(counter, showing, self._clock())
            self._changed.notify()

    def states(self) -> dict[str, SignState]:
        """What is known of each counter's sign."""
        with self._changed:
            return self._schedule.states()

    def close(self) -> None:
        """Stop; the signs keep showing what they show."""
        with self._changed:
            self._is_over = True
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join()

    # ---- the line's thread --------------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._is_over:
            if not self._is_open():
                self._pause(self._backoff.wait(self._clock()))
                continue
            with self._changed:
                turn = self._schedule.next(self._clock())
            if turn is None:
                self._pause(self._schedule.wait(self._clock()))
            else:
                self._send(*turn)
        self._drop()

    def _pause(self, seconds: float) -> None:
        """Wait, but for no longer than until something changes."""
        with self._changed:
            if self._is_over:
                return
            if self._channel is None or self._schedule.next(self._clock()) is None:
                self._changed.wait(min(max(seconds, 0.001), _IDLE_SECONDS))

    def _is_open(self) -> bool:
        if self._channel is None and not self._backoff.wait(self._clock()):
            try:
                self._channel = self._opener()
                self._backoff.succeeded()
            except DeviceFault:
                self._lose()
        return self._channel is not None

    def _send(self, counter: str, showing: Showing) -> None:
        assert self._channel is not None
        address = self._signs[counter]
        try:
            self._wait_for_silence(self._channel)
            frame = self._protocol.frame(address, showing)
            self._channel.write(frame)
            time.sleep(len(frame) * self._seconds_per_byte)  # until it is on the wire: then the gap counts
            state = self._hear(self._channel, address)
        except OSError:
            self._lose()
            return
        with self._changed:
            self._schedule.sent(counter, showing, self._clock(), state)
        self._tell()

    def _hear(self, channel: Channel, address: int) -> SignState:
        if not self._protocol.answers:
            return SignState.SENT
        heard, deadline = b"", self._clock() + self._answer_seconds
        while (left := deadline - self._clock()) > 0:
            part = channel.read(left)
            if not part:
                break
            heard += part
            if self._protocol.is_answer(address, heard):
                return SignState.SHOWN
        return SignState.SILENT

    def _wait_for_silence(self, channel: Channel) -> None:
        """What is late or not ours is thrown away; one that never stops talking is not waited for."""
        for _ in range(_STALE):
            if not channel.read(_GAP_SECONDS):
                return

    def _lose(self) -> None:
        self._drop()
        self._backoff.failed(self._clock())
        with self._changed:
            self._schedule.line_is_gone()
        self._tell()

    def _drop(self) -> None:
        channel, self._channel = self._channel, None
        if channel is not None:
            try:
                channel.close()
            except OSError:
                pass  # it is gone already

    def _tell(self) -> None:
        for counter, state in self.states().items():
            if self._told.get(counter) is not state:
                self._told[counter] = state
                self._noticed(counter, state)
