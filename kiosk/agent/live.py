"""The kiosk's live topic, served to its own page: whole snapshots, for they are small and never go far."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Lock, Thread
from typing import Any

from flask import Flask, request
from flask_socketio import SocketIO

BEAT_SECONDS = 2.0
_ROOM = "kiosk"

Rows = dict[str, dict[str, dict[str, Any]]]


class LivePage:
    """Tells whoever joined "kiosk:…" the `rows` as they change, and every two seconds that it lives.

    `now` is the hall's time as text. Any thread may `poke`.
    """

    def __init__(self, app: Flask, rows: Callable[[], Rows], now: Callable[[], str]) -> None:
        self.socketio = SocketIO(
            app,
            async_mode="threading",
            path="socket.io",
            transports=["websocket"],
            manage_session=False,
            max_http_buffer_size=16 * 1024,
            cors_allowed_origins=None,
        )
        self._rows = rows
        self._now = now
        self._poked = Event()
        self._lock = Lock()
        self._seq = 1
        self._shown: Rows = {}
        self._names: dict[str, str] = {}
        self._running = True
        self.socketio.on_event("join", self._join)
        self.socketio.on_event("resume", self._join)
        self.socketio.on_event("leave", self._leave)
        self.socketio.on_event("disconnect", lambda *_: self._names.pop(_sid(), None))

    def start(self) -> None:
        Thread(target=self._run, name="live", daemon=True).start()

    def stop(self) -> None:
        self._running = False
        self._poked.set()

    def poke(self, *_: Any) -> None:
        """Something may have changed."""
        self._poked.set()

    def _run(self) -> None:
        while self._running:
            self._poked.wait(BEAT_SECONDS)
            was_poked = self._poked.is_set()
            self._poked.clear()
            self._tell(beat=not was_poked)

    def _tell(self, *, beat: bool) -> None:
        with self._lock:
            rows = self._rows()
            if rows != self._shown:
                self._seq, self._shown = self._seq + 1, rows
                for sid, name in list(self._names.items()):
                    self._show(sid, name)
            if beat:
                for sid, name in list(self._names.items()):
                    seqs = {name: self._seq}
                    self.socketio.emit("beat", {"at": self._now(), "seqs": seqs}, to=sid)

    def _show(self, sid: str, name: str) -> None:
        message = {"topic": name, "seq": self._seq, "at": self._now(), "data": self._shown}
        self.socketio.emit("snapshot", message, to=sid)

    def _join(self, asked: Any = None, *_: Any) -> dict[str, Any]:
        name = asked.get("topic") if isinstance(asked, dict) else None
        if not isinstance(name, str) or not name.startswith("kiosk:") or len(name) > 60:
            return {"problem": {"code": "unknown_topic", "status": 404, "title": "", "detail": ""}}
        self._names[_sid()] = name
        Thread(target=self._greet, args=(_sid(), name), daemon=True).start()
        return {"ok": True}

    def _greet(self, sid: str, name: str) -> None:
        """The first snapshot follows the acknowledgement."""
        with self._lock:
            rows = self._rows()
            if rows != self._shown:
                self._seq, self._shown = self._seq + 1, rows
            self._show(sid, name)

    def _leave(self, *_: Any) -> dict[str, Any]:
        self._names.pop(_sid(), None)
        return {"ok": True}


def _sid() -> str:
    sid: str = request.sid  # type: ignore[attr-defined]  # Flask-SocketIO puts it there
    return sid
