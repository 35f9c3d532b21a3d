"""Which backups are kept, told from their names: none is lost to a wrong clock, none of others."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from queue_server.app.backup_names import KEEP, Backup, Rule, named, read_name, read_rule, superseded

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def every(hours: float, count: int, until: datetime = NOON) -> list[Backup]:
    """Backups at even distances, the newest at `until`."""
    return [Backup("nho", until - timedelta(hours=hours * i), count - i) for i in range(count)]


def kept(backups: list[Backup], rule: Rule = KEEP) -> list[Backup]:
    gone = set(superseded(backups, rule))
    return sorted((one for one in backups if one not in gone), key=lambda one: one.at)


def test_a_name_tells_the_centre_the_moment_and_the_last_entry_and_is_read_back() -> None:
    backup = named(["quang-ninh"], NOON + timedelta(microseconds=7), 1234, "db.gz")
    assert backup.name == "motcua-quang-ninh-20261123T120000Z-00001234.db.gz"
    assert read_name(backup.name) == backup
    assert read_name(named(["a", "b"], NOON, 99_999_999_9, "pgdump").name) == Backup(
        "all", NOON, 99_999_999_9, "pgdump"
    )


@pytest.mark.parametrize(
    "name",
    [
        "motcua.db",
        "motcua-nho-20261123T120000Z-00001234.db.gz.part",
        "old-motcua-nho-20261123T120000Z-00001234.db.gz",
        "motcua-nho-20261323T120000Z-00001234.db.gz",
        ".motcua-backup.lock",
    ],
)
def test_what_is_not_named_like_a_backup_is_none(name: str) -> None:
    assert read_name(name) is None


def test_all_of_the_last_day_one_a_day_for_a_month_and_one_a_month_for_a_year_are_kept() -> None:
    hourly = every(1, 24 * 800)
    left = kept(hourly)
    assert [one for one in left if one.at >= NOON - timedelta(hours=24)] == sorted(
        hourly[:25], key=lambda one: one.at
    )
    days = sorted({one.at.date() for one in left}, reverse=True)
    assert days[:30] == [NOON.date() - timedelta(days=i) for i in range(30)]
    assert len({(day.year, day.month) for day in days}) == 12
    assert len(left) == 25 + 28 + 10  # 24 h touch two days; 30 days touch two months
    older = [one for one in left if one.at.date() < days[1]]
    assert all(one.at.hour == 23 for one in older), "of a day or month the newest is kept"


def test_the_newest_is_never_dropped_whatever_the_rule() -> None:
    few = every(1, 3)
    assert kept(few, Rule(0, 0, 0)) == [few[0]]
    assert superseded([], KEEP) == []


def test_a_clock_that_jumps_years_ahead_costs_no_day_and_no_month() -> None:
    usual = every(24, 30)
    strange = Backup("nho", NOON + timedelta(days=4000), 31)
    assert len(kept([*usual, strange])) == 30
    assert strange in kept([*usual, strange])


def test_a_machine_that_was_off_for_a_year_keeps_what_it_had() -> None:
    usual = every(24, 30, NOON - timedelta(days=365))
    assert len(kept([*usual, Backup("nho", NOON, 31)])) == 30


def test_a_rule_is_written_in_hours_days_and_months() -> None:
    assert read_rule("48h, 7d, 0m") == Rule(48, 7, 0)
    assert str(KEEP) == "24h,30d,12m" and read_rule(str(KEEP)) == KEEP
    for wrong in ("7d", "24h,30d", "-1h,1d,1m", "24h,30d,12m,1y"):
        with pytest.raises(ValueError, match=re.escape(wrong)):
            read_rule(wrong)
