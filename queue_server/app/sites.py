"""The centres of one installation: each opened when first asked for, found by what a request carries."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from .access import Access, digest
from .centre import Centre

NAMED = "motcua.site"
"""Where a WSGI environment holds the id of the centre that the request's path named."""

_REMEMBERED = 50_000
"""Tokens, sessions and tracking secrets whose centre is kept in mind: none of them ever moves to another."""


class Directory(Protocol):
    """What tells which centres there are, and whose ticket a tracking secret belongs to."""

    def sites(self) -> list[str]: ...
    def heads(self) -> dict[str, int]: ...
    def site_of_secret(self, secret: str) -> str | None: ...


class Holders(Protocol):
    """What tells where a token or a session was made, by its digest."""

    def site_of_token(self, digest: str) -> str | None: ...
    def site_of_session(self, digest: str) -> str | None: ...


@dataclass(frozen=True, slots=True)
class House:
    """One centre that is served: what it does, and who may ask for it."""

    id: str
    centre: Centre
    access: Access


Listener = Callable[[House], None]


class Sites:
    """The houses of an installation. `only` keeps it to one of them; else it has all that were imported.

    A request that names no centre belongs to the one where its token or session was made; where there is but
    one centre, to that one.
    """

    def __init__(
        self, directory: Directory, holders: Holders, open_house: Callable[[str], House], only: str = ""
    ) -> None:
        self._directory = directory
        self._holders = holders
        self._open = open_house
        self._only = only
        self._houses: dict[str, House] = {}
        self._listeners: list[Listener] = []
        self._places: dict[str, str] = {}
        self._opening = threading.Lock()
        self._ids: tuple[str, ...] = ()
        self.refresh()

    @property
    def ids(self) -> tuple[str, ...]:
        return self._ids

    def __iter__(self) -> Iterator[House]:
        """The houses that are open by now."""
        return iter(list(self._houses.values()))

    def opened(self, site: str) -> House | None:
        """The house, where it is open by now."""
        return self._houses.get(site)

    def refresh(self) -> None:
        """Look again which centres there are: one may have been imported meanwhile."""
        self._ids = (self._only,) if self._only else tuple(self._directory.sites())

    def demand_answer(self) -> None:
        """Raises StoreTrouble while the store does not answer, and nobody knows how the centres are."""
        self._directory.heads()

    def get(self, site: str) -> House | None:
        """The centre called `site`, opened where it was not yet; None where there is none."""
        house = self._houses.get(site)
        if house is not None:
            return house
        if site not in self._ids:
            self.refresh()
            if site not in self._ids:
                return None
        return self._newly_opened(site)

    def resolve(self, named: str | None, token: str = "", session: str = "") -> House | None:
        """The house that a request means; None where it cannot be told."""
        if named is not None:
            return self.get(named)
        if len(self._ids) == 1:
            return self.get(self._ids[0])
        if token:
            return self._where(digest(token), self._holders.site_of_token)
        return self._where(digest(session), self._holders.site_of_session) if session else None

    def of_secret(self, secret: str) -> House | None:
        """The house of the ticket with this tracking secret."""
        if len(self._ids) == 1:
            return self.get(self._ids[0])
        return self._where(secret, self._directory.site_of_secret)

    def on_open(self, listener: Listener) -> None:
        """Call `listener` once with each house: those that are open now, and others when they open."""
        with self._opening:
            self._listeners.append(listener)
            known = list(self._houses.values())
        for house in known:
            listener(house)

    def _where(self, key: str, look_up: Callable[[str], str | None]) -> House | None:
        site = self._places.get(key)
        if site is None:
            site = look_up(key)
            if site is None:
                return None
            if len(self._places) >= _REMEMBERED:
                self._places.clear()
            self._places[key] = site
        return self.get(site)

    def _newly_opened(self, site: str) -> House:
        with self._opening:  # opening reads the store, and another request may come in meanwhile
            house = self._houses.get(site)
            if house is None:
                house = self._open(site)
                for listener in self._listeners:
                    listener(house)
                self._houses[site] = house
        return house
