"""What goes wrong with a twin, and when: written as `paper_out@3,slow=2000`, read once, checked at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Final

from drivers.fault import DeviceFault

AFTER: Final = {
    "paper_low": "the roll nears its end",
    "paper_out": "the roll is used up, between two slips",
    "paper_out_within": "the roll ends within the next slip",
    "half_slip": "half of the next slip comes out, then the printer neither takes nor says anything",
    "cover_open": "somebody opens the cover",
    "cutter_error": "the cutter jams",
    "offline": "somebody presses the paper-feed button and holds it",
    "unplugged": "the cable is pulled",
}
"""Faults that come after so many slips: `paper_out@3` is after the third."""

ALWAYS: Final = {
    "silent": "never answers a question",
    "garbage": "answers questions with nonsense",
}
"""Faults that hold from the start."""


@dataclass(frozen=True, slots=True)
class Script:
    """`after` maps a fault to the number of slips before it; `slow` is bytes a second, None for at once."""

    after: tuple[tuple[str, int], ...] = ()
    always: frozenset[str] = frozenset()
    slow: int | None = None

    def due(self, printed: int) -> frozenset[str]:
        """The faults that are there when `printed` slips have come out."""
        return frozenset(name for name, slips in self.after if slips <= printed) | self.always


def parse_script(text: str) -> Script:
    """Read `paper_low@2,paper_out@5,silent,slow=2000`; raises DeviceFault("address") naming the mistake."""
    script = Script()
    for word in filter(None, (part.strip() for part in text.split(","))):
        name, at, slips = word.partition("@")
        if name in AFTER:
            script = replace(script, after=(*script.after, (name, _whole(word, slips) if at else 0)))
        elif word in ALWAYS:
            script = replace(script, always=script.always | {word})
        elif word.startswith("slow="):
            script = replace(script, slow=max(1, _whole(word, word[5:])))
        else:
            known = [*AFTER, *ALWAYS, "slow=2000"]
            close = get_close_matches(name, known, n=1)
            meant = f" (did you mean {close[0]!r}?)" if close else f"; known are {', '.join(known)}"
            raise DeviceFault("address", f"no such fault {word!r}{meant}", permanent=True)
    return script


def _whole(word: str, figure: str) -> int:
    if not (figure.isascii() and figure.isdigit() and len(figure) < 8):
        raise DeviceFault("address", f"{word!r}: a whole number is needed", permanent=True)
    return int(figure)
