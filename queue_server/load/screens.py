"""What a screen holds, by the client's rule of docs/api.md; boards and phones note when a call came."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Rows = dict[str, dict[str, dict[str, Any]]]


class Screen:
    """One topic. `resumed`: how often it had to ask for what it missed; `messages`: how many it got."""

    def __init__(self, topic: str) -> None:
        self.topic = topic
        self.seq = 0
        self.rows: Rows = {}
        self.told = 0
        """The newest seq of the topic that a beat has named."""
        self.messages = self.resumed = 0

    def hear(self, event: str, message: dict[str, Any], at: float) -> bool:
        """Take a message in that came `at`; True where something is missing that has to be asked for."""
        self.messages += 1
        if event == "beat":
            self.told = message["seqs"].get(self.topic, 0)
            missing = self.told > self.seq and self.seq > 0
        elif event == "snapshot":
            self.seq, self.rows = message["seq"], message["data"]
            self._noticed(message["data"], at)
            missing = False
        else:
            missing = self._change(message, at)
        self.resumed += missing
        return missing

    def _change(self, message: dict[str, Any], at: float) -> bool:
        if message["seq"] <= self.seq:
            return False
        if message["prev"] > self.seq:
            return True
        self.seq = message["seq"]
        for collection, rows in message["put"].items():
            self.rows.setdefault(collection, {}).update(rows)
        for collection, keys in message["drop"].items():
            for key in keys:
                self.rows.get(collection, {}).pop(key, None)
        self._noticed(message["put"], at)
        return False

    def _noticed(self, rows: Rows, at: float) -> None:
        """Rows have come `at`."""


class BoardScreen(Screen):
    """A hall board; `heard` gets the label of each call, once, and when it came."""

    def __init__(self, board: str, heard: Callable[[str, float], None]) -> None:
        super().__init__(f"board:{board}")
        self._heard = heard
        self._known: set[str] = set()

    def _noticed(self, rows: Rows, at: float) -> None:
        for number, row in rows.get("announcements", {}).items():
            if number not in self._known:
                self._known.add(number)
                if row["kind"] == "call":
                    self._heard(row["label"], at)


class PhoneScreen(Screen):
    """The page behind a slip's QR code; `heard` gets when it showed the call, if it was open by then."""

    def __init__(self, secret: str, heard: Callable[[float], None]) -> None:
        super().__init__(f"ticket:{secret}")
        self._heard: Callable[[float], None] | None = heard
        self._is_new = True

    @property
    def row(self) -> dict[str, Any]:
        return self.rows.get("ticket", {}).get("_", {})

    def _noticed(self, rows: Rows, at: float) -> None:
        if self._heard is not None and self.row.get("state") != "waiting":
            if not self._is_new:
                self._heard(at)
            self._heard = None
        self._is_new = False
