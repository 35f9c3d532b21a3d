"""One JSON form for a site, so that it can be kept, compared and recognised by its digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar, get_args, get_type_hints

from queue_server.core.site import Site

FORMAT = 1
"""Rises when an older server could no longer read what a newer one wrote."""

_Fact = TypeVar("_Fact")


class UnreadableSite(ValueError):
    """The kept site was written by a newer version of the product, or is damaged."""


def site_to_json(site: Site) -> dict[str, Any]:
    """The whole site as objects, lists and plain values; equal sites give equal results."""
    return {"format": FORMAT, **plain_fields(site)}


def site_from_json(data: Mapping[str, Any]) -> Site:
    """The site that `site_to_json` was given.

    Fields that `data` lacks take their defaults, unknown ones are passed over.

    Raises UnreadableSite.
    """
    if data.get("format") != FORMAT:
        raise UnreadableSite(f"site format {data.get('format')!r}, this version reads {FORMAT}")
    try:
        return _fact(Site, data)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UnreadableSite(f"damaged site: {error}") from error


def digest(site: Site) -> str:
    """SHA-256 (64 hexadecimal digits) of the canonical form: two sites share it only if they are equal."""
    return digest_of(site_to_json(site))


def digest_of(data: Mapping[str, Any]) -> str:
    """The digest of the site that was kept as `data`, whatever fields this version would add."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def plain_fields(fact: object) -> dict[str, Any]:
    """A fact's own fields as plain values, by name."""
    found = _plain(fact)
    assert isinstance(found, dict), "a fact has fields"
    return found


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {name: _plain(getattr(value, name)) for name in _names(type(value))}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return dict(value)
    return value


def _names(fact: type) -> tuple[str, ...]:
    names = _NAMES.get(fact)
    if names is None:
        names = _NAMES[fact] = tuple(field.name for field in fields(fact))
    return names


_NAMES: dict[type, tuple[str, ...]] = {}


def _fact(fact: type[_Fact], data: Mapping[str, Any]) -> _Fact:
    readers = _readers(fact)
    given = {name: readers[name](value) for name, value in data.items() if name in readers}
    make: Callable[..., _Fact] = fact
    return make(**given)


def _readers(fact: type) -> dict[str, Callable[[Any], Any]]:
    """For each field how to read it back: facts and tuples from their lists, the rest as it is."""
    readers = _READERS.get(fact)
    if readers is None:
        hints = get_type_hints(fact)
        readers = _READERS[fact] = {name: _reader(hints[name]) for name in _names(fact)}
    return readers


_READERS: dict[type, dict[str, Callable[[Any], Any]]] = {}


def _reader(hint: Any) -> Callable[[Any], Any]:
    if is_dataclass(hint) and isinstance(hint, type):
        return lambda value: _fact(hint, value)
    arguments = get_args(hint)
    if getattr(hint, "__origin__", None) is tuple:
        item = _reader(arguments[0])
        return lambda value: tuple(map(item, value))
    return _as_it_is


def _as_it_is(value: Any) -> Any:
    return value
