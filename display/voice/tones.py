"""Sounds without words, made here: the calm two-tone chime, and silences of a known length."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Mapping

from display.voice.sound import FULL_SCALE, Sound

RATE = 22_050

CHIME_TONES = ((659.26, 0.0), (523.25, 0.42))
"""Hertz and seconds after the start: E5, then C5, a falling third."""

CHIME_SECONDS = 1.35
CHIME_LOUDNESS = 0.22

PARTIALS = ((1.0, 1.0, 2.6), (2.0, 0.28, 4.5), (3.0, 0.08, 7.0))
"""Of each tone: multiple of its pitch, strength, how fast it dies away (per second): as of a soft bell."""


def chime() -> Sound:
    """Two soft bell tones, falling, that die away before the voice begins."""
    return Sound(RATE, array("h", (_chime_sample(at / RATE) for at in range(round(CHIME_SECONDS * RATE)))))


def _chime_sample(time: float) -> int:
    value = sum(_tone(pitch, time - start) for pitch, start in CHIME_TONES if time >= start)
    fade_out = min(1.0, (CHIME_SECONDS - time) / 0.15)
    return round(FULL_SCALE * CHIME_LOUDNESS * value * fade_out)


def _tone(pitch: float, time: float) -> float:
    attack = min(1.0, time / 0.012)
    return attack * sum(
        strength * math.exp(-decay * time) * math.sin(2 * math.pi * pitch * multiple * time)
        for multiple, strength, decay in PARTIALS
    )


def silence(milliseconds: int) -> Sound:
    return Sound(RATE, array("h", bytes(2 * (RATE * milliseconds // 1000))))


TONES: Mapping[str, Callable[[], Sound]] = {
    "chime": chime,
    "pause": lambda: silence(320),
    "breath": lambda: silence(90),
}
"""Clip name → its sound, for the clips of a vocabulary that say no words."""
