"""Takes the bench's orders on a PostgreSQL and a Redis of its own: `python -m tests.load.bench_postgres`.

The arguments are those of `motcua bench`.
"""

from __future__ import annotations

import sys

from tests.load.own_engines import run

if __name__ == "__main__":
    sys.exit(run("bench", *sys.argv[1:]))
