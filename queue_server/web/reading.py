"""Reading a request strictly: its size, its form, its fields. What is wrong raises Problem."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from ..app.problems import Fault, Problem

MAX_BODY = 64 * 1024
DRAIN_AT_MOST = 4 * 1024 * 1024
"""A larger body is not read to its end: the connection is closed instead."""

UNREAD = "motcua.unread"
_CHUNK = 16 * 1024
_KEY = re.compile(r"[\x21-\x7e]{1,200}")
_UNSAYABLE = re.compile(r"[\x00\ud800-\udfff]")
_AT = re.compile(r" - at `\$\.?([^`]*)`$")
_NAMED = re.compile(r"field `([^`]*)`")


def read_body(environ: dict[str, Any]) -> bytes:
    """The body, at most MAX_BODY bytes; Problem BODY_TOO_LARGE after taking the rest off the wire.

    Where even the rest is too much, `environ[UNREAD]` says that the connection cannot be used again.
    """
    stated = environ.get("CONTENT_LENGTH")
    if not stated:
        chunked = "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower()
        return _read_chunked(environ) if chunked else b""
    if not stated.isascii() or not stated.isdigit():
        raise Problem(Fault.MALFORMED_REQUEST)
    length = int(stated)
    if length > MAX_BODY:
        _drain(environ, length)
        raise Problem(Fault.BODY_TOO_LARGE, {"limit": MAX_BODY})
    body: bytes = environ["wsgi.input"].read(length)
    if len(body) < length:
        raise Problem(Fault.MALFORMED_BODY, {"reason": "incomplete"})
    return body


def _read_chunked(environ: dict[str, Any]) -> bytes:
    try:
        body: bytes = environ["wsgi.input"].read(MAX_BODY + 1)
        if len(body) <= MAX_BODY:
            return body
        _drain(environ, DRAIN_AT_MOST + 1)
    except OSError:
        raise Problem(Fault.MALFORMED_BODY, {"reason": "incomplete"}) from None
    raise Problem(Fault.BODY_TOO_LARGE, {"limit": MAX_BODY})


def _drain(environ: dict[str, Any], length: int) -> None:
    """Take a refused body off the wire, so that its sender gets to read the answer."""
    left = min(length, DRAIN_AT_MOST)
    while left > 0 and (chunk := environ["wsgi.input"].read(min(left, _CHUNK))):
        left -= len(chunk)
    environ[UNREAD] = left <= 0 and length > DRAIN_AT_MOST


def parse_body(raw: bytes, media_type: str, shape: type) -> Any:
    """A `shape` from JSON. An empty body is an empty object."""
    if not raw:
        return _convert({}, shape)
    kind, _, parameters = media_type.lower().partition(";")
    if kind.strip() != "application/json" or ("charset" in parameters and "utf-8" not in parameters):
        raise Problem(Fault.UNSUPPORTED_MEDIA_TYPE)
    return _convert(_parse(raw), shape)


def _parse(raw: bytes) -> Any:
    try:
        return _DECODER.decode(raw.decode("utf-8"))
    except UnicodeDecodeError:
        raise Problem(Fault.MALFORMED_BODY, {"reason": "not_utf8"}) from None
    except (ValueError, RecursionError):
        raise Problem(Fault.MALFORMED_BODY, {"reason": "not_json"}) from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """JSON does not say which of two equal names counts, so programs disagree: refuse them."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Problem(Fault.MALFORMED_BODY, {"reason": "duplicate_key"})
    for name, value in pairs:
        if _UNSAYABLE.search(name) or (isinstance(value, str) and _UNSAYABLE.search(value)):
            raise Problem(Fault.MALFORMED_BODY, {"reason": "characters"})
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_no_constant)


def parse_query(query: str, shape: type | None) -> Any:
    """A `shape` from the query string; without one, nothing may stand there."""
    if not query:
        return shape() if shape is not None else None
    try:
        pairs = parse_qsl(
            query, keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=20
        )
    except ValueError:
        raise Problem(Fault.MALFORMED_REQUEST) from None
    found = dict(pairs)
    for name, value in pairs:
        if _UNSAYABLE.search(name + value):
            raise Problem(Fault.MALFORMED_REQUEST)
    if len(found) != len(pairs):
        raise Problem(Fault.INVALID_FIELD, {"field": pairs[-1][0][:64], "reason": "twice"})
    if shape is None:
        raise Problem(Fault.INVALID_FIELD, {"field": next(iter(found))[:64], "reason": "unknown"})
    return _convert(found, shape, strict=False)


def _convert(found: Any, shape: type, *, strict: bool = True) -> Any:
    try:
        return msgspec.convert(found, shape, strict=strict)
    except msgspec.ValidationError as error:
        raise Problem(Fault.INVALID_FIELD, _what_is_wrong(str(error))) from None


def _what_is_wrong(message: str) -> dict[str, str]:
    """msgspec says it in a sentence; a program and a translator need field and reason."""
    place = _AT.search(message)
    named = _NAMED.search(message)
    where = ".".join(part for part in (place and place[1], named and named[1]) if part) or "body"
    if "missing required" in message:
        reason = "required"
    elif "unknown field" in message:
        reason = "unknown"
    elif "of length" in message:
        reason = "length"
    elif "<=" in message or ">=" in message:
        reason = "range"
    elif "matching regex" in message or "Invalid enum" in message:
        reason = "form"
    else:
        reason = "type"
    return {"field": where[:64], "reason": reason}


def idempotency_key(environ: Mapping[str, Any]) -> str | None:
    key: str | None = environ.get("HTTP_IDEMPOTENCY_KEY")
    if key is not None and not _KEY.fullmatch(key):
        raise Problem(Fault.BAD_IDEMPOTENCY_KEY)
    return key
