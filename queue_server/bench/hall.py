"""The centre that is measured: one queue, a kiosk, a board, 32 desks, put into a folder as by an import."""

from __future__ import annotations

import secrets
import time
from pathlib import Path
from typing import Any

from queue_server.app.access import Role
from queue_server.app.describing import describe
from queue_server.app.write_path import Order, carry_out
from queue_server.core.commands import IssueTicket, OpenCounter
from queue_server.core.model import Actor
from queue_server.core.site import (
    Agency,
    Area,
    Board,
    Counter,
    Group,
    Kiosk,
    Opening,
    PriorityClass,
    Queue,
    Site,
)
from queue_server.main import build_access
from queue_server.store.opening import open_store

SITE, QUEUE = "bench", "dat"
DESKS = 32
_LOADER = Actor("system", "system", anywhere=True)


class BenchHall:
    """The centre in `folder` or at `database`, with a token for its kiosk, its board and each desk."""

    def __init__(
        self, folder: Path, *, waiting: int, site_id: str = SITE, desks: int = DESKS, database: str = ""
    ) -> None:
        self.folder = folder
        self.site = site(site_id, desks)
        store = open_store(database, folder / "motcua.db")
        describe(store, self.site)
        access = build_access(store, site_id)
        self.kiosk = access.create_token(Role.KIOSK, "k1")
        self.board = access.create_token(Role.BOARD, "main")
        self.desks = {desk.id: access.create_token(Role.OFFICER, desk.id) for desk in self.site.counters}
        self._fill(store, waiting)
        store.close()

    def _fill(self, store: Any, waiting: int) -> None:
        """Open every desk and let `waiting` people wait."""
        now = time.time_ns() // 1_000_000
        with store.writing(self.site.id) as transaction:
            already = sum(line.waiting for line in transaction.lines())
            for desk, token in self.desks.items():
                officer = Actor(f"desk:{desk}", "officer", desk)
                if token and not any(one.id == desk and one.officer for one in transaction.desks()):
                    order = Order(OpenCounter(desk), officer)
                    carry_out(transaction, self.site.id, order, now, lambda *_: None)
            for _ in range(waiting - already):
                command = IssueTicket(secrets.token_hex(16), secrets.token_urlsafe(16), QUEUE)
                carry_out(transaction, self.site.id, Order(command, _LOADER), now, lambda *_: None)


def site(site_id: str, desks: int = DESKS) -> Site:
    """A centre of one queue that all desks serve, at any hour."""
    return Site(
        id=site_id,
        name=_both("Trung tâm đo kiểm", "Bench centre"),
        timezone="Asia/Ho_Chi_Minh",
        languages=("vi", "en"),
        hours=tuple(Opening(day, 0, 24 * 60) for day in range(7)),
        outside_hours="warn",
        holidays=(),
        classes=(PriorityClass("ordinary", _both("Thông thường", "Ordinary"), 1.0),),
        groups=(Group("all", _both("Tất cả", "All")),),
        agencies=(Agency("dat", "DAT", "A", _both("Đất đai", "Land"), _both("", ""), "all"),),
        queues=(Queue(QUEUE, "dat", "A", _both("Đất đai", "Land"), last=9_999_999),),
        services=(),
        areas=(Area("a", _both("Khu A", "Area A"), _both("Rẽ trái", "Turn left"), "left"),),
        counters=tuple(Counter(f"c{n}", str(n), "a", (QUEUE,)) for n in range(1, desks + 1)),
        boards=(Board("main", _both("Bảng chính", "Main board")),),
        kiosks=(Kiosk("k1", _both("Máy 1", "Kiosk 1")),),
    )


def _both(vi: str, en: str) -> dict[str, str]:
    return {"vi": vi, "en": en}
