"""Plays the simulated province on a PostgreSQL and a Redis of its own: `python -m tests.load.province`."""

from __future__ import annotations

import subprocess
import sys

from tests.engines import PostgresServer, RedisServer, fresh_database


def main() -> int:
    """With every commit on the disk, as in the field; the arguments are those of `motcua simulate-load`."""
    postgres = PostgresServer()
    try:
        queue = RedisServer()
        try:
            engines = ["--database", fresh_database(postgres), "--message-queue", queue.url]
            arguments = ["simulate-load", "--province", *engines, "--workers", "4", *sys.argv[1:]]
            return subprocess.run([sys.executable, "-m", "queue_server", *arguments]).returncode
        finally:
            queue.close()
    finally:
        postgres.close()


if __name__ == "__main__":
    sys.exit(main())
