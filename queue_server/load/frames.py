"""WebSocket frames (RFC 6455) as a client needs them: what comes is read, what goes is text."""

from __future__ import annotations

from collections.abc import Iterator

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
_CONTINUES = 0


def frame(text: bytes, kind: int = TEXT) -> bytes:
    """A client's frame. Its mask is all zeros, which leaves the bytes as they are and saves the work."""
    size = len(text)
    if size < 126:
        return bytes((0x80 | kind, 0x80 | size)) + b"\0\0\0\0" + text
    if size < 65_536:
        return bytes((0x80 | kind, 0x80 | 126)) + size.to_bytes(2, "big") + b"\0\0\0\0" + text
    raise ValueError("no message of a client is so long")


class Frames:
    """Puts a server's frames together as they come in pieces."""

    def __init__(self) -> None:
        self._got = bytearray()
        self._begun = b""

    def feed(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """(kind, payload) of every message that is whole by now."""
        got = self._got
        got += data
        at = 0
        while (found := _whole(got, at)) is not None:
            start, end = found
            first, payload = got[at], bytes(got[start:end])
            at = end
            kind = first & 0x0F
            if kind in (_CONTINUES, TEXT):
                payload, self._begun = self._begun + payload, b""
                if not first & 0x80:
                    self._begun = payload
                    continue
                kind = TEXT
            yield kind, payload
        del got[:at]


def _whole(got: bytearray, at: int) -> tuple[int, int] | None:
    """Where the payload of the frame at `at` begins and ends; None while some of it is missing."""
    if len(got) < at + 2:
        return None
    size, start = got[at + 1] & 0x7F, at + 2
    for mark, wide in ((126, 2), (127, 8)):
        if got[at + 1] & 0x7F == mark:
            size, start = int.from_bytes(got[at + 2 : at + 2 + wide], "big"), at + 2 + wide
    return (start, start + size) if len(got) >= start + size else None
