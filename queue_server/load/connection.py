"""One keep-alive HTTP/1.1 connection, as bare as it can be: the generator must not be what is measured."""

from __future__ import annotations

import asyncio

PATIENCE = 60.0
_HEADER_END = b"\r\n\r\n"


class Lost(OSError):
    """The connection ended before the answer was whole."""


class Connection(asyncio.Protocol):
    """Asks one thing at a time with one token; connects when it has to."""

    def __init__(self, host: str, port: int, token: str = "") -> None:
        self._address = (host, port)
        identity = f"Authorization: Bearer {token}\r\n" if token else ""
        self._head = f"Host: {host}:{port}\r\n{identity}".encode()
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None
        self._got = bytearray()

    async def ask(self, method: str, path: str, body: bytes = b"", key: str = "") -> tuple[int, bytes]:
        """(status, body). Raises OSError, TimeoutError; then it is not known what has happened."""
        loop = asyncio.get_running_loop()
        if self._transport is None or self._transport.is_closing():
            await loop.create_connection(lambda: self, *self._address)
        assert self._transport is not None
        self._answer = loop.create_future()
        self._got.clear()
        told = f"Idempotency-Key: {key}\r\n" if key else ""
        if method == "POST":
            told += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        line = f"{method} /api/v1{path} HTTP/1.1\r\n".encode()
        self._transport.write(line + self._head + told.encode() + b"\r\n" + body)
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._answer
        except TimeoutError:
            self.close()
            raise
        finally:
            self._answer = None

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()
            self._transport = None

    # ---- asyncio calls these ------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._got += data
        if self._answer is None or self._answer.done():
            return
        end = self._got.find(_HEADER_END)
        if end < 0:
            return
        status, length = read_head(bytes(self._got[:end]))
        if len(self._got) >= end + 4 + length:
            self._answer.set_result((status, bytes(self._got[end + 4 : end + 4 + length])))

    def connection_lost(self, error: Exception | None) -> None:
        self._transport = None
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(Lost(f"connection lost: {error or 'closed by the server'}"))


def read_head(head: bytes) -> tuple[int, int]:
    """(status, length of the body) of an answer. Lost where it tells no length."""
    status = int(head[9:12])
    lower = head.lower()
    at = lower.find(b"\r\ncontent-length:")
    if at >= 0:
        return status, int(lower[at + 17 :].partition(b"\r\n")[0])
    if status in (101, 204, 304):
        return status, 0
    raise Lost("an answer without its length")
