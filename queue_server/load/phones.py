"""The citizens' phones: each follows its ticket; the oldest that is done makes room for a new one."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass

from .ledger import Given, Ledger
from .live_socket import LiveSocket
from .screens import PhoneScreen


@dataclass(frozen=True, slots=True)
class Phone:
    given: Given
    socket: LiveSocket
    screen: PhoneScreen


class Phones:
    """At most `most` at a time, `each` of them on one ticket (a family; a page opened twice)."""

    def __init__(self, most: int, each: int, address: tuple[str, int], ledger: Ledger) -> None:
        self._most, self.each = most, each
        self._address, self._ledger = address, ledger
        self.open: deque[Phone] = deque()
        self._opening: set[asyncio.Task[None]] = set()

    def take(self, given: Given) -> None:
        """Somebody has scanned the code on their slip."""
        for _ in range(self.each):
            if len(self.open) >= self._most and not self._make_room():
                return
            self._follow(given)

    def _make_room(self) -> bool:
        for phone in self.open:
            if phone.given.is_over:
                phone.socket.close()
                self.open.remove(phone)
                return True
        return False

    def _follow(self, given: Given) -> None:
        heard = self._ledger.phones_heard[(given.site, given.label)]
        screen = PhoneScreen(given.secret, heard.append)
        socket = LiveSocket(*self._address, "", screen, self._ledger.trouble)
        self.open.append(Phone(given, socket, screen))
        task = asyncio.ensure_future(socket.open())
        self._opening.add(task)
        task.add_done_callback(self._opening.discard)

    def close(self) -> None:
        for phone in self.open:
            phone.socket.close()
