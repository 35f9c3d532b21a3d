"""Small files beside the database: how far it had come, so that a swapped one shows; the last backup."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_BACKUP = "last-backup"


@dataclass(frozen=True, slots=True)
class Seen:
    """What was true of the database when it was last looked at.

    `heads`: (seq, hash) of the newest entry of each centre. `clean`: its server ended in good order.
    `checked`: when the whole file was last found sound, epoch milliseconds (0: never).
    """

    heads: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    clean: bool = True
    checked: int = 0


def seen_file(database: Path) -> Path:
    return database.with_name(f"{database.name}.seen")


def read_seen(database: Path) -> Seen | None:
    """None where nothing is known: a new folder, or a power cut that took the little file."""
    try:
        kept: dict[str, Any] = json.loads(seen_file(database).read_text(encoding="utf-8"))
        heads = {str(site): (int(seq), str(seal)) for site, (seq, seal) in kept["heads"].items()}
        return Seen(heads, bool(kept["clean"]), int(kept["checked"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def write_seen(database: Path, seen: Seen) -> None:
    """Write the file; it is a hint and no promise, so a disk that is full or slow must not matter.

    What it tells was committed before: it is never ahead of the database. It is written in place, for a
    rename or a truncation would have the file system wait for the disk; half of it reads as nothing.
    """
    text = json.dumps({"heads": seen.heads, "clean": seen.clean, "checked": seen.checked}).encode()
    with suppress(OSError):
        descriptor = os.open(seen_file(database), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            os.pwrite(descriptor, text.ljust(os.fstat(descriptor).st_size), 0)
        finally:
            os.close(descriptor)


def remember_backup(folder: Path, at: float) -> None:
    """Write down in the data folder that a backup was made and proved at `at`, epoch seconds."""
    with suppress(OSError):
        (folder / _BACKUP).write_text(f"{at:.0f}\n", encoding="utf-8")


def last_backup(folder: Path) -> int:
    """When the last one was made, epoch seconds; 0 where nobody knows of any."""
    try:
        return int((folder / _BACKUP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return 0
