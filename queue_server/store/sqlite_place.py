"""Whether a database file that is in use is still where it was opened: what is written elsewhere is lost."""

from __future__ import annotations

import os
from pathlib import Path

from ..app.ports import StoreTrouble


class Place:
    """A file and its log under the names that the next start will look for.

    A file that is moved, replaced or deleted under a running server goes on taking writes, as the kernel
    keeps it for whoever has it open; the next start would know nothing of them. So each commit asks before it
    is acknowledged: three system calls, a few microseconds.
    """

    def __init__(self, path: Path) -> None:
        self._path = str(path)
        self._log = f"{path}-wal"
        self._identity = (0, 0)

    def found(self) -> None:
        """This is the file from now on. Raises StoreTrouble."""
        self._identity = self._look(self._path)

    def check(self) -> None:
        """Raises StoreTrouble where another file, or none, stands in its place."""
        if self._look(self._path) != self._identity:
            raise StoreTrouble(
                f"{self._path} was replaced while it was in use: put back the file that was there,"
                " or stop the server and restore a backup"
            )

    def check_log(self) -> None:
        """Raises StoreTrouble where the log, which every commit of an open database has, is gone."""
        self._look(self._log)

    def _look(self, file: str) -> tuple[int, int]:
        try:
            found = os.stat(file)
        except OSError as error:
            raise StoreTrouble(
                f"{file} was taken away while it was in use ({error.strerror}): put it back"
            ) from error
        return found.st_dev, found.st_ino
