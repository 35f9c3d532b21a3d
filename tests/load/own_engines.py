"""Runs a command of the product on a PostgreSQL and a Redis of its own."""

from __future__ import annotations

import subprocess
import sys

from tests.engines import PostgresServer, RedisServer, fresh_database


def run(command: str, *arguments: str) -> int:
    """The exit status of `motcua COMMAND` there; with every commit on the disk, as in the field."""
    postgres = PostgresServer()
    try:
        queue = RedisServer()
        try:
            engines = ["--database", fresh_database(postgres), "--message-queue", queue.url]
            asked = [sys.executable, "-m", "queue_server", command, *engines, *arguments]
            return subprocess.run(asked).returncode
        finally:
            queue.close()
    finally:
        postgres.close()
