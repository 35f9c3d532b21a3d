"""`motcua signs` as a process of its own, for tests: a line of twins, and what the program says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.servers import ROOT, in_time

DESCRIBED = """url = "{url}"
kind = "modbus"
refresh_seconds = 0.5
blink_seconds = {blink}
answer_seconds = 0.1
[shows]
free = "0"
[signs]
{signs}
"""


class RunningSigns:
    """The program on one line at `url`, whose `signs` are address by counter."""

    def __init__(
        self, folder: Path, server: str, token: str, url: str, signs: dict[str, int], blink: float = 1.0
    ) -> None:
        self._file, self._log = folder / "signs.toml", folder / "signs.log"
        listed = "\n".join(f"{counter} = {address}" for counter, address in signs.items())
        self._file.write_text(DESCRIBED.format(url=url, signs=listed, blink=blink), encoding="utf-8")
        token_file = folder / "signs.token"
        token_file.write_text(token, encoding="utf-8")
        self._options = ["--server", server, "--token", f"@{token_file}", "--language", "en"]
        self._process: subprocess.Popen[Any] | None = None

    def __enter__(self) -> RunningSigns:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def log(self) -> str:
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""

    def start(self) -> None:
        """Start it and wait until it follows the server."""
        said = len(self.log)
        command = [sys.executable, "-m", "queue_server", "signs", *self._options, "--signs", str(self._file)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
            )
        follows = in_time(lambda: "The signs follow the server" in self.log[said:] or self._has_ended())
        assert follows and not self._has_ended(), self.log

    def _has_ended(self) -> bool:
        return self._process is None or self._process.poll() is not None

    def stop(self) -> int:
        """Ask it to end; its exit status."""
        assert self._process is not None
        self._process.terminate()
        return self._process.wait(20)

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()
