"""The durable queue of slips: each ticket's slip is printed once at most, whatever dies and whenever."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import RLock
from typing import Any, Final

from sqlite_utils import Database

from kiosk.spool_rows import SCHEMA, WISHES, Job, JobState, Settled, job_from
from queue_server.protocol import Slip

Listener = Callable[[Job], None]

BUSY_SECONDS: Final = 15.0
_SETTLED: Final = "('printed', 'failed', 'uncertain')"


class SpoolTrouble(Exception):
    """The spool's file cannot be opened, read or written; what was put before is still in it."""


def _now() -> int:
    return time.time_ns() // 1_000_000


class Spool:
    """The queue in the SQLite file `path`, made when it is opened. Any thread may call; each call is short.

    What a method did is on the disk when it returns (WAL, synchronous=FULL). Raises SpoolTrouble where the
    file fails.
    """

    def __init__(self, path: Path, clock: Callable[[], int] = _now) -> None:
        self._clock = clock
        self._lock = RLock()
        self._listeners: list[Listener] = []
        with _told(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(
                path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            self._db = Database(connection)
            self._db.execute("PRAGMA synchronous=FULL")
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.executescript(SCHEMA)
            if "wish" not in self._db["job"].columns_dict:
                self._db.execute("ALTER TABLE job ADD COLUMN wish INTEGER")
            self._db.executescript(WISHES)
        self._path = path

    def put(self, slip: Slip, *, copy: bool = False) -> Job:
        """Queue a ticket's slip. The same ticket again is the same job, whatever became of it.

        With `copy` it is queued as a marked copy; while one is under way a second wish for it is the same.
        """
        with self._changing() as told:
            return self._put(replace(slip, copy=copy), told)

    def put_wished(self, slip: Slip, wish: int) -> Job | None:
        """Queue a marked copy that the staff wish for: once for each `wish`, whatever became of it.

        None while another copy of the same ticket is under way: the wish is to be put again after that.
        """
        with self._changing() as told:
            found = self._one("wish = ?", wish)
            if found is None and not self._one(
                f"ticket = ? AND copy = 1 AND state NOT IN {_SETTLED}", slip.ticket
            ):
                found = self._insert(replace(slip, copy=True), told, wish)
            return found

    def again(self, ticket: str) -> Job | None:
        """The citizen or the staff want this ticket's slip once more; None where the spool never had it.

        Where some of it may have come out, a marked copy; where nothing did, the slip itself is queued anew.
        """
        with self._changing() as told:
            first = self._one("ticket = ? AND copy = 0", ticket)
            if first is None or not first.is_settled:
                return first
            if first.state != "failed":
                return self._put(replace(first.slip, copy=True), told)
            told.append(self._change(first, "queued", detail="asked for again", put_at=self._clock()))
            return told[0]

    def take(self, printer: str = "") -> Job | None:
        """The next slip to print, oldest first: now `printing` at `printer`. None where none waits."""
        with self._changing() as told:
            waiting = self._one("state = 'queued' ORDER BY id")
            if waiting is None:
                return None
            attempts = waiting.attempts + 1
            told.append(self._change(waiting, "printing", printer=printer, attempts=attempts))
            return told[0]

    def settle(self, job: Job, outcome: Settled, detail: str = "") -> Job:
        """Write down what became of a job that was taken; `queued`: nothing came out, it waits again.

        An uncertain one may still turn out printed; any other job that is not printing stays as it is.
        """
        with self._changing() as told:
            at = self._get(job.id)
            late = at.state == "uncertain" and outcome == "printed"
            if at.state != "printing" and not late:
                return at
            told.append(self._change(at, outcome, detail=detail))
            return told[0]

    def recover(self) -> list[Job]:
        """At start: what was `printing` as the program died may be in somebody's hand: uncertain."""
        with self._changing() as told:
            for job in self._many("state = 'printing' ORDER BY id"):
                detail = "the program ended while this slip was printing"
                told.append(self._change(job, "uncertain", detail=detail))
            return list(told)

    def give_up(self, put_before: int, detail: str) -> list[Job]:
        """Let slips fail that have been queued since before `put_before`: nobody stands there any more."""
        with self._changing() as told:
            for job in self._many("state = 'queued' AND put_at < ? ORDER BY id", put_before):
                told.append(self._change(job, "failed", detail=detail))
            return list(told)

    def get(self, ticket: str) -> Job | None:
        """The ticket's slip itself, not its copies."""
        with self._reading():
            return self._one("ticket = ? AND copy = 0", ticket)

    def jobs(self, limit: int = 20) -> list[Job]:
        """The newest jobs, copies among them, newest first."""
        with self._reading():
            return self._many("1 ORDER BY id DESC LIMIT ?", limit)

    def queued(self) -> int:
        """How many slips wait for paper."""
        with self._reading():
            return int(self._db.execute("SELECT count(*) FROM job WHERE state = 'queued'").fetchone()[0])

    def unreported(self, limit: int = 100) -> list[Job]:
        """Settled jobs of which the server has not heard as they now are, oldest change first."""
        with self._reading():
            where = f"reported < revision AND state IN {_SETTLED} ORDER BY changed_at, id LIMIT ?"
            return self._many(where, limit)

    def reported(self, job: Job) -> None:
        """The server knows `job` as it is in hand; what changed since is still to be told."""
        with self._changing():
            self._db.execute(
                "UPDATE job SET reported = max(reported, ?) WHERE id = ?", (job.revision, job.id)
            )

    def forget(self, changed_before: int) -> int:
        """Delete settled and reported jobs not touched since; returns how many."""
        with self._changing():
            gone = self._db.execute(
                f"DELETE FROM job WHERE changed_at < ? AND reported >= revision AND state IN {_SETTLED}",
                (changed_before,),
            )
            return int(gone.rowcount)

    def subscribe(self, listener: Listener) -> None:
        """Call `listener` with each changed job once it is on the disk, in the thread that changed it."""
        self._listeners.append(listener)

    def close(self) -> None:
        with self._lock:
            self._db.conn.close()

    def _put(self, slip: Slip, told: list[Job]) -> Job:
        found = self._one("ticket = ? AND copy = ? ORDER BY id DESC", slip.ticket, slip.copy)
        if found and not (slip.copy and found.is_settled):
            return found
        return self._insert(slip, told)

    def _insert(self, slip: Slip, told: list[Job], wish: int | None = None) -> Job:
        now = self._clock()
        body = json.dumps(slip.to_wire(), ensure_ascii=False)
        cursor = self._db.execute(
            "INSERT INTO job (ticket, copy, slip, state, put_at, changed_at, wish)"
            " VALUES (?, ?, ?, 'queued', ?, ?, ?)",
            (slip.ticket, slip.copy, body, now, now, wish),
        )
        told.append(self._get(int(cursor.lastrowid or 0)))
        return told[-1]

    def _change(self, job: Job, state: JobState, **values: Any) -> Job:
        columns = {"detail": "", **values, "state": state, "changed_at": self._clock()}
        written = ", ".join(f"{name} = :{name}" for name in columns)
        self._db.execute(
            f"UPDATE job SET {written}, revision = revision + 1 WHERE id = :id", {**columns, "id": job.id}
        )
        return self._get(job.id)

    def _get(self, id: int) -> Job:
        job = self._one("id = ?", id)
        if job is None:
            raise LookupError(f"the spool has no job {id}")
        return job

    def _one(self, where: str, *values: Any) -> Job | None:
        found = self._many(f"{where} LIMIT 1", *values)
        return found[0] if found else None

    def _many(self, where: str, *values: Any) -> list[Job]:
        rows = self._db.query(f"SELECT * FROM job WHERE {where}", values)
        return [job_from(row) for row in rows]

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._lock, _told(self._path):
            yield

    @contextmanager
    def _changing(self) -> Iterator[list[Job]]:
        """One transaction; the jobs listed in it are told to the listeners once it is on the disk."""
        told: list[Job] = []
        with self._lock:
            with _told(self._path), self._transaction():
                yield told
        for job in told:
            for listener in self._listeners:
                listener(job)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        finally:
            if self._db.conn.in_transaction:
                self._db.execute("ROLLBACK")


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise SpoolTrouble(f"{path}: {error}") from error
