"""What a kiosk must not forget: its touches, the numbers it gave by itself, and what it knows of the hall."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import Any, Final, Literal

from sqlite_utils import Database

Json = dict[str, Any]
By = Literal["nobody", "server", "kiosk"]
Home = Literal["", "owed", "home", "refused"]

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS touch (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  body TEXT NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL DEFAULT 'nobody' CHECK (by IN ('nobody', 'server', 'kiosk')),
  ticket TEXT,
  slip TEXT,
  handed INTEGER NOT NULL DEFAULT 0,
  home TEXT NOT NULL DEFAULT '' CHECK (home IN ('', 'owed', 'home', 'refused')),
  problem TEXT NOT NULL DEFAULT '',
  CHECK ((by = 'nobody') = (ticket IS NULL)),
  CHECK (home = '' OR by = 'kiosk')
);
CREATE INDEX IF NOT EXISTS touch_owed ON touch (seq) WHERE home IN ('owed', 'refused');
CREATE INDEX IF NOT EXISTS touch_unhanded ON touch (seq) WHERE handed = 0 AND ticket IS NOT NULL;
CREATE TABLE IF NOT EXISTS own_number (
  queue TEXT NOT NULL, number INTEGER NOT NULL, day TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (queue, number)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
PRAGMA user_version = 1;
"""


@dataclass(frozen=True, slots=True)
class Touch:
    """Somebody wanted a number. `by` says who gave it, once and for all; `ticket` is what the page was told.

    `home`: whether a number that the kiosk gave is with the server ("" where it never needs to be); `problem`
    is what the server said when it did not take it. `handed`: its slip is with the spool.
    """

    seq: int
    key: str
    body: Json
    at: int
    by: By
    ticket: Json | None
    slip: Json | None
    handed: bool
    home: Home
    problem: str


class Records:
    """The SQLite file `path`. What a method did is on the disk when it returns; any thread may call."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = RLock()
        connection = sqlite3.connect(path, timeout=15.0, isolation_level=None, check_same_thread=False)
        self._db = Database(connection)
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.executescript(_SCHEMA)

    @contextmanager
    def together(self) -> Iterator[None]:
        """One transaction for everything inside, alone."""
        with self._lock:
            if self._db.conn.in_transaction:
                yield
                return
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            finally:
                if self._db.conn.in_transaction:
                    self._db.execute("ROLLBACK")

    def begin(self, key: str, body: Mapping[str, Any], at: int) -> Touch:
        """The touch of this key, noted now or before."""
        with self.together():
            found = self.touch(key)
            if found is not None:
                return found
            self._db.execute(
                "INSERT INTO touch (key, body, at) VALUES (?, ?, ?)",
                (key, json.dumps(body, sort_keys=True), at),
            )
            return self._must(key)

    def decide(self, key: str, by: By, ticket: Json, slip: Json) -> Touch:
        """Settle who gave the number; a touch that is settled stays as it is."""
        home = "owed" if by == "kiosk" else ""
        with self.together():
            self._db.execute(
                "UPDATE touch SET by = ?, ticket = ?, slip = ?, home = ? WHERE key = ? AND by = 'nobody'",
                (by, json.dumps(ticket, ensure_ascii=False), json.dumps(slip, ensure_ascii=False), home, key),
            )
            return self._must(key)

    def touch(self, key: str) -> Touch | None:
        found = self._touches("key = ?", key)
        return found[0] if found else None

    def of_ticket(self, ticket: str) -> Touch | None:
        """The touch that led to a ticket."""
        found = self._touches("json_extract(ticket, '$.id') = ?", ticket)
        return found[0] if found else None

    def owed(self) -> list[Touch]:
        """Numbers that the server does not know of yet, in the order in which they were given."""
        return self._touches("home = 'owed' ORDER BY seq")

    def refused(self) -> list[Touch]:
        return self._touches("home = 'refused' ORDER BY seq")

    def unhanded(self) -> list[Touch]:
        """Decided touches whose slips the spool may not have."""
        return self._touches("handed = 0 AND ticket IS NOT NULL ORDER BY seq")

    def handed(self, key: str) -> None:
        self._write("UPDATE touch SET handed = 1 WHERE key = ?", key)

    def settle(self, key: str, home: Home, problem: str = "") -> None:
        """What became of a number on its way home."""
        self._write("UPDATE touch SET home = ?, problem = ? WHERE key = ?", home, problem, key)

    def try_again(self) -> None:
        """Offer once more what the server refused: somebody may have mended the cause."""
        self._write("UPDATE touch SET home = 'owed' WHERE home = 'refused'")

    def forget(self, before: int) -> None:
        """Drop what was settled long ago; refused numbers stay until a person has seen to them."""
        self._write("DELETE FROM touch WHERE at < ? AND home IN ('', 'home')", before)

    def own_numbers(self, queue: str) -> list[tuple[int, str]]:
        """(number, day on which it was last given) of this kiosk's own numbers, the latest first."""
        with self._lock:
            rows = self._db.execute(
                "SELECT number, day FROM own_number WHERE queue = ? ORDER BY at DESC", (queue,)
            ).fetchall()
        return [(number, day) for number, day in rows]

    def give(self, queue: str, number: int, day: str, at: int) -> None:
        self._write(
            "INSERT INTO own_number VALUES (?, ?, ?, ?)"
            " ON CONFLICT (queue, number) DO UPDATE SET day = excluded.day, at = excluded.at",
            queue,
            number,
            day,
            at,
        )

    def date(self, queue: str, number: int, day: str) -> None:
        """The server knows better on which day a number was given."""
        self._write("UPDATE own_number SET day = ? WHERE queue = ? AND number = ?", day, queue, number)

    def fact(self, name: str, default: Any = None) -> Any:
        with self._lock:
            row = self._db.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
        return default if row is None else json.loads(row[0])

    def know(self, name: str, value: Any) -> None:
        """Keep a fact; nothing is written where it is known already."""
        text = json.dumps(value, ensure_ascii=False, sort_keys=True)
        with self.together():
            row = self._db.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
            if row is None or row[0] != text:
                self._db.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", (name, text))

    def close(self) -> None:
        with self._lock:
            self._db.conn.close()

    def _write(self, statement: str, *values: Any) -> None:
        with self.together():
            self._db.execute(statement, values)

    def _must(self, key: str) -> Touch:
        found = self.touch(key)
        if found is None:
            raise LookupError(f"no touch {key}")
        return found

    def _touches(self, where: str, *values: Any) -> list[Touch]:
        with self._lock:
            rows = list(self._db.query(f"SELECT * FROM touch WHERE {where}", values))
        return [_touch(row) for row in rows]


def _touch(row: dict[str, Any]) -> Touch:
    def parsed(name: str) -> Json | None:
        return None if row[name] is None else json.loads(row[name])

    return Touch(
        row["seq"],
        row["key"],
        json.loads(row["body"]),
        row["at"],
        row["by"],
        parsed("ticket"),
        parsed("slip"),
        bool(row["handed"]),
        row["home"],
        row["problem"],
    )
