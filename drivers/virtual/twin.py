"""What every twin of a device has in common: bytes in, bytes out, and the state of its cable."""

from __future__ import annotations

from typing import Protocol


class Twin(Protocol):
    """A device without its cable; a carrier (TCP or pseudo-terminal) is the cable. One thread uses it."""

    def take(self, data: bytes) -> bytes:
        """Bytes arrive; what the device says at once in answer."""

    def speak(self) -> bytes:
        """What it says unasked, as a scanner does; b"" for nothing."""

    def hang_up(self) -> None:
        """Whoever was connected is gone."""

    @property
    def is_stuck(self) -> bool:
        """It takes no more bytes off the line: whoever writes is held up, as by a printer that is jammed."""

    @property
    def is_unplugged(self) -> bool:
        """Its cable was pulled."""

    @property
    def bytes_per_second(self) -> int | None:
        """How fast it takes bytes; None for at once."""
