"""The async mode, chosen once: the only module that imports eventlet or gevent.

Everybody else uses `Threads` (native threads that green requests can wait for) and Flask-SocketIO's
background tasks. See docs/adr/0002-async-mode.md.
"""

from __future__ import annotations

import _queue
import _thread
import os
import signal
import socket
import warnings
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPMessage
from typing import Any

from .plain_heads import fields_of, request_line

MODES = ("eventlet", "gevent", "threading")
MAX_SOCKETS = 20_000
"""Connections one server process keeps open; eventlet's own default of 1,024 hangs the 1,025th."""


def enter(mode: str) -> Concurrency:
    """Make this process run in `mode`. Must come before anything that opens sockets or locks."""
    if mode == "eventlet":
        return _Eventlet()
    if mode == "gevent":
        return _Gevent()
    if mode == "threading":
        from .native_threads import NativeThreads

        return NativeThreads()
    raise ValueError(f"async mode {mode!r} is not one of {', '.join(MODES)}")


class Concurrency:
    """Native threads, a way back from them, and a web server, for one async mode."""

    mode = ""
    reads_plain_heads = True
    """False leaves the web server as it comes."""

    def start(self, target: Callable[[], None], name: str) -> None:
        """Run `target` in a native thread that ends with the process."""
        start_native(target, ())

    def queue(self) -> Any:
        """A queue for native threads: C-implemented, so no monkey patch touches it."""
        return _queue.SimpleQueue()

    def completion(self) -> Any:
        raise NotImplementedError

    def spawn(self, target: Callable[[], None]) -> None:
        """Run `target` beside the others: a green thread, or a native one where there are no green ones."""
        raise NotImplementedError

    def green(self) -> Concurrency | Green:
        """The same with threads of this mode's own kind in place of native ones, for work that yields."""
        return self

    def serve(self, app: Any, listener: socket.socket) -> None:
        """Serve the WSGI `app` on `listener` for ever."""
        raise NotImplementedError

    def serve_until_told(self, app: Any, listener: socket.socket) -> None:
        """Serve until SIGINT or SIGTERM. Raises what the server itself ended with, if it did.

        The signal only fills a slot that the main thread waits for: an exception out of the handler would
        come up in whichever green thread happens to run.
        """
        told = self.completion()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: told.set(None))

        def serving() -> None:
            try:
                self.serve(app, listener)
            except BaseException as failure:
                told.set(failure)

        self.spawn(serving)
        while True:
            with suppress(TimeoutError):
                if failure := told.wait(_LONG):
                    raise failure
                return


@dataclass(frozen=True)
class Green:
    """Everything in green threads of one hub; see Concurrency.green."""

    spawn: Callable[[Callable[[], None]], None]
    queue: Callable[[], Any]
    completion: Callable[[], Any]

    def start(self, target: Callable[[], None], name: str) -> None:
        self.spawn(target)


_LONG = 3600.0

# Taken before any patch: these are called from native threads and from signal handlers.
start_native = _thread.start_new_thread
_read, _write = os.read, os.write


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; OSError with the reason where the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # Accepted sockets inherit it: without it small answers wait for the client's delayed acknowledgement.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listener.bind((host, port))
    listener.listen(1024)
    return listener


class _Eventlet(Concurrency):
    mode = "eventlet"

    def __init__(self) -> None:
        # We look up no names; the green resolver would cost a third of the start.
        os.environ.setdefault("EVENTLET_NO_GREENDNS", "yes")
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
            import eventlet
            import eventlet.event
            import eventlet.wsgi
        eventlet.monkey_patch()
        self._eventlet = eventlet
        self._finished: deque[tuple[Any, Any]] = deque()
        self._reader, self._writer = os.pipe()
        os.set_blocking(self._reader, False)
        eventlet.spawn(self._pump)

    def completion(self) -> Any:
        return _EventletCompletion(self, self.post)

    def post(self, event: Any, result: Any) -> None:
        """From a native thread: wake the green thread that waits for `event`."""
        self._finished.append((event, result))
        _write(self._writer, b"!")

    @staticmethod
    def tell(event: Any, result: Any) -> None:
        """From a green thread: let the one go on that waits for `event`."""
        if not event.ready():
            event.send(result)

    def _pump(self) -> None:
        while True:
            self._eventlet.hubs.trampoline(self._reader, read=True)
            _read(self._reader, 65_536)
            while self._finished:
                self.tell(*self._finished.popleft())

    def green(self) -> Concurrency | Green:
        import eventlet.queue

        return Green(self.spawn, eventlet.queue.LightQueue, lambda: _EventletCompletion(self, self.tell))

    def spawn(self, target: Callable[[], None]) -> None:
        self._eventlet.spawn(target)

    def serve(self, app: Any, listener: socket.socket) -> None:
        green = self._eventlet.greenio.GreenSocket(listener)
        self._eventlet.wsgi.server(
            green,
            app,
            max_size=MAX_SOCKETS,
            log_output=False,
            debug=False,
            keepalive=True,
            socket_timeout=None,
            protocol=self._protocol() if self.reads_plain_heads else self._eventlet.wsgi.HttpProtocol,
            capitalize_response_headers=False,  # ours are, and it would take each name apart
        )

    def _protocol(self) -> Any:
        class ReadsPlainHeads(self._eventlet.wsgi.HttpProtocol):  # type: ignore[name-defined]
            def parse_request(self) -> bool:
                """Leaves to the library what is not plain, or says what becomes of the connection."""
                said = request_line(self.raw_requestline.decode("latin-1").removesuffix("\r\n"))
                headers = HTTPMessage()
                if said is None or not fields_of(self.rfile.fp, headers):
                    return bool(super().parse_request())
                self.requestline = " ".join(said)
                self.command, self.path, self.request_version = said
                self.headers = headers
                self.close_connection = headers.get("Connection", "").lower() == "close"
                return True

        return ReadsPlainHeads


