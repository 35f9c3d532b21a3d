"""What is looked at before a SQLite database is served: that it is ours alone, sound, and the one we left."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..app.journal import digest
from ..app.ports import StoreTrouble
from .file_leadership import FileLeadership
from .last_seen import Seen, read_seen, write_seen
from .sqlite_backup import hash_of, heads, reader
from .sqlite_errors import told
from .sqlite_restoring import serving_lock

LOOK_BYTES = 64 * 1024 * 1024
"""The largest file that a start looks through: about a second's reading, and thirty thousand visits. The look
cannot be broken off once it has begun. A backup looks through all of any file, each time."""

LOOK_AGAIN_MS = 7 * 86_400_000
WATCH_SECONDS = 10.0
TAIL = 200
"""The newest entries of each centre whose chain is verified: what a disk loses, it loses here."""

_HEADER = b"SQLite format 3\0"
_RESTORE = "stop here and restore the newest backup: `motcua restore FILE --data {folder} --replace`"
_ASIDE = (
    "put back the right file; or, to go on with this one, move it elsewhere and `motcua restore` it,"
    " so that no number is given twice"
)


class Guard:
    """Watches over the database in the file `path` from before it is served until the end.

    `begin` raises StoreTrouble, with a sentence on what to do, where it must not be served.
    """

    def __init__(self, path: Path, clock: Callable[[], int]) -> None:
        self._path = path
        self._clock = clock
        self._lock: FileLeadership = serving_lock(path)
        self._checked = 0

    def begin(self, say: Callable[[str], Any]) -> None:
        """Take the database for this process and look at it; `say` is told what else is to be known."""
        self._take()
        if not self._path.exists():
            return
        seen = read_seen(self._path)
        try:
            _demand_header(self._path)
            found = heads(self._path)
            if seen is not None:
                self._demand_same(seen, found)
            self._look(seen, say)
        except StoreTrouble:
            self._lock.release()
            raise
        self.note(clean=False)

    def note(self, *, clean: bool) -> None:
        """Write down how far the database has come."""
        with suppress(StoreTrouble):  # its trouble is told by those who cannot work for it
            found = {site: (seq, seal) for site, (seq, _, seal) in heads(self._path).items()}
            write_seen(self._path, Seen(found, clean, self._checked))

    def run(self, sleep: Callable[[float], Any], report: Callable[[BaseException], Any]) -> None:
        """Note it again and again, until the process ends."""
        while True:
            sleep(WATCH_SECONDS)
            try:
                self.note(clean=False)
            except Exception as trouble:
                report(trouble)

    def end(self) -> None:
        """The server has ended in good order, and its store is closed."""
        self.note(clean=True)
        self._lock.release()

    def _take(self) -> None:
        folder = self._path.parent
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
        for place in (folder, self._path):
            if place.exists() and not os.access(place, os.R_OK | os.W_OK):
                raise StoreTrouble(
                    f"{place} cannot be written to: mount the disk for writing,"
                    " or give it to the server's user"
                )
        if not self._lock.held():
            raise StoreTrouble(
                f"another server works with {self._path} already: stop that one,"
                " or give this one another --data"
            )

    def _demand_same(self, seen: Seen, found: dict[str, tuple[int, int, str]]) -> None:
        """Trouble where this is not the database that was here, grown on."""
        for site, (seq, seal) in seen.heads.items():
            if site not in found:
                raise StoreTrouble(f"{self._path} no longer holds the centre {site}: {_ASIDE}")
            if found[site][0] < seq:
                raise StoreTrouble(
                    f"{self._path} is an older copy: {site} ends with entry {found[site][0]}, and had come to"
                    f" entry {seq} here: {_ASIDE}"
                )
            if hash_of(self._path, site, seq) != seal:
                raise StoreTrouble(
                    f"{self._path} tells another history of {site} than was written here: {_ASIDE}"
                )

    def _look(self, seen: Seen | None, say: Callable[[str], Any]) -> None:
        """Look for damage: always at the newest entries, through the file where that is due."""
        wrong = list(_broken_tails(self._path))
        now = self._clock()
        self._checked = seen.checked if seen else 0
        if seen is None or not seen.clean or now - self._checked > LOOK_AGAIN_MS:
            if self._path.stat().st_size > LOOK_BYTES:
                say(
                    f"{self._path.name}: too large to look through at a start;"
                    " the next backup does, and `motcua check`"
                )
            else:
                wrong += quick_check(self._path)
                self._checked = now
        if wrong:
            way = _RESTORE.format(folder=self._path.parent)
            raise StoreTrouble(f"{self._path} is damaged ({wrong[0]}): {way}")


def quick_check(path: Path) -> list[str]:
    """What SQLite finds wrong with the pages of the file."""
    with told(path.name), reader(path) as db:
        found = [str(row[0]) for row in db.execute("PRAGMA quick_check(3)")]
    return [] if found == ["ok"] else found


def _demand_header(path: Path) -> None:
    """Trouble where the file is no database, or shorter than it says of itself."""
    size = path.stat().st_size
    if size == 0:
        return
    with path.open("rb") as file:
        begin = file.read(100)
    way = _RESTORE.format(folder=path.parent)
    if not begin.startswith(_HEADER):
        raise StoreTrouble(f"{path} is not a database: {way}")
    page = int.from_bytes(begin[16:18], "big")
    pages = int.from_bytes(begin[28:32], "big")
    log = path.with_name(f"{path.name}-wal")
    if size < pages * (65_536 if page == 1 else page) and not (log.exists() and log.stat().st_size):
        raise StoreTrouble(f"{path} is cut off: {size} bytes of {pages * page}: {way}")


def _broken_tails(path: Path) -> Iterator[str]:
    columns = "seq, at, actor, type, version, data, prev_hash, hash"
    with told(path.name), reader(path) as db:
        for site, (seq, _, _) in heads(path).items():
            prev = None
            where = "WHERE site = ? AND seq > ? ORDER BY seq"
            for row in db.execute(f"SELECT {columns} FROM journal {where}", (site, seq - TAIL)):
                if digest(site, *row[:7]) != row[7] or prev not in (None, row[6]):
                    yield f"entry {row[0]} of {site} does not fit the chain"
                    break
                prev = row[7]
