"""The sample centre as GET /site and GET /queues/{id}/services word it, read from its own files."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SAMPLE = Path(__file__).parents[2] / "queue_server" / "sample" / "quang-ninh"
Json = dict[str, Any]


def rows(name: str) -> Iterator[dict[str, str]]:
    with (SAMPLE / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def sample_site() -> Json:
    """GET /site of the sample centre, open, as the contract words it."""
    site = tomllib.loads((SAMPLE / "site.toml").read_text(encoding="utf-8"))
    agencies = [
        {
            "id": row["id"],
            "code": row["code"],
            "chip": row["chip"],
            "group": row["group"],
            "name": {"vi": row["name_vi"], "en": row["name_en"]},
            "about": {"vi": row["about_vi"], "en": row["about_en"]},
        }
        for row in rows("agencies.csv")
    ]
    counters = [
        {"id": row["number"], "number": row["number"], "area": row["area"], "queues": row["queues"].split()}
        for row in rows("counters.csv")
    ]
    names = {agency["id"]: agency["name"] for agency in agencies}
    queues = [
        {
            "id": row["id"],
            "agency": row["agency"],
            "prefix": row["prefix"],
            "name": names[row["agency"]],
            "counters": [counter["id"] for counter in counters if row["id"] in counter["queues"]],
        }
        for row in rows("queues.csv")
    ]
    hours = [
        {"weekday": day, "from": span[0], "to": span[1]}
        for day in range(5)
        for span in (("07:30", "11:30"), ("13:30", "17:00"))
    ]
    return {
        **{key: site[key] for key in ("id", "name", "timezone", "languages", "classes", "groups", "areas")},
        "slogan": site["slogan"],
        "day": "2026-11-23",
        "open": True,
        "notice": None,
        "hours": [*hours, {"weekday": 5, "from": "07:30", "to": "11:30"}],
        "agencies": agencies,
        "queues": queues,
        "counters": counters,
        "boards": [],
        "kiosks": [{"id": "lobby", "name": {"vi": "Máy lấy số ở sảnh"}, "without_paper": "screen"}],
    }


def sample_services(queue: str, popular: int) -> Json:
    found = [row for row in rows("services.csv") if row["queue"] == queue]
    most_used = sorted((row for row in found if row["popular"]), key=lambda row: int(row["popular"]))
    services = [
        {
            "id": row["id"],
            "name": {"vi": row["name_vi"]},
            "field": row["field"],
            "days": row["days"],
            "fee": row["fee"],
        }
        for row in most_used[:popular]
    ]
    return {"services": services, "total": len(found)}
