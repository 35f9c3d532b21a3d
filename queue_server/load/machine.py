"""Processor time and memory of processes, as Linux tells them; where it does not, nothing."""

from __future__ import annotations

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PROC = Path("/proc")


def family(pid: int) -> list[int]:
    """`pid` and all that descend from it."""
    children: dict[int, list[int]] = {}
    for folder in _PROC.glob("[0-9]*"):
        stat = _stat(int(folder.name))
        if stat:
            children.setdefault(int(stat[1]), []).append(int(folder.name))
    found = [pid]
    for one in found:
        found += children.get(one, [])
    return found


def processor_seconds(pids: list[int]) -> float:
    """What they have used since they began."""
    return sum((int(stat[11]) + int(stat[12])) / _TICKS for pid in pids if (stat := _stat(pid)))


def resident_mib(pids: list[int]) -> float:
    """Pages that processes share count once for each of them."""
    pages = 0
    for pid in pids:
        try:
            pages += int((_PROC / str(pid) / "statm").read_text().split()[1])
        except (OSError, IndexError):
            continue
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def machine_seconds() -> tuple[float, float]:
    """(busy, all) processor time of the whole machine, over all its cores."""
    try:
        told = [int(part) for part in (_PROC / "stat").read_text().partition("\n")[0].split()[1:9]]
    except (OSError, ValueError):
        return 0.0, 0.0
    return (sum(told) - told[3] - told[4]) / _TICKS, sum(told) / _TICKS


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat from the state on (its name may hold spaces); none where it is gone."""
    try:
        return (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
