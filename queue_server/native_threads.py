"""The async mode without green threads: each request has a native thread of its own."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

from .concurrency import Concurrency, start_native


class NativeThreads(Concurrency):
    mode = "threading"

    def completion(self) -> Any:
        return _ThreadCompletion()

    def spawn(self, target: Callable[[], None]) -> None:
        start_native(target, ())

    def serve(self, app: Any, listener: socket.socket) -> None:
        from werkzeug.serving import WSGIRequestHandler, make_server

        class Quiet(WSGIRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
                """Requests are counted, not printed."""

        host, port = listener.getsockname()[:2]
        server = make_server(host, port, app, threaded=True, request_handler=Quiet, fd=listener.fileno())
        server.serve_forever()


class _ThreadCompletion:
    def __init__(self) -> None:
        import threading

        self._done = threading.Event()
        self._result: Any = None

    def set(self, result: Any) -> None:
        self._result = result
        self._done.set()

    def wait(self, timeout: float) -> Any:
        if not self._done.wait(timeout):
            raise TimeoutError(f"no answer within {timeout} s")
        return self._result
