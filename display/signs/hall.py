"""What each counter's sign is to show, from the rows of the live topic as far as they were heard. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from display.signs.plan import Faces
from drivers.led import Showing

Row = Mapping[str, Any]


class SignHall:
    """The counters as last heard. `seconds` are of any clock that never jumps.

    A number blinks when its call is heard, also a second call of the same number; one that was called longer
    ago than `fresh_seconds` by the server's clock (after a restart, say) stands still at once.
    """

    def __init__(self, fresh_seconds: float) -> None:
        self._fresh = fresh_seconds
        self._rows: dict[str, Row] = {}
        self._heard_at: float | None = None
        self.seq = -1

    @property
    def numbers(self) -> dict[str, str]:
        """The number of each counter, by its id."""
        return {id: str(row["number"]) for id, row in self._rows.items()}

    def snapshot(self, message: Mapping[str, Any], seconds: float) -> set[str]:
        """Take over a snapshot; the counters at which something is new."""
        self.seq, before = message["seq"], self._rows
        self._rows = dict(message["data"].get("counters", {}))
        self.heard(seconds)
        return {id for id in before.keys() | self._rows.keys() if before.get(id) != self._rows.get(id)}

    def change(self, message: Mapping[str, Any], seconds: float) -> set[str] | None:
        """Take over a change; the counters with something new, None where what was before is missing."""
        if message["seq"] <= self.seq:
            return set()
        if message["prev"] > self.seq:
            return None
        self.seq = message["seq"]
        self.heard(seconds)
        put = message["put"].get("counters", {})
        new = {id for id, row in put.items() if self._rows.get(id) != row}
        self._rows.update(put)
        return new

    def heard(self, seconds: float) -> None:
        """The server lives."""
        self._heard_at = seconds

    def is_lost(self, since: float, seconds: float, faces: Faces) -> bool:
        """Whether nothing was heard for so long that what was heard last may be no longer true; `since` is
        when the program began to listen."""
        return seconds - (since if self._heard_at is None else self._heard_at) >= faces.lost_seconds

    def showing(self, counter: str, faces: Faces, at: str) -> Showing:
        """What the counter's sign shows, the server's clock standing at `at` (RFC 3339)."""
        row = self._rows.get(counter)
        if row is None or row["state"] == "closed":
            return Showing()
        if row["state"] == "paused":
            return Showing(paused=True)
        if not row["label"]:
            return Showing(faces.free)
        return Showing(row["label"], blinking=_is_fresh(row["rang_at"], at, self._fresh))


def _is_fresh(rang_at: str | None, at: str, seconds: float) -> bool:
    if rang_at is None:
        return False
    return (datetime.fromisoformat(at) - datetime.fromisoformat(rang_at)).total_seconds() < seconds
