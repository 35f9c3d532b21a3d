"""Messages on the sockets: JSON, fast on the way out and strict about what comes in."""

from __future__ import annotations

from typing import Any

import msgspec
from socketio.packet import CONNECT, DISCONNECT, EVENT, Packet

MALFORMED = "malformed"
"""The event that stands for a message which is none: it has no handler and changes nothing."""

# Names that Socket.IO gives to its own events: a client may not act them.
_RESERVED = frozenset({"connect", "disconnect", "connect_error"})
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode


def dumps(value: Any, **_: Any) -> str:
    return _encode(value).decode()


def loads(text: str | bytes, **_: Any) -> Any:
    """The value; ValueError for what is no JSON or nested too deep."""
    try:
        return _decode(text)
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        raise ValueError(str(error)) from None


class CarefulPacket(Packet):
    """A Socket.IO packet that reads anything without failing.

    The library answers a broken frame with a stack trace in the log, which anybody could fill a disk with.
    Here it becomes the event MALFORMED. Nothing of ours is binary, so attachments are not looked for.
    """

    uses_binary_events = False

    def __init__(self, *args: Any, encoded_packet: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if encoded_packet is not None:
            self._read(encoded_packet)

    def _read(self, encoded: Any) -> None:
        try:
            attachments = self.decode(encoded)
            sound = not attachments and self._is_sound()
        except (ValueError, TypeError, IndexError, OverflowError):
            sound = False
        if not sound:
            self.packet_type, self.namespace, self.id, self.data = EVENT, None, None, [MALFORMED]

    def _is_sound(self) -> bool:
        data = self.data
        if self.packet_type == EVENT:
            is_event = isinstance(data, list) and bool(data) and isinstance(data[0], str)
            return is_event and data[0] not in _RESERVED
        if self.packet_type == CONNECT:
            return data is None or isinstance(data, dict)
        return bool(self.packet_type == DISCONNECT)
