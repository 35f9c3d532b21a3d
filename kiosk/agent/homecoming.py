"""Handing over to the server the numbers that the kiosk gave by itself, in the order of giving."""

from __future__ import annotations

from typing import Any, Literal

from kiosk.agent import hall
from kiosk.agent.records import Records, Touch
from kiosk.agent.server import Answer, Server

LATER = frozenset({401, 403, 429})
"""Answers about the kiosk, not about the number: a person mends the cause, and the number waits for it."""

Outcome = Literal["home", "refused", "later"]


AGAIN_MS = 5 * 60_000
"""How often numbers that were refused are offered again: somebody may have mended the cause."""


class Homecoming:
    """Sends each owed number until the server has taken or refused it; once is once, by its id.

    Refused ones are offered again after a start, whenever the centre is described otherwise than when it
    refused them, and from time to time.
    """

    def __init__(self, records: Records, server: Server) -> None:
        self._records = records
        self._server = server
        self._refused_by: Any = None
        self._again_at = 0

    def bring_home(self, kiosk: str, described: Any, now: int) -> bool:
        """Whether everything is settled. Raises Unreached or Silence: then the rest waits, in its order.

        `described` is what the centre says of itself, `now` counts milliseconds and never jumps.
        """
        if described != self._refused_by or now >= self._again_at:
            if self._records.refused():
                self._records.try_again()
            self._refused_by, self._again_at = described, now + AGAIN_MS
        for touch in self._records.owed():
            answer = self._handed_over(kiosk, touch)
            outcome = _outcome(answer)
            if outcome == "later":
                self._records.settle(touch.key, "owed", _said(answer))
                return False
            if outcome == "home":
                self._records.date(touch.body["queue"], (touch.ticket or {})["number"], answer.body["day"])
            self._records.settle(touch.key, outcome, "" if outcome == "home" else _said(answer))
        return True

    def _handed_over(self, kiosk: str, touch: Touch) -> Answer:
        path, own = f"/kiosks/{kiosk}/tickets", _adoption(touch)
        answer = self._server.ask("POST", path, own, touch.key)
        if answer.code != "key_reused":
            return answer
        # The server made a ticket for this touch, and its answer never came. Asked again under its key it
        # says which one. Nobody holds it: it goes out of the line in the same breath.
        stray = self._server.ask("POST", "/tickets", touch.body, touch.key)
        instead = {"instead_of": stray.body["id"]} if stray.is_good else {}
        return self._server.ask("POST", path, {**own, **instead}, own["id"])


def _adoption(touch: Touch) -> dict[str, Any]:
    ticket = touch.ticket or {}
    wanted = {name: touch.body[name] for name in ("service", "class", "language") if touch.body.get(name)}
    return {
        "id": ticket["id"],
        "secret": str(ticket["tracking"]).removeprefix("/t/"),
        "queue": ticket["queue"],
        "number": ticket["number"],
        "taken_at": hall.rfc3339(hall.epoch_ms(ticket["issued_at"])),
        **wanted,
    }


def _outcome(answer: Answer) -> Outcome:
    if answer.is_good:
        return "home"
    is_passing = answer.status in LATER or answer.code == "day_not_open"
    return "later" if is_passing else "refused"


def _said(answer: Answer) -> str:
    return f"{answer.code or answer.status}: {answer.body.get('detail', '')}"
