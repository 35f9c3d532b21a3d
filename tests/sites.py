"""A small centre for tests: three agencies in two areas, four counters."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from queue_server.core.calling_rule import CallingRule
from queue_server.core.site import (
    Agency,
    Area,
    Board,
    Counter,
    Group,
    Holiday,
    Kiosk,
    Opening,
    PriorityClass,
    Queue,
    Service,
    Site,
)

MORNING = 1_795_399_200_000
"""Monday 2026-11-23, 09:00 in Hà Nội, in epoch milliseconds."""

MINUTE = 60_000
DAY = 86_400_000


def both(vi: str, en: str) -> dict[str, str]:
    return {"vi": vi, "en": en}


def small_site(**changes: Any) -> Site:
    site = Site(
        id="nho",
        name=both("Trung tâm thử nghiệm", "Test centre"),
        timezone="Asia/Ho_Chi_Minh",
        languages=("vi", "en"),
        hours=tuple(
            Opening(day, *span)
            for day in range(5)
            for span in ((7 * 60 + 30, 11 * 60 + 30), (13 * 60, 17 * 60))
        ),
        outside_hours="refuse",
        holidays=(Holiday("2026-12-31", both("Nghỉ thử", "Test holiday")),),
        classes=(
            PriorityClass("ordinary", both("Thông thường", "Ordinary"), 1.0),
            PriorityClass("elderly", both("Người cao tuổi", "Elderly"), 2.5),
            PriorityClass("merit", both("Người có công", "Merit"), 4.0),
        ),
        groups=(Group("all", both("Tất cả", "All")),),
        agencies=(
            Agency("dat", "DAT", "A", both("Đất đai", "Land"), both("", ""), "all"),
            Agency("tu", "TU", "C", both("Tư pháp", "Justice"), both("", ""), "all"),
            Agency("thue", "THUE", "W", both("Thuế", "Tax"), both("", ""), "all"),
        ),
        queues=(
            Queue("dat", "dat", "A", both("Đất đai", "Land")),
            Queue("tu", "tu", "C", both("Tư pháp", "Justice"), last=3),
            Queue("thue", "thue", "W", both("Thuế", "Tax")),
        ),
        services=(Service("1.1", "dat", both("Tách thửa", "Split a plot"), "Đất đai", 15.0, popular=1),),
        areas=(
            Area("a", both("Khu A", "Area A"), both("Rẽ trái", "Turn left"), "left"),
            Area("b", both("Khu B", "Area B"), both("Đi thẳng", "Go ahead"), "ahead"),
        ),
        counters=(
            Counter("c1", "1", "a", ("dat",), ("tu",)),
            Counter("c2", "2", "a", ("dat",)),
            Counter("c3", "3", "b", ("tu",)),
            Counter("c4", "4", "b", ("thue", "tu")),
        ),
        boards=(
            Board("main", both("Bảng chính", "Main board")),
            Board("b", both("Bảng khu B", "Area B board"), ("b",), speaks=False),
        ),
        kiosks=(Kiosk("k1", both("Máy 1", "Kiosk 1"), "virtual://k1"), Kiosk("k2", both("Máy 2", "Kiosk 2"))),
        rule=CallingRule(cap_minutes=45.0, recall_seconds=0),
    )
    return replace(site, **changes)
