"""A centre in a folder with people at work in it, for tests that do something to it meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from queue_server.store.sqlite import SqliteStore
from tests.clients import FollowingBoard, Http, Keys
from tests.crash import checks
from tests.crash.nursery import Nursery
from tests.crash.people import Ledger, People, crash_site
from tests.crash.quick_centre import QuickCentre
from tests.crash.seeds import SEED
from tests.servers import in_time

DESKS = 3


class Hall:
    """A centre under load; `over` ends it and checks everything. `link`: makes a way to it from its URL."""

    def __init__(
        self,
        nursery: Nursery,
        folder: Path,
        *,
        forgiven: tuple[str, ...] = (),
        link: Callable[[str], str] | None = None,
        board: bool = False,
        **odd: Any,
    ) -> None:
        self.folder = folder
        self.keys = Keys(folder, crash_site(DESKS))
        self.centre = QuickCentre(nursery, folder, **odd)
        url = link(self.centre.url) if link else self.centre.url
        self.board = FollowingBoard(url, self.keys.board, "board:main") if board else None
        self.people = People(url, self.keys, SEED, forgiven=forgiven)
        self.people.wait_for(30)

    @property
    def ledger(self) -> Ledger:
        return self.people.ledger

    def refused(self, times: int = 5) -> None:
        """Until so many more were told that it cannot be done just now."""
        goal = self.ledger.answers[503] + times
        in_time(lambda: self.ledger.answers[503] >= goal or self.people.failures)

    def look(self, path: str) -> tuple[int, Any]:
        """(status, JSON) that the board's token gets."""
        with Http(self.centre.url, self.keys.board) as board:
            return board.get(path)

    def take(self, queue: str) -> Any:
        """A new ticket, from a kiosk that has not been here before."""
        with Http(self.centre.url, self.keys.kiosk) as kiosk:
            status, ticket = kiosk.post("/tickets", {"queue": queue})
        assert status == 201, ticket
        return ticket

    def told(self) -> None:
        """Until the board has heard of everything: a clock that jumps by an hour makes calls an hour old."""
        assert self.board is not None
        head = self.look("/boards/main")[1]["seq"]
        in_time(lambda: self.board.seq >= head)  # type: ignore[union-attr]

    def over(self) -> list[Any]:
        """The journal's entries, once everything was checked."""
        self.people.wait_for(30)
        ledger = self.people.stop()
        if self.board is not None:
            checks.wait_for_board(self.board, self.centre.url, self.keys)
        assert self.centre.stop() == 0, self.centre.log
        store = SqliteStore(self.folder / "motcua.db")
        entries = checks.check_store(store, "dong", ledger)
        store.close()
        if self.board is not None:
            checks.check_board(self.board, entries)
        print(f"\n{ledger} (seed {SEED})")
        return entries

    def end(self) -> None:
        """Leave nothing behind, whatever has been."""
        self.people.go_home()
        if self.board is not None:
            self.board.close()
        self.centre.end()


@contextmanager
def at_work(nursery: Nursery, folder: Path, **how: Any) -> Iterator[Hall]:
    """A hall that is ended even where its test fails before the end."""
    hall = Hall(nursery, folder, **how)
    try:
        yield hall
    finally:
        hall.end()
