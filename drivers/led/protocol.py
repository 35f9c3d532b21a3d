"""How a sign is spoken to: one frame for each showing, and perhaps an answer."""

from __future__ import annotations

from typing import Protocol

from drivers.led.showing import Showing


class SignProtocol(Protocol):
    """Turns a showing into a frame. Pure: the line's thread does the sending."""

    @property
    def answers(self) -> bool:
        """Whether a sign of this kind answers, so that a dead one is noticed."""

    @property
    def blinks(self) -> bool:
        """Whether the sign blinks by itself when told; otherwise the line's thread makes it blink."""

    def frame(self, address: int, showing: Showing) -> bytes:
        """The bytes to send."""

    def is_answer(self, address: int, heard: bytes) -> bool:
        """Whether what was heard so far is the whole answer of the sign at `address`."""
