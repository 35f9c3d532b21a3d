"""Fast HTTP clients for races and loads, and a board that follows its topic as the pages do."""

from __future__ import annotations

import gc
import http.client
import json
import threading
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import engineio
import socketio

from queue_server.app.access import Role
from queue_server.app.describing import describe
from queue_server.core.site import Agency, Area, Board, Counter, Kiosk, Queue, Site
from queue_server.main import build_access
from queue_server.store.sqlite import SqliteStore
from tests.sites import both, small_site


class Http:
    """One keep-alive connection with one token. Raises OSError or HTTPException where the server is away."""

    def __init__(self, url: str, token: str) -> None:
        self._host = urlsplit(url).netloc
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self._connection = http.client.HTTPConnection(self._host, timeout=30)

    def post(self, path: str, body: dict[str, Any] | None = None, key: str | None = None) -> tuple[int, Any]:
        """(status, JSON)"""
        headers = {**self._headers, "Idempotency-Key": key} if key else self._headers
        return self._send("POST", path, json.dumps(body or {}), headers)

    def get(self, path: str) -> tuple[int, Any]:
        return self._send("GET", path, None, self._headers)

    def __enter__(self) -> Http:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def _send(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[int, Any]:
        try:
            self._connection.request(method, f"/api/v1{path}", body, headers)
            response = self._connection.getresponse()
            raw = response.read()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            raise
        return response.status, json.loads(raw) if raw else None


class _OneAfterTheOther(engineio.Client):
    def _trigger_event(self, event: str, *args: Any, **options: Any) -> Any:
        return super()._trigger_event(event, *args, **{**options, "run_async": False})


class LiveClient(socketio.Client):
    """A socket whose messages are heard in the order in which they were sent, as in a browser.

    The library's own client gives each message a thread, and on a busy machine they overtake each other.
    """

    def _engineio_client_class(self) -> type[engineio.Client]:
        return _OneAfterTheOther


class FollowingBoard:
    """A board on a socket, by the client rule: ignore what is old, ask again where there is a gap.

    `leaps`: (seq before, seq after) of each snapshot that it got in place of changes.
    """

    def __init__(self, url: str, token: str, topic: str) -> None:
        self.topic = topic
        self.seq = 0
        self.rows: dict[str, dict[str, Any]] = {}
        self.announced: list[int] = []
        self.leaps: list[tuple[int, int]] = []
        self.gaps = self.repeats = self.snapshots = 0
        self._lock = threading.Lock()
        self._client = LiveClient(reconnection=True, reconnection_delay=0.05, reconnection_delay_max=0.2)
        self._client.on("connect", self._ask)
        self._client.on("snapshot", self._on_snapshot)
        self._client.on("change", self._on_change)
        self._client.on("beat", self._on_beat)
        self._client.connect(url, auth={"token": token}, transports=["websocket"], wait_timeout=30)

    def close(self) -> None:
        self._client.disconnect()
        self._client.shutdown()  # ends the search for a server that is gone
        gc.collect()  # now, where the test allows what the client leaves behind after a server's death

    def _ask(self) -> None:
        if self.seq:
            self._client.emit("resume", {"topic": self.topic, "seq": self.seq})
        else:
            self._client.emit("join", {"topic": self.topic})

    def _on_snapshot(self, message: dict[str, Any]) -> None:
        with self._lock:
            self.snapshots += 1
            if self.seq:
                self.leaps.append((self.seq, message["seq"]))
            self.seq, self.rows = message["seq"], message["data"]
            self._announce(message["data"].get("announcements", {}))

    def _on_change(self, message: dict[str, Any]) -> None:
        with self._lock:
            if message["seq"] <= self.seq:
                self.repeats += 1
                return
            if message["prev"] > self.seq:
                self.gaps += 1
                self._client.emit("resume", {"topic": self.topic, "seq": self.seq})
                return
            self.seq = message["seq"]
            for collection, rows in message["put"].items():
                self.rows.setdefault(collection, {}).update(rows)
            for collection, keys in message["drop"].items():
                for key in keys:
                    self.rows.get(collection, {}).pop(key, None)
            self._announce(message["put"].get("announcements", {}))

    def _on_beat(self, message: dict[str, Any]) -> None:
        if message["seqs"].get(self.topic, self.seq + 1) > self.seq:  # it lacks the topic: we were refused
            self._ask()

    def _announce(self, rows: dict[str, Any]) -> None:
        known = set(self.announced)
        self.announced += [number for number in sorted(map(int, rows)) if number not in known]


def busy_site(counters: int, last: int = 9999) -> Site:
    """A centre with one queue and `counters` counters that all serve it."""
    return small_site(
        id="dong",
        outside_hours="warn",
        agencies=(Agency("dat", "DAT", "A", both("Đất đai", "Land"), both("", ""), "all"),),
        queues=(Queue("dat", "dat", "A", both("Đất đai", "Land"), last=last),),
        services=(),
        areas=(Area("a", both("Khu A", "Area A"), both("Rẽ trái", "Turn left"), "left"),),
        counters=tuple(Counter(f"c{n}", str(n), "a", ("dat",)) for n in range(1, counters + 1)),
        boards=(Board("main", both("Bảng chính", "Main board")),),
        kiosks=(Kiosk("k1", both("Máy 1", "Kiosk 1")),),
    )


class Keys:
    """A centre put into `folder` or `store`, with a token for its kiosk, its board and each counter."""

    def __init__(self, folder: Path, site: Site, store: Any = None) -> None:
        is_shared = store is not None
        store = store or SqliteStore(folder / "motcua.db")
        describe(store, site)
        access = build_access(store, site.id)
        self.kiosk = access.create_token(Role.KIOSK, site.kiosks[0].id)
        self.board = access.create_token(Role.BOARD, site.boards[0].id)
        self.counters = {c.id: access.create_token(Role.OFFICER, c.id) for c in site.counters}
        if not is_shared:
            store.close()
