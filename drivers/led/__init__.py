"""LED signs above the counters: what they show, and the RS-485 line that they share."""

from __future__ import annotations

from drivers.led.opening import open_signs
from drivers.led.service import SignLine
from drivers.led.showing import Showing, SignState

__all__ = ["Showing", "SignLine", "SignState", "open_signs"]
