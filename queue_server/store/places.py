"""How many wait before a ticket, from kept counts: as quick in a line of two thousand as in one of ten.

Seniority is a time, so a line is counted in spans of time, each 32 of the next finer: about 35 minutes, a
minute, two seconds, 64 milliseconds. Who is ahead are all earlier long spans, the earlier shorter ones within
the same long span, and so on: at most 31 rows of each kind and what is left of 64 milliseconds. Triggers keep
the counts, so no statement can forget to.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

LEVELS = (21, 16, 11, 6)
"""The spans, as powers of two of a millisecond."""

_FINEST = LEVELS[-1]


def _spans(row: str) -> str:
    return ", ".join(f"({row}.site, {row}.queue, {level}, {row}.since >> {level}, 1)" for level in LEVELS)


def _join(row: str) -> str:
    return (
        f"    INSERT INTO place (site, queue, level, span, waiting) VALUES {_spans(row)}\n"
        "        ON CONFLICT (site, queue, level, span) DO UPDATE SET waiting = waiting + 1;\n"
    )


def _leave(row: str) -> str:
    pairs = ", ".join(f"({level}, {row}.since >> {level})" for level in LEVELS)
    here = f"site = {row}.site AND queue = {row}.queue AND (level, span) IN (VALUES {pairs})"
    return (
        f"    UPDATE place SET waiting = waiting - 1 WHERE {here};\n"
        f"    DELETE FROM place WHERE {here} AND waiting = 0;\n"
    )


_CHANGED = "(OLD.state <> NEW.state OR OLD.queue <> NEW.queue OR OLD.since <> NEW.since)"

SCHEMA = f"""
CREATE TABLE place (
    site TEXT NOT NULL, queue TEXT NOT NULL, level INTEGER NOT NULL, span INTEGER NOT NULL,
    waiting INTEGER NOT NULL CHECK (waiting >= 0),
    PRIMARY KEY (site, queue, level, span)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER place_of_a_new_ticket AFTER INSERT ON ticket WHEN NEW.state = 'waiting'
    BEGIN
{_join("NEW")}    END;
CREATE TRIGGER place_left AFTER UPDATE ON ticket WHEN OLD.state = 'waiting' AND {_CHANGED}
    BEGIN
{_leave("OLD")}    END;
CREATE TRIGGER place_taken AFTER UPDATE ON ticket WHEN NEW.state = 'waiting' AND {_CHANGED}
    BEGIN
{_join("NEW")}    END;
CREATE TRIGGER place_of_a_deleted_ticket AFTER DELETE ON ticket WHEN OLD.state = 'waiting'
    BEGIN
{_leave("OLD")}    END;
""" + "".join(
    f"""INSERT INTO place (site, queue, level, span, waiting)
    SELECT site, queue, {level}, since >> {level}, count(*) FROM ticket WHERE state = 'waiting'
    GROUP BY site, queue, since >> {level};
"""
    for level in LEVELS
)

_EARLIER = " + ".join(
    "(SELECT coalesce(sum(waiting), 0) FROM place WHERE site = :site AND queue = :queue"
    f" AND level = {level} AND span >= :from{level} AND span < :since >> {level})"
    for level in LEVELS
)
_WITHIN = (
    "(SELECT count(*) FROM ticket WHERE site = :site AND queue = :queue AND state = 'waiting'"
    f" AND since >= (:since >> {_FINEST} << {_FINEST}) AND (since, seq) < (:since, :seq))"
)
AHEAD = f"SELECT {_EARLIER} + {_WITHIN}"
NAMES = ("site", "queue", "since", "seq", *(f"from{level}" for level in LEVELS))
"""The names of the values in AHEAD; all but the first two are numbers."""


def ahead_of(site: str, queue: str, since: int, seq: int) -> tuple[str, dict[str, Any]]:
    """The statement that gives the number, and its values."""
    begins = {f"from{LEVELS[0]}": 0}
    for long, short in pairwise(LEVELS):
        begins[f"from{short}"] = since >> long << (long - short)
    return AHEAD, {"site": site, "queue": queue, "since": since, "seq": seq, **begins}
