"""Asking the server over HTTP: an answer, or which kind of nothing."""

from __future__ import annotations

import http.client
import json
import ssl
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

API = "/api/v1"
PATIENCE = 2.0
"""Seconds for a connection, and as many for an answer: somebody stands in front of the kiosk."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: Json

    @property
    def is_good(self) -> bool:
        return 200 <= self.status < 300

    @property
    def code(self) -> str:
        """The refusal's code, "" where there is none."""
        return str(self.body.get("code", ""))


class Unreached(Exception):
    """The request surely did not reach the server."""


class Silence(Exception):
    """The request may have reached the server; no answer came, or none that says what happened."""


class Server(Protocol):
    """The server's API as a kiosk sees it."""

    def ask(
        self, method: str, path: str, body: Json | None = None, key: str = "", language: str = "vi"
    ) -> Answer:
        """Raises Unreached or Silence."""


class HttpServer:
    """The server at `url` ("http://10.0.0.5:8080"), with this kiosk's token. One connection for each request:
    what an old connection still holds cannot arrive later than the kiosk believes."""

    def __init__(self, url: str, token: str, patience: float = PATIENCE) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"{url}: write the server's address as http://10.0.0.5:8080")
        self._secure = parts.scheme == "https"
        self._host, self._port = parts.hostname, parts.port
        self._base = parts.path.rstrip("/") + API
        self._token = token
        self._patience = patience

    def ask(
        self, method: str, path: str, body: Json | None = None, key: str = "", language: str = "vi"
    ) -> Answer:
        connection = self._connected()
        try:
            raw = None if body is None else json.dumps(body, ensure_ascii=False).encode()
            connection.request(method, self._base + path, raw, self._headers(key, language))
            response = connection.getresponse()
            status, content = response.status, response.read()
        except (OSError, http.client.HTTPException) as error:
            raise Silence(f"{type(error).__name__}: {error}") from error
        finally:
            connection.close()
        if status >= 500:
            raise Silence(f"the server answered {status}")
        try:
            found = json.loads(content) if content else {}
        except ValueError:
            raise Silence("what answered is no server of ours") from None
        return Answer(status, found if isinstance(found, dict) else {})

    def _headers(self, key: str, language: str) -> dict[str, str]:
        headers = {
            "Authorization": f"Bearer {self._token}",
            "Content-Type": "application/json",
            "Accept-Language": language,
            "Connection": "close",
        }
        return {**headers, "Idempotency-Key": key} if key else headers

    def _connected(self) -> http.client.HTTPConnection:
        if self._secure:
            context = ssl.create_default_context()
            connection: http.client.HTTPConnection = http.client.HTTPSConnection(
                self._host, self._port, timeout=self._patience, context=context
            )
        else:
            connection = http.client.HTTPConnection(self._host, self._port, timeout=self._patience)
        try:
            connection.connect()
        except OSError as error:
            connection.close()
            raise Unreached(f"{type(error).__name__}: {error}") from error
        return connection
