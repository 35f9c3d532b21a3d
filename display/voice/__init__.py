"""The voice of the hall: a bank of clips, rendered once at set-up and joined by the board's page."""

from __future__ import annotations

from display.voice.bank import Bank, build
from display.voice.speaker import Espeak, Speaker, VoiceUnavailable

__all__ = ["Bank", "Espeak", "Speaker", "VoiceUnavailable", "build"]
