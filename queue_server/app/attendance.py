"""Which officers are still there: told by their pages and their acts, asked by the timekeeper."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from ..core.commands import NoticeOfficer
from ..core.model import Desk, DeskState

PEOPLE = "person:"
"""Only people sit behind a page that can be heard of; a keypad with its own token is silent by nature."""

FRESH_SECONDS = 10.0
"""A sign of life is one for so long: pages that are connected are told of every two seconds."""


class Attendance:
    """When each officer was last heard of, by this process or by its colleagues (see colleagues.py).

    Nobody is called away who has not been silent for as long as the rule allows since this process first saw
    them at work: after a restart their pages are on the way back. `steady` gives seconds that never jump.
    """

    def __init__(self, steady: Callable[[], float] = time.monotonic) -> None:
        self._steady = steady
        self._heard: dict[str, float] = {}
        self._seen: dict[tuple[str, str], float] = {}

    def heard(self, officers: Iterable[str]) -> None:
        """The actors whose pages are connected, or who have just done something."""
        now = self._steady()
        for officer in officers:
            self._heard[officer] = now

    def fresh(self) -> list[str]:
        """Who was heard of lately."""
        now = self._steady()
        return [one for one, at in self._heard.items() if now - at <= FRESH_SECONDS / 2]

    def notices(self, desks: Iterable[Desk], vanish_seconds: int) -> list[NoticeOfficer]:
        """What is to be noticed about the officers of staffed `desks`."""
        now = self._steady()
        self._heard = {one: at for one, at in self._heard.items() if now - at <= FRESH_SECONDS}
        seen, self._seen = self._seen, {}
        found = []
        for desk in desks:
            officer = desk.officer or ""
            if desk.state is DeskState.CLOSED or not officer.startswith(PEOPLE):
                continue
            if officer in self._heard:
                if desk.away_at is not None:
                    found.append(NoticeOfficer(desk.id, officer, is_heard=True))
                continue  # whom it hears now is seen anew once it hears no more
            since = self._seen[desk.id, officer] = seen.get((desk.id, officer), now)
            if now - since > vanish_seconds and desk.away_at is None:
                found.append(NoticeOfficer(desk.id, officer, is_heard=False))
        return found
