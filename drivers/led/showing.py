"""What a counter's sign shows, and what is known of the sign itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Showing:
    """`number` is the label that is called ("A012"); nothing at all is a closed counter: a dark sign.

    `blinking`: it has just been called. `paused`: "tạm ngừng", whatever the number is.
    """

    number: str = ""
    blinking: bool = False
    paused: bool = False


class SignState(Enum):
    """SHOWN: the sign confirmed it. SENT: it is of a kind that never answers. WAITING: not sent yet.

    SILENT: a sign that should answer does not. ABSENT: the line itself cannot be opened.
    """

    SHOWN = "shown"
    SENT = "sent"
    WAITING = "waiting"
    SILENT = "silent"
    ABSENT = "absent"
