"""Using python-escpos leaves nothing behind: no folder in the temporary directory, no log handler."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_bringing_the_library_in_leaves_no_folder_and_no_log_handler(tmp_path: Path) -> None:
    script = "import logging, drivers.opening; print(logging.getLogger().handlers)"
    found = subprocess.run(
        [sys.executable, "-c", script],
        env={"TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == "[]" and found.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_said_on_standard_output_while_a_page_is_encoded(tmp_path: Path) -> None:
    script = (
        "from drivers.printer import Document, Text\n"
        "from drivers.printer.encoding import encode\n"
        "from drivers.printer.profile import Profile\n"
        "assert encode(Document(576, (Text('Sở'),)), Profile()).data\n"
    )
    found = subprocess.run(
        [sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, check=True
    )
    assert found.stdout == found.stderr == ""
