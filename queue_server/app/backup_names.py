"""How backups are named, and which of them are kept: told from their names alone, whatever the clock says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_NAME = re.compile(r"motcua-([a-z0-9][a-z0-9._-]*)-(\d{8}T\d{6}Z)-(\d+)\.(db\.gz|pgdump)")
_STAMP = "%Y%m%dT%H%M%SZ"
_RULE = re.compile(r"(\d+)h,(\d+)d,(\d+)m")

SEVERAL = "all"
"""Stands in a name in place of the centre where a database holds several."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup as its file name tells it: of which centre, when it was made, its last journal entry.

    `at` is UTC. `kind` is the end of the name: "db.gz" (SQLite) or "pgdump" (PostgreSQL).
    """

    site: str
    at: datetime
    seq: int
    kind: str = "db.gz"

    @property
    def name(self) -> str:
        return f"motcua-{self.site}-{self.at.strftime(_STAMP)}-{self.seq:08d}.{self.kind}"


@dataclass(frozen=True, slots=True)
class Rule:
    """Kept are all of the last `hours`, the newest of each of `days`, the newest of each of `months`.

    The hours count back from the newest backup, and days and months are those that have a backup: a clock
    that went wrong, or a machine that was off for weeks, costs no backup. Days and months are UTC.
    """

    hours: int = 24
    days: int = 30
    months: int = 12

    def __str__(self) -> str:
        return f"{self.hours}h,{self.days}d,{self.months}m"


KEEP = Rule()


def read_rule(text: str) -> Rule:
    """The rule written as "24h,30d,12m". Raises ValueError."""
    found = _RULE.fullmatch(text.replace(" ", ""))
    if not found:
        raise ValueError(text)
    return Rule(*map(int, found.groups()))


def named(site_ids: Iterable[str], at: datetime, seq: int, kind: str) -> Backup:
    """What a backup of these centres is called; `seq` is the sum of their newest entries."""
    ids = list(site_ids)
    return Backup(ids[0] if len(ids) == 1 else SEVERAL, at.astimezone(UTC).replace(microsecond=0), seq, kind)


def read_name(name: str) -> Backup | None:
    """The backup of this name; None for a file that is none of ours."""
    found = _NAME.fullmatch(name)
    if not found:
        return None
    try:
        at = datetime.strptime(found[2], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
    return Backup(found[1], at, int(found[3]), found[4])


def superseded(backups: Iterable[Backup], rule: Rule) -> list[Backup]:
    """Those of one centre that the rule no longer keeps, oldest first; never the newest."""
    newest_first = sorted(backups, key=lambda backup: (backup.at, backup.seq), reverse=True)
    if not newest_first:
        return []
    begin = newest_first[0].at - timedelta(hours=rule.hours)
    kept = {newest_first[0]} | {backup for backup in newest_first if backup.at >= begin}
    kept |= _newest_of_each(newest_first, "%Y-%m-%d", rule.days)
    kept |= _newest_of_each(newest_first, "%Y-%m", rule.months)
    return [backup for backup in reversed(newest_first) if backup not in kept]


def _newest_of_each(newest_first: list[Backup], span: str, count: int) -> set[Backup]:
    """The newest backup of each of the newest `count` spans of time that have one."""
    first: dict[str, Backup] = {}
    for backup in newest_first:
        first.setdefault(backup.at.strftime(span), backup)
    return set(list(first.values())[:count])
