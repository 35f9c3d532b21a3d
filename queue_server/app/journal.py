"""The journal: every event, in order, chained by SHA-256 so that a change of the past shows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from ..core.events import VERSION, Entry, Event, from_data, to_data
from .ports import Reading, Record

PAGE = 1000
_canonical = msgspec.json.Encoder(order="sorted").encode
_read = msgspec.json.decode


def digest(site: str, seq: int, at: int, actor: str, kind: str, version: int, data: str, prev: str) -> str:
    """SHA-256 over the entry's fields and the hash before it, as canonical JSON."""
    return hashlib.sha256(_canonical([prev, site, seq, at, actor, kind, version, data])).hexdigest()


def write_down(site: str, head: tuple[int, str], entries: Sequence[Entry]) -> list[Record]:
    """The records that continue the chain after `head` (seq, hash)."""
    seq, prev = head
    records = []
    for entry in entries:
        if entry.seq != seq + 1:
            raise ValueError(f"journal entry {entry.seq} does not follow {seq}")
        kind = type(entry.event).__name__
        data = _canonical(to_data(entry.event)).decode()
        seal = digest(site, entry.seq, entry.at, entry.actor, kind, VERSION, data, prev)
        records.append(Record(entry.seq, entry.at, entry.actor, kind, VERSION, data, prev, seal))
        seq, prev = entry.seq, seal
    return records


def read_back(record: Record) -> Entry:
    event: Event = from_data(record.type, record.version, _read(record.data))
    return Entry(record.seq, record.at, record.actor, event)


def records(reading: Reading, after: int = 0) -> Iterator[Record]:
    """Every record after `after`, a page at a time."""
    while page := reading.journal(after, PAGE):
        yield from page
        after = page[-1].seq


def entries(reading: Reading, after: int = 0) -> Iterator[Entry]:
    """Every entry after `after`, while `reading` lasts."""
    return map(read_back, records(reading, after))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying the chain found: `broken_at` is the first seq that does not fit, None when all fit."""

    entries: int
    head: str
    broken_at: int | None
    problem: str


def verify(site: str, reading: Reading) -> Verdict:
    """Recompute every hash and look for gaps."""
    expected, prev = 1, ""
    for record in records(reading):
        if record.seq != expected:
            return Verdict(expected - 1, prev, expected, f"entry {expected} is missing")
        seal = digest(
            site,
            record.seq,
            record.at,
            record.actor,
            record.type,
            record.version,
            record.data,
            record.prev_hash,
        )
        if record.prev_hash != prev or record.hash != seal:
            return Verdict(expected - 1, prev, record.seq, f"entry {record.seq} does not fit the chain")
        expected, prev = record.seq + 1, record.hash
    return Verdict(expected - 1, prev, None, "")
