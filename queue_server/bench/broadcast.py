"""The raw floor of the live side: one frame, written to every socket, and nothing else.

Run as a module: `python -m queue_server.bench.broadcast`. It tells its WebSockets what is posted to it.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import struct

from .sockets import MARK, is_whole

_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def _frame(payload: bytes) -> bytes:
    if len(payload) < 126:
        return struct.pack("!BB", 0x81, len(payload)) + payload
    return struct.pack("!BBH", 0x81, 126, len(payload)) + payload


class _Broadcast(asyncio.Protocol):
    """The raw floor: sockets that hear what is posted, framed once."""

    everybody: set[asyncio.WriteTransport] = set()  # noqa: RUF012

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self.transport = transport
        self.got = b""

    def connection_lost(self, error: Exception | None) -> None:
        self.everybody.discard(self.transport)

    def data_received(self, data: bytes) -> None:
        self.got += data
        head, end, body = self.got.partition(b"\r\n\r\n")
        if not end or not is_whole(self.got):
            return
        self.got = b""
        if b"Sec-WebSocket-Key: " in head:
            key = head.partition(b"Sec-WebSocket-Key: ")[2].split(b"\r\n")[0]
            accept = base64.b64encode(hashlib.sha1(key + _GUID).digest())
            upgrade = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            self.transport.write(upgrade + b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n")
            self.everybody.add(self.transport)
            return
        if head.startswith(b"POST"):
            frame = _frame(b"42" + MARK + b"," + body + b"]")
            for transport in self.everybody:
                transport.write(frame)
        self.transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")


async def _broadcasting() -> None:
    server = await asyncio.get_running_loop().create_server(_Broadcast, "127.0.0.1", 0, backlog=1024)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/", flush=True)  # noqa: T201
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_broadcasting())
