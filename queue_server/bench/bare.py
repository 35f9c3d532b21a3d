"""The floor: bare Flask on the same server, as one would write it who needs nothing else.

Run as a module: `python -m queue_server.bench.bare MODE DATABASE [MILLISECONDS]`. It makes one durable insert
per request, after a pause where its disk is to be slow, and has a bare Socket.IO room; both without anything
that makes a queue of them, on the web server as it comes.
"""

from __future__ import annotations

import sqlite3
import sys
from time import sleep as sleep_natively
from typing import Any

from queue_server import concurrency

INSERTED = 201
ROOM = "hall"


def main(mode: str, database: str, milliseconds: str = "0") -> None:
    entered = concurrency.enter(mode)
    entered.reads_plain_heads = False
    from flask import Flask, request
    from flask_socketio import SocketIO

    app = Flask("bare")
    insert = _insert(database, float(milliseconds) / 1000)

    @app.get("/readyz")
    def readyz() -> str:
        return "ready"

    @app.post("/tickets")
    def tickets() -> Any:
        body = request.get_json()
        return {"id": insert(body["queue"], request.headers["Idempotency-Key"])}, INSERTED

    sockets = SocketIO(app, async_mode=mode, transports=["websocket"], logger=False, engineio_logger=False)

    @sockets.on("join")
    def join(_: Any) -> None:
        from flask_socketio import join_room

        join_room(ROOM)

    @app.post("/emit")
    def emit() -> Any:
        sockets.emit("change", request.get_json(), to=ROOM)
        return {}, INSERTED

    listener = concurrency.listen("127.0.0.1", 0)
    print(f"http://127.0.0.1:{listener.getsockname()[1]}/", flush=True)  # noqa: T201
    entered.serve_until_told(app, listener)


_TABLE = "CREATE TABLE IF NOT EXISTS ticket (id INTEGER PRIMARY KEY, queue TEXT, key TEXT)"


def _insert(database: str, pause: float) -> Any:
    return _postgres(database) if database.startswith("postgresql:") else _sqlite(database, pause)


def _sqlite(path: str, pause: float) -> Any:
    """One connection that every request uses: no green thread yields inside a statement."""
    db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
    for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", _TABLE):
        db.execute(statement)

    def insert(queue: str, key: str) -> int:
        if pause:
            sleep_natively(pause)
        made = db.execute("INSERT INTO ticket (queue, key) VALUES (?, ?)", (queue, key)).lastrowid
        return int(made or 0)

    return insert


def _postgres(url: str) -> Any:
    """One connection for each request that runs at the moment, kept for the next."""
    import psycopg

    idle: list[Any] = []
    with psycopg.connect(url, autocommit=True) as db:
        db.execute("DROP SCHEMA IF EXISTS bare CASCADE")
        db.execute("CREATE SCHEMA bare")
        db.execute("CREATE TABLE IF NOT EXISTS bare.ticket (id bigserial PRIMARY KEY, queue text, key text)")

    def insert(queue: str, key: str) -> int:
        db = idle.pop() if idle else psycopg.connect(url, autocommit=True)
        sql = "INSERT INTO bare.ticket (queue, key) VALUES (%s, %s) RETURNING id"
        made = db.execute(sql, (queue, key)).fetchone()
        idle.append(db)
        return int(made[0]) if made else 0

    return insert


if __name__ == "__main__":
    main(*sys.argv[1:4])
