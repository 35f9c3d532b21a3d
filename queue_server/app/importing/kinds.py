"""What a kind of table in a site file is made of: its keys and how each is read."""

from __future__ import annotations

from dataclasses import dataclass

from queue_server.app.importing import values
from queue_server.app.importing.values import Reader

REQUIRED = object()
"""Stands for the default of a key that has none."""


@dataclass(frozen=True)
class Key:
    """`help` is what a mend says of a missing key. `refers` names the kind whose ids the value holds.

    A text (`languages`) is given by language; "all" asks for every language of the site, "first" for
    the first one only.
    """

    name: str
    read: Reader
    default: object = REQUIRED
    help: str = ""
    refers: str = ""
    languages: str = ""


@dataclass(frozen=True)
class Kind:
    """`name` is the key of the list in the site file, `one` its singular for messages."""

    name: str
    one: str
    keys: tuple[Key, ...]
    limit: int
    identity: tuple[str, ...] = ("id",)
    required: bool = True

    def columns(self) -> list[str]:
        """The keys as they could stand in the header of a CSV file in Vietnamese."""
        return [f"{key.name}_vi" if key.languages else key.name for key in self.keys]


def text(
    name: str, help: str, *, limit: int = 200, default: object = REQUIRED, languages: str = "all"
) -> Key:
    return Key(name, values.line(limit), default, help, languages=languages)


ID = Key("id", values.ident, help="a short name that never changes, for example 'stp'")
