"""The way to the server: one live topic over one WebSocket, and an end to every silence."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from threading import Thread
from typing import Any, Final
from urllib.parse import urlsplit

import simple_websocket

PATIENCE: Final = 3.0
"""Seconds for a connection, and as many for an answer."""
SILENCE: Final = 6.0
"""The server beats every two seconds; a link without a word for so long is dead."""

Message = tuple[str, dict[str, Any]]


class LinkTrouble(Exception):
    """There is no server now. Trying again helps."""


class NotAdmitted(Exception):
    """The server answers and refuses; the message is its own. Somebody must mend the token."""


class Server:
    """The server at `url` ("http://10.0.0.5:8080"), as a program with `token`. ValueError for another url."""

    def __init__(self, url: str, token: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"{url}: write the server's address as http://10.0.0.5:8080")
        self._is_secure = parts.scheme == "https"
        self._host, self._port = parts.hostname, parts.port or (443 if self._is_secure else 80)
        self._base, self._token = parts.path.rstrip("/"), token
        host = f"[{self._host}]" if ":" in self._host else self._host
        self._socket = f"{'wss' if self._is_secure else 'ws'}://{host}:{self._port}{self._base}"

    def site(self) -> dict[str, Any]:
        """The centre's description. Raises LinkTrouble, NotAdmitted."""
        kind = http.client.HTTPSConnection if self._is_secure else http.client.HTTPConnection
        options: dict[str, Any] = {"context": ssl.create_default_context()} if self._is_secure else {}
        connection = kind(self._host, self._port, timeout=PATIENCE, **options)
        try:
            headers = {"Authorization": f"Bearer {self._token}", "Connection": "close"}
            connection.request("GET", f"{self._base}/api/v1/site", headers=headers)
            response = connection.getresponse()
            found = json.loads(response.read())
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise LinkTrouble(f"{type(error).__name__}: {error}") from error
        finally:
            connection.close()
        if response.status in (401, 403):
            raise NotAdmitted(str(found.get("detail") or found.get("title") or response.status))
        if response.status != 200 or not isinstance(found, dict):
            raise LinkTrouble(f"the server answered {response.status}")
        return found

    def follow(self, topic: str) -> Iterator[Message | None]:
        """What is said of `topic`, each (event, payload), beats too; None now and then while nothing is said.

        Send a true value into it to have a snapshot instead of what is missing. Ends in LinkTrouble or
        NotAdmitted, sooner or later; close it to hang up.
        """
        wire = self._connected()
        try:
            yield from _Conversation(wire, self._token, topic).messages()
        except (OSError, simple_websocket.ConnectionClosed) as error:
            raise LinkTrouble(f"{type(error).__name__}: {error}") from error
        finally:
            with suppress(OSError, simple_websocket.ConnectionClosed):
                wire.close()

    def _connected(self) -> simple_websocket.Client:
        try:
            # The library knocks without a time limit of its own.
            socket.create_connection((self._host, self._port), PATIENCE).close()
            return _Wire(
                f"{self._socket}/socket.io/?EIO=4&transport=websocket",
                thread_class=partial(Thread, daemon=True),
            )
        except Exception as error:  # also those of what the library itself stands on
            raise LinkTrouble(f"{type(error).__name__}: {error}") from error


class _Wire(simple_websocket.Client):
    """Gives up where nothing arrives for long, at the handshake as later."""

    def handshake(self) -> None:
        self.sock.settimeout(SILENCE)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().handshake()
        # What the server said in the same breath as its consent would else wait for its next word.
        self.connected = self._handle_events()


class _Conversation:
    """Socket.IO 5 over Engine.IO 4, as much of it as one topic needs: see docs/api.md."""

    def __init__(self, wire: simple_websocket.Client, token: str, topic: str) -> None:
        self._wire, self._token, self._topic = wire, token, topic

    def messages(self) -> Iterator[Message | None]:
        heard_at = time.monotonic()
        while True:
            said = self._wire.receive(timeout=1.0)
            if said is not None:
                heard_at = time.monotonic()
            elif time.monotonic() - heard_at > SILENCE:
                raise OSError("silence")
            if (yield self._understood(said or "")):
                self._join()

    def _understood(self, said: str) -> Message | None:
        kind, text = said[:1], said[1:]
        if kind == "0":
            self._wire.send("40" + json.dumps({"token": self._token}))
        elif kind == "2":
            self._wire.send("3" + text)
        elif kind == "4" and text[:1] == "0":
            self._join()
        elif kind == "4" and text[:1] == "3":
            _admitted(json.loads(text[1:].lstrip("0123456789")))
        elif kind == "4" and text[:1] == "2":
            event, payload = json.loads(text[1:])[:2]
            return event, payload
        return None

    def _join(self) -> None:
        self._wire.send("421" + json.dumps(["join", {"topic": self._topic}]))


def _admitted(answers: list[Any]) -> None:
    problem = answers[0].get("problem") if answers and isinstance(answers[0], dict) else None
    if problem and problem.get("status") in (401, 403, 404):
        raise NotAdmitted(str(problem.get("detail") or problem.get("title") or problem.get("code")))
    if problem:
        raise OSError(str(problem.get("code")))
