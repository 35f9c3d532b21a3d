"""JSON for the sockets: fast, and strict about what comes in."""

from __future__ import annotations

from typing import Any

import msgspec

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
