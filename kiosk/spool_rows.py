"""A slip on its way to paper, and the table that the spool keeps it in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final, Literal

from queue_server.protocol import Slip

JobState = Literal["queued", "printing", "printed", "failed", "uncertain"]
Settled = Literal["queued", "printed", "failed", "uncertain"]

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS job (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  ticket TEXT NOT NULL,
  copy INTEGER NOT NULL,
  slip TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'printing', 'printed', 'failed', 'uncertain')),
  attempts INTEGER NOT NULL DEFAULT 0,
  printer TEXT NOT NULL DEFAULT '',
  detail TEXT NOT NULL DEFAULT '',
  put_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1,
  reported INTEGER NOT NULL DEFAULT 0,
  wish INTEGER
);
CREATE UNIQUE INDEX IF NOT EXISTS one_slip_for_each_ticket ON job (ticket) WHERE copy = 0;
CREATE UNIQUE INDEX IF NOT EXISTS one_copy_at_a_time ON job (ticket)
  WHERE copy = 1 AND state IN ('queued', 'printing');
CREATE INDEX IF NOT EXISTS waiting_to_print ON job (id) WHERE state = 'queued';
CREATE INDEX IF NOT EXISTS not_yet_reported ON job (changed_at) WHERE reported < revision;
"""

WISHES: Final = """
CREATE UNIQUE INDEX IF NOT EXISTS one_copy_for_each_wish ON job (wish) WHERE wish IS NOT NULL;
PRAGMA user_version = 2;
"""
"""For a file of version 1, too, once it has the column."""


@dataclass(frozen=True, slots=True)
class Job:
    """A slip on its way to paper, as it stood when it was read. Times are epoch milliseconds.

    `printer` is the one that it was given to last ("" before), `attempts` how often it was given to one,
    `detail` an English sentence for a technician. `revision` rises with every change. `wish` is the number of
    the staff's wish that a copy answers, None where the citizen asked.
    """

    id: int
    ticket: str
    copy: bool
    slip: Slip
    state: JobState
    attempts: int
    printer: str
    detail: str
    put_at: int
    changed_at: int
    revision: int
    wish: int | None = None

    @property
    def is_settled(self) -> bool:
        return self.state not in ("queued", "printing")


def job_from(row: dict[str, Any]) -> Job:
    return Job(
        id=row["id"],
        ticket=row["ticket"],
        copy=bool(row["copy"]),
        slip=Slip.from_wire(json.loads(row["slip"])),
        state=row["state"],
        attempts=row["attempts"],
        printer=row["printer"],
        detail=row["detail"],
        put_at=row["put_at"],
        changed_at=row["changed_at"],
        revision=row["revision"],
        wish=row["wish"],
    )
