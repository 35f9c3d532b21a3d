"""Rows of the topic site:<id> for a hall of the tests' making: quiet, busy, or in a rare state."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from .kiosk_sample import rows as sample_rows
from .kiosk_sample import sample_site

Json = dict[str, Any]
AT = datetime.fromisoformat("2026-11-23T09:12:00+07:00")

RIGHTS = {
    "supervisor": "issue reprint open_counter pause_counter resume_counter close_counter call_next "
    "call_chosen recall start finish no_show return park unpark transfer cancel undo add_service note "
    "answer take_over summon gate_queue assign_counter".split(),
    "viewer": [],
    "officer": ["call_next"],
}

REASONS = {
    "pause": [
        {"id": "break", "name": {"vi": "Nghỉ giải lao", "en": "Short break"}},
        {"id": "lunch", "name": {"vi": "Nghỉ trưa", "en": "Lunch"}},
    ],
    "summon": [
        {"id": "open_counter", "name": {"vi": "Mời mở thêm quầy", "en": "Please open a counter"}},
        {"id": "help_line", "name": {"vi": "Mời hỗ trợ hàng đang đông", "en": "Please help a long line"}},
        {"id": "come", "name": {"vi": "Mời gặp điều phối", "en": "Please come to the supervisor"}},
    ],
}

# Minutes for which those in each line have waited, the longest first.
BUSY = {
    "stp": [23, 19, 16, 14, 11, 9, 8, 5, 4, 2, 1],
    "stnmt": [13, 12, 10, 8, 8, 5, 3, 1],
    "cat": [12, 9, 7, 6, 4, 2, 1],
    "sgtvt": [8, 6, 2, 1],
    "bhxh": [11, 7, 5, 3, 1],
    "sldtbxh": [6, 5, 1],
    "skhdt": [4, 2],
    "cucthue": [3, 1, 1],
    "hq": [9, 4],
    "sxd": [2],
    "snnptnt": [1],
}
QUIET = {"stp": [6, 3, 1], "stnmt": [4, 2], "cat": [5, 1], "bhxh": [2], "sgtvt": [1]}
CLASSES = ("ordinary", "ordinary", "ordinary", "elderly", "ordinary", "ordinary", "merit")
STAFFED = "1 2 3 5 6 8 9 10 11 12 13 14 15 20 21 22 23 24 27 28 29 30 34 36 38".split()


def site() -> Json:
    """GET /site with what issue 3 added."""
    helps = {row["number"]: row["helps"].split() for row in sample_rows("counters.csv")}
    known = sample_site()
    return {
        **known,
        "counters": [{**counter, "helps": helps[counter["id"]]} for counter in known["counters"]],
        "reasons": REASONS,
        "rule": {"target_minutes": 15, "service_minutes": 15},
    }


def ago(minutes: float, at: datetime = AT) -> str:
    return (at - timedelta(minutes=minutes)).isoformat(timespec="milliseconds")


def hall(lines: dict[str, list[int]], *, staffed: list[str] | None = None, serving: int = 7) -> Json:
    """All collections; every staffed counter serves somebody but each `serving`-th, which is free."""
    here = site()
    waiting = _waiting(here, lines)
    counters = _counters(here, STAFFED if staffed is None else staffed, serving)
    kiosks = {
        "lobby": kiosk("lobby", {"vi": "Máy lấy số ở sảnh", "en": "Kiosk in the lobby"}),
        "gate": kiosk("gate", {"vi": "Máy lấy số ở cổng", "en": "Kiosk at the gate"}),
    }
    centre = {
        **{key: here[key] for key in ("id", "name", "open", "notice", "day")},
        "target_minutes": 15,
        "service_minutes": 15,
    }
    return {
        "site": {"_": centre},
        "counters": counters,
        "lines": {queue["id"]: _line(queue, waiting, counters) for queue in here["queues"]},
        "waiting": waiting,
        "kiosks": kiosks,
    }


def busy() -> Json:
    """A hall in which every kind of alert stands at once."""
    data = hall(BUSY)
    counters = data["counters"]
    counters["13"] |= {"away": True}
    counters["21"] |= {"help_asked_at": ago(1)}
    counters["28"]["ticket"] |= {"started_at": ago(18), "called_at": ago(19)}
    counters["2"]["ticket"] |= {"started_at": ago(13), "called_at": ago(14)}
    counters["12"] |= {"state": "paused", "reason": "break", "since": ago(9), "ticket": None}
    counters["11"] |= {"summons": {"reason": "help_line", "at": ago(2)}}
    data["lines"]["hq"] |= {"open": 0, "low": None, "high": None}
    data["lines"]["skhdt"] |= {"limit": 31, "given": 26}
    data["lines"]["dienluc"] |= {"gate": "closed"}
    data["lines"]["sdl"] |= {"limit": 12, "given": 12}
    data["kiosks"]["gate"] |= {"printer": "paper_out", "since": ago(4)}
    return data


def kiosk(name: str, words: Json) -> Json:
    return {
        "id": name,
        "name": words,
        "open": True,
        "notice": None,
        "printer": "ready",
        "since": ago(100),
    }


def _waiting(here: Json, lines: dict[str, list[int]]) -> Json:
    prefixes = {queue["id"]: queue["prefix"] for queue in here["queues"]}
    found: Json = {}
    for queue, minutes in lines.items():
        for at, waited in enumerate(minutes):
            ticket = f"{queue}-{at}"
            found[ticket] = {
                "id": ticket,
                "label": f"{prefixes[queue]}{at + 15:03}",
                "queue": queue,
                "chip": prefixes[queue],
                "class": CLASSES[(at + len(queue)) % len(CLASSES)],
                "class_name": None,
                "state": "waiting",
                "since": ago(waited + 0.4),
                "only_counter": None,
            }
    return found


def _counters(here: Json, staffed: list[str], serving: int) -> Json:
    areas = {area["id"]: area["name"] for area in here["areas"]}
    prefixes = {queue["id"]: queue["prefix"] for queue in here["queues"]}
    found: Json = {}
    for at, spec in enumerate(here["counters"]):
        number = spec["number"]
        open_ = number in staffed
        queue = spec["queues"][0]
        ticket = None
        if open_ and at % serving:
            called = at % 6 == 5
            ticket = {
                "id": f"at-{number}",
                "label": f"{prefixes[queue]}{at + 3:03}",
                "queue": queue,
                "chip": prefixes[queue],
                "class": "ordinary",
                "class_name": None,
                "state": "called" if called else "serving",
                "since": ago(20),
                "called_at": ago(at % 9 + 1.3),
                "started_at": None if called else ago(at % 9 + 0.5),
            }
        found[spec["id"]] = {
            "id": spec["id"],
            "number": number,
            "area": areas[spec["area"]],
            "state": "open" if open_ else "closed",
            "officer": {"id": f"quay-{number}", "name": f"Cán bộ quầy {number}"} if open_ else None,
            "away": False,
            "since": ago(100 if open_ else 900),
            "reason": None,
            "summons": None,
            "help_asked_at": None,
            "queues": spec["queues"],
            "helps": spec["helps"],
            "ticket": ticket,
        }
    return found


def _line(queue: Json, waiting: Json, counters: Json) -> Json:
    own = [ticket for ticket in waiting.values() if ticket["queue"] == queue["id"]]
    open_ = sum(row["state"] == "open" and queue["id"] in row["queues"] for row in counters.values())
    n = len(own)
    return {
        "queue": queue["id"],
        "chip": queue["prefix"],
        "agency": queue["name"],
        "waiting": n,
        "low": round(n * 0.9) if open_ else None,
        "high": round(n * 1.9 + 3) if open_ else None,
        "open": open_,
        "classes": {"ordinary": n} if n else {},
        "gate": "open",
        "limit": None,
        "given": 14 + n,
        "oldest": min((ticket["since"] for ticket in own), default=None),
    }
