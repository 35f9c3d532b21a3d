"""Putting a backup in the place of a SQLite database: proved before, at one stroke, the old one aside."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ..app.ports import StoreTrouble
from ..app.restoring import Known
from .backup_folder import prove_file
from .file_leadership import FileLeadership
from .last_seen import Seen, read_seen, write_seen
from .restoring import Head, Restored, RestoreRefused, Wish, go_on, loss
from .sqlite import SqliteStore
from .sqlite_backup import hash_of, heads, last_numbers, sync_folder, unpack

_WORK = ".motcua-restore-"
BESIDE = ("-wal", "-shm")
"""What SQLite keeps beside a database: a log left there would be played into whatever takes its place."""


@dataclass(frozen=True, slots=True)
class _Old:
    """The database that is replaced: (seq, at, hash) of its centres, or what keeps it from being read."""

    path: Path
    heads: dict[str, Head]
    problem: str = ""


def restore(file: Path, database: Path, wish: Wish, now: int) -> Restored:
    """Prove the backup `file` and make it the database.

    Raises RestoreRefused, Unsound, restoring.NumbersUnknown and StoreTrouble; then all is as it was.
    """
    began = time.monotonic()
    with _alone(database), _working(database.parent) as work:
        fresh = work / database.name
        unpack(file, fresh)
        proofs = prove_file(fresh)
        old = _look_at(database)
        if old is not None and not wish.replace and (loss := _loss(old, fresh)):
            raise RestoreRefused(
                f"{database} {loss}; to put it aside and go on with {file.name} all the same, add --replace"
            )
        seen = read_seen(database)
        store = SqliteStore(fresh)
        try:
            sites = [proof.site for proof in proofs]
            centres = go_on(store, sites, lambda site: _known(site, old, seen), wish, now)
        finally:
            store.close()
        _settle(fresh)
        aside = _set_aside(database, now)
        os.replace(fresh, database)
        sync_folder(database.parent)
        found = {site: (seq, seal) for site, (seq, _, seal) in heads(database).items()}
        write_seen(database, Seen(found, clean=True, checked=now))
    return Restored(tuple(proofs), centres, str(aside or ""), time.monotonic() - began)


def serving_lock(database: Path) -> FileLeadership:
    """The lock that whoever serves a database, or replaces it, must hold."""
    return FileLeadership(database.with_name(f"{database.name}.serve.lock"))


def _look_at(database: Path) -> _Old | None:
    if not database.exists():
        return None
    try:
        return _Old(database, heads(database))
    except StoreTrouble as trouble:
        return _Old(database, {}, str(trouble))


def _loss(old: _Old, fresh: Path) -> str:
    """What the old database holds that the new one does not; "" where nothing."""
    if old.problem:
        return f"cannot be read ({old.problem}), so nobody can tell what it holds"
    coming = {site: seq for site, (seq, _, _) in heads(fresh).items()}
    return loss(old.heads, coming, lambda site, seq: hash_of(fresh, site, seq))


def _known(site: str, old: _Old | None, seen: Seen | None) -> Known:
    """What the old database and the little file beside it tell of the time after the backup."""
    last_seen = seen.heads[site][0] if seen and site in seen.heads else None
    if old is None or site not in old.heads:
        return Known(seq=last_seen)
    seq = old.heads[site][0]
    if last_seen is not None and last_seen > seq:  # it is an older copy itself
        return Known(seq=last_seen)
    try:
        return Known(given=last_numbers(old.path, site), seq=seq)
    except StoreTrouble:
        return Known(seq=seq)


def _settle(fresh: Path) -> None:
    """All of it in one file, and on the disk."""
    for end in BESIDE:
        if fresh.with_name(fresh.name + end).exists():
            raise StoreTrouble(f"{fresh.name}: another program holds the file that is being restored")
    with fresh.open("rb+") as file:
        os.fsync(file.fileno())


def _set_aside(database: Path, now: int) -> Path | None:
    """Move the old database with all that belongs to it into a folder of its own.

    The database goes first: a crash on the way leaves a folder without one, which every command refuses.
    """
    beside = [database.with_name(database.name + end) for end in ("", *BESIDE)]
    if not any(path.exists() for path in beside):
        return None
    stamp = datetime.fromtimestamp(now / 1000, UTC).strftime("%Y%m%dT%H%M%S")
    aside = Path(tempfile.mkdtemp("", f"aside-{stamp}Z-", database.parent))
    for path in beside:
        if path.exists():
            os.replace(path, aside / path.name)
    sync_folder(aside)
    sync_folder(database.parent)
    return aside


@contextmanager
def _alone(database: Path) -> Iterator[None]:
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreTrouble(f"{database.parent}: {error.strerror}") from error
    lock = serving_lock(database)
    if not lock.held():
        raise RestoreRefused(f"a server works with {database}, or the folder is read-only: stop it first")
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _working(folder: Path) -> Iterator[Path]:
    for left in folder.glob(f"{_WORK}*"):  # by a restore that was killed: it held the lock
        shutil.rmtree(left, ignore_errors=True)
    try:
        work = Path(tempfile.mkdtemp("", _WORK, folder))
    except OSError as error:
        raise StoreTrouble(f"{folder}: {error.strerror}") from error
    try:
        yield work
    except OSError as error:
        raise StoreTrouble(f"{folder}: {error.strerror or error}") from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
