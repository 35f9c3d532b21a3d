"""The product on a disk that takes its time: `python -m queue_server.bench.slow_disk MILLISECONDS serve …`.

Before each COMMIT the thread that makes it pauses natively, as in a call of fsync that does not return.
"""

from __future__ import annotations

import sys
from time import sleep as sleep_natively
from typing import Any

from sqlite_utils import Database

from queue_server.__main__ import main

MILLISECONDS = 4.0
"""What a flush takes on a plain SSD; a memory card or a disk that turns takes two to five times as long."""


def slow_down(seconds: float) -> None:
    """Let every COMMIT of this process take so much longer."""
    execute = Database.execute

    def slowly(self: Database, sql: str, *more: Any) -> Any:
        if sql == "COMMIT":
            sleep_natively(seconds)
        return execute(self, sql, *more)

    Database.execute = slowly  # type: ignore[assignment,method-assign]


if __name__ == "__main__":
    slow_down(float(sys.argv.pop(1)) / 1000)
    main()
