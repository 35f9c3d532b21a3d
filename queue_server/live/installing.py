"""Putting Socket.IO into the WSGI application."""

from __future__ import annotations

import logging
from typing import Any

from flask import Flask
from flask_socketio import SocketIO

from ..app.sites import Sites
from ..app.wording import Wording
from . import wire
from .lines import open_lines
from .server import LiveServer

MAX_MESSAGE = 16 * 1024
_PATH = "socket.io"
_log = logging.getLogger("motcua.live")


def install(app: Flask, sites: Sites, wording: Wording, *, async_mode: str) -> SocketIO:
    """Put Socket.IO into `app`, at /socket.io, over WebSocket only. It beats once it is started."""
    socketio = SocketIO(
        app,
        async_mode=async_mode,
        path=_PATH,
        transports=["websocket"],
        json=wire,
        serializer=wire.CarefulPacket,
        manage_session=False,
        max_http_buffer_size=MAX_MESSAGE,
        ping_interval=10,
        ping_timeout=10,
        logger=False,
        engineio_logger=False,
    )
    open_lines(socketio)
    app.wsgi_app = _forgiving(app.wsgi_app)  # type: ignore[method-assign]
    socketio.live = LiveServer(socketio, sites, wording)
    return socketio


def _forgiving(serve: Any) -> Any:
    """A frame that is no Engine.IO ends its connection with one line in the log, not with a stack trace."""

    def forgiving(environ: dict[str, Any], start_response: Any) -> Any:
        try:
            return serve(environ, start_response)
        except (ValueError, IndexError) as error:
            if not environ.get("PATH_INFO", "").startswith(f"/{_PATH}/"):
                raise
            _log.info("a socket was closed: %s", error)
            if "werkzeug.socket" in environ:
                raise ConnectionError from None  # how its server learns that the socket is used up
            return []

    return forgiving


def start(socketio: SocketIO) -> None:
    """Begin to beat, where the server is about to serve."""
    socketio.live.start()
