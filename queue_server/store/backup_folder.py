"""A folder of backups: each is written under a temporary name, proved by restoring it, only then named."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from ..app.backup_names import Backup, Rule, named, read_name, superseded
from ..app.backup_proof import Proof, Unsound, prove
from ..app.ports import StoreTrouble
from .file_leadership import FileLeadership
from .sqlite import SqliteStore
from .sqlite_backup import copy_online, integrity, pack, sync_folder, unpack

_WORK = ".motcua-"
"""Begins the names of what is not (yet) a backup: whatever is found of it later was left by a crash."""


class Source(Protocol):
    """A database that can be backed up; `kind` is how the names of its backups end."""

    kind: str

    def save(self, target: Path, work: Path) -> None:
        """Write a backup into the new file `target`, on the disk at the end; `work` is an empty folder."""

    def prove(self, file: Path, work: Path) -> list[Proof]:
        """Restore the backup `file` into a temporary place and check all that it holds. Raises Unsound."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup that was made and proved, and which older ones the rule took away."""

    path: Path
    size: int
    seconds: float
    proofs: tuple[Proof, ...]
    dropped: tuple[Path, ...]


class SqliteSource:
    """The database in a SQLite file, which others may read and write meanwhile."""

    kind = "db.gz"

    def __init__(self, path: Path) -> None:
        self._path = path

    def save(self, target: Path, work: Path) -> None:
        copy = work / "copy.db"
        copy_online(self._path, copy)
        pack(copy, target)
        copy.unlink()

    def prove(self, file: Path, work: Path) -> list[Proof]:
        restored = work / self._path.name
        unpack(file, restored)
        return prove_file(restored)


def prove_file(path: Path) -> list[Proof]:
    """Check all that a SQLite file holds that nobody else uses. Raises Unsound."""
    if wrong := integrity(path):
        raise Unsound(f"SQLite finds it damaged: {'; '.join(wrong)}")
    store = SqliteStore(path)
    try:
        return prove(store)
    finally:
        store.close()


def take(folder: Path, source: Source, rule: Rule | None, now: datetime) -> Taken:
    """Make a backup in `folder`, prove it, name it, and drop what `rule` no longer keeps (None: keep all).

    Raises StoreTrouble and Unsound; then there is no new file under a backup's name.
    """
    began = time.monotonic()
    with _working(folder) as work:
        packed, proving = work / "packed", work / "proof"
        source.save(packed, work)
        proving.mkdir()
        proofs = source.prove(packed, proving)
        sites, seq = [proof.site for proof in proofs], sum(proof.entries for proof in proofs)
        backup = named(sites, now, seq, source.kind)
        path = folder / backup.name
        os.replace(packed, path)
        sync_folder(folder)
    dropped = () if rule is None else tuple(_drop(folder, backup, rule))
    return Taken(path, path.stat().st_size, time.monotonic() - began, tuple(proofs), dropped)


def newest(folder: Path) -> list[Path]:
    """The backups in `folder`, the newest first."""
    found = [(backup, path) for path in _files(folder) if (backup := read_name(path.name))]
    return [path for _, path in sorted(found, key=lambda pair: (pair[0].at, pair[0].seq), reverse=True)]


def _drop(folder: Path, latest: Backup, rule: Rule) -> Iterator[Path]:
    """Take away the backups of the same centre that the rule no longer keeps; nothing else is touched."""
    names = [read_name(path.name) for path in _files(folder)]
    same = [name for name in names if name and (name.site, name.kind) == (latest.site, latest.kind)]
    for backup in superseded(same, rule):
        if backup != latest:
            path = folder / backup.name
            path.unlink(missing_ok=True)
            yield path


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_file() and not path.is_symlink()]


@contextmanager
def _working(folder: Path) -> Iterator[Path]:
    """An empty folder beside the backups, which only its owner may enter, for as long as the block lasts."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = FileLeadership(folder / f"{_WORK}backup.lock")
        if not lock.held():
            raise StoreTrouble(f"{folder}: another backup is being made, or the folder cannot be written to")
        try:
            for left in folder.glob(f"{_WORK}*.part"):  # by a backup that was killed: it held the lock
                shutil.rmtree(left, ignore_errors=True)
            work = Path(tempfile.mkdtemp(".part", _WORK, folder))
            try:
                yield work
            finally:
                shutil.rmtree(work, ignore_errors=True)
        finally:
            lock.release()
    except OSError as error:
        raise StoreTrouble(f"{folder}: {error.strerror or error}") from error