class _EventletCompletion:
    def __init__(self, concurrency: _Eventlet, tell: Callable[[Any, Any], None]) -> None:
        self._concurrency = concurrency
        self._event = concurrency._eventlet.event.Event()
        self._tell = tell

    def set(self, result: Any) -> None:
        self._tell(self._event, result)

    def wait(self, timeout: float) -> Any:
        with self._concurrency._eventlet.Timeout(timeout, TimeoutError(f"no answer within {timeout} s")):
            return self._event.wait()


class _Gevent(Concurrency):
    mode = "gevent"

    def __init__(self) -> None:
        import gevent
        import gevent.monkey

        gevent.monkey.patch_all()
        import gevent.event
        import gevent.pywsgi

        self._gevent = gevent
        self._finished: deque[tuple[Any, Any]] = deque()
        self._hub = gevent.get_hub()
        self._watcher = self._hub.loop.async_()
        self._watcher.start(self._pump)

    def completion(self) -> Any:
        return _GeventCompletion(self, self.post)

    def post(self, event: Any, result: Any) -> None:
        self._finished.append((event, result))
        self._watcher.send()

    def _pump(self) -> None:
        while self._finished:
            event, result = self._finished.popleft()
            event.set(result)

    def spawn(self, target: Callable[[], None]) -> None:
        self._gevent.spawn(target)

    def green(self) -> Concurrency | Green:
        import gevent.queue

        return Green(self.spawn, gevent.queue.SimpleQueue, lambda: _GeventCompletion(self, self.tell))

    @staticmethod
    def tell(event: Any, result: Any) -> None:
        """From a green thread: let the one go on that waits for `event`."""
        event.set(result)

    def serve(self, app: Any, listener: socket.socket) -> None:
        # It may have been opened before the patch, as a socket that blocks.
        green = self._gevent.socket.socket(listener.family, listener.type, 0, os.dup(listener.fileno()))
        server = self._gevent.pywsgi.WSGIServer(green, app, log=None, handler_class=self._handler())
        server.max_accept = 1  # another process that listens as well may be less busy
        server.serve_forever()

    def _handler(self) -> Any:
        plain_message, reads_plain_heads = self._gevent.pywsgi.OldMessage, self.reads_plain_heads

        class Handler(self._gevent.pywsgi.WSGIHandler):  # type: ignore[name-defined]
            def MessageClass(self, file: Any, _: int) -> Any:  # noqa: N802  # the library calls it so
                headers = plain_message()
                is_read = reads_plain_heads and fields_of(file, headers)
                return headers if is_read else super().MessageClass(file, 0)

            # When a WebSocket has ended, what still comes is no HTTP: the connection ends with it.
            def handle_one_response(self) -> None:
                super().handle_one_response()
                if self.environ.get("HTTP_UPGRADE", "").lower() == "websocket":
                    self.close_connection = True

        return Handler


class _GeventCompletion:
    def __init__(self, concurrency: _Gevent, tell: Callable[[Any, Any], None]) -> None:
        self._concurrency = concurrency
        self._event = concurrency._gevent.event.AsyncResult()
        self._tell = tell

    def set(self, result: Any) -> None:
        self._tell(self._event, result)

    def wait(self, timeout: float) -> Any:
        try:
            return self._event.get(timeout=timeout)
        except self._concurrency._gevent.Timeout:
            raise TimeoutError(f"no answer within {timeout} s") from None
