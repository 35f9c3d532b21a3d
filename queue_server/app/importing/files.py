"""Opens the files of a site: the only place of the importer that touches the disk."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from queue_server.app.importing.problems import Findings, Place

SITE_FILE = "site.toml"
_LIMIT = 5_000_000


class SiteFiles:
    """The site file and the CSV files beside it, as text in Unicode's composed form."""

    def __init__(self, path: Path, findings: Findings) -> None:
        self.main = path / SITE_FILE if path.is_dir() else path
        self._findings = findings

    def main_text(self) -> str | None:
        return self._text(self.main, Place(str(self.main), 0))

    def beside(self, name: str, asked_at: Place) -> tuple[str, str | None]:
        """A CSV file's name for messages, and its text (None: told as a mistake)."""
        path = self.main.parent / name
        if "/" in name or "\\" in name or name in {"", ".", ".."} or "\0" in name:
            self._findings.mistake(asked_at, "file-outside", file=name)
            return name, None
        return str(path), self._text(path, Place(str(path), 0), asked_at)

    def _text(self, path: Path, place: Place, asked_at: Place | None = None) -> str | None:
        self._findings.opened(place.file)
        try:
            with path.open("rb") as file:
                content = file.read(_LIMIT + 1)
        except OSError as error:
            why = error.strerror or type(error).__name__
            if asked_at:
                why = f"'{path.name}': {why}"
            self._findings.mistake(asked_at or place, "no-file", why=why)
            return None
        if len(content) > _LIMIT:
            self._findings.mistake(place, "file-size", size=path.stat().st_size, limit=_LIMIT)
            return None
        return self._decoded(content, place.file)

    def _decoded(self, content: bytes, file: str) -> str | None:
        try:
            return unicodedata.normalize("NFC", content.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            self._findings.mistake(Place(file, line), "not-utf8")
            return None
